"""The app's name."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """What leaves the practice."""

    name = "privity.practice.releases"
    label = "releases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which packets wait whenever a lower room's page asks."""
        from privity.practice.people.flagging import flagging

        from .access import ready

        flagging.connect(ready, dispatch_uid="releases.ready")
