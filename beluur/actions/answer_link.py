"""The debtor answers on his page: it is right, it is not, he has a question or a complaint, or he is not the one (J9, E3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from beluur.actions.contest_in_writing import Contested, contest, put_on_list
from beluur.actions.link_row import close_link, the_link
from beluur.actions.once import Doer, once
from beluur.actions.open_link import tell_link
from beluur.actions.touched import facts_changed
from beluur.domain.personal_link import LONGEST_WORDS, Answered, answer_digest
from beluur.queries.agreement_now import AgreementNow, agreement_now
from beluur.store.models import Debtor, PersonalLink, WrittenAnswer
from beluur.values.problem import Refused
from beluur.values.sentence import say

_ABOUT_AGREEMENT = (Answered.AGREE, Answered.DISAGREE)


@dataclass(frozen=True, slots=True)
class LinkAnswer:
    """``version`` is that of the agreement he saw; ``invoice_id`` None is about all of the page."""

    kind: Answered
    version: str = ""
    words: str = ""
    invoice_id: int | None = None


class AgreementChanged(Refused):
    """What he answers to is not what stands any more: he sees the change first."""

    def __init__(self) -> None:
        super().__init__(say("link.changed"))


def answer_link(doer: Doer, link_id: int, answer: LinkAnswer) -> int:
    """Gives the answer's id; the same answer again is the same one. Refused at "words" or "invoice"; raises LinkGone, and
    AgreementChanged when the agreement was corrected after he loaded his page."""

    def do() -> dict[str, Any]:
        link, debtor = the_link(doer, link_id)
        words = answer.words.strip()[:LONGEST_WORDS]
        digest = answer_digest(answer.kind, answer.version, words, answer.invoice_id)
        given = WrittenAnswer.objects.filter(administration_id=doer.administration_id, link=link)
        if (earlier := given.filter(digest=digest).values_list("id", flat=True).first()) is not None:
            return {"answer": earlier}
        now = _agreement(doer, link, debtor)
        _check(answer, words, link, now)
        row = WrittenAnswer.objects.create(
            administration_id=doer.administration_id,
            debtor=debtor,
            link=link,
            promise_id=now.promise_id if now and answer.kind in _ABOUT_AGREEMENT else None,
            kind=answer.kind.value,
            version=answer.version[:16],
            words=words,
            digest=digest,
            name=doer.name[:160],
            at=doer.at,
        )
        _follow(doer, link, answer, words, now)
        facts_changed(doer, [debtor.id])
        return {"answer": row.id}

    return int(once(doer, "answer_link", do)["answer"])


def _agreement(doer: Doer, link: PersonalLink, debtor: Debtor) -> AgreementNow | None:
    if not link.agreement or link.call_id is None:
        return None
    return agreement_now(doer.administration_id, link.call_id, debtor.time_zone, debtor.currency)


def _check(answer: LinkAnswer, words: str, link: PersonalLink, now: AgreementNow | None) -> None:
    if answer.kind in _ABOUT_AGREEMENT and (now is None or now.shown.version != answer.version):
        raise AgreementChanged
    if answer.kind in (Answered.DISAGREE, Answered.QUESTION) and not words:
        raise Refused(say("link.words_needed"), "words")
    if answer.invoice_id is not None and answer.invoice_id not in link.invoices:
        raise Refused(say("by_hand.choose"), "invoice")


def _follow(
    doer: Doer,
    link: PersonalLink,
    answer: LinkAnswer,
    words: str,
    now: AgreementNow | None,
) -> None:
    """What the answer leads to, with its event: what he was shown goes into the evidence."""
    evidence: dict[str, Any] = {"version": answer.version}
    if now and answer.kind in _ABOUT_AGREEMENT:
        evidence["shown"] = now.shown.to_json()
    done = Contested()
    match answer.kind:
        case Answered.DISAGREE | Answered.QUESTION:
            done = contest(doer, link, words, answer.invoice_id, task=answer.kind is Answered.DISAGREE)
        case Answered.WRONG_PERSON:
            done = Contested(lines=(put_on_list(doer, link, "link.task_wrong_person", words),))
            close_link(link, doer.at)
    said = say(f"event.link_{answer.kind.value}")
    tell_link(
        doer,
        link,
        f"link_{answer.kind.value}",
        said,
        done.lines,
        note=words,
        disputes=list(done.dispute_ids),
        **evidence,
    )
