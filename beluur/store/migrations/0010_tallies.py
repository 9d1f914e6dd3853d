import beluur.store.models.links
import django.db.models.deletion
from django.db import migrations, models

from beluur.store.search_sql import merge_less
from beluur.store.tally_sql import create_tallies, drop_tallies


def fill_places(apps, schema_editor):
    """Calls of before have a step and no place yet."""
    debtor = apps.get_model("store", "Debtor")
    columns = ("step_tier", "step_at", "step_week_ends", "step_cents", "id")
    rows = debtor.objects.filter(step_tier__lt=9).values_list(*columns).iterator(5000)
    places = [
        (
            f"{tier} {at and at.strftime('%Y%m%d%H%M%S') or 'z'} {week and week.strftime('%Y%m%d') or 'z'} {10**17 - cents:017d}",
            i,
        )
        for tier, at, week, cents, i in rows
    ]
    if places:
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany("UPDATE store_debtor SET step_place = %s WHERE id = %s", places)


def forward(apps, schema_editor):
    merge_less(schema_editor)
    create_tallies(schema_editor)


def backward(apps, schema_editor):
    drop_tallies(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0009_passing_and_off'),
    ]

    operations = [
        migrations.CreateModel(
            name='DebtorTally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('currency', models.CharField(max_length=3)),
                ('step', models.CharField(max_length=16)),
                ('tier', models.SmallIntegerField()),
                ('day', models.DateField()),
                ('debtors', models.IntegerField()),
                ('open_debtors', models.IntegerField()),
                ('asked_cents', models.BigIntegerField()),
                ('open_cents', models.BigIntegerField()),
                ('late_cents', models.BigIntegerField()),
            ],
        ),
        migrations.RemoveIndex(
            model_name='debtor',
            name='debtor_next',
        ),
        migrations.RemoveIndex(
            model_name='debtor',
            name='debtor_open',
        ),
        migrations.RemoveIndex(
            model_name='debtor',
            name='debtor_stale',
        ),
        # By hand: Django makes the table anew for it on SQLite, and with the table its triggers go.
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(
                "ALTER TABLE store_debtor ADD COLUMN step_place varchar(48) NOT NULL DEFAULT ''",
                "ALTER TABLE store_debtor DROP COLUMN step_place",
            )],
            [migrations.AddField(
                model_name='debtor',
                name='step_place',
                field=models.CharField(blank=True, max_length=48),
            )],
        ),
        migrations.AddIndex(
            model_name='debtor',
            index=models.Index(fields=['administration', 'step_place', 'id', 'step_on', 'merged_into'], name='debtor_place'),
        ),
        migrations.AddIndex(
            model_name='debtor',
            index=models.Index(fields=["administration", "-open_cents"], name='debtor_open'),
        ),
        migrations.AddIndex(
            model_name='debtor',
            index=models.Index(
                fields=['administration', 'merged_into'],
                name='debtor_stale',
                condition=models.Q(('step_stale', True)),
            ),
        ),
        migrations.AddField(
            model_name='debtortally',
            name='administration',
            field=beluur.store.models.links.Link(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, to='store.administration'),
        ),
        migrations.AddIndex(
            model_name='debtortally',
            index=models.Index(fields=['administration'], name='debtor_tally'),
        ),
        migrations.RunPython(fill_places, migrations.RunPython.noop),
        migrations.RunPython(forward, backward),
    ]
