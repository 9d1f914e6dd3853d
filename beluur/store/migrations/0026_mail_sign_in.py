import beluur.store.models.links
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0025_twice_indexed'),
    ]

    operations = [
        migrations.CreateModel(
            name='MailSignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=12)),
                ('client_id', models.CharField(max_length=200)),
                ('client_secret', models.TextField()),
                ('tenant', models.CharField(blank=True, max_length=36)),
                ('refresh_token', models.TextField(blank=True)),
                ('access_token', models.TextField(blank=True)),
                ('access_at', models.DateTimeField(null=True)),
                ('access_until', models.DateTimeField(null=True)),
                ('holds', models.BooleanField(default=False)),
                ('trouble', models.JSONField(default=dict)),
                ('signed_in_at', models.DateTimeField(null=True)),
                ('administration', beluur.store.models.links.Link(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='store.administration')),
                ('by', beluur.store.models.links.Link(db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('administration',), name='mail_sign_in_once')],
            },
        ),
    ]
