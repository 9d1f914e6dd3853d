"""Search: FTS5 trigram on SQLite, pg_trgm on PostgreSQL, both on the debtor's search_text, kept by the database itself."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SQLITE = """
CREATE VIRTUAL TABLE debtor_search USING fts5(
    search_text, content='store_debtor', content_rowid='id', tokenize='trigram');
CREATE TRIGGER debtor_search_in AFTER INSERT ON store_debtor BEGIN
    INSERT INTO debtor_search(rowid, search_text) VALUES (new.id, new.search_text);
END;
CREATE TRIGGER debtor_search_out AFTER DELETE ON store_debtor BEGIN
    INSERT INTO debtor_search(debtor_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
END;
CREATE TRIGGER debtor_search_changed AFTER UPDATE OF search_text ON store_debtor
WHEN old.search_text IS NOT new.search_text BEGIN
    INSERT INTO debtor_search(debtor_search, rowid, search_text) VALUES ('delete', old.id, old.search_text);
    INSERT INTO debtor_search(rowid, search_text) VALUES (new.id, new.search_text);
END;
"""
MERGES = "INSERT INTO debtor_search(debtor_search, rank) VALUES ('automerge', 8)"
POSTGRESQL = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX debtor_search ON store_debtor USING gin (search_text gin_trgm_ops);
"""


def create_search(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Makes what the search needs beside the tables."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    statement = ""
    for line in SQLITE.strip().splitlines():
        statement += line + "\n"
        whole = statement.rstrip().endswith("END;") if "TRIGGER" in statement else line.rstrip().endswith(";")
        if whole:
            schema_editor.execute(statement)
            statement = ""


def merge_less(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Lets the index of SQLite stand in eight parts, not four, before they are merged: a third less to write in an intake, and
    nobody sees it in a search."""
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute(MERGES)


def drop_search(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Takes it away again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX IF EXISTS debtor_search")
        return
    for name in ("in", "out", "changed"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS debtor_search_{name}")
    schema_editor.execute("DROP TABLE IF EXISTS debtor_search")
