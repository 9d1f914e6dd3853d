from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0020_assign_rule'),
    ]

    operations = [
        migrations.AddField(
            model_name='mailbox',
            name='vouched_by',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='mailin',
            name='vouched',
            field=models.CharField(blank=True, max_length=8),
        ),
    ]
