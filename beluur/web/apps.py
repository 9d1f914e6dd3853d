"""The web room as a Django app (templates, static files, template tags)."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages."""

    name = "beluur.web"
    label = "web"
