"""Looks whether what is open adds up: for each invoice what was stated less what was booked after. What does not is noted for the
owner; nothing is changed."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction

from beluur.store.models import OffInvoice
from beluur.store.save import db_moment, insert_many

MOST = 1000  # noted of one administration; more are one trouble, not a thousand
_COLUMNS = "administration_id invoice_id found_at open_cents booked_cents counted_cents should_cents".split()

_MOVED = """
SELECT a.invoice_id, CASE WHEN i.amount_cents < 0 THEN -1 ELSE 1 END AS way,
  SUM(CASE WHEN i.as_of IS NULL OR p.booked_on > i.as_of THEN a.cents ELSE 0 END)
    * CASE WHEN i.amount_cents < 0 THEN -1 ELSE 1 END AS later,
  SUM(CASE WHEN p.booked_on = i.as_of AND NOT a.held THEN a.cents ELSE 0 END)
    * CASE WHEN i.amount_cents < 0 THEN -1 ELSE 1 END AS that_day
FROM store_allocation a CROSS JOIN store_payment p CROSS JOIN store_invoice i
WHERE a.administration_id = %(house)s AND a.lowers AND p.id = a.payment_id AND i.id = a.invoice_id
GROUP BY a.invoice_id, i.amount_cents, COALESCE(p.takes_back_id, p.reverses_id, p.id)
UNION ALL SELECT id, 1, 0, 0 FROM store_invoice WHERE administration_id = %(house)s
"""
# Without statistics SQLite walks through all invoices for each of them: the job that makes them goes first each night.
# As domain.booking.counted: what went back on the very day of a statement is taken to be known to it.
_SUMMED = """
SELECT invoice_id,
  SUM(CASE WHEN live > 0 THEN live ELSE 0 END) AS lowered,
  SUM(CASE WHEN live < 0 THEN -live ELSE 0 END) AS raised
FROM (SELECT invoice_id, later + CASE WHEN that_day > 0 THEN that_day ELSE 0 END AS live FROM moved) m
GROUP BY invoice_id
"""
_COUNTED = """
SELECT i.id, i.way, i.open_cents, i.booked_cents, i.stated_open_cents,
  i.lowered - CASE WHEN i.raised < i.paid THEN i.raised ELSE i.paid END AS counts
FROM (
  SELECT r.id, r.open_cents, r.booked_cents, r.stated_open_cents, CASE WHEN r.amount_cents < 0 THEN -1 ELSE 1 END AS way,
    CASE WHEN abs(r.amount_cents) > abs(r.stated_open_cents) THEN abs(r.amount_cents - r.stated_open_cents) ELSE 0 END AS paid,
    s.lowered, s.raised
  FROM summed s CROSS JOIN store_invoice r WHERE r.id = s.invoice_id
) i
"""
_SHOULD = "CASE WHEN (stated_open_cents - {booked}) * way > 0 THEN stated_open_cents - {booked} ELSE 0 END"
_OFF = f"""
WITH moved AS ({_MOVED}), summed AS ({_SUMMED}), counted AS ({_COUNTED})
SELECT id, open_cents, booked_cents, CAST(counts * way AS BIGINT), CAST({_SHOULD.format(booked="counts * way")} AS BIGINT)
FROM counted
WHERE NOT booked_cents = counts * way OR NOT open_cents = {_SHOULD.format(booked="booked_cents")}
ORDER BY id LIMIT {MOST}
"""  # noqa: S608 - all of it is written here


def audit_open(administration_id: int, now: datetime) -> int:
    """One statement over all invoices; what was noted before is replaced. Gives how many do not add up, at most `MOST`."""
    with connection.cursor() as cursor:
        cursor.execute(_OFF, {"house": administration_id})
        rows = cursor.fetchall()
    at = db_moment(now)
    noted = [
        (administration_id, i, at, still, booked, counted, should)
        for i, still, booked, counted, should in rows
    ]
    here = OffInvoice.objects.filter(administration_id=administration_id)
    if noted or here.exists():
        with transaction.atomic():
            here.delete()
            insert_many(OffInvoice, _COLUMNS, noted)
    return len(noted)
