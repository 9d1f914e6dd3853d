from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0006_find_payments"),
    ]

    operations = [
        migrations.AddField("ultimatum", "check_on", models.DateField(null=True)),
        migrations.AddField("ultimatum", "covers", models.JSONField(default=list)),
        migrations.AddField("ultimatum", "ended_at", models.DateTimeField(null=True)),
    ]
