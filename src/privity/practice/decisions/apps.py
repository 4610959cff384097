"""The app's name."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Questions, gathered facts, answers, and decisions frozen."""

    name = "privity.practice.decisions"
    label = "decisions"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say how many messages wait whenever a lower room's page asks."""
        from privity.practice.people.flagging import counting

        from .calls import number

        counting.connect(number, dispatch_uid="decisions.number")
