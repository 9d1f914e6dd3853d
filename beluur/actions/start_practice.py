"""Begins a practice call: the user's own practice administration, with an invented dossier for each character.

Only the dossier that is called is made anew, for one of before would know what was agreed then, and its days would be of then;
how earlier calls went stays with it. It is a tenant of its own: nothing of it is ever counted with real books, and
no mail leaves it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from beluur.actions.demo.calendar import Story
from beluur.actions.demo.cast import Player
from beluur.actions.demo.stage import Stage, Troupe, give_copies, set_stage
from beluur.actions.once import Doer
from beluur.actions.open_call import claim
from beluur.actions.plan_next_steps import plan_debtors
from beluur.actions.start_administration import free_slug, open_administration
from beluur.domain.local_time import local_day
from beluur.domain.practice_talk import begin, customer_number, kept_talk
from beluur.playbook.practice_texts import Character
from beluur.store.load import load_policy
from beluur.store.models import Administration, Call, Debtor, DebtorKey, Invoice, Membership, User
from beluur.store.save import save_search_text
from beluur.values.sentence import say
from beluur.words import render

CREDITOR = "Voorbeeld Steigers BV"
IBAN = "NL91ABNA0417164300"  # the IBAN that examples use
SEED = 5
TERM = 30  # days
_C = Character

# debtor, whom to ask for, his work there (practice.role.*)
CAST: Mapping[Character, tuple[str, str, str]] = {
    _C.FORGETFUL: ("Vergeten Voorbeeld BV", "Vera Voorbeeld", "owner"),
    _C.EVASIVE: ("Proef Transport BV", "Evert Proef", "finance"),
    _C.SHORT_OF_CASH: ("Fictief Schilderwerken BV", "Karim Fictief", "owner"),
    _C.ANGRY: ("Bedacht Interieur BV", "Bo Bedacht", "manager"),
    _C.STRANGER: ("Denkbeeldig Metaal BV", "Wies Denkbeeldig", "accounts"),
    _C.BEREAVED: ("Sprookje Bloemen BV", "Noor Sprookje", "owner"),
}
OWED: Mapping[Character, tuple[tuple[int, int], ...]] = {  # days late, cents
    _C.FORGETFUL: ((14, 84_500),),
    _C.EVASIVE: ((21, 126_000), (9, 43_750)),
    _C.SHORT_OF_CASH: ((25, 240_000),),
    _C.ANGRY: ((18, 96_800), (6, 61_200)),
    _C.STRANGER: ((16, 152_400),),
    _C.BEREAVED: ((19, 68_750),),
}


@dataclass(frozen=True, slots=True)
class Practising:
    """Where the call is: the address (slug) of the practice administration, and the call."""

    slug: str
    call_id: int


def start_practice(*, user_id: int, now: datetime, character: Character) -> Practising:
    """The call with ``character``, open; one with him that was still open is gone. Two at once: one after the other."""
    with transaction.atomic():
        user = User.objects.select_for_update().get(id=user_id)
        house = _house(user, now)
        debtors = {
            who: _dossier(house, user, who, now)
            for who in Character
            if who is character or not _known(house, who)
        }
        cases = plan_debtors(house.id, [debtor.id for debtor in debtors.values()], now)
        debtor = debtors[character]
        doer = Doer(house.id, now, user.id, user.name)
        case, policy = cases[debtor.id], load_policy(house.id)
        call = claim(doer, debtor, case, policy, incoming=False, overrule="", left=None)
        call.draft = kept_talk(begin(character, call.id))
        call.save(update_fields=["draft"])
    return Practising(house.slug, call.id)


def _house(user: User, now: datetime) -> Administration:
    """He works there as a caller, so that there is a mandate to stay within, and no mail server to set."""
    practice = Administration.Kind.PRACTICE
    found = Administration.objects.filter(kind=practice, membership__user=user).first()
    if found is not None:
        return found
    house = open_administration(
        now=now,
        owner_id=user.id,
        name=CREDITOR,
        country="NL",
        iban=IBAN,
        kind=practice,
        language=user.language,
    )
    house.slug, house.phone = free_slug("oefenen"), "+31 20 123 45 00"
    house.save(update_fields=["slug", "phone"])
    Membership.objects.filter(administration=house, user=user).update(role=Membership.Role.CALLER)
    return house


def _known(house: Administration, who: Character) -> list[int]:
    keys = DebtorKey.objects.filter(administration=house, kind="number", value=customer_number(who))
    return list(keys.values_list("debtor_id", flat=True))


def _dossier(house: Administration, user: User, who: Character, now: datetime) -> Debtor:
    """The dossier as it begins; what there was of it is gone, but how earlier calls went."""
    before = Debtor.objects.filter(administration=house, id__in=_known(house, who))
    story = Story(local_day(now, house.time_zone), now, random.Random(SEED))  # noqa: S311 - a story
    troupe = Troupe(house.id, story, (user, user))
    [stage] = set_stage(troupe, [_player(who, user)])
    earlier = Call.objects.filter(administration=house, debtor__in=before, review__has_key="practice")
    earlier.update(debtor=stage.debtor)
    before.delete()
    _bill(troupe, stage, who, user.language)
    give_copies(troupe, [stage])
    save_search_text(house.id, [stage.debtor.id])
    return stage.debtor


def _player(who: Character, user: User) -> Player:
    name, contact, role = CAST[who]
    n = list(Character).index(who)
    return Player(
        name=name,
        kind="business",
        country="NL",
        language=user.language,
        street=f"Fictielaan {n}1",
        city="Utrecht",
        postcode=f"11{n}0 AA",
        phone=f"+31 20 12 399 0{n}",
        email=f"{who.value.replace('_', '-')}@oefenen.example",
        contact=contact,
        role=render(say(f"practice.role.{role}"), user.language),
        number=customer_number(who),
    )


def _bill(troupe: Troupe, stage: Stage, who: Character, language: str) -> None:
    """Invoices that are so many days late today; the books are known to yesterday."""
    today = troupe.story.today
    for n, (late, cents) in enumerate(OWED[who], 1):
        due = today - timedelta(days=late)
        issued = due - timedelta(days=TERM)
        stage.invoices.append(
            Invoice.objects.create(
                administration_id=troupe.administration_id,
                debtor=stage.debtor,
                number=f"{issued.year}-{customer_number(who)[-1]}{n:02d}",
                issued=issued,
                due=due,
                amount_cents=cents,
                stated_open_cents=cents,
                open_cents=cents,
                as_of=today - timedelta(days=1),
                description=render(say(f"practice.sold.{who.value}"), language),
                term_days=TERM,
                term_agreed="terms",
            )
        )
