"""The bank at size: a hundred thousand bookings read, staged, published and matched against a million open invoices, while
somebody else saves. `python -m bench.bank [PAYMENTS [INVOICES [DEBTORS]]]`."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from html import escape
from random import Random

from django.conf import settings

from bench.empty import empty_product
from bench.explaining import START, Explaining
from bench.measure import Figure, Report, timed
from bench.payments import Payment as Made
from bench.payments import Year, make_year

SEED = 7
WAIT_P95 = 0.100  # seconds that a caller's save may wait
WORK = 20.0
MEGABYTES = 500
_SAVER = """
import signal, sqlite3, sys, time
waits, path, debtor = [], sys.argv[1], sys.argv[2]

def tell(*_):  # at the end: nobody reads the pipe before, and a full one would stop the saving
    print(*waits, sep="\\n", flush=True)
    sys.exit()

signal.signal(signal.SIGTERM, tell)
db = sqlite3.connect(path, timeout=20, isolation_level=None)
db.execute("PRAGMA synchronous=FULL")
print("ready", flush=True)
until = time.time() + float(sys.argv[3])
while time.time() < until:
    begun = time.perf_counter()
    db.execute("BEGIN IMMEDIATE")
    db.execute("UPDATE store_debtor SET delivery_note = ? WHERE id = ?", [f"note {begun}", debtor])  # else nothing is written
    db.execute("COMMIT")
    waits.append(time.perf_counter() - begun)
    time.sleep(0.05)
