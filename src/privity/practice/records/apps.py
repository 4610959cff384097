"""The app's name."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What is written about clients."""

    name = "privity.practice.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
