"""The night at two sizes, and with much and little due: what grows with what is due, and what with the size.
`python -m bench.nights [DEBTORS]`, a multiple of ten thousand."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.empty import empty_product
from bench.measure import Figure, Report

NIGHT = datetime(2026, 11, 24, 0, 5, tzinfo=UTC)
TODAY = NIGHT.date()
DEBTORS = 200_000
STEP = 10_000
FEW = 10  # times fewer debtors, or fewer of whom something is due
DUE_PER_MILLE, RUNNING_PER_MILLE = 20, 50  # something is due tonight; another promise runs on
INVOICES = 2  # a debtor
TARGET = 10.0
COLUMNS = (
    "administration_id name created_at step step_on step_tier step_stale step_valid_until "
    "open_cents overdue_cents oldest_due"
)
OWES = "administration_id debtor_id number issued due as_of amount_cents stated_open_cents open_cents"
PROMISES = "administration_id debtor_id made_at cents"
PARTS = "administration_id promise_id number due cents control"
COVERS = "administration_id promise_id invoice_id cents open_then_cents"


def measure_nights(report: Report, debtors: int) -> None:
    """Each job of the night: of few debtors, of many of whom as few have something due, and of many. The last has the target."""
    nights = [(debtors // FEW, DUE_PER_MILLE), (debtors, DUE_PER_MILLE // FEW), (debtors, DUE_PER_MILLE)]
    found = [_night(size, due) for size, due in nights]
    print(f"      {'debtors':<12}" + "".join(f"{size:>22}" for size, _ in nights))
    print(f"      {'due':<12}" + "".join(f"{size * due // 1000:>22}" for size, due in nights))
    for name in found[0]:
        columns = "".join(f"{wall:>9.2f} s, CPU {cpu:5.2f}" for wall, cpu in (night[name] for night in found))
        print(f"      {name:<12}{columns}")
    steps = sum(found[-1][name][0] for name in ("plan", "mails"))
    report.add(Figure(f"the nightly step of {debtors} debtors, 2% due", steps, TARGET))


def _night(debtors: int, due: int) -> dict[str, tuple[float, float]]:
    """Job -> seconds by the clock and of work."""
    from django.core.management import call_command

    from beluur.actions.nightly import JOBS
    from beluur.actions.plan_next_steps import plan_next_steps

    call_command("flush", interactive=False, verbosity=0)
    house = _fill(debtors, due)
    assert not plan_next_steps(house, NIGHT - timedelta(days=1)), "it is not planned yet"
    found = {}
    for name, job in JOBS.items():
        wall, cpu = time.perf_counter(), time.process_time()
        said = job(NIGHT)
        found[name] = (time.perf_counter() - wall, time.process_time() - cpu)
        assert name != "plan" or int(said) == debtors * due // 1000, said
    return found


def _fill(debtors: int, due: int) -> int:
    """An administration in which all is planned. Of ``due`` in a thousand the answer ends tonight, of half of them by a promise
    that is due; of others a promise runs on. Gives its id."""
    from django.db import transaction

    from beluur.store.models import Administration, Cover, Debtor, Instalment, Invoice, Promise
    from beluur.store.save import insert_many, refresh_statistics, reserve_ids

    house = Administration.objects.create(slug="nacht", name="Nacht", created_at=NIGHT).id
    moment = db_moment(NIGHT - timedelta(days=9))
    with transaction.atomic():
        ids = reserve_ids(Debtor, debtors)
        insert_many(Debtor, ["id", *COLUMNS.split()], _debtors(house, ids, due))
        owed = reserve_ids(Invoice, debtors * INVOICES)
        insert_many(Invoice, ["id", *OWES.split()], _invoices(house, ids, owed))
        until = {n: day for n in range(debtors) if (day := _promised(n, due))}
        made = dict(zip(until, reserve_ids(Promise, len(until)), strict=True))
        insert_many(
            Promise, ["id", *PROMISES.split()], ((i, house, ids[n], moment, 100_00) for n, i in made.items())
        )
        insert_many(
            Instalment,
            PARTS.split(),
            ((house, made[n], 1, db_day(d), 100_00, db_day(d)) for n, d in until.items()),
        )
        insert_many(
            Cover, COVERS.split(), ((house, i, owed[n * INVOICES], 100_00, 100_00) for n, i in made.items())
        )
    refresh_statistics()
    return house


def _promised(n: int, due: int) -> date | None:
    if n % 1000 < due:
        return TODAY - timedelta(days=1) if n % 2 else None
    return TODAY + timedelta(days=5) if n % 1000 >= 1000 - RUNNING_PER_MILLE else None


def _debtors(house: int, ids: Any, tonight: int) -> Iterator[tuple[Any, ...]]:
    moment, due = db_moment(NIGHT), db_day(TODAY - timedelta(days=20))
    today, later = db_day(TODAY), db_day(TODAY + timedelta(days=6))
    for n, i in enumerate(ids):
        ends = today if n % 1000 < tonight else later
        yield i, house, f"Klant {n} BV", moment, "call", ends, 4, False, ends, 200_00, 200_00, due


def _invoices(house: int, ids: Any, owed: Any) -> Iterator[tuple[Any, ...]]:
    issued, due, known = (db_day(TODAY - timedelta(days=days)) for days in (50, 20, 4))
    for n, i in enumerate(owed):
        yield i, house, ids[n // INVOICES], f"F{n}", issued, due, known, 100_00, 100_00, 100_00


def db_day(day: date) -> Any:
    from beluur.store import save

    return save.db_day(day)


def db_moment(moment: datetime) -> Any:
    from beluur.store import save

    return save.db_moment(moment)


def main() -> int:
    """1 when it is over its target, 2 when it is of no such size."""
    debtors = int(sys.argv[1]) if len(sys.argv) > 1 else DEBTORS
    if debtors < STEP or debtors % STEP:
        print(f"a multiple of {STEP} debtors: two in a thousand of a tenth are due", file=sys.stderr)
        return 2
    report = Report()
    with empty_product():
        measure_nights(report, debtors)
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
