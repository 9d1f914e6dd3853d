"""What is kept of bank lines while they wait goes when they are published, or thrown away."""

from __future__ import annotations

from django.db import connection, transaction

AT_ONCE = 5000  # rows in one short transaction
# the plus: by their ids, for in the order of an index SQLite would look at all of them for each few thousand
_OF_ONE = "FROM store_passingline WHERE +administration_id = %s AND intake_id = %s"


def drop_passing(administration_id: int, intake_id: int) -> None:
    """Of one intake, in short transactions."""
    here = (administration_id, intake_id)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min(id), max(id) {_OF_ONE}", here)
        first, last = cursor.fetchone()
        for start in range(first, last + 1, AT_ONCE) if first else ():
            with transaction.atomic():
                ids = (start, start + AT_ONCE)
                cursor.execute(f"DELETE {_OF_ONE} AND id >= %s AND id < %s", (*here, *ids))
