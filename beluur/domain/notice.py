"""The formal notice (H1): which text a debtor gets, and how long the ladder waits for it."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from beluur.domain.case import Case, DebtorKind, ReminderFact
from beluur.law.costs import Costs, be_consumer_cap, business_fixed, nl_scale
from beluur.law.notice_term import TERM_DAYS, NoticeTerm, notice_term

BUSINESS_DAYS = 8  # no law names them: a reasonable term (NL: art. 6:82 BW)
_MAIL = "mail"
_KNOWN = ("NL", "BE")


class NoticeKind(StrEnum):
    """By the law of the country and the kind of customer; a sole trader is a business for costs."""

    NL_CONSUMER = "notice_nl_consumer"  # the letter of fourteen days
    NL_BUSINESS = "notice_nl_business"
    BE_CONSUMER = "notice_be_consumer"
    BE_BUSINESS = "notice_be_business"


_CONSUMERS = frozenset((NoticeKind.NL_CONSUMER, NoticeKind.BE_CONSUMER))
_DUTCH = frozenset((NoticeKind.NL_CONSUMER, NoticeKind.NL_BUSINESS))


def notice_kind(case: Case) -> NoticeKind | None:
    """None where we have no text: another country, and a Belgian consumer for who collects for another, of whom Book XIX asks
    more than our text says."""
    consumer = case.kind is DebtorKind.CONSUMER
    match case.country:
        case "NL":
            return NoticeKind.NL_CONSUMER if consumer else NoticeKind.NL_BUSINESS
        case "BE" if consumer:
            return None if case.agency else NoticeKind.BE_CONSUMER
        case "BE":
            return NoticeKind.BE_BUSINESS
    return None


def notice_days(kind: NoticeKind, sent: date, *, by_post: bool) -> NoticeTerm:
    """By when is to be paid after a notice of that kind that leaves on ``sent``: the safe last day is the one that counts."""
    days = TERM_DAYS if kind in _CONSUMERS else BUSINESS_DAYS
    return notice_term("NL" if kind in _DUTCH else "BE", by_post=by_post, sent=sent, days=days)


def law_costs(kind: NoticeKind, cents: int) -> Costs:
    """What follows by law for who does not pay ``cents`` in time. Of a Belgian consumer it is the most that a clause in the terms
    may ask; without such a clause nothing is owed, and our text asks nothing."""
    if kind in _DUTCH:
        return nl_scale(cents)
    return be_consumer_cap(cents) if kind is NoticeKind.BE_CONSUMER else business_fixed("BE")


def term_of(case: Case, sent: date, *, by_post: bool) -> NoticeTerm | None:
    """By when he has to pay when it leaves on ``sent``. None for a country whose rules are not known."""
    if case.country not in _KNOWN:
        return None
    days = TERM_DAYS if case.kind is DebtorKind.CONSUMER else BUSINESS_DAYS
    return notice_term(case.country, by_post=by_post, sent=sent, days=days)


def ended_on(case: Case, notice: ReminderFact) -> date | None:
    """The last day of the term of a notice that has gone; one that did not go by mail is reckoned as posted, which is later."""
    term = term_of(case, notice.on, by_post=notice.channel != _MAIL)
    return term.safe_last if term else None


def next_after(case: Case, notice: ReminderFact) -> date:
    """The first day on which may follow what follows; the next day where no term is known."""
    return (ended_on(case, notice) or notice.on) + timedelta(days=1)
