"""What is kept of bank lines while they wait goes when they are published, or thrown away."""

from __future__ import annotations

from django.db import transaction

from beluur.store.models import PassingLine

AT_ONCE = 5000  # rows in one short transaction


def drop_passing(administration_id: int, intake_id: int) -> None:
    """Of one intake, in short transactions."""
    here = PassingLine.objects.filter(administration_id=administration_id, intake_id=intake_id)
    while last := here.order_by("id").values_list("id", flat=True)[:AT_ONCE]:
        with transaction.atomic():
            here.filter(id__lte=max(last)).delete()
