"""The command line: the outermost room."""
