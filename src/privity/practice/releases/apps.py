"""The app's name."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """What leaves the practice."""

    name = "privity.practice.releases"
    label = "releases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which packets wait, and which number somebody on the list has, whenever a lower room's page asks."""
        from privity.practice.decisions.calls import calling
        from privity.practice.people.flagging import flagging

        from .access import ready
        from .recipients import numbers

        flagging.connect(ready, dispatch_uid="releases.ready")
        calling.connect(numbers, dispatch_uid="releases.numbers")
