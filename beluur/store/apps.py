"""All tables, in one Django app."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """The tables of Beluur."""

    name = "beluur.store"
    label = "store"
