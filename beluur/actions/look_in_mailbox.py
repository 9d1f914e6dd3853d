"""Looks in the mailbox whose turn it is: claimed in one statement, read outside any transaction, each mail taken in by itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from beluur.actions.mail_access import NoAccess, mail_access
from beluur.actions.save_mailbox import imap_settings, reads_by_sign_in
from beluur.actions.take_in_mail import take_in_mail
from beluur.mailroom.imap import AT_ONCE, LARGEST, Found, NoMailbox, Place, new_mails
from beluur.store.models import Administration, Mailbox
from beluur.values.sentence import Sentence, say

EVERY = timedelta(minutes=3)
LEASE = timedelta(minutes=10)  # a look that takes longer was lost
PAUSES = tuple(timedelta(minutes=m) for m in (3, 5, 15, 30, 60))  # after the first, second ... look in vain
log = logging.getLogger("beluur.mailbox")


def look_in_mailbox(now: datetime) -> bool:
    """Whether a mail was taken in. IMAP gone is said in the settings; nothing is lost: what came in waits in the mailbox."""
    box = _claim(now)
    if box is None:
        return False
    taken, seen, skipped = 0, 0, None
    try:
        for found in _found(box, now):
            seen += 1
            done, why = _take(box.administration_id, found.raw, now)
            taken += done
            skipped = why or skipped
            _mine(box).update(uid_validity=found.place.validity, last_uid=found.place.uid)
    except (NoMailbox, NoAccess) as trouble:
        pause = PAUSES[min(box.tries, len(PAUSES) - 1)]
        _note(box, now, trouble.sentence, next_look_at=now + pause, tries=box.tries + 1)
        return taken > 0
    again = now if seen >= AT_ONCE else now + EVERY
    problem = say("imap.skipped", why=skipped) if skipped else None
    _note(box, now, problem, next_look_at=again, tries=0, looked_at=now)
    return taken > 0


def _found(box: Mailbox, now: datetime) -> Iterator[Found]:
    """What came in. Where one signs in at the provider: with its token, and with another when it takes that no more."""
    settings, place = imap_settings(box), Place(box.uid_validity, box.last_uid)
    if not reads_by_sign_in(box):
        yield from new_mails(settings, box.since, place)
        return
    access = mail_access(box.administration_id, now)
    try:
        yield from new_mails(access.imap(settings), box.since, place)
        return
    except NoMailbox as trouble:
        another = (
            mail_access(box.administration_id, now, refused=access.token) if trouble.token_refused else access
        )
        if another.token == access.token:
            raise
    yield from new_mails(another.imap(settings), box.since, place)


def _claim(now: datetime) -> Mailbox | None:
    real = Administration.objects.exclude(kind=Administration.Kind.PRACTICE).values_list("id", flat=True)
    due = Mailbox.objects.filter(administration_id__in=list(real), next_look_at__lte=now).order_by(
        "next_look_at"
    )
    for box in due[:10]:
        claimed = _mine(box).filter(next_look_at=box.next_look_at).update(next_look_at=now + LEASE)
        if claimed:
            return box
    return None


def _mine(box: Mailbox) -> Any:
    return Mailbox.objects.filter(administration_id=box.administration_id, id=box.id)


def _take(administration_id: int, raw: bytes | None, now: datetime) -> tuple[int, Sentence | None]:
    """How many were taken in, and why one was not. A mail that makes us stumble must not hold up those behind it."""
    if raw is None:
        return 0, say("mailin.too-large", megabytes=LARGEST // 1024 // 1024)
    try:
        taken = take_in_mail(administration_id, raw, now)
    except Exception:  # said in the settings, logged, and still in the mailbox
        log.exception("a mail could not be taken in")
        return 0, say("mailin.unreadable")
    return int(taken.mail_in_id is not None), taken.problem


def _note(box: Mailbox, now: datetime, trouble: Sentence | None, **columns: Any) -> None:
    said: Mapping[str, Any] = trouble.to_json() if trouble else {}
    _mine(box).update(trouble=said, trouble_at=now if trouble else None, **columns)
