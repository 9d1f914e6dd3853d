"""Where the demo plays: the debtors with their contacts and invoices, and the copies of some invoices."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import typst
from django.db.models import F

from beluur.actions.demo.calendar import Story
from beluur.actions.demo.cast import SOLD, Player
from beluur.actions.keep_bytes import keep_bytes
from beluur.actions.once import Doer
from beluur.store.models import Contact, Debtor, DebtorKey, Document, Invoice, User
from beluur.store.save import Happening, append, save_search_text
from beluur.values.money import Money
from beluur.values.names import comparable_name
from beluur.values.sentence import say
from beluur.words import money_text

KNOWN_FROM_DAYS = 120  # the first export of the story


@dataclass(slots=True)
class Troupe:
    """Who plays, when: the administration, the story's days, and its two callers in turn."""

    administration_id: int
    story: Story
    callers: tuple[User, User]
    numbers: int = 100
    turn: int = 0

    def doer(self, day: date, hour: int | None = None) -> Doer:
        """One of the callers, on that day."""
        self.turn += 1
        user = self.callers[self.turn % 3 == 0]
        return Doer(self.administration_id, self.story.at(day, hour), user.id, user.name)

    def number(self, issued: date) -> str:
        """The next invoice number."""
        self.numbers += 1
        return f"{issued.year}-{self.numbers:04d}"


@dataclass(slots=True)
class Stage:
    """One debtor of the demo with his invoices so far."""

    debtor: Debtor
    player: Player
    invoices: list[Invoice] = field(default_factory=list)


def set_stage(troupe: Troupe, cast: Sequence[Player]) -> list[Stage]:
    """The debtors, known since the first export, with a contact each."""
    here = troupe.administration_id
    known = troupe.story.at(troupe.story.today - timedelta(days=KNOWN_FROM_DAYS))
    debtors = [
        Debtor(
            administration_id=here,
            name=p.name,
            kind=p.kind,
            kind_known=True,
            country=p.country,
            language=p.language,
            street=p.street,
            city=p.city,
            postcode=p.postcode,
            phone=p.phone,
            email=p.email,
            time_zone="Europe/Brussels" if p.country == "BE" else "Europe/Amsterdam",
            created_at=known,
        )
        for p in cast
    ]
    Debtor.objects.bulk_create(debtors)
    _introduce(here, debtors, cast)
    return [Stage(d, p) for d, p in zip(debtors, cast, strict=True)]


def _introduce(here: int, debtors: Sequence[Debtor], cast: Sequence[Player]) -> None:
    """The keys by which they are known, and whom to ask for."""
    keys = [
        (d, kind, value)
        for d, p in zip(debtors, cast, strict=True)
        for kind, value in (("number", p.number), ("name", comparable_name(p.name)), ("email", p.email))
    ]
    DebtorKey.objects.bulk_create(
        DebtorKey(administration_id=here, debtor=d, kind=kind, value=value) for d, kind, value in keys
    )
    Contact.objects.bulk_create(
        Contact(
            administration_id=here,
            debtor=d,
            name=p.contact,
            role=p.role,
            phone=p.phone,
            email=p.email,
            language=p.language,
            for_payments=True,
        )
        for d, p in zip(debtors, cast, strict=True)
        if p.kind not in ("consumer", "sole_trader")
    )


def somebody_else(troupe: Troupe, stage: Stage) -> None:
    """Another person there, with a number of his own."""
    Contact.objects.create(
        administration_id=troupe.administration_id,
        debtor=stage.debtor,
        name="Robin Voorbeeld",
        role="directie",
        phone=stage.player.phone.replace(" 12", " 19"),
        language=stage.player.language,
        position=1,
    )


def bill(troupe: Troupe, stage: Stage, days_late: Sequence[int], term: int = 30) -> list[Invoice]:
    """Invoices that are so many calendar days late today (negative: not due yet), recorded on the day they were issued."""
    made = []
    for late in days_late:
        due = troupe.story.today - timedelta(days=late)
        issued = min(due - timedelta(days=term), troupe.story.today)
        chance = troupe.story.chance
        cents = int(90_000 * chance.lognormvariate(0, 1.05)) // 5 * 5 + 2_500
        made.append(
            Invoice(
                administration_id=troupe.administration_id,
                debtor=stage.debtor,
                number=troupe.number(issued),
                issued=issued,
                due=due,
                amount_cents=cents,
                stated_open_cents=cents,
                open_cents=cents,
                as_of=issued,
                description=chance.choice(SOLD).format(w=chance.randint(2, 40)),
                delivery_note="" if chance.random() < 0.4 else "Geleverd en afgetekend, geen opmerkingen.",
                term_days=term,
                term_agreed=chance.choice(("contract", "terms", "invoice", "")),
            )
        )
    Invoice.objects.bulk_create(made)
    stage.invoices += made
    first = min(i.issued for i in made if i.issued)
    doer = troupe.doer(first, 9)
    said = say("event.intake", new=len(made), changed=0, gone=0, contacts=0)
    happening = Happening(stage.debtor.id, "intake", said, facts={"invoices": [i.number for i in made]})
    append(troupe.administration_id, happening, at=doer.at, actor_id=doer.user_id, actor=doer.name)
    return made


def state_open_amounts(troupe: Troupe) -> None:
    """The export of this morning: it states what is open to the end of yesterday, payments until then included."""
    here = Invoice.objects.filter(administration_id=troupe.administration_id)
    yesterday = troupe.story.today - timedelta(days=1)
    here.update(as_of=yesterday, stated_open_cents=F("open_cents"), booked_cents=0)
    ids = Debtor.objects.filter(administration_id=troupe.administration_id).values_list("id", flat=True)
    save_search_text(troupe.administration_id, list(ids))
    Debtor.objects.filter(administration_id=troupe.administration_id).update(step_stale=True)


def give_copies(troupe: Troupe, stages: Sequence[Stage]) -> None:
    """A copy of each invoice of some debtors, as the accounting program would make it."""
    for stage in stages:
        for invoice in stage.invoices:
            content = _paper(stage, invoice)
            document = Document.objects.create(
                administration_id=troupe.administration_id,
                debtor=stage.debtor,
                kind="invoice_copy",
                name=f"{invoice.number}.pdf",
                sha256=keep_bytes(content),
                size=len(content),
                created_at=troupe.story.now,
            )
            Invoice.objects.filter(administration_id=troupe.administration_id, id=invoice.id).update(
                copy=document
            )


def _paper(stage: Stage, invoice: Invoice) -> bytes:
    lines = (
        "Voorbeeld Steigers BV, Fictielaan 1, 1000 AA Voorbeeldstad",
        stage.debtor.name,
        f"Factuur {invoice.number} van {invoice.issued:%d-%m-%Y}, te betalen voor {invoice.due:%d-%m-%Y}",
        invoice.description,
        f"Totaal inclusief btw: {money_text(Money(invoice.amount_cents))}",
        "Voorbeeld: deze factuur is verzonnen.",
    )
    source = '#set page(paper: "a4", margin: 25mm)\n#for line in json(bytes(sys.inputs.lines)) [#par(line)]\n'
    return typst.compile(source.encode(), sys_inputs={"lines": json.dumps(lines)}, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """Typst's own. To look through the machine's for each paper takes six times as long as the paper."""
    return typst.Fonts(include_system_fonts=False)
