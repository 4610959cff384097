"""The app's name."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Questions, gathered facts, answers. It keeps nothing yet: no tables."""

    name = "privity.practice.decisions"
    label = "decisions"
