"""The app's name."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """What was agreed and signed."""

    name = "privity.practice.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say which papers end soon whenever a lower room's page asks, and end those that go with treatment when it ends."""
        from privity.practice.people.care import closing
        from privity.practice.people.flagging import counting, flagging

        from .access import at_close, number, soon
        from .paper_access import lacking

        flagging.connect(soon, dispatch_uid="agreements.soon")
        counting.connect(number, dispatch_uid="agreements.number")
        flagging.connect(lacking, dispatch_uid="agreements.lacking")
        closing.connect(at_close, dispatch_uid="agreements.at_close")
