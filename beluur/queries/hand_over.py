"""One dossier as it is handed to somebody outside (A4): what stands on paper, and what stays out of it (J11)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from beluur.domain.ageing import Bucket
from beluur.domain.case import Stop
from beluur.domain.ladder import RungKind
from beluur.domain.ladder_days import rung_of
from beluur.mailroom.dossier_paper import Cell, DossierPaper, Event, Table
from beluur.mailroom.epc import grouped_iban
from beluur.mailroom.voice import sums
from beluur.queries.agreement_rows import PromiseRow
from beluur.queries.chain import broken_chains
from beluur.queries.claim import claim_of
from beluur.queries.dossier import Moved, dossier
from beluur.queries.dossier_rows import Dossier, InvoiceRow
from beluur.queries.evidence_chain import evidence_chain
from beluur.queries.hand_over_claim import claim_tables
from beluur.queries.mail_facts import creditor_facts
from beluur.queries.timeline import Happened, timeline
from beluur.store.models import Administration, Debtor
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say

_STOPPED = f"stop.{Stop.VULNERABLE.value}"


def hand_over_paper(
    administration_id: int, debtor_id: int, now: datetime, *, language: str, to: str, by: str
) -> DossierPaper | None:
    """None when he was merged into another. Of who was ever found vulnerable nothing of that is on it, nor what was typed, which
    may be about it, nor the chain, which tells of all. Raises Debtor.DoesNotExist."""
    found = dossier(administration_id, debtor_id, now)
    if isinstance(found, Moved):
        return None
    happened = _all_events(administration_id, debtor_id)
    secret = found.head.stop == Stop.VULNERABLE or any(map(_is_secret, happened))
    quiet = {e.call_id for e in happened if e.call_id and _is_secret(e)}
    shown = [e for e in happened if not _is_secret(e) and e.call_id not in quiet]
    house = Administration.objects.get(id=administration_id)
    return DossierPaper(
        language=language,
        printed_on=found.today,
        creditor=f"{house.name} ({house.acts_for})" if house.acts_for else house.name,
        debtor=found.head.name,
        handed=say("hand_over.handed", to=to, by=by, at=_local(now, found)),
        facts=(*_facts(found), *_creditor(administration_id, by)),
        tables=(
            *_tables(found, typed=not secret),
            *claim_tables(claim_of(administration_id, debtor_id, found.today)),
        ),
        events=tuple(_event(e, found, typed=not secret) for e in shown),
        proof=(*_proof(administration_id, debtor_id), *(() if secret else (say("hand_over.proof_how"),))),
        chain="" if secret else evidence_chain(administration_id, debtor_id),
        remarks=(say("hand_over.left_out"),) if secret else (),
    )


def _all_events(administration_id: int, debtor_id: int) -> list[Happened]:
    """The oldest first."""
    events: list[Happened] = []
    before = ""
    while True:
        page = timeline(administration_id, debtor_id, before=before, page=500)
        events += page.events
        if not (before := page.older):
            return events[::-1]


def _is_secret(event: Happened) -> bool:
    return any(_STOPPED in json.dumps(s.to_json()) for s in (event.said, *event.details))


def _local(at: datetime, found: Dossier) -> datetime:
    return at.astimezone(ZoneInfo(found.head.time_zone))


def _facts(found: Dossier) -> Iterator[tuple[str, Cell]]:
    head = found.head
    place = " ".join(part for part in (head.postcode, head.city) if part)
    known: tuple[tuple[str, Cell], ...] = (
        ("fact_kind", say(f"hand_over.kind_{head.kind}")),
        ("fact_number", head.number),
        ("fact_address", ", ".join(part for part in (head.street, place, head.country) if part)),
        ("fact_phone", head.phone),
        ("fact_email", head.email),
        ("fact_vat", head.vat_number),
        ("fact_company", head.company_number),
        ("fact_open", found.open),
        ("fact_overdue", found.overdue),
    )
    yield from ((name, what) for name, what in known if what)


def _creditor(administration_id: int, by: str) -> Iterator[tuple[str, Cell]]:
    """For whom is claimed: who collects has to name him, and to know where the money goes."""
    creditor, _ = creditor_facts(administration_id, by)
    known = (
        ("fact_creditor", ", ".join((creditor.name, *creditor.address))),
        ("fact_registration", creditor.registration),
        ("fact_account", grouped_iban(creditor.iban)),
    )
    yield from ((name, what) for name, what in known if what)


def _tables(found: Dossier, *, typed: bool) -> Iterator[Table]:
    people = tuple((c.name, c.role, c.phone or c.mobile, c.email) for c in found.contacts)
    yield Table("contacts", ("name", "role", "phone", "email"), people)
    columns = ("invoice", "issued", "due", "late", "amount", "open")
    yield Table("invoices", columns, tuple(_invoices(found.invoices, typed=typed)), (3, 4, 5), summed=True)
    ages = tuple((_age(b), b.count, Money(b.cents, found.head.currency)) for b in found.ageing if b.count)
    yield Table("ageing", ("age", "invoices", "open"), ages, (1, 2))
    last = tuple((i.number, i.due, i.closed_on, i.amount) for i in found.closed)
    yield Table("closed", ("invoice", "due", "closed", "amount"), last, (3,))
    made = tuple(row for p in found.promises for row in _promise(p))
    yield Table("promises", ("made", "due", "amount", "verdict", "for"), made, (2,))
    contested = tuple(
        (d.invoice, d.amount, say("hand_over.dispute", what=say(f"dispute.{d.code}"), words=d.what))
        if typed and d.what
        else (d.invoice, d.amount, say(f"dispute.{d.code}"))
        for d in found.disputes
    )
    yield Table("disputes", ("invoice", "amount", "what"), contested, (1,))
    yield Table("claims", ("paid_on", "amount"), tuple((c.paid_on, c.amount) for c in found.claims), (1,))
    last_days = tuple((u.until, u.amount, u.follows) for u in found.ultimatums)
    yield Table("ultimatums", ("until", "amount", "follows"), last_days, (1,))
    sent = tuple((r.on, _reminder(r.level, say(f"channel.{r.channel}"))) for r in found.reminders)
    yield Table("reminders", ("sent", "what"), sent)
    came = tuple((p.booked_on, p.amount, ", ".join(i.number for i in p.invoices)) for p in found.payments)
    yield Table("payments", ("booked", "amount", "for"), came, (1,))
    yield Table("terms", ("sent", "how", "name"), tuple((t.on, t.how, t.document) for t in found.terms))
    files = tuple((_local(f.created_at, found).date(), f.name) for f in found.documents)
    yield Table("documents", ("added", "name"), files)


def _invoices(rows: tuple[InvoiceRow, ...], *, typed: bool) -> Iterator[tuple[Cell, ...]]:
    for i in rows:
        named = f"{i.number} · {i.description}" if typed and i.description else i.number
        yield named, i.issued, i.due, i.days_late or None, i.amount, i.open
    for amount in sums(i.open for i in rows):
        yield say("letter.total"), None, None, None, None, amount


def _age(bucket: Bucket) -> Sentence:
    if bucket.first is None:
        return say("hand_over.age_not_due")
    if bucket.last is None:
        return say("hand_over.age_more", days=bucket.first - 1)
    return say("hand_over.age", first=bucket.first, last=bucket.last)


def _promise(promise: PromiseRow) -> Iterator[tuple[Cell, ...]]:
    numbers = ", ".join(promise.invoices)
    for part in promise.instalments:
        became = say("hand_over.promise_ended") if _is_gone(promise) else say(f"verdict.{part.verdict}")
        yield promise.made_at.date(), part.due, part.amount, became, numbers


def _is_gone(promise: PromiseRow) -> bool:
    """Whether another came in its place or it never was one; one that was kept has ended too."""
    return not promise.active and promise.ended_because not in ("kept", "late")


def _event(event: Happened, found: Dossier, *, typed: bool) -> Event:
    words = (say("hand_over.words", words=event.note),) if event.note and typed else ()
    who = " · ".join(part for part in (event.who, event.of) if part)
    at = say("hand_over.at", at=_local(event.at, found))
    return Event(at, event.said, who, (*event.details, *words))


def _proof(administration_id: int, debtor_id: int) -> Iterator[Sentence]:
    """The end of his own chain, and of each that went into it, and whether it holds: it is reckoned anew."""
    his = Debtor.objects.filter(
        Q(id=debtor_id) | Q(merged_into=debtor_id), administration_id=administration_id
    )
    rows = his.exclude(event_hash="").values_list("id", "name", "event_seq", "event_hash")
    ends = sorted(rows, key=lambda row: (row[0] != debtor_id, row[0]))
    broken = broken_chains(administration_id, {i: (seq, last) for i, _, seq, last in ends})
    for i, name, seq, last in ends:
        yield say("hand_over.proof", name=name, seq=seq, hash=last)
        yield say("hand_over.chain_broken", seq=broken[i]) if i in broken else say("hand_over.chain_holds")


def _reminder(level: int, how: Sentence) -> Sentence:
    match rung_of(level):
        case RungKind.OTHER_CHANNEL:
            return say("hand_over.tried", how=how)
        case RungKind.NOTICE:
            return say("hand_over.notice", how=how)
        case RungKind.LAST_REMINDER:
            return say("hand_over.reminder_last", how=how)
        case _:
            return say("hand_over.reminder", level=level, how=how)
