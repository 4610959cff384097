"""The app's name."""

from django.apps import AppConfig


class KeysConfig(AppConfig):
    """The practice's wrapped keys."""

    name = "privity.practice.keys"
    label = "keys"
    default_auto_field = "django.db.models.BigAutoField"
