"""The tables as the migrations leave them, made once and then copied: to migrate takes as long as hundreds of tests."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django

from tests.product import beluur

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"
ON_POSTGRES = "beluur_migrated"


def migrated_file() -> Path:
    """A SQLite file with all tables and no rows of ours; made when the tables' code, Django or SQLite changed."""
    file = KEPT / f"{_made_from()}.sqlite3"
    with _one_at_a_time():
        if not file.exists():
            for old in KEPT.glob("*.sqlite3"):
                old.unlink()
            _migrate_into(file)
    return file


def copy_migrated(data: Path) -> None:
    """Puts it in ``data`` as the database of a product that was started before."""
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(migrated_file(), data / "beluur.sqlite3")


def migrated_on_postgres(url: str) -> str:
    """The name of such a database on the cluster of ``url``, to be named as TEMPLATE; the first who asks makes it."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as cluster, tempfile.TemporaryDirectory() as data:
        cluster.execute("SELECT pg_advisory_lock(1)")  # until the connection closes
        if not cluster.execute("SELECT FROM pg_database WHERE datname = %s", (ON_POSTGRES,)).fetchall():
            cluster.execute("CREATE DATABASE beluur_migrated")
            try:
                _migrate(Path(data), BELUUR_DATABASE_URL=f"{url.rsplit('/', 1)[0]}/{ON_POSTGRES}")
            except BaseException:
                cluster.execute("DROP DATABASE beluur_migrated")
                raise
    return ON_POSTGRES


def _made_from() -> str:
    made_from = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for path in [*sorted((ROOT / "beluur/store").rglob("*.py")), ROOT / "beluur/wiring/settings.py"]:
        made_from.update(path.read_bytes())
    return made_from.hexdigest()[:20]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate_into(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _migrate(Path(folder))
        whole = file.with_suffix(".half")
        whole.unlink(missing_ok=True)
        with (
            closing(sqlite3.connect(Path(folder) / "beluur.sqlite3")) as made,
            closing(sqlite3.connect(whole)) as kept,
        ):
            made.backup(kept)
        whole.rename(file)


def _migrate(data: Path, **more: str) -> None:
    done = beluur("migrate", data=data, **more)
    assert done.returncode == 0, done.stderr
