"""Reminders with a PDF and a QR code: composed, and handed to a mail server on this machine by two workers.
`python -m bench.mails [MAILS]`."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from datetime import UTC, datetime, timedelta

from bench.empty import empty_product
from bench.measure import Figure, Report, timed

NOW = datetime(2026, 11, 23, 8, 35, tzinfo=UTC)
MAILS, WORKERS, AT_ONCE = 5_000, 2, 100
PER_SECOND = 20
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 240  # sixty kilobytes that no encoding makes smaller
_SERVER = """
import asyncio, sys
from aiosmtpd.controller import UnthreadedController
class Taker:
    taken = whole = 0
    async def handle_DATA(self, server, session, envelope):
        Taker.taken += 1
        Taker.whole += b"application/pdf" in envelope.content and b"image/png" in envelope.content
        return "250 OK"
loop = asyncio.new_event_loop()
controller = UnthreadedController(Taker(), hostname="127.0.0.1", port=0, loop=loop)
controller.begin()
print(controller.server.sockets[0].getsockname()[1], flush=True)
loop.run_until_complete(loop.run_in_executor(None, sys.stdin.read))
print(Taker.taken, Taker.whole, flush=True)
"""


def measure_mails(report: Report, mails: int) -> None:
    """The whole road of each, at least twenty a second."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        house, debtors = _fill(int(server.stdout.readline()), mails)
        begun = _work_done()
        composing, _ = timed(lambda: _compose(house, debtors))
        between = _work_done()
        sending, _ = timed(_send)
        after = _work_done()
        taken, whole = map(int, server.communicate("")[0].split())
    assert taken == whole == mails, f"{taken} taken, {whole} with PDF and QR"
    remark = f"({mails / (composing + sending):.0f} a second; CPU a mail: composed {(between - begun) / mails * 1000:.0f} ms, "
    remark += f"sent {(after - between) / mails * 1000:.0f} ms)"
    what = f"{mails} mails with PDF and QR composed and handed over"
    report.add(Figure(what, composing + sending, mails / PER_SECOND, remark=remark))


def _work_done() -> float:
    """CPU seconds of this process and of the workers that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


def _fill(port: int, mails: int) -> tuple[int, list[int]]:
    from beluur.actions.keep_document import keep_document
    from beluur.actions.once import Doer
    from beluur.store.models import Administration, Debtor, Invoice

    smtp = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sign_in": "none",
        "sender": "a@proef.example",
    }
    house = Administration.objects.create(
        slug="post", name="Post", iban="NL91ABNA0417164300", smtp=smtp, created_at=NOW
    )
    paper = keep_document(Doer(house.id, NOW), name="factuur.pdf", content=PDF)
    known = {"administration": house, "created_at": NOW, "step_stale": False}
    debtors = Debtor.objects.bulk_create(
        [Debtor(name=f"Klant {n} BV", email=f"klant{n}@example.org", **known) for n in range(mails)],
        batch_size=500,
    )
    due, owed = NOW.date() - timedelta(days=9), 121_00
    invoices = [
        Invoice(
            administration=house, debtor=debtor, number=f"F{n}", due=due, issued=due - timedelta(days=30), copy_id=paper,
            amount_cents=owed, stated_open_cents=owed, open_cents=owed,
        )
        for n, debtor in enumerate(debtors)
    ]  # fmt: skip
    Invoice.objects.bulk_create(invoices, batch_size=500)
    return house.id, [debtor.id for debtor in debtors]


def _compose(house: int, debtors: list[int]) -> None:
    from beluur.actions.once import Doer
    from beluur.actions.send_reminders import send_reminders

    for start in range(0, len(debtors), AT_ONCE):
        send_reminders(Doer(house, NOW), debtors[start : start + AT_ONCE], 1)


def _send() -> None:
    from django.db import connections

    connections.close_all()
    workers = []
    for _ in range(WORKERS):
        process = os.fork()
        if process == 0:
            _work()
        workers.append(process)
    for process in workers:
        assert os.waitpid(process, 0)[1] == 0


def _work() -> None:
    """Never returns."""
    from beluur.actions.send_next_message import handle_one

    code = 1
    try:
        while handle_one(NOW + timedelta(minutes=1)):
            pass
        code = 0
    finally:
        os._exit(code)


def main() -> int:
    """1 when it is over its target."""
    report = Report()
    with empty_product():
        measure_mails(report, int(sys.argv[1]) if len(sys.argv) > 1 else MAILS)
    return 0 if report.good else 1


if __name__ == "__main__":
    sys.exit(main())
