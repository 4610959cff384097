"""The app's name."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """What was agreed and signed."""

    name = "privity.practice.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"
