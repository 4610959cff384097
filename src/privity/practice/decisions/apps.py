"""The app's name."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Questions, gathered facts, answers, and decisions frozen."""

    name = "privity.practice.decisions"
    label = "decisions"
    default_auto_field = "django.db.models.BigAutoField"
