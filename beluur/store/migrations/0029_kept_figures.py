"""Figures over a period: calls by their moment, and what was counted of a large administration."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import beluur.store.models.links


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0028_one_index_by_debtor'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['administration', 'opened_at'], name='call_when'),
        ),
        migrations.CreateModel(
            name='KeptFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=20)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('asked_on', models.DateField()),
                ('made_at', models.DateTimeField(null=True)),
                ('found', models.JSONField(default=dict)),
                ('administration', beluur.store.models.links.Link(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='store.administration')),
                ('caller', beluur.store.models.links.Link(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['administration', 'period', 'caller'], name='kept_figures')],
            },
        ),
    ]
