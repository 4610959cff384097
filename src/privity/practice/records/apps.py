"""The app's name."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """What is written about clients."""

    name = "privity.practice.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what a leaver's sealed notes still need, whenever the staff's room asks."""
        from privity.practice.people.services import leaving

        from .sealed_access import left_behind

        leaving.connect(left_behind, dispatch_uid="records.left_behind")
