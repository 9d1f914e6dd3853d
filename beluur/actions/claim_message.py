"""Takes the next mail that may leave: one conditional UPDATE, so that of two workers one gets it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from beluur.domain.message_state import Cause, MessageState, states_before
from beluur.store.models import Administration, Message

_LOOK_AT = 10  # candidates: when others are quicker, the next may still be free


def claim_message(now: datetime) -> Message | None:
    """The message that waited longest, now in *sending* and ours; None when none may leave yet."""
    claimable = states_before(Cause.CLAIMED)
    practice = Administration.Kind.PRACTICE  # of a practice call nothing ever leaves
    everywhere = list(Administration.objects.exclude(kind=practice).values_list("id", flat=True))
    waiting = Message.objects.filter(
        administration_id__in=everywhere, state__in=claimable, send_after__lte=now
    ).order_by("send_after", "id")
    for administration_id, message_id in list(waiting.values_list("administration_id", "id")[:_LOOK_AT]):
        row = Message.objects.filter(administration_id=administration_id, id=message_id)
        taken = row.filter(state__in=claimable, send_after__lte=now).update(
            state=MessageState.SENDING, claimed_at=now, tries=F("tries") + 1, problem={}
        )
        if taken:
            return row.get()
    return None
