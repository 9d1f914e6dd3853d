"""The chain of a dossier: numbered without a gap, whole after an erasure, broken after tampering."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from beluur.store.chain_hash import START, event_hash, payload_hash
from beluur.store.models import Debtor, Event
from beluur.store.save import Happening, append, append_many
from beluur.values.sentence import say
from tests.rows import MOMENT, make_administration, make_debtor
from tests.threads import at_once

pytestmark = pytest.mark.database


def put(debtor: Debtor, note: str = "") -> Event:
    happening = Happening(debtor.id, "note", say("event.note"), note=note)
    with transaction.atomic():
        append(debtor.administration_id, happening, at=MOMENT, actor_id=None, actor="Bo Beller")
    return Event.objects.filter(debtor=debtor).latest("seq")


def broken_links(debtor: Debtor) -> list[int]:
    """The numbers of the events whose hash does not follow from the one before; reads as an outsider would."""
    previous, wrong = START, []
    for n, e in enumerate(Event.objects.filter(debtor=debtor).order_by("seq"), 1):
        hashed = payload_hash(e.salt, e.payload) if e.salt else e.payload_hash
        follows = event_hash(
            previous, e.administration_id, e.debtor_id, e.seq, e.at, e.kind, e.actor_name, hashed
        )
        if (e.seq, e.previous_hash, e.payload_hash, e.hash) != (n, previous, hashed, follows):
            wrong.append(n)
        previous = e.hash
    return wrong


@pytest.fixture
def debtor(administration):
    return make_debtor(administration)


def test_events_are_numbered_and_each_covers_the_one_before(debtor):
    events = [put(debtor, f"regel {n}") for n in range(3)]
    assert [e.seq for e in events] == [1, 2, 3]
    assert broken_links(debtor) == []
    debtor.refresh_from_db()
    assert (debtor.event_seq, debtor.event_hash) == (3, events[-1].hash)


def test_many_at_once_keep_each_dossier_its_own_chain(administration):
    debtors = [make_debtor(administration) for _ in range(3)]
    happenings = [Happening(d.id, "note", say("event.note")) for d in debtors for _ in range(2)]
    with transaction.atomic():
        append_many(administration.id, happenings, at=MOMENT, actor_id=None, actor="")
    assert [broken_links(d) for d in debtors] == [[], [], []]
    assert [Event.objects.filter(debtor=d).count() for d in debtors] == [2, 2, 2]


def test_an_erased_payload_leaves_the_chain_whole(debtor):
    for n in range(3):
        put(debtor, f"regel {n}")
    Event.objects.filter(debtor=debtor, seq=2).update(payload="", salt="")
    assert broken_links(debtor) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"payload": '{"note":"anders"}'}, id="what was said"),
        pytest.param({"actor_name": "Iemand Anders"}, id="who said it"),
        pytest.param({"at": MOMENT.replace(hour=7)}, id="when"),
        pytest.param({"kind": "promise"}, id="what kind of event it was"),
    ],
)
def test_a_change_afterwards_shows(debtor, change):
    for n in range(3):
        put(debtor, f"regel {n}")
    Event.objects.filter(debtor=debtor, seq=2).update(**change)
    assert 2 in broken_links(debtor)


def test_an_event_that_was_taken_out_shows(debtor):
    for n in range(3):
        put(debtor, f"regel {n}")
    Event.objects.filter(debtor=debtor, seq=2).delete()
    assert broken_links(debtor) != []


def test_outside_a_transaction_nothing_is_recorded(transactional_db):
    debtor = make_debtor(make_administration())
    with pytest.raises(RuntimeError):
        append(
            debtor.administration_id,
            Happening(debtor.id, "note", say("event.note")),
            at=MOMENT,
            actor_id=None,
            actor="",
        )


def test_another_administration_cannot_append(debtor):
    elsewhere = make_administration()
    with transaction.atomic(), pytest.raises((KeyError, IntegrityError)):
        append(
            elsewhere.id, Happening(debtor.id, "note", say("event.note")), at=MOMENT, actor_id=None, actor=""
        )
    assert not Event.objects.filter(debtor=debtor).exists()


def test_four_callers_at_once_give_no_number_twice(transactional_db):
    debtor = make_debtor(make_administration())
    results = at_once(*[lambda n=n: [put(debtor, f"{n}.{i}") for i in range(5)] for n in range(4)])
    assert [r for r in results if isinstance(r, Exception)] == []
    assert Event.objects.filter(debtor=debtor).count() == 20
    assert broken_links(debtor) == []
