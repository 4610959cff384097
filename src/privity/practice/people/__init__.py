"""Practices: who holds the information, and under which laws."""
