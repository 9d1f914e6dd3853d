"""What is kept of bank lines while they wait goes when they are published, or thrown away."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max, Min

from beluur.store.models import PassingLine

AT_ONCE = 5000  # rows in one short transaction


def drop_passing(administration_id: int, intake_id: int) -> None:
    """Of one intake, in short transactions."""
    here = PassingLine.objects.filter(administration_id=administration_id, intake_id=intake_id)
    ends = here.aggregate(first=Min("id"), last=Max("id"))
    for first in range(ends["first"] or 0, (ends["last"] or -1) + 1, AT_ONCE):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM store_passingline WHERE id >= %s AND id < %s"
                " AND +administration_id = %s AND intake_id = %s",  # no index for what has a sign before it
                [first, first + AT_ONCE, administration_id, intake_id],
            )
