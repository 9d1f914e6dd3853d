"""What the index of its foreign key finds already: each cost a place to be found and written for every payment."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0024_kept_forecast'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='allocation', name='allocation_invoice'),
        migrations.RemoveIndex(model_name='allocation', name='allocation_payment'),
        migrations.RemoveIndex(model_name='payment', name='payment_debtor'),
    ]
