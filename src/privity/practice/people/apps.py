"""The app's name."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Practices; later staff, roles, clients and care teams."""

    name = "privity.practice.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"