tell()
"""


def measure_bank(report: Report, payments: int, invoices: int, debtors: int) -> None:
    """Adds the figures of the bank to ``report``."""
    year = make_year(SEED, debtors, payments, start=START)
    world = Explaining(year, slug="bank")
    _fill_up(world, invoices - len(year.invoices))
    content = camt_of(year, year.payments)
    _take_in(report, world, content, payments, invoices)


def _fill_up(world: Explaining, how_many: int) -> None:
    """More open invoices of the same debtors, that nobody pays."""
    from beluur.store.models import Invoice
    from beluur.store.save import insert_many
    from beluur.values.invoice_number import number_key

    draw, ids = Random(SEED), list(world.debtor_ids.values())
    columns = (
        "administration_id debtor_id number number_key kind issued due amount_cents stated_open_cents open_cents as_of reference"
    ).split()
    here, day = world.doer.administration_id, START.isoformat()
    for start in range(0, max(how_many, 0), 20_000):
        rows = []
        for n in range(start, min(start + 20_000, how_many)):
            cents, number = draw.randrange(2_000, 900_000), f"9{n:08d}"
            due = (START + timedelta(days=draw.randrange(300))).isoformat()
            rows.append(
                (
                    here,
                    ids[n % len(ids)],
                    number,
                    number_key(number),
                    "invoice",
                    day,
                    due,
                    cents,
                    cents,
                    cents,
                    day,
                    "",
                )
            )
        insert_many(Invoice, columns, rows)


def _take_in(report: Report, world: Explaining, content: bytes, payments: int, invoices: int) -> None:
    from beluur.actions.intake.publish import publish_all, publish_intake
    from beluur.actions.intake.stage_files import stage_files
    from beluur.actions.once import Doer
    from beluur.store.models import Payment
    from bench import limits

    doer = Doer(world.doer.administration_id, datetime(2026, 11, 24, 8, 0, tzinfo=UTC), None, "Meting")
    bare, _ = timed(lambda: limits.bare_entries(content))
    begun = time.process_time()
    staging, intake = timed(lambda: stage_files(doer, [("bank.xml", content)], today=doer.at.date()))
    staged = time.process_time()
    publish_intake(doer, intake)
    saver = _saver(next(iter(world.debtor_ids.values())))
    publishing, _ = timed(lambda: publish_all(doer, intake))
    processor = f"{staged - begun:.1f} + {time.process_time() - staged:.1f} s of a processor"
    waits = _stop(saver)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    done = Payment.objects.filter(administration_id=doer.administration_id).count()
    booked = Payment.objects.filter(
        administration_id=doer.administration_id, state__in=("explained", "rest")
    ).count()
    report.add(
        Figure(
            f"{done} bookings against {invoices} open invoices",
            staging + publishing,
            WORK * payments / 100_000,
            bare,
            "bare iterparse",
            f"(read and staged {staging:.1f} s, published {publishing:.1f} s: {processor}; {booked} booked; at most {peak} MB)",
        )
    )
    if waits:
        report.add(
            Figure(
                f"a caller's save meanwhile, p95 of {len(waits)}",
                sorted(waits)[int(len(waits) * 0.95)],
                WAIT_P95,
                remark=f"(the longest {max(waits) * 1000:.0f} ms)",
            )
        )


def _saver(debtor: int) -> subprocess.Popen[str] | None:
    name = str(settings.DATABASES["default"]["NAME"])
    if "sqlite3" not in settings.DATABASES["default"]["ENGINE"]:
        return None
    process = subprocess.Popen(
        [sys.executable, "-c", _SAVER, name, str(debtor), "600"], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _stop(process: subprocess.Popen[str] | None) -> list[float]:
    if process is None:
        return []
    process.terminate()
    said, _ = process.communicate()
    return [float(line) for line in said.split()]


def camt_of(year: Year, payments: Sequence[Made]) -> bytes:
    """The payments of a year as one camt.053 of our first account."""
    moved = sum(p.record.amount_cents for p in payments)
    opening = 10_000_000_00
    entries = "".join(_entry(n, p) for n, p in enumerate(payments))
    first, last = payments[0].record.booked, payments[-1].record.booked
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>M</MsgId><CreDtTm>2026-11-23T06:00:00</CreDtTm></GrpHdr>"
        f"<Stmt><Id>METING-{first}</Id><CreDtTm>2026-11-23T06:00:00</CreDtTm>"
        f"<Acct><Id><IBAN>{year.accounts[0]}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{_balance('OPBD', opening, first - timedelta(days=1))}{_balance('CLBD', opening + moved, last)}"
        f"{entries}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _balance(kind: str, cents: int, day: object) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>{_amount(cents)}<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _amount(cents: int) -> str:
    side = "CRDT" if cents >= 0 else "DBIT"
    return f'<Amt Ccy="EUR">{abs(cents) // 100}.{abs(cents) % 100:02d}</Amt><CdtDbtInd>{side}</CdtDbtInd>'


def _entry(n: int, payment: Made) -> str:
    t = payment.record
    side = "Dbtr" if (t.amount_cents >= 0) != t.reversal else "Cdtr"
    structured = (
        f"<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>{t.reference}</Ref></CdtrRefInf></Strd>"
        if t.reference
        else ""
    )
    text = f"<Ustrd>{escape(t.text[:140])}</Ustrd>" if t.text and not structured else ""
    returned = f"<RtrInf><Rsn><Cd>{t.returned}</Cd></Rsn></RtrInf>" if t.returned else ""
    account = (
        f"<{side}Acct><Id><IBAN>{t.counterparty_iban}</IBAN></Id></{side}Acct>" if t.counterparty_iban else ""
    )
    return (
        f"<Ntry>{_amount(t.amount_cents)}<Sts>BOOK</Sts><BookgDt><Dt>{t.booked}</Dt></BookgDt><ValDt><Dt>{t.booked}</Dt></ValDt>"
        f"<AcctSvcrRef>M{n:010d}</AcctSvcrRef><BkTxCd><Prtry><Cd>100</Cd></Prtry></BkTxCd><NtryDtls><TxDtls>"
        f"<Refs><EndToEndId>{escape(t.end_to_end) or 'NOTPROVIDED'}</EndToEndId></Refs>"
        f"<RltdPties><{side}><Nm>{escape(t.counterparty)}</Nm></{side}>{account}</RltdPties>"
        f"<RmtInf>{text}{structured}</RmtInf>{returned}</TxDtls></NtryDtls></Ntry>"
    )


if __name__ == "__main__":
    sizes = [int(a) for a in sys.argv[1:]] + [100_000, 1_000_000, 200_000][len(sys.argv) - 1 :]
    begun = time.perf_counter()
    with empty_product():
        measure_bank(Report(), *sizes)
    print(f"      {time.perf_counter() - begun:.0f} s in all")
