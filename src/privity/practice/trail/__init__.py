"""The trail: who saw or changed what, written before it is shown."""
