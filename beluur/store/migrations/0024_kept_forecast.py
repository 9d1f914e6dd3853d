import beluur.store.models.links
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0023_letters'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptForecast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('again_at', models.DateTimeField()),
                ('found', models.JSONField(default=list)),
                ('stale', models.BooleanField(default=False)),
                ('administration', beluur.store.models.links.Link(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='store.administration')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('administration',), name='kept_forecast_once')],
            },
        ),
        migrations.AddIndex(
            model_name='debtor',
            index=models.Index(condition=models.Q(('open_cents__gt', 0), ('step_tier', 9)), fields=['administration', '-overdue_cents', '-open_cents', 'id'], name='debtor_left'),
        ),
    ]
