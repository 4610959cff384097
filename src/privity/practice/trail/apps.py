"""The app's name."""

from django.apps import AppConfig


class TrailConfig(AppConfig):
    """The practice's log."""

    name = "privity.practice.trail"
    label = "trail"
    default_auto_field = "django.db.models.BigAutoField"
