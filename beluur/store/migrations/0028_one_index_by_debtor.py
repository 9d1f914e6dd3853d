"""One index by debtor where there were two: each was one more page to be looked up and written for every payment."""

import beluur.store.models.links
import django.db.models.deletion
from django.db import migrations, models

OF_FOREIGN_KEYS = {
    "store_payment_debtor_id_df1f8dc9": ("store_payment", "debtor_id"),
    "store_payment_perhaps_id_99876a4f": ("store_payment", "perhaps_id"),
    "store_debtorkey_debtor_id_d3e7e70c": ("store_debtorkey", "debtor_id"),
    "store_passingline_intake_id_53e7ed0f": ("store_passingline", "intake_id"),
}
OF_EVENTS = "store_event_debtor_id_930febda"


def drop(apps, schema_editor):
    """By hand: Django makes a table anew for it on SQLite."""
    for name in OF_FOREIGN_KEYS:
        schema_editor.execute(f"DROP INDEX {name}")


def put_back(apps, schema_editor):
    for name, (table, column) in OF_FOREIGN_KEYS.items():
        schema_editor.execute(f"CREATE INDEX {name} ON {table} ({column})")


def number_by_debtor(apps, schema_editor):
    _remake_events(apps, schema_editor, "debtor_id, seq", f"DROP INDEX {OF_EVENTS}")


def number_by_house(apps, schema_editor):
    _remake_events(
        apps, schema_editor, "administration_id, debtor_id, seq", f"CREATE INDEX {OF_EVENTS} ON store_event (debtor_id)"
    )


def _remake_events(apps, schema_editor, columns, index):
    """SQLite has its table made anew for another constraint: once, and not for each of the changes."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor._remake_table(apps.get_model("store", "Event"))
        return
    schema_editor.execute("ALTER TABLE store_event DROP CONSTRAINT event_seq_once")
    schema_editor.execute(f"ALTER TABLE store_event ADD CONSTRAINT event_seq_once UNIQUE ({columns})")
    schema_editor.execute(index)


def look_again(apps, schema_editor):
    """An index of which SQLite knows nothing makes it leave those that serve, until an intake or the night has it look."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("PRAGMA analysis_limit = 1000")
        schema_editor.execute("ANALYZE")


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0027_without_email'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, number_by_house),
        migrations.SeparateDatabaseAndState(
            [migrations.RunPython(drop, put_back)],
            [
                migrations.AlterField(
                    model_name='payment',
                    name='debtor',
                    field=models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='payments', to='store.debtor'
                    ),
                ),
                migrations.AlterField(
                    model_name='payment',
                    name='perhaps',
                    field=models.ForeignKey(
                        db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='perhaps_payments', to='store.debtor'
                    ),
                ),
                migrations.AlterField(
                    model_name='debtorkey',
                    name='debtor',
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='keys', to='store.debtor'
                    ),
                ),
                migrations.AlterField(
                    model_name='passingline',
                    name='intake',
                    field=beluur.store.models.links.Link(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='passing', to='store.intake'
                    ),
                ),
                migrations.AlterField(
                    model_name='event',
                    name='debtor',
                    field=models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='store.debtor'
                    ),
                ),
                migrations.RemoveConstraint(model_name='event', name='event_seq_once'),
                migrations.AddConstraint(
                    model_name='event',
                    constraint=models.UniqueConstraint(fields=('debtor', 'seq'), name='event_seq_once'),
                ),
            ],
        ),
        migrations.RunPython(number_by_debtor, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name='payment', name='payment_debtor'),
        migrations.RemoveIndex(model_name='payment', name='payment_perhaps'),
        migrations.RemoveIndex(model_name='debtorkey', name='key_debtor'),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(fields=['debtor', 'administration', 'booked_on'], name='payment_debtor'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(
                condition=models.Q(('perhaps__isnull', False)), fields=['perhaps', 'administration'], name='payment_perhaps'
            ),
        ),
        migrations.AddIndex(
            model_name='debtorkey',
            index=models.Index(fields=['debtor', 'administration'], name='key_debtor'),
        ),
        migrations.AddIndex(
            model_name='payment',
            index=models.Index(
                condition=models.Q(('proposal__has_key', 'also'), ('state', 'proposed')), fields=['administration', 'state'], name='payment_shared'
            ),
        ),
        migrations.RunPython(look_again, migrations.RunPython.noop),
    ]
