"""Privity: the confidentiality system of record for a mental-health practice."""
