"""The app's name."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """When clients were seen."""

    name = "privity.practice.visits"
    label = "visits"
    default_auto_field = "django.db.models.BigAutoField"
