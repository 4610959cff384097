"""The Django project: what a practice does with the law."""
