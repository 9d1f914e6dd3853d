from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0021_vouched'),
    ]

    operations = [
        migrations.AddField(
            model_name='ladderrung',
            name='message',
            field=models.CharField(blank=True, max_length=16),
        ),
    ]
