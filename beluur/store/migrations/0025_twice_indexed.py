"""What the index of its foreign key finds already: each was a place to be looked up and written for every payment. Not so that of
payments by debtor: without statistics SQLite then takes one of all payments of an account."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0024_kept_forecast'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='allocation', name='allocation_invoice'),
        migrations.RemoveIndex(model_name='allocation', name='allocation_payment'),
    ]
