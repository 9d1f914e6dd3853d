"""Short ways to hold a call in a test's world."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from beluur.actions.end_call import Ended, end_call
from beluur.actions.once import Doer
from beluur.actions.open_call import Opened, open_call
from beluur.domain.call_report import CallReport, PromiseSaid
from beluur.domain.case import Outcome
from beluur.store.models import Administration, Call, Event, Membership, User
from beluur.values.sentence import Sentence
from beluur.words import render
from tests.world import NOW, TODAY, World

FRIDAY = TODAY + timedelta(days=4)


def caller(world: World, name: str = "Bas Beller") -> Doer:
    """Another person who works in the same administration."""
    user = User.objects.create_user(f"{name.split(maxsplit=1)[0].lower()}@example.org", "een lange zin", name)
    Membership.objects.create(administration=world.administration, user=user, role="caller")
    return Doer(world.id, NOW, user_id=user.id, name=name)


def later(doer: Doer, **delta: int) -> Doer:
    """The same person, that much later."""
    return replace(doer, at=doer.at + timedelta(**delta))


def opened(doer: Doer, debtor_id: int, **options: Any) -> int:
    """The id of an opened call."""
    result = open_call(doer, debtor_id, **options)
    assert isinstance(result, Opened), result
    return result.call_id


def hold_call(doer: Doer, debtor_id: int, report: CallReport, **options: Any) -> Ended:
    """Opens and ends a call at one moment."""
    return end_call(doer, opened(doer, debtor_id, **options), report)


def promise(cents: int = 100_00, on: date = FRIDAY, *more: tuple[date, int], **said: Any) -> CallReport:
    """Spoke the right person, who promises to pay."""
    known = {"yes": True, **said}
    return CallReport(Outcome.REACHED, received="yes", promise=PromiseSaid(((on, cents), *more), **known))


def with_mail_server(world: World, port: int = 2525, **more: Any) -> None:
    """A server without a password, as `save_smtp` keeps it."""
    smtp = {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "sign_in": "none",
        "sender": "a@proef.example",
    }
    Administration.objects.filter(id=world.id).update(smtp=smtp | more)
    world.administration.refresh_from_db()


def timeline(debtor_id: int) -> list[str]:
    """What the timeline tells, in Dutch, oldest first: each event's line and its details."""
    lines = []
    for event in Event.objects.filter(debtor_id=debtor_id).order_by("seq"):
        payload = json.loads(event.payload)
        lines.append(render(Sentence.from_json(payload["said"])))
        lines += [f"- {render(Sentence.from_json(line))}" for line in payload["details"]]
    return [line.replace("\xa0", " ") for line in lines]


def call_of(ended: Ended) -> Call:
    """The row of an ended call."""
    return Call.objects.get(id=ended.call_id)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on that day at the debtor's in Amsterdam."""
    from datetime import time

    from beluur.domain.local_time import moment_at

    return moment_at(day, time(hour, minute), "Europe/Amsterdam")
