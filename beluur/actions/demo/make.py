"""Makes the demo administration by the same actions that people use, so that its history is a real one."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction

from beluur.actions.demo import post
from beluur.actions.demo.bank import PLAYED, known_from_before, play_bank, take_in
from beluur.actions.demo.calendar import Story
from beluur.actions.demo.cast import SEED, players
from beluur.actions.demo.history import paid_before
from beluur.actions.demo.incoming import HOUSE_EMAIL
from beluur.actions.demo.program import SCENES, play
from beluur.actions.demo.stage import Stage, Troupe, give_copies, set_stage, state_open_amounts
from beluur.actions.judge_commitments import judge_commitments
from beluur.actions.once import Doer
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.actions.set_call_blocks import set_call_blocks
from beluur.actions.start_administration import make_user, open_administration
from beluur.domain.local_time import local_day
from beluur.store.models import Administration, Membership, User

DEBTORS = 120
OWNER, COLLEAGUE = "demo@beluur.example", "collega@beluur.example"
IBAN = "NL91ABNA0417164300"  # the IBAN that examples use


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo: who signs in, his colleague with a narrower mandate, and where."""

    user_id: int
    colleague_id: int
    administration_id: int
    slug: str


def start_demo(now: datetime) -> Demo:
    """The demo as it stands; made when there is none, or when it is of an earlier day: its dates move with today."""
    found = Administration.objects.filter(kind=Administration.Kind.DEMO).order_by("-id").first()
    if found is None or local_day(found.created_at, found.time_zone) != local_day(now, found.time_zone):
        return make_demo(now)
    people = dict(Membership.objects.filter(administration=found).values_list("user__email", "user_id"))
    return Demo(people[OWNER], people[COLLEAGUE], found.id, found.slug)


def make_demo(now: datetime) -> Demo:
    """The demo anew; the former one goes. One transaction: all of it or nothing."""
    with transaction.atomic():
        Administration.objects.filter(kind=Administration.Kind.DEMO).delete()
        owner = _person(OWNER, "Demo Gebruiker", now)
        colleague = _person(COLLEAGUE, "Collega Voorbeeld", now)
        house = open_administration(
            now=now, owner_id=owner.id, name="Voorbeeld Steigers BV", country="NL", iban=IBAN, kind="demo"
        )
        Administration.objects.filter(id=house.id).update(
            phone="+31 20 123 45 00",
            email=HOUSE_EMAIL,
            address="Fictielaan 1, 1000 AA Voorbeeldstad",
            bic="ABNANL2A",
        )
        Membership.objects.create(administration=house, user=colleague, role=Membership.Role.CALLER)
        story = Story(local_day(now, house.time_zone), now, random.Random(SEED))  # noqa: S311 - a story
        troupe = Troupe(house.id, story, (owner, colleague))
        stages = set_stage(troupe, players(DEBTORS + len(PLAYED) + len(post.PLAYED)))
        called, banked, written = (
            stages[:DEBTORS],
            stages[DEBTORS : -len(post.PLAYED)],
            stages[-len(post.PLAYED) :],
        )
        _play_all(troupe, called)
        lines = play_bank(troupe, banked)
        post.play_post(troupe, written)
        paid_before(troupe, called)
        state_open_amounts(troupe)
        known_from_before(troupe, banked)
        give_copies(troupe, [*stages[:48], *written[:5]])
        _blocks(house.id, owner, now)
        judge_commitments(house.id, now)  # what the export tells; the statement tells the rest
        take_in(troupe, lines, IBAN)
    judge_commitments(house.id, now)
    plan_next_steps(house.id, now)
    post.write_letters(troupe, written)
    return Demo(owner.id, colleague.id, house.id, house.slug)


def _play_all(troupe: Troupe, stages: list[Stage]) -> None:
    left = iter(stages)
    for scene, times in SCENES:
        for _ in range(times):
            play(troupe, next(left), scene)
    for stage in left:
        play(troupe, stage, "not_due")


def _person(email: str, name: str, now: datetime) -> User:
    found = User.objects.filter(email=email).first()
    return found or make_user(email=email, password=None, person=name, now=now)


def _blocks(administration_id: int, owner: User, now: datetime) -> None:
    doer = Doer(administration_id, now, owner.id, owner.name)
    blocks = [(weekday, time(9, 30), time(11, 30)) for weekday in (0, 1)]
    set_call_blocks(doer, user_id=owner.id, blocks=blocks)
