from django.db import migrations, models

# Who has no address that mail does not come back from, as `store.load.ways.reach` says it; from then on each plan does.
FILL = """
UPDATE store_debtor SET without_email = {true} WHERE NOT (email <> '' AND email_bad_at IS NULL) AND NOT EXISTS (
    SELECT 1 FROM store_contact WHERE store_contact.administration_id = store_debtor.administration_id
        AND store_contact.debtor_id = store_debtor.id AND removed_at IS NULL
        AND store_contact.email <> '' AND store_contact.email_bad_at IS NULL)
"""


def add(apps, schema_editor):
    """By hand: Django makes the table anew for it on SQLite, and with the table its triggers go."""
    true, false = ("TRUE", "FALSE") if schema_editor.connection.vendor == "postgresql" else ("1", "0")
    schema_editor.execute(f"ALTER TABLE store_debtor ADD COLUMN without_email bool NOT NULL DEFAULT {false}")
    schema_editor.execute(FILL.format(true=true))


def drop(apps, schema_editor):
    schema_editor.execute("ALTER TABLE store_debtor DROP COLUMN without_email")


def look_again(apps, schema_editor):
    """An index of which SQLite knows nothing makes it leave those that serve, until an intake or the night has it look."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("PRAGMA analysis_limit = 1000")
        schema_editor.execute("ANALYZE")


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0026_mail_sign_in'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(add, drop)],
            [migrations.AddField(
                model_name='debtor',
                name='without_email',
                field=models.BooleanField(default=False),
            )],
        ),
        migrations.AddIndex(
            model_name='debtor',
            index=models.Index(
                condition=models.Q(('overdue_cents__gt', 0), ('without_email', True)),
                fields=['administration', '-overdue_cents', 'id'],
                name='debtor_without_email',
            ),
        ),
        migrations.AddIndex(
            model_name='debtor',
            index=models.Index(
                condition=models.Q(('open_cents__gt', 0)),
                fields=['administration', 'country', 'kind', 'merged_into', 'open_cents'],
                name='debtor_kinds',
            ),
        ),
        migrations.RunPython(look_again, migrations.RunPython.noop),
    ]
