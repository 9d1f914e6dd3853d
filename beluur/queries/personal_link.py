"""Finds a personal link by its token (J9), in one query whatever the token is: who guesses learns nothing, nor by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from beluur.domain.message_state import MessageState
from beluur.domain.personal_link import token_hash
from beluur.mailroom.facts import RecipientFacts
from beluur.mailroom.voice import Voice, voice_of
from beluur.store.models import Administration, Debtor, Membership, Message, PersonalLink


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link that opens. ``who`` is its reader as far as is known; ``creditor`` asks, and ``acts_for`` on whose behalf."""

    id: int
    administration_id: int
    who: str
    creditor: str
    acts_for: str
    language: str
    formality: str
    time_zone: str

    @property
    def voice(self) -> Voice:
        """How its reader is written to."""
        return voice_of(RecipientFacts("", language=self.language, formality=self.formality))

    @property
    def asks(self) -> str:
        """Who asks, in a few words."""
        if not self.acts_for:
            return self.creditor
        return self.voice.page("on_behalf", creditor=self.creditor, acts_for=self.acts_for)


def find_link(token: str, now: datetime) -> FoundLink | None:
    """None for a token that is unknown, altered, withdrawn or too old: all the same to who asks."""
    everywhere = Administration.objects.values("id")
    rows = PersonalLink.objects.filter(administration_id__in=everywhere, token_hash=token_hash(token))
    link = rows.select_related("administration", "debtor", "message").first()
    if link is None or not is_open(link, link.debtor, link.message, now):
        return None
    return FoundLink(
        id=link.id,
        administration_id=link.administration_id,
        who=str(link.message.facts.get("to_name") or link.debtor.name),
        creditor=link.administration.name,
        acts_for=link.administration.acts_for,
        language=link.message.language,
        formality=link.debtor.formality,
        time_zone=link.debtor.time_zone,
    )


def is_open(link: PersonalLink, debtor: Debtor, message: Message, now: datetime) -> bool:
    """Whether the page may be shown: a mail that was taken back has none, and of whom nothing is asked any more (J11) neither."""
    alive = link.revoked_at is None and now < link.expires_at
    return alive and message.state != MessageState.WITHDRAWN and not debtor.stop


def works_at(administration_id: int, user_id: int | None) -> bool:
    """Whether that user works there: what he looks at is no visit of the debtor."""
    if user_id is None:
        return False
    return Membership.objects.filter(administration_id=administration_id, user_id=user_id).exists()
