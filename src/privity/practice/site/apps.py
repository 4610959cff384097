"""The app's name."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The frame of every page."""

    name = "privity.practice.site"
    label = "site"
