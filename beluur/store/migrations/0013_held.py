from typing import Any

from django.db import migrations, models

# Of the very day of what is stated all rows counted, or none did: these are of invoices of which none did.
HELD = """
UPDATE store_allocation SET held = TRUE WHERE lowers AND id IN (
  SELECT a.id FROM store_invoice i
  JOIN store_allocation a ON a.administration_id = i.administration_id AND a.invoice_id = i.id AND a.lowers
  JOIN store_payment p ON p.id = a.payment_id
  WHERE p.booked_on = i.as_of AND EXISTS (
    SELECT 1 FROM store_allocation b JOIN store_payment q ON q.id = b.payment_id
    WHERE b.administration_id = i.administration_id AND b.invoice_id = i.id AND b.lowers AND q.booked_on >= i.as_of
    GROUP BY b.invoice_id
    HAVING SUM(CASE WHEN q.booked_on > i.as_of THEN b.cents ELSE 0 END) = i.booked_cents
      AND SUM(CASE WHEN q.booked_on = i.as_of THEN b.cents ELSE 0 END) <> 0
  )
)
"""


def hold(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(HELD)


class Migration(migrations.Migration):

    dependencies = [
        ('store', '0012_link'),
    ]

    operations = [
        migrations.AddField(
            model_name='allocation',
            name='held',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(hold, migrations.RunPython.noop),
    ]
