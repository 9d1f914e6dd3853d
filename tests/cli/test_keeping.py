"""`beluur backup` and `beluur restore`: everything comes back, into an empty folder only."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.product import beluur

pytestmark = pytest.mark.slow


def rows(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(data / "beluur.sqlite3")) as database:
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        ).fetchall()
        return {name: sorted(database.execute(f"SELECT * FROM {name}"), key=repr) for (name,) in tables}


def documents(data: Path) -> dict[str, bytes]:
    """Every file that is kept."""
    return {path.name: path.read_bytes() for path in (data / "documents").glob("*/*")}


def test_a_backup_gives_everything_back_in_an_empty_folder(demo_folder, tmp_path):
    made = beluur("backup", tmp_path / "kept", data=demo_folder)
    assert (made.returncode, made.stderr) == (0, "")
    (archive,) = (tmp_path / "kept").iterdir()
    assert str(archive) in made.stdout
    assert archive.stat().st_mode & 0o077 == 0

    restored = beluur("restore", archive, data=tmp_path / "new")
    assert (restored.returncode, restored.stderr) == (0, "")
    assert rows(tmp_path / "new") == rows(demo_folder)
    assert documents(tmp_path / "new") == documents(demo_folder) != {}
    assert (tmp_path / "new/secret").read_text() == (demo_folder / "secret").read_text()

    again = beluur("restore", archive, data=tmp_path / "new")
    assert again.returncode == 1
    assert again.stderr.startswith(f"In {tmp_path / 'new'} staan al gegevens; kies een lege map")


def test_nothing_is_no_backup(tmp_path):
    refused = beluur("backup", tmp_path / "kept", data=tmp_path / "elders")
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"In {tmp_path / 'elders'} staan nog geen gegevens")
    assert not (tmp_path / "kept").exists()
    assert not (tmp_path / "elders/beluur.sqlite3").exists()


def test_the_worker_makes_the_nightly_backup_also_in_a_new_folder(tmp_path):
    done = beluur("worker", "--once", data=tmp_path / "data")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "data/backups").glob("beluur-*.zip"))) == 1


@pytest.mark.parametrize("content", [None, b"", b"zomaar iets", b"PK\x03\x04half"])
def test_what_is_no_backup_is_refused_in_a_sentence_and_leaves_nothing(tmp_path, content):
    archive = tmp_path / "niets.zip"
    if content is not None:
        archive.write_bytes(content)
    refused = beluur("restore", archive, data=tmp_path / "new")
    assert refused.returncode == 1
    assert refused.stderr == "niets.zip is geen back-up van Beluur, of niet heel\n"
    assert not (tmp_path / "new/beluur.sqlite3").exists()


def test_a_backup_that_would_write_elsewhere_is_refused(tmp_path):
    archive = tmp_path / "sluw.zip"
    with zipfile.ZipFile(archive, "w") as sly:
        sly.writestr("beluur.sqlite3", b"")
        sly.writestr("documents/../../elders", b"boe")
    assert beluur("restore", archive, data=tmp_path / "new").returncode == 1
    assert not (tmp_path / "elders").exists()
