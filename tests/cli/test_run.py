"""`beluur run`: says where it is, answers there, refuses a taken port, and keeps what was confirmed through kill -9."""

from __future__ import annotations

import random
import sqlite3
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.product import Server, beluur, running

pytestmark = pytest.mark.slow

ROUNDS, CALLERS = 3, 2
CHAIN_LEAVES_NO_GAP = """
    SELECT count(*) FROM store_event e WHERE e.seq > 1 AND NOT EXISTS
    (SELECT 1 FROM store_event b WHERE b.debtor_id = e.debtor_id AND b.seq = e.seq - 1)
"""


def test_it_says_where_it_is_answers_there_and_starts_again_with_what_was_confirmed(tmp_path):
    with running(tmp_path / "data") as server:
        assert f"Beluur staat klaar op http://localhost:{server.port}" in server.said
        assert "probeer de demo-administratie, of begin met uw eigen bestanden" in server.said
        assert "Begin met mijn eigen bestanden" in server.get("/")

        taken = beluur("run", "--port", server.port, data=tmp_path / "data")
        assert taken.returncode == 1
        assert taken.stderr.startswith(f"Poort {server.port} is bezet")

        here = server.begin()
        server.fill_in(
            f"{here}debiteuren/nieuw",
            name="Voorbeeld Bouw BV",
            kind="business",
            country="NL",
            language="nl",
            formality="u",
        )
        worker = server.worker()
        server.kill()
        server.start()
        assert "Meld u aan met uw e-mailadres en wachtwoord" in server.said
        assert "Voorbeeld Bouw BV" in server.get(f"{here}debiteuren/?all=1"), "still signed in"
        assert gone(worker), "a worker without its server ends"


def test_two_that_start_at_once_bring_the_database_up_to_date_one_after_the_other(tmp_path):
    with ThreadPoolExecutor(2) as both:
        ended = list(both.map(lambda _: beluur("migrate", data=tmp_path), range(2)))
    assert [(one.returncode, "Traceback" in one.stderr) for one in ended] == [(0, False)] * 2
    waited = "Een andere Beluur brengt de database op orde"
    assert sum(one.stderr.startswith(waited) for one in ended) == 1


def gone(process: int, within: float = 10.0) -> bool:
    """Whether the process ends."""
    until = time.monotonic() + within
    while (state := Path(f"/proc/{process}/stat")).exists() and ") Z " not in state.read_text():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def test_killed_while_saving_it_has_all_of_a_form_or_nothing(tmp_path):
    """Payments, each a row with its allocations, the lowered invoice, an event and a receipt, while the server is killed."""
    chance = random.Random(23)
    confirmed: list[str] = []
    with running(tmp_path / "data") as server:
        here = server.begin()
        owes_a_lot(server, here)
        for _ in range(ROUNDS):
            pay = [Payer(server, f"{here}debiteuren/1/betaling", confirmed) for _ in range(CALLERS)]
            for payer in pay:
                payer.start()
            time.sleep(chance.uniform(0.3, 1.2))
            server.kill()
            for payer in pay:
                payer.join()
            server.start()
        assert_whole(tmp_path / "data", confirmed)
        assert "Rekent op alles BV" in server.get(f"{here}debiteuren/1/")


def owes_a_lot(server: Server, here: str) -> None:
    """A debtor with one large invoice."""
    server.fill_in(
        f"{here}debiteuren/nieuw",
        name="Rekent op alles BV",
        kind="business",
        country="NL",
        language="nl",
        formality="u",
    )
    server.fill_in(
        f"{here}debiteuren/1/factuur", kind="invoice", number="1", due="2026-11-01", amount_cents="100.000,00"
    )


class Payer(threading.Thread):
    """Records payments of one euro, one after the other, until the server no longer answers."""

    def __init__(self, server: Server, path: str, confirmed: list[str]) -> None:
        super().__init__(daemon=True)
        self.server, self.path, self.confirmed = server, path, confirmed
        self.token = server.hidden(path)["csrfmiddlewaretoken"]

    def run(self) -> None:
        """Each confirmed key is noted."""
        while True:
            key = uuid.uuid4().hex
            fields = {"cents": "1,00", "day": "2026-11-23", "way": "transfer", "counted": "no"}
            try:
                page = self.server.send(self.path, {**fields, "key": key, "csrfmiddlewaretoken": self.token})
            except (OSError, HTTPException):
                return
            if "Rekent op alles BV" in page:
                self.confirmed.append(key)


def assert_whole(data: Path, confirmed: list[str]) -> None:
    """What was confirmed is there, and of each payment all parts are."""
    with closing(sqlite3.connect(data / "beluur.sqlite3")) as database:

        def one(sql: str) -> int:
            number: int = database.execute(sql).fetchone()[0]
            return number

        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        receipts = database.execute(
            "SELECT key FROM store_receipt WHERE action = 'record_payment'"
        ).fetchall()
        kept = {key for (key,) in receipts}
        assert len(confirmed) > ROUNDS
        assert set(confirmed) <= kept
        assert len(kept) <= len(confirmed) + ROUNDS * CALLERS
        assert one("SELECT count(*) FROM store_payment") == len(kept)
        assert one("SELECT count(*) FROM store_event WHERE kind = 'payment'") == len(kept)
        assert one("SELECT sum(cents) FROM store_allocation") == 100 * len(kept)
        assert one("SELECT open_cents FROM store_invoice") == 10_000_000 - 100 * len(kept)
        assert one(CHAIN_LEAVES_NO_GAP) == 0
