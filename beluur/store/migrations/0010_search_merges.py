from django.db import migrations

from beluur.store.search_sql import merge_less


class Migration(migrations.Migration):
    dependencies = [("store", "0009_passing_and_off")]

    operations = [migrations.RunPython(lambda apps, schema_editor: merge_less(schema_editor), migrations.RunPython.noop)]
