"""The measurements, in the order of a first day: take in, plan, ask."""

from __future__ import annotations

import resource
from datetime import UTC, datetime

from django.db import transaction

from beluur.actions.collector import collector_resting
from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.stage_files import stage_files
from beluur.actions.once import Doer
from beluur.actions.plan_next_steps import mark_stale, plan_debtors, plan_next_steps
from beluur.importers.read import read
from beluur.store.models import Administration, Debtor, Invoice, User
from beluur.store.models import Membership as Member
from bench import limits, sheets, statements
from bench.measure import Figure, Report, median, timed
from bench.pages import measure_pages
from bench.reasons import measure_reasons
from bench.saying import measure_saying

NOW = datetime(2026, 11, 23, 8, 35, tzinfo=UTC)
TODAY = NOW.date()
SHARE = 5  # invoices a debtor


def run(invoices: int) -> Report:
    """Everything, at ``invoices`` invoices; the targets are for 100,000 and shrink with fewer."""
    report = Report()
    measure_saying(report)
    scale = invoices / 100_000
    user = User.objects.create_user("meting@example.org", None, "Bo Beller")
    house, small = _house("meting", user), _house("klein", user)
    doer = Doer(administration_id=house.id, at=NOW, user_id=user.id, name=user.name)
    debtors = max(1, invoices // SHARE)
    _read_statements(report, invoices, debtors)
    _take_in(report, doer, invoices, debtors, 10.0 * max(scale, 0.1))
    _plan(report, doer, 3.0 * max(scale, 0.1))
    _fill(Doer(administration_id=small.id, at=NOW, user_id=user.id, name=user.name), 2000, 400)
    measure_pages(report, house, small, user, NOW)
    measure_reasons(report)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"      {Invoice.objects.count()} invoices, {Debtor.objects.count()} debtors; at most {peak} MB of memory"
    )
    return report


def _house(slug: str, user: User) -> Administration:
    house = Administration.objects.create(slug=slug, name=slug.capitalize(), created_at=NOW)
    Member.objects.create(administration=house, user=user, role="owner")
    return house


def _fill(doer: Doer, invoices: int, debtors: int) -> None:
    """A small administration, so that its number of queries can be compared."""
    files = [
        ("klein.csv", sheets.open_items(invoices, debtors, TODAY)),
        ("relaties.csv", sheets.contacts(debtors)),
    ]
    _publish(doer, stage_files(doer, files, today=TODAY))
    plan_next_steps(doer.administration_id, NOW)


def _read_statements(report: Report, transactions: int, debtors: int) -> None:
    """Three times each in turn, the fastest: the ratio is what counts, and the machine has other things to do."""
    content = statements.camt(transactions, debtors, TODAY)
    with collector_resting():  # as where files are taken in
        pairs = [
            (timed(lambda: limits.bare_entries(content))[0], timed(lambda: read("afschrift.xml", content))[0])
            for _ in range(3)
        ]
    bare, reading = (min(seconds) for seconds in zip(*pairs, strict=True))
    what = f"read {transactions} entries from CAMT"
    report.add(Figure(what, reading, bare / 0.35, bare, "bare iterparse"))


def _take_in(report: Report, doer: Doer, invoices: int, debtors: int, target: float) -> None:
    content = sheets.open_items(invoices, debtors, TODAY)
    read, rows = timed(lambda: limits.bare_read(content))
    write, _ = timed(lambda: limits.bare_write(rows))
    staging, intake = timed(lambda: stage_files(doer, [("openstaand.csv", content)], today=TODAY))
    publishing, _ = timed(lambda: _publish(doer, intake))
    figure = Figure(
        f"take in {invoices} open items from CSV",
        staging + publishing,
        target,
        read + write,
        "bare read and executemany",
        f"(read and staged {staging:.1f} s, published {publishing:.1f} s)",
    )
    report.add(figure)
    again, second = timed(lambda: stage_files(doer, [("openstaand.csv", content)], today=TODAY))
    report.add(Figure("the same export once more: nothing changes", again, target, read, "bare read"))
    _publish(doer, second)
    _publish(doer, stage_files(doer, [("relaties.csv", sheets.contacts(debtors))], today=TODAY))


def _publish(doer: Doer, intake: int) -> None:
    publish_intake(doer, intake)
    publish_all(doer, intake)


def _plan(report: Report, doer: Doer, target: float) -> None:
    ids = list(Debtor.objects.filter(administration_id=doer.administration_id).values_list("id", flat=True))
    for start in range(0, len(ids), 5000):
        mark_stale(doer.administration_id, ids[start : start + 5000])
    rank, _ = timed(lambda: limits.bare_rank(doer.administration_id, TODAY.isoformat()))
    seconds, planned = timed(lambda: plan_next_steps(doer.administration_id, NOW))
    report.add(Figure(f"next steps of {planned} debtors", seconds, target, rank, "one ranking query"))

    def one() -> None:
        with transaction.atomic():
            plan_debtors(doer.administration_id, ids[:1], NOW)

    report.add(Figure("next step of one debtor", median(one, 25), 0.005))
