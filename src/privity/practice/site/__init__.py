"""Settings, root addresses, the frame of every page: the only app that knows all the others."""
