"""What happened with each debtor: a scene per state of the road, played by the actions that people use."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import cast

from beluur.actions.demo.calendar import ZONE
from beluur.actions.demo.given import given
from beluur.actions.demo.stage import Stage, Troupe, bill, somebody_else
from beluur.actions.end_call import Ended, end_call
from beluur.actions.open_call import Opened, open_call
from beluur.actions.record_payment import record_payment
from beluur.actions.record_reminder import record_reminder
from beluur.actions.set_hold import set_hold
from beluur.actions.set_payer_group import set_payer_group
from beluur.actions.set_stop import set_stop
from beluur.domain.call_report import (
    CallbackSaid,
    CallReport,
    ClaimSaid,
    DisputeSaid,
    OwnPromise,
    PromiseSaid,
)
from beluur.domain.case import Outcome
from beluur.law.days import add_working_days
from beluur.store.models import Contact, Debtor, Invoice

MISSES = (
    Outcome.VOICEMAIL,
    Outcome.NO_ANSWER,
    Outcome.BUSY,
    Outcome.GATEKEEPER,
    Outcome.NO_ANSWER,
    Outcome.VOICEMAIL,
)
_CONTESTED = (
    ("quality", "Een deel van de levering was beschadigd"),
    ("quantity", "Er kwamen drie dozen minder aan dan op de pakbon staat"),
    ("price", "De korting van de offerte is er niet af"),
    ("document", "Ons inkoopnummer staat er niet op; zonder dat gaat hij niet door de boeken"),
    ("return", "De helft ging terug, en de creditnota is er nog niet"),
)


def call(troupe: Troupe, stage: Stage, day: date, report: CallReport, hour: int | None = None) -> Ended:
    """One call on that day, whatever the gate thought of it."""
    doer = troupe.doer(day, hour)
    opened = open_call(doer, stage.debtor.id, overrule="Voorbeeld in de demo")
    return end_call(doer, cast("Opened", opened).call_id, report)


def said_yes(day: date, cents: int, words: str = "", said: str = "received_on") -> CallReport:
    """Reached, and he promises ``cents`` for ``day``."""
    promise = PromiseSaid(((day, cents),), yes=True, said=said, words=words)
    return CallReport(Outcome.REACHED, received="yes", promise=promise, reasons=given(words), send=False)


def remind(troupe: Troupe, stage: Stage, days: int = 2, level: int = 1) -> None:
    """A reminder, so many days after the oldest due date."""
    due = min(i.due for i in stage.invoices if i.due)
    on = min(due + timedelta(days=days), troupe.story.today)
    numbers = [i.number for i in stage.invoices if i.due and i.due <= on]
    record_reminder(
        troupe.doer(on, 9), debtor_id=stage.debtor.id, level=level, on=on, today=on, invoice_numbers=numbers
    )


def pay(troupe: Troupe, stage: Stage, day: date, cents: int, invoice: Invoice | None = None) -> None:
    """Money came in on that day."""
    ids = (invoice.id,) if invoice else ()
    record_payment(
        troupe.doer(day, 9),
        debtor_id=stage.debtor.id,
        day=day,
        cents=cents,
        today=day,
        invoice_ids=ids,
        counted=False,
    )


def kept_before(troupe: Troupe, stage: Stage) -> None:
    """An older invoice: called about, promised, paid on the day."""
    story = troupe.story
    (old,) = bill(troupe, stage, [story.chance.randint(46, 60)])
    remind(troupe, stage)
    day = story.working(30)
    due = story.working(27)
    call(troupe, stage, day, said_yes(due, old.open_cents, "Dat staat op tijd op uw rekening"))
    pay(troupe, stage, due, old.open_cents, old)


def not_due(troupe: Troupe, stage: Stage) -> None:
    """Nothing is late."""
    bill(troupe, stage, [-3, -8, -12, -21, -27][: troupe.story.chance.randint(2, 5)])


def settled(troupe: Troupe, stage: Stage) -> None:
    """Kept his word, and owes only what is not due."""
    kept_before(troupe, stage)
    bill(troupe, stage, [-4, -11, -19, -26][: troupe.story.chance.randint(2, 4)])


def just_late(troupe: Troupe, stage: Stage) -> None:
    """Late since yesterday or so: a reminder stands ready."""
    bill(troupe, stage, [troupe.story.chance.randint(2, 3), -9, -17])


def first_call(troupe: Troupe, stage: Stage) -> None:
    """Reminded, and now in the week in which a first call belongs."""
    bill(
        troupe, stage, [troupe.story.chance.randint(4, 7), -6, -13, -20][: troupe.story.chance.randint(1, 4)]
    )
    remind(troupe, stage)


def regular(troupe: Troupe, stage: Stage) -> None:
    """Kept his word before, and is late again."""
    kept_before(troupe, stage)
    first_call(troupe, stage)


def missed(troupe: Troupe, stage: Stage) -> None:
    """Tried, and not reached yet."""
    bill(troupe, stage, [troupe.story.chance.randint(14, 30), troupe.story.chance.randint(8, 13), 5, -10])
    remind(troupe, stage)
    for n, back in enumerate((6, 3)):
        call(troupe, stage, troupe.story.working(back), CallReport(MISSES[n], send=False), 10 if n else 14)


def unreachable(troupe: Troupe, stage: Stage) -> None:
    """Five tries at different hours, nobody answered; of some there is somebody else to ask for."""
    bill(troupe, stage, [34, 20])
    remind(troupe, stage)
    if stage.player.kind == "business":
        somebody_else(troupe, stage)
    for n, back in enumerate((15, 12, 9, 6, 3)):
        call(
            troupe,
            stage,
            troupe.story.working(back),
            CallReport(MISSES[n % 2], send=False),
            (9, 14, 10, 13, 9)[n],
        )


def promised(troupe: Troupe, stage: Stage) -> None:
    """Promised, and the day has not come."""
    bill(troupe, stage, [12, 8, -5])
    remind(troupe, stage)
    total = sum(i.open_cents for i in stage.invoices[:2])
    due = troupe.story.ahead(troupe.story.chance.randint(1, 4))
    call(troupe, stage, troupe.story.working(2), said_yes(due, total, "Gaat mee in de betaalronde"))


def planned(troupe: Troupe, stage: Stage) -> None:
    """Pays in three parts; the first came in."""
    (big,) = bill(troupe, stage, [25])
    remind(troupe, stage)
    part = big.open_cents // 3
    story = troupe.story
    days = (story.working(4), story.ahead(8), story.ahead(28))
    parts = ((days[0], part), (days[1], part), (days[2], big.open_cents - 2 * part))
    words = "In drie keer, elke maand een deel"
    promise = PromiseSaid(parts, yes=True, said="received_on", words=words)
    report = CallReport(Outcome.REACHED, received="yes", promise=promise, reasons=given(words), send=False)
    call(troupe, stage, story.working(8), report)
    pay(troupe, stage, days[0], part, big)


def broken(troupe: Troupe, stage: Stage) -> None:
    """Promised for last week; nothing came."""
    bill(troupe, stage, [22, 9])
    remind(troupe, stage)
    due = troupe.story.working(troupe.story.chance.randint(4, 6))
    words = troupe.story.chance.choice(
        ("Ik zet het vandaag klaar", "Dat gaat mee met de volgende betaling", "U hebt het op tijd")
    )
    call(troupe, stage, troupe.story.working(8), said_yes(due, stage.invoices[0].open_cents, words))


def partly(troupe: Troupe, stage: Stage) -> None:
    """Promised all, paid half."""
    (one,) = bill(troupe, stage, [24])
    remind(troupe, stage)
    due = troupe.story.working(5)
    cents = one.open_cents
    call(troupe, stage, troupe.story.working(9), said_yes(due, cents, "Het hele bedrag, deze week"))
    pay(troupe, stage, due, cents // 2, one)


def disputed(troupe: Troupe, stage: Stage) -> None:
    """One invoice is contested, the rest stays to be asked for."""
    first, *_ = bill(troupe, stage, [19, 6])
    remind(troupe, stage)
    code, what = _CONTESTED[int(stage.player.number) % len(_CONTESTED)]
    part = first.open_cents if troupe.story.chance.random() < 0.5 else first.open_cents // 2
    dispute = DisputeSaid(
        ((first.id, part),),
        code=code,
        what=what,
        owner="Collega Voorbeeld",
        answer_by=troupe.story.ahead(3),
    )
    call(
        troupe,
        stage,
        troupe.story.working(7),
        CallReport(Outcome.REACHED, received="no", dispute=dispute, send=False),
    )


def call_back(troupe: Troupe, stage: Stage) -> None:
    """Asked to be called back, today or tomorrow."""
    bill(troupe, stage, [11, 3])
    remind(troupe, stage)
    story = troupe.story
    day = story.ahead(1) if story.chance.random() < 0.5 else story.working(0)
    at = datetime.combine(max(day, story.today), time(14, 0), ZONE)
    at = at if at > story.now else datetime.combine(story.ahead(1), time(10, 0), ZONE)
    report = CallReport(Outcome.GATEKEEPER, callback=CallbackSaid(at, who=stage.player.contact), send=False)
    call(troupe, stage, story.working(1), report)


def claims_paid(troupe: Troupe, stage: Stage) -> None:
    """Says that it has been paid; we look into it and call him this afternoon."""
    (one,) = bill(troupe, stage, [13])
    remind(troupe, stage)
    claim = ClaimSaid(one.open_cents, troupe.story.working(1))
    at = datetime.combine(troupe.story.working(0), time(16, 0), ZONE)
    own = OwnPromise("De betaling nakijken en terugbellen", at)
    report = CallReport(Outcome.REACHED, received="yes", claim=claim, own=(own,), send=False)
    call(troupe, stage, troupe.story.working(1), report)


def paid_yesterday(troupe: Troupe, stage: Stage) -> None:
    """Was on the list, and has paid."""
    one, *_ = bill(troupe, stage, [9, -8])
    remind(troupe, stage)
    pay(troupe, stage, troupe.story.today - timedelta(days=1), one.open_cents, one)


def on_hold(troupe: Troupe, stage: Stage) -> None:
    """Left in peace until a day."""
    bill(troupe, stage, [16, 4])
    set_hold(
        troupe.doer(troupe.story.working(3)),
        debtor_ids=[stage.debtor.id],
        until=add_working_days(troupe.story.today, 6, "NL"),
        reason="Directie overlegt over een nieuw contract",
        today=troupe.story.working(3),
    )


def no_number(troupe: Troupe, stage: Stage) -> None:
    """To be called, but nobody knows the number."""
    bill(troupe, stage, [6])
    here = {"administration_id": troupe.administration_id}
    Contact.objects.filter(**here, debtor=stage.debtor).update(phone="", mobile="")
    Debtor.objects.filter(**here, id=stage.debtor.id).update(phone="")


def collected_by_bank(troupe: Troupe, stage: Stage) -> None:
    """Paid by direct debit: not to be dunned."""
    for invoice in bill(troupe, stage, [6, -4]):
        change_invoice_exemption(troupe, invoice)


def change_invoice_exemption(troupe: Troupe, invoice: Invoice) -> None:
    """Direct debit, known per invoice."""
    Invoice.objects.filter(administration_id=troupe.administration_id, id=invoice.id).update(
        exemption="direct_debit"
    )


def insolvent(troupe: Troupe, stage: Stage) -> None:
    """Bankrupt: nobody calls."""
    bill(troupe, stage, [60, 31])
    doer = troupe.doer(troupe.story.working(10))
    set_stop(doer, debtor_id=stage.debtor.id, stop="insolvent", reason="Curator meldde het faillissement")


def handed_over(troupe: Troupe, stage: Stage) -> None:
    """With the bailiff."""
    bill(troupe, stage, [58])
    doer = troupe.doer(troupe.story.working(6))
    set_stop(doer, debtor_id=stage.debtor.id, stop="handed_over", reason="Dossier ligt bij de deurwaarder")


def one_desk(troupe: Troupe, stage: Stage) -> None:
    """Paid for by a desk that pays for others too."""
    first_call(troupe, stage)
    set_payer_group(
        troupe.doer(troupe.story.working(4)),
        debtor_id=stage.debtor.id,
        name="Fictieve Holding, afdeling betalingen",
    )
