"""The app's name."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """What comes in and has a clock."""

    name = "privity.practice.incidents"
    label = "incidents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which requests wait whenever a lower room's page asks, and how many."""
        from privity.practice.people.flagging import counting, flagging

        from .access import number, waiting

        flagging.connect(waiting, dispatch_uid="incidents.waiting")
        counting.connect(number, dispatch_uid="incidents.number")
