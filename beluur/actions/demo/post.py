"""The post in the demo: what customers answered by mail, letters on paper, and steps of the ladder that wait for a yes.

No mail leaves the demo and none comes in: a confirmation is marked as sent by hand, an answer taken in as the worker does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from beluur.actions.change_message import mark_message_sent
from beluur.actions.demo.incoming import bounce, reply
from beluur.actions.demo.scenes import call, remind
from beluur.actions.demo.stage import Stage, Troupe, bill
from beluur.actions.end_letters import post_letters
from beluur.actions.make_letters import make_letters
from beluur.actions.once import Doer
from beluur.actions.record_reminder import record_reminder
from beluur.actions.take_in_mail import take_in_mail
from beluur.domain.call_report import CallReport, PromiseSaid, ReasonSaid
from beluur.domain.case import Outcome
from beluur.domain.ladder_days import NOTICE_LEVEL
from beluur.law.days import add_working_days
from beluur.playbook import ReasonCode
from beluur.store.models import Contact, Debtor, DebtorKey, Letter, Message
from beluur.words import long_date_text


def other_day(troupe: Troupe, stage: Stage) -> None:
    """Promised, and writes that it will be another day."""
    message = _confirmed(troupe, stage)
    day = long_date_text(troupe.story.ahead(6), stage.player.language)
    _answers(troupe, stage, message, f"Die dag lukt ons niet. Wij betalen op {day}.")


def asks(troupe: Troupe, stage: Stage) -> None:
    """Promised, and asks something that a person must answer."""
    message = _confirmed(troupe, stage)
    _answers(
        troupe,
        stage,
        message,
        "Nous n'avons pas reçu cette facture. Pouvez-vous nous l'envoyer avant le paiement ?",
    )


def agrees(troupe: Troupe, stage: Stage) -> None:
    """Promised, and confirms it with so many words: nobody has to read that."""
    _answers(troupe, stage, _confirmed(troupe, stage), "Akkoord, dank u.")


def doubts(troupe: Troupe, stage: Stage) -> None:
    """Promised, and contests a part of it afterwards."""
    message = _confirmed(troupe, stage)
    _answers(
        troupe,
        stage,
        message,
        "Dit klopt niet helemaal: een deel van de levering kwam beschadigd aan. Ik bel u er nog over.",
    )


def came_back(troupe: Troupe, stage: Stage) -> None:
    """Promised, but the confirmation did not arrive: there is an address to ask for."""
    message = _confirmed(troupe, stage)
    at = troupe.story.at(troupe.story.working(2), 14)
    take_in_mail(troupe.administration_id, bounce(message.to, at), at)


def not_yet_sent(troupe: Troupe, stage: Stage) -> None:
    """Promised yesterday; the confirmation lies in the outbox, where it can be read."""
    _promised(troupe, stage, back=1)


def on_paper(troupe: Troupe, stage: Stage) -> None:
    """Late, and without an address for mail: a reminder is a letter."""
    bill(troupe, stage, [troupe.story.chance.randint(6, 12), -8])
    here = {"administration_id": troupe.administration_id}
    DebtorKey.objects.filter(**here, debtor=stage.debtor, kind="email").delete()
    Contact.objects.filter(**here, debtor=stage.debtor).update(email="")
    Debtor.objects.filter(**here, id=stage.debtor.id).update(email="")


def nowhere(troupe: Troupe, stage: Stage) -> None:
    """The same, and his postal address is not known either."""
    on_paper(troupe, stage)
    here = {"administration_id": troupe.administration_id}
    Debtor.objects.filter(**here, id=stage.debtor.id).update(street="", postcode="", city="")


def before_notice(troupe: Troupe, stage: Stage) -> None:
    """Reminded three times over and spoken twice: the formal notice waits for a yes."""
    _spoken_twice(troupe, stage, days_late=(46, 33), back=(14, 8))


def before_handover(troupe: Troupe, stage: Stage) -> None:
    """Even the formal notice brought nothing: whether it is handed over waits for the owner."""
    _spoken_twice(troupe, stage, days_late=(88, 74), back=(40, 34))
    story = troupe.story
    on = story.working(24)
    owner = troupe.callers[0]
    record_reminder(
        Doer(troupe.administration_id, story.at(on, 10), owner.id, owner.name),
        debtor_id=stage.debtor.id,
        level=NOTICE_LEVEL,
        on=on,
        today=on,
        channel="letter",
        invoice_numbers=[i.number for i in stage.invoices],
    )


PLAYED: tuple[Callable[[Troupe, Stage], None], ...] = (
    other_day,
    asks,
    agrees,
    doubts,
    came_back,
    on_paper,
    on_paper,
    on_paper,
    on_paper,
    before_notice,
    before_notice,
    before_handover,
    nowhere,
    not_yet_sent,
)


def play_post(troupe: Troupe, stages: Sequence[Stage]) -> None:
    """Plays the scenes, one debtor each."""
    for scene, stage in zip(PLAYED, stages, strict=True):
        scene(troupe, stage)


def write_letters(troupe: Troupe, stages: Sequence[Stage]) -> None:
    """This morning letters were made and one was posted; one more can be made. The next steps must be planned."""
    doer = troupe.doer(troupe.story.today, 9)
    due = [s.debtor.id for scene, s in zip(PLAYED, stages, strict=True) if scene is on_paper]
    make_letters(doer, due[:1])
    letter_ids = _letters(troupe)
    post_letters(doer, letter_ids, on=troupe.story.today, today=troupe.story.today)
    make_letters(doer, due[1:3])


def _letters(troupe: Troupe) -> list[int]:
    ready = Letter.objects.filter(administration_id=troupe.administration_id, state="ready")
    return list(ready.values_list("id", flat=True))


def _promised(troupe: Troupe, stage: Stage, *, back: int) -> Message:
    """Promised on the phone ``back`` working days ago, for next week; gives the confirmation, which cannot leave."""
    bill(troupe, stage, [15, -6])
    remind(troupe, stage)
    cents = stage.invoices[0].open_cents
    promise = PromiseSaid(
        ((add_working_days(troupe.story.today, 4, "NL"), cents),), yes=True, said="received_on"
    )
    report = CallReport(Outcome.REACHED, received="yes", promise=promise, spoken_with=stage.player.contact)
    ended = call(troupe, stage, troupe.story.working(back), report, 10)
    return Message.objects.get(administration_id=troupe.administration_id, id=ended.message_id)


def _confirmed(troupe: Troupe, stage: Stage) -> Message:
    """The same three working days ago; opened as .eml, and sent from the caller's own program."""
    message = _promised(troupe, stage, back=3)
    mark_message_sent(troupe.doer(troupe.story.working(3), 13), message.id)
    return message


def _answers(troupe: Troupe, stage: Stage, message: Message, text: str) -> None:
    at = troupe.story.at(troupe.story.working(1), 14)
    take_in_mail(troupe.administration_id, reply(stage.player, message, text, at), at)


def _spoken_twice(troupe: Troupe, stage: Stage, *, days_late: Sequence[int], back: Sequence[int]) -> None:
    bill(troupe, stage, days_late)
    remind(troupe, stage)
    remind(troupe, stage, days=16, level=2)
    words = "Er komt volgende maand pas weer geld binnen"
    report = CallReport(
        Outcome.REACHED,
        received="yes",
        reasons=(ReasonSaid(ReasonCode.CASH_PROBLEM.value, words),),
        discussed=words,
        send=False,
    )
    for days in back:
        call(troupe, stage, troupe.story.working(days), report)
