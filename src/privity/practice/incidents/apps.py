"""The app's name."""

from django.apps import AppConfig


class IncidentsConfig(AppConfig):
    """What comes in and has a clock."""

    name = "privity.practice.incidents"
    label = "incidents"
    default_auto_field = "django.db.models.BigAutoField"
