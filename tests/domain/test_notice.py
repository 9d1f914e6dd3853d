"""The formal notice (H1): which text a debtor gets, by when he has to pay, and how long the ladder waits for it."""

from __future__ import annotations

from datetime import date

import pytest

from beluur.domain.case import DebtorKind, ReminderFact
from beluur.domain.ladder import RungKind
from beluur.domain.ladder_days import NOTICE_LEVEL
from beluur.domain.next_step import next_step
from beluur.domain.notice import NoticeKind, notice_kind, term_of
from beluur.words import render
from tests.domain.builders import POLICY, TODAY, case, invoice, reminder, spoken

K = DebtorKind
NL = {"country": "NL"}
BE = {"country": "BE", "time_zone": "Europe/Brussels"}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param({**NL, "kind": K.CONSUMER}, NoticeKind.NL_CONSUMER, id="a Dutch consumer: the fourteen days"),
        pytest.param({**NL, "kind": K.BUSINESS}, NoticeKind.NL_BUSINESS, id="a Dutch company"),
        pytest.param({**NL, "kind": K.SOLE_TRADER}, NoticeKind.NL_BUSINESS, id="a sole trader is a business for costs"),
        pytest.param({**NL, "kind": K.GOVERNMENT}, NoticeKind.NL_BUSINESS, id="a municipality is no consumer"),
        pytest.param({**BE, "kind": K.CONSUMER}, NoticeKind.BE_CONSUMER, id="a Belgian consumer, of who sold to him"),
        pytest.param({**BE, "kind": K.CONSUMER, "agency": True}, None, id="a Belgian consumer, of a collector"),
        pytest.param({**BE, "kind": K.BUSINESS}, NoticeKind.BE_BUSINESS, id="a Belgian company"),
        pytest.param({"country": "DE", "kind": K.CONSUMER}, None, id="elsewhere: nobody read the law"),
    ],
)  # fmt: skip
def test_the_text_follows_the_country_and_the_kind_of_customer(who, expected):
    assert notice_kind(case(**who)) is expected


CONSUMERS = [
    pytest.param(NL, True, "2026-11-05", "2026-11-23", id="NL, posted on a Thursday: a Saturday moves on"),
    pytest.param(NL, True, "2026-11-07", "2026-11-25", id="NL, posted on a Saturday: no post on Sunday or Monday"),
    pytest.param(NL, True, "2026-11-11", "2026-11-27", id="NL, posted in the middle of the week"),
    pytest.param(NL, True, "2026-12-30", "2027-01-18", id="NL, New Year's Day brings no post"),
    pytest.param(NL, False, "2026-12-24", "2027-01-07", id="NL, a mail is there the same day"),
    pytest.param(BE, False, "2026-11-13", "2026-11-27", id="BE, a mail: from the day after"),
    pytest.param(BE, True, "2026-11-05", "2026-11-23", id="BE, posted: from the third working day"),
    pytest.param(BE, True, "2026-11-09", "2026-11-26", id="BE, Armistice Day is no working day"),
    pytest.param(BE, True, "2026-12-23", "2027-01-11", id="BE, Christmas is no working day"),
]  # fmt: skip


@pytest.mark.parametrize(("where", "by_post", "sent", "last"), CONSUMERS)
def test_a_consumer_has_fourteen_days(where, by_post, sent, last):
    found = term_of(case(**where, kind=K.CONSUMER), date.fromisoformat(sent), by_post=by_post)
    assert found is not None
    assert found.safe_last == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("where", "by_post", "last"),
    [
        pytest.param(NL, False, "2026-12-01", id="NL, a mail on a Monday: the Tuesday after next"),
        pytest.param(NL, True, "2026-12-03", id="NL, by post two days more"),
        pytest.param(BE, True, "2026-12-03", id="BE, from the third working day"),
    ],
)
def test_a_business_has_eight_days(where, by_post, last):
    found = term_of(case(**where), date(2026, 11, 23), by_post=by_post)
    assert found is not None
    assert found.safe_last == date.fromisoformat(last)


def test_elsewhere_there_is_no_term():
    assert term_of(case(country="DE"), TODAY, by_post=True) is None


def noticed(sent: date, channel: str, **who):
    late = (TODAY - date(2026, 10, 1)).days
    return case(
        invoice(late=late), attempts=(spoken(40), spoken(35)),
        reminders=(reminder(45), ReminderFact(NOTICE_LEVEL, sent, channel)), **who,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("who", "channel", "handed"),
    [
        pytest.param({"kind": K.CONSUMER}, "letter", "2026-11-26", id="posted on Saturday the 7th: the term ends on the 25th"),
        pytest.param({"kind": K.CONSUMER}, "other", "2026-11-26", id="brought by hand: reckoned as posted, the safe side"),
        pytest.param({"kind": K.BUSINESS}, "letter", "2026-11-23", id="a business: its eight days are over, fifteen days rule"),
    ],
)  # fmt: skip
def test_the_ladder_waits_for_the_whole_term_before_it_hands_over(who, channel, handed):
    debtor = noticed(date(2026, 11, 7), channel, **who)
    answer = next_step(debtor, POLICY, date(2026, 11, 8))
    assert (answer.rung, answer.on) == (RungKind.HANDOVER, date.fromisoformat(handed))
    if who["kind"] is K.CONSUMER:
        assert "De aanmaning geeft tijd tot en met wo 25 nov 2026" in [
            render(r).replace("\xa0", " ") for r in answer.because
        ]
