"""The app's name."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """What leaves the practice."""

    name = "privity.practice.releases"
    label = "releases"
    default_auto_field = "django.db.models.BigAutoField"
