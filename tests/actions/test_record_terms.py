"""That general terms were given stands on record with its text, and what is not on record is missing (I1, C13)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.keep_document import keep_document
from beluur.actions.merge_debtors import merge_debtors
from beluur.actions.record_terms import record_terms, withdraw_terms
from beluur.actions.set_terms import set_terms
from beluur.queries.call_screen import briefing_screen
from beluur.queries.terms_given import own_terms, terms_given
from beluur.queries.timeline import timeline
from beluur.store.models import Document, TermsGiven
from beluur.values.problem import Refused
from beluur.words import render
from tests.world import NOW, TODAY, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PDF = b"%PDF-1.7 voorwaarden"


@pytest.fixture
def world(data_folder) -> World:
    return make_world()


@pytest.fixture
def debtor(world) -> int:
    debtor = world.debtor()
    world.invoice(debtor, "F1", 500_00)
    return debtor


def missing(world, debtor) -> list[str]:
    return [m.what for m in briefing_screen(world.id, debtor, NOW).missing]


def test_a_version_of_ours_is_put_on_record_with_day_and_how(world, debtor):
    set_terms(world.doer, name="av-2024.pdf", content=PDF)
    set_terms(world.doer, name="av-2026.pdf", content=PDF + b"2")
    assert [t.name for t in own_terms(world.id)] == ["av-2026.pdf", "av-2024.pdf"]
    assert "terms" in missing(world, debtor)
    old = own_terms(world.id)[1].id
    day = TODAY - timedelta(days=400)
    made = record_terms(world.doer, debtor_id=debtor, on=day, how="quote", today=TODAY, document_id=old)
    assert "terms" not in missing(world, debtor)
    (row,) = terms_given(world.id, debtor)
    assert (row.id, row.on, row.document) == (made, day, "av-2024.pdf")
    (said,) = [e.said for e in timeline(world.id, debtor).events if e.kind == "terms_given"]
    assert render(said, "nl").endswith("bij de offerte: av-2024.pdf")


def test_a_file_of_his_own_is_kept_with_him(world, debtor):
    doer = world.with_key("a form")
    for _ in range(2):
        record_terms(doer, debtor_id=debtor, on=TODAY, how="hand", today=TODAY, name="av.pdf", content=PDF)
    (row,) = terms_given(world.id, debtor)
    assert Document.objects.get(id=row.document_id).debtor_id == debtor


def test_who_has_no_terms_is_not_told_that_they_are_missing(world, debtor):
    assert "terms" not in missing(world, debtor)


def test_what_was_not_so_is_taken_back_and_stays_on_the_timeline(world, debtor):
    set_terms(world.doer, name="av.pdf", content=PDF)
    text = own_terms(world.id)[0].id
    made = record_terms(world.doer, debtor_id=debtor, on=TODAY, how="mail", today=TODAY, document_id=text)
    assert [withdraw_terms(world.doer, terms_id=made) for _ in range(2)] == [debtor, debtor]
    assert (terms_given(world.id, debtor), "terms" in missing(world, debtor)) == ((), True)
    kinds = [e.kind for e in timeline(world.id, debtor).events]
    assert kinds.count("terms_withdrawn") == kinds.count("terms_given") == 1
    with pytest.raises(TermsGiven.DoesNotExist):
        withdraw_terms(make_world("ander").doer, terms_id=made)


def test_they_move_along_when_two_debtors_are_one(world, debtor):
    gone = world.debtor("Opgegaan")
    record_terms(world.doer, debtor_id=gone, on=TODAY, how="hand", today=TODAY, name="av.pdf", content=PDF)
    merge_debtors(world.doer, kept_id=debtor, gone_id=gone)
    assert len(terms_given(world.id, debtor)) == 1


REFUSED = [
    pytest.param({"on": TODAY + timedelta(days=1)}, "on", id="a day to come"),
    pytest.param({"how": "telepathy"}, "how", id="a way that we do not know"),
    pytest.param({"document_id": None}, "file", id="no text"),
    pytest.param({"document_id": "other"}, "file", id="a document of another debtor"),
    pytest.param({"document_id": "foreign"}, "file", id="a text of another house"),
    pytest.param({"content": b"MZ"}, "file", id="a file that is no document"),
]


@pytest.mark.parametrize(("said", "field"), REFUSED)
def test_it_is_refused_at_its_field(world, debtor, said, field):
    set_terms(world.doer, name="av.pdf", content=PDF)
    elsewhere = make_world("ander")
    documents = {
        "other": keep_document(world.doer, name="x.pdf", content=PDF, debtor_id=world.debtor("Een ander")),
        "foreign": keep_document(elsewhere.doer, name="y.pdf", content=PDF, kind="terms"),
    }
    known = {"debtor_id": debtor, "on": TODAY, "how": "quote", "document_id": own_terms(world.id)[0].id}
    given = known | {k: documents.get(v, v) if k == "document_id" else v for k, v in said.items()}
    with pytest.raises(Refused) as refused:
        record_terms(world.doer, today=TODAY, **given)
    assert refused.value.field == field
    assert not TermsGiven.objects.exists()
