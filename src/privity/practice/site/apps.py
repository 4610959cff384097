"""The app's name."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The frame of every page."""

    name = "privity.practice.site"
    label = "site"

    def ready(self) -> None:
        """Guard the rows of each practice, where the database can; let each checkpoint of a log say which pages the keys' origin gives out."""
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate

        from privity.practice.trail import checkpoints

        from .keys_origin import pages_line
        from .row_security import guard, open_to_all

        if pages_line not in checkpoints.SAID:
            checkpoints.SAID.append(pages_line)
        post_migrate.connect(guard, dispatch_uid="row security")
        connection_created.connect(open_to_all, dispatch_uid="row security")
