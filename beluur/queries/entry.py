"""Who may enter where: the administrations of a user, and the colleagues within one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from beluur.domain.message_state import UNFINISHED
from beluur.store.models import Administration, CallBlock, Membership, Message, User
from beluur.store.written import counted, written

IN_MENU = 50  # administrations in the menu of every page: an agency may have thousands
LISTED = 100
_COLUMNS = (
    "id slug name kind acts_for country language time_zone currency iban smtp__host smtp__sender smtp__provider "
    "mailsignin__holds"
).split()


@dataclass(frozen=True, slots=True)
class AdministrationRow:
    """One administration, as every page needs it."""

    id: int
    slug: str
    name: str
    kind: str
    acts_for: str
    country: str
    language: str
    time_zone: str
    currency: str
    iban: str
    mail_host: str | None = None
    mail_sender: str | None = None
    mail_provider: str | None = None
    mail_holds: bool | None = None

    @property
    def title(self) -> str:
        """How it is told from another of the same agency."""
        return title_of(self.name, self.acts_for)

    @property
    def sends_mail(self) -> bool:
        """Whether a mail server is set, and somebody signed in there where one has to; without it no mail leaves."""
        return bool(self.mail_host and self.mail_sender) and not self.signed_out

    @property
    def signed_out(self) -> bool:
        """Whether mail would leave if somebody signed in at its provider."""
        return bool(self.mail_provider) and not self.mail_holds


class AdministrationName(NamedTuple):
    """One administration, as one chooses it."""

    id: int
    slug: str
    name: str
    kind: str
    acts_for: str

    @property
    def title(self) -> str:
        """How it is told from another of the same agency."""
        return title_of(self.name, self.acts_for)


def title_of(name: str, acts_for: str) -> str:
    """How an administration is told from another of the same agency."""
    return f"{name} · {acts_for}" if acts_for else name


@dataclass(frozen=True, slots=True)
class Block:
    """A call block: ``weekday`` 0 is Monday; local time of the administration."""

    weekday: int
    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class Member:
    """A colleague, his role and his call blocks."""

    id: int
    name: str
    email: str
    role: str
    active: bool
    blocks: tuple[Block, ...]


def enter(user_id: int, slug: str) -> tuple[AdministrationRow, str] | None:
    """The administration and the user's role in it; None when he is no member or it does not exist."""
    return next(((AdministrationRow(*row), role) for role, *row in _membership(user_id, slug)), None)


@written
def _membership(user_id: Any, slug: Any) -> QuerySet[Membership, Any]:
    columns = [f"administration__{name}" for name in _COLUMNS]
    return Membership.objects.filter(user_id=user_id, administration__slug=slug).values_list("role", *columns)


def administrations_of(user_id: int, text: str = "") -> tuple[AdministrationName, ...]:
    """The administrations he is a member of, by name, but the one in which he practises; those with ``text`` in their name or
    in that of whom they act for. At most `LISTED`, and one more when there are more."""
    rows = _memberships(user_id)
    if text:
        named = Q(administration__name__icontains=text) | Q(administration__acts_for__icontains=text)
        rows = rows.filter(named)
    return tuple(AdministrationName(*row) for row in rows[: LISTED + 1])


def in_menu(user_id: int) -> list[AdministrationName]:
    """The same for the menu of every page: at most `IN_MENU`, and one more when there are more."""
    return [AdministrationName(*row) for row in _in_menu(user_id)]


def _memberships(user_id: Any) -> QuerySet[Membership, Any]:
    mine = Membership.objects.filter(user_id=user_id)
    theirs = mine.exclude(administration__kind=Administration.Kind.PRACTICE)
    columns = [f"administration__{name}" for name in AdministrationName._fields]
    return theirs.order_by("administration__name", "administration_id").values_list(*columns)


_in_menu = written(lambda user_id: _memberships(user_id)[: IN_MENU + 1])


def anyone_yet() -> bool:
    """Whether somebody has an account besides the people of the demo, who may practise too."""
    invented = (Administration.Kind.DEMO, Administration.Kind.PRACTICE)
    return Membership.objects.exclude(administration__kind__in=invented).exists()


def outbox_count(administration_id: int) -> int:
    """Mails that are not out of the door."""
    return sum(n for _, n in _in_outbox(administration_id))


@written
def _in_outbox(administration_id: Any) -> QuerySet[Message, Any]:
    return counted(Message.objects.filter(administration_id=administration_id, state__in=UNFINISHED))


def members(administration_id: int) -> tuple[Member, ...]:
    """The colleagues of an administration, by name."""
    blocks: dict[int, list[Block]] = {}
    for user_id, *block in _blocks(administration_id):
        blocks.setdefault(user_id, []).append(Block(*block))
    return tuple(
        Member(i, name, email, role, active, tuple(blocks.get(i, ())))
        for i, name, email, role, active in _members(administration_id)
    )


@written
def _blocks(administration_id: Any) -> QuerySet[CallBlock, Any]:
    rows = CallBlock.objects.filter(administration_id=administration_id).order_by("weekday", "starts")
    return rows.values_list("user_id", "weekday", "starts", "ends")


@written
def _members(administration_id: Any) -> QuerySet[Membership, Any]:
    rows = Membership.objects.filter(administration_id=administration_id).order_by("user__name", "user_id")
    return rows.values_list("user_id", "user__name", "user__email", "role", "user__is_active")


def user_by_email(email: str) -> int | None:
    """The id of the account with this address."""
    return User.objects.filter(email=email.strip().lower()).values_list("id", flat=True).first()
