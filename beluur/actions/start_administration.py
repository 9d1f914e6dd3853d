"""Opens the house: the first account with its administration, and further administrations."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from beluur.actions.debtor_facts import ZONES, check_email
from beluur.store.models import Administration, Membership, User
from beluur.values.numbers import IBAN
from beluur.values.problem import Refused, check_all
from beluur.values.sentence import say

INVENTED = (Administration.Kind.DEMO, Administration.Kind.PRACTICE)


@dataclass(frozen=True, slots=True)
class Started:
    """The owner's account and the address (slug) of his administration."""

    user_id: int
    administration_id: int
    slug: str


def start_administration(
    *,
    now: datetime,
    name: str,
    country: str,
    iban: str,
    person: str,
    email: str,
    password: str | None,
    screen: str = "nl",
) -> Started:
    """The first administration with its owner, whose screens are in ``screen``.

    Refused once somebody has an account, for then the owner adds colleagues."""
    with transaction.atomic():
        if Membership.objects.exclude(administration__kind__in=INVENTED).exists():
            raise Refused(say("house.started_before"))
        user = make_user(email=email, password=password, person=person, now=now, screen=screen)
        made = open_administration(now=now, owner_id=user.id, name=name, country=country, iban=iban)
        return Started(user.id, made.id, made.slug)


def open_administration(
    *,
    now: datetime,
    owner_id: int,
    name: str,
    country: str,
    iban: str,
    acts_for: str = "",
    kind: str = "",
    language: str = "",
) -> Administration:
    """One more administration, with its owner; an agency's when it ``acts_for`` another."""
    if not name.strip():
        raise Refused(say("general.required"), "name")
    check_iban(iban)
    with transaction.atomic():
        administration = Administration.objects.create(
            slug=free_slug(acts_for.strip() or name),
            name=name.strip(),
            acts_for=acts_for.strip(),
            kind=kind or kind_of(acts_for),
            country=country,
            language=language or ("nl-BE" if country == "BE" else "nl"),
            time_zone=ZONES.get(country, "Europe/Amsterdam"),
            iban=IBAN.read(iban),
            created_at=now,
        )
        Membership.objects.create(administration=administration, user_id=owner_id, role=Membership.Role.OWNER)
    return administration


def kind_of(acts_for: str) -> str:
    """Whose law of collecting holds: an agency's for who acts for another."""
    return Administration.Kind.AGENCY if acts_for.strip() else Administration.Kind.OWN


def check_iban(iban: str) -> None:
    """Refuses a number that is none; empty is none yet."""
    if iban and not IBAN.valid(iban):
        raise Refused(say("by_hand.iban_wrong", iban=iban), "iban")


def make_user(*, email: str, password: str | None, person: str, now: datetime, screen: str = "nl") -> User:
    """An account; refused at its field when the address is taken or the password too weak."""
    address = email.strip().lower()
    check_all(
        partial(check_email, address, "email"),
        partial(_check_person, person),
        partial(_check_free, address),
        partial(check_password, password),
    )
    user = User.objects.create_user(email=address, password=password, name=person.strip())
    User.objects.filter(id=user.id).update(created_at=now, language=screen)
    return user


def _check_person(person: str) -> None:
    if not person.strip():
        raise Refused(say("general.required"), "person")


def _check_free(email: str) -> None:
    if User.objects.filter(email=email).exists():
        raise Refused(say("house.email_taken", email=email), "email")


def check_password(password: str | None) -> None:
    """Refuses a password that is too short or much used; None is an account that cannot sign in yet."""
    if password is None:
        return
    try:
        validate_password(password)
    except ValidationError as weak:
        codes = {error.code for error in weak.error_list}
        short = "password_too_short" in codes
        raise Refused(
            say("house.password_short") if short else say("house.password_common"), "password"
        ) from weak


def free_slug(name: str) -> str:
    """The name as part of an address, with a number behind it when it is taken.

    A reserved word cannot occur: all administrations stand under one prefix."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50] or "administratie"
    slug, number = stem, 1
    while Administration.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
