"""The guards that other tests lean on do refuse."""

from __future__ import annotations

import pytest
from django.db import connection

from beluur.store.models import Debtor
from tests.sql import ForbiddenSQL, objection

ALLOWED = {
    "a select within one administration": 'SELECT name FROM "store_debtor" WHERE "store_debtor"."administration_id" = %s',
    "a select on a table of the house": 'SELECT 1 FROM "store_user" WHERE id = 1',
    "a recursive one": "WITH x AS (SELECT 1) SELECT * FROM x",
    "the word update in a text": "SELECT 'update' FROM store_user",
}
REFUSED = {
    "an insert": 'INSERT INTO "store_debtor" (name) VALUES (%s)',
    "an update of one administration": 'UPDATE "store_debtor" SET name = 1 WHERE administration_id = 1',
    "a delete": 'DELETE FROM "store_debtor" WHERE administration_id = 1',
    "a savepoint": "SAVEPOINT x",
    "all debtors of everyone": 'SELECT "store_debtor"."administration_id" FROM "store_debtor"',
    "a lock": 'SELECT 1 FROM "store_debtor" WHERE administration_id = 1 FOR UPDATE',
}


@pytest.mark.parametrize("sql", ALLOWED.values(), ids=ALLOWED)
def test_a_query_may_say(sql):
    assert objection(sql) == ""


@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED)
def test_a_query_may_not_say(sql):
    assert objection(sql) != ""


@pytest.mark.database
@pytest.mark.django_db
def test_the_guard_watches_the_database(guard_queries, count_queries):
    with guard_queries(), count_queries() as counted:
        list(Debtor.objects.filter(administration=1))
    assert len(counted) == 1
    with guard_queries(), pytest.raises(ForbiddenSQL):
        list(Debtor.objects.all())


@pytest.mark.database
@pytest.mark.django_db
def test_migrations_cover_the_models():
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    assert connection.introspection.table_names()
