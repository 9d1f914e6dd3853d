"""The colleague of the bench, who saves while a statement is published, really writes: SQLite leaves out what changes nothing."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from bench.bank import _SAVER


def test_each_save_of_the_bench_is_seen_by_others(tmp_path: Path) -> None:
    path = tmp_path / "bench.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE store_debtor (id INTEGER PRIMARY KEY, delivery_note TEXT)")
        db.execute("INSERT INTO store_debtor VALUES (1, '')")
        with subprocess.Popen(
            [sys.executable, "-c", _SAVER, str(path), "1", "60"], stdout=subprocess.PIPE, text=True
        ) as saver:
            assert saver.stdout is not None
            saver.stdout.readline()
            seen: set[int] = set()
            until = time.monotonic() + 30
            while len(seen) < 4 and time.monotonic() < until:  # the first is what was there before
                seen.add(db.execute("PRAGMA data_version").fetchone()[0])
                time.sleep(0.01)
            saver.terminate()
            told = saver.stdout.read().split()
    assert len(seen) == 4
    assert len(told) >= 2, "what each save waited is told at the end: the last may have been cut off"
