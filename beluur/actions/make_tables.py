"""Makes the tables of a database that lives no longer than the program: as they are now, without their history."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection

from beluur.store.search_sql import create_search
from beluur.store.tally_sql import create_tallies


def make_tables() -> None:
    """In the empty default database. The migrations would come to the same in twenty times as long."""
    kept = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    try:
        call_command("migrate", verbosity=0, run_syncdb=True)
    finally:
        settings.MIGRATION_MODULES = kept
    with connection.schema_editor() as editor:
        create_search(editor)
        create_tallies(editor)
