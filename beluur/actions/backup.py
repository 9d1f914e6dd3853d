"""Backup: the database as SQLite copies it consistently while it is in use, the documents, and the secret, in one zip."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from beluur.values.problem import Refused
from beluur.values.sentence import say

KEPT = 14  # backups in the folder; older ones go
DATABASE, SECRET, DOCUMENTS = "beluur.sqlite3", "secret", "documents"


def make_backup(now: datetime, folder: Path | None = None) -> Path:
    """Writes ``beluur-<moment>.zip`` in ``folder`` (default: backups beside the data); whole or not at all."""
    data = Path(settings.DATA)
    if connection.vendor != "sqlite":
        raise Refused(say("cli.backup_sqlite_only", path=str(data / DOCUMENTS)))
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if not database.exists() or not database.stat().st_size:
        raise Refused(say("cli.nothing_to_back_up", path=str(data)))
    folder = folder or data / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"beluur-{now.astimezone(UTC):%Y%m%d-%H%M%S}.zip"
    part = target.with_suffix(".part")
    with tempfile.TemporaryDirectory(dir=folder) as work:
        copy = Path(work) / DATABASE
        _copy_database(database, copy)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            archive.write(copy, DATABASE)
            if (data / SECRET).exists():
                archive.write(data / SECRET, SECRET)
            for document in sorted((data / DOCUMENTS).glob("*/*")):
                archive.write(document, f"{DOCUMENTS}/{document.parent.name}/{document.name}")
    part.chmod(0o600)
    part.replace(target)
    for old in sorted(folder.glob("beluur-*.zip"))[:-KEPT]:
        old.unlink()
    return target


def _copy_database(database: Path, target: Path) -> None:
    """A consistent copy, checked: a backup that cannot be read is none."""
    with (
        closing(sqlite3.connect(database)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy, pages=2000, sleep=0.01)
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Refused(say("cli.not_a_backup", name=target.name))


def restore_backup(source: Path) -> Path:
    """Puts a backup back into the data folder, which must hold no database yet."""
    data = Path(settings.DATA)
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if connection.vendor != "sqlite":
        raise Refused(say("cli.backup_sqlite_only", path=str(data / DOCUMENTS)))
    if database.exists() and database.stat().st_size:
        raise Refused(say("cli.restore_not_empty", path=str(data)))
    try:
        with zipfile.ZipFile(source) as archive:
            names = archive.namelist()
            if DATABASE not in names or archive.testzip() is not None or not all(map(_safe, names)):
                raise Refused(say("cli.not_a_backup", name=source.name))
            archive.extractall(data, [n for n in names if n != DATABASE])
            with tempfile.TemporaryDirectory(dir=data) as work:
                archive.extract(DATABASE, work)
                os.replace(Path(work) / DATABASE, database)  # noqa: PTH105 - atomic on one file system
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused(say("cli.not_a_backup", name=source.name)) from error
    (data / SECRET).chmod(0o600)
    return data


def _safe(name: str) -> bool:
    parts = name.split("/")
    return name in (DATABASE, SECRET) or (len(parts) == 3 and parts[0] == DOCUMENTS and ".." not in parts)
