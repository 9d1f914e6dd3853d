"""What the search needs beside the tables."""

from django.db import migrations

from beluur.store.search_sql import create_search, drop_search


def forward(apps, schema_editor):
    create_search(schema_editor)


def backward(apps, schema_editor):
    drop_search(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("store", "0001_start")]
    operations = [migrations.RunPython(forward, backward)]
