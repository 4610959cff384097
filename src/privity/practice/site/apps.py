"""The app's name."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The frame of every page."""

    name = "privity.practice.site"
    label = "site"

    def ready(self) -> None:
        """Guard the rows of each practice, where the database can."""
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate

        from .row_security import guard, open_to_all

        post_migrate.connect(guard, dispatch_uid="row security")
        connection_created.connect(open_to_all, dispatch_uid="row security")
