"""Wrapped keys, in a database of their own: short backups, a rollback journal, nothing else beside them."""
