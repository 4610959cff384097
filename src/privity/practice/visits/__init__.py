"""Visits: who was seen when, for how long, under which code. Scheduling and claims are others' work."""
