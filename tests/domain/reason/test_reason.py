"""Reasons are recognised from sentences and from quick notes, half typed ones too, in any language, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.reason import OTHER, REASONS, language_of, offered, ranking
from beluur.domain.reason.ranking import MOST, SURE, Ranked
from beluur.playbook import ReasonCode
from beluur.playbook.reason_phrases import phrases

NOTES = {
    "a note of money that must come in first": ("w8 op geld v kl, dan pas wij", "waiting_for_own_payment"),
    "a note of an invoice that was not seen": ("fact nt gezien zegt mw", "not_received"),
    "a note with a typing mistake": ("factuur niet ontvagen", "not_received"),
    "a note of who is away": ("boekh op verlof tt ma", "responsible_absent"),
    "a note of who is ill": ("boekhdr ziek, opgen in zh", "sick_or_deceased"),
    "a note of what was paid": ("is vrijdag overgemkt zegt dhr", "already_paid"),
    "a note of instalments": ("wil betalen in 4 termijnen", "cash_problem"),
    "a note of no date": ("betaalt zsm, wil gn dag noemen", "vague_promise"),
    "a note of the run": ("zit i betaalrun v do", "payment_run_date"),
    "a note of a copy": ("kopie nr andere mail sturen", "needs_copy"),
    "a note of a number": ("po nr mist op fact", "needs_po_number"),
    "a note of bankruptcy": ("fail sinds 1/3, cur bellen", "insolvency"),
    "a note of quality": ("dak lekt weer, eerst maken", "dispute_quality"),
    "a note of hours": ("te veel uren berekend", "dispute_delivery"),
    "a note of passing on": ("geeft t door aan coll", "will_pass_on"),
    "a note of a wrong number": ("verk nummer gebeld", "wrong_person"),
    "a note of refusing": ("weigert te bet", OTHER),
    "Flemish, who is not there": ("de verantwoordelijke vd facturatie is er niet", "responsible_absent"),
    "Flemish, what went out": ("de overschrijving is gisteren gebeurd", "already_paid"),
}
SAID = {
    "French": ("Nous n'avons jamais reçu votre facture", "fr", "not_received"),
    "French without accents": ("deja paye la semaine passee", "fr", "already_paid"),
    "English": ("The bookkeeper is on holiday until Monday", "en", "responsible_absent"),
    "English note": ("cust waiting on own client to pay", "en", "waiting_for_own_payment"),
    "Dutch": ("De factuur is nooit bij ons aangekomen", "nl", "not_received"),
}
HOSTILE = [
    "",
    " ",
    "\0",
    "\ud800",
    "'; drop table",
    "9" * 5000,
    "a" * 100_000,
    "ﬁŒß",
    "?!",
    "\u202e\u200d",
    "🤷",
]


def first(text: str, language: str = "nl", **more: object) -> str:
    """The code that comes first."""
    return ranking(text, language, **more)[0].code  # type: ignore[arg-type]


@pytest.mark.parametrize(("note", "code"), NOTES.values(), ids=NOTES)
def test_quick_notes(note, code):
    assert first(note) == code


@pytest.mark.parametrize(("text", "language", "code"), SAID.values(), ids=SAID)
def test_the_language_is_found_out(text, language, code):
    assert language_of(text) == language
    assert first(text, "") == code


@pytest.mark.parametrize("text", ["", "12/3", "xqzw"], ids=["nothing", "a date", "no word"])
def test_dutch_when_nothing_tells(text):
    assert language_of(text) == "nl"
    assert language_of(text, "fr") == "fr"


@pytest.mark.parametrize(
    ("begun", "code"),
    [
        ("wac", "waiting_for_own_payment"),
        ("fail", "insolvency"),
        ("kop", "needs_copy"),
        ("zie", "sick_or_deceased"),
        ("bestelb", "needs_po_number"),
        ("wacht op ge", "waiting_for_own_payment"),
        ("nooit ontv", "not_received"),
    ],
)
def test_half_a_word_is_enough(begun, code):
    assert code in [r.code for r in ranking(begun, "nl", typing=True)[:MOST]]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("dat kan ik niet betalen", "cash_problem"),
        ("we wachten nog op geld van de klant", "waiting_for_own_payment"),
        ("de boekhoudster is met verlof", "responsible_absent"),
        ("de factuur hebben we nooit ontvangen", "not_received"),
    ],
)
def test_a_word_that_is_whole_is_read_so_while_one_types(said, code):
    assert offered(ranking(said, "nl", typing=True))[0].code == code


def test_what_is_typed_whole_is_read_as_well_as_what_is_sent():
    def right(typing: bool) -> int:
        asked = phrases("nl")[::7]
        read = [ranking(p.text.rstrip(".?!"), "nl", typing=typing)[0].code for p in asked]
        return sum(code == p.reason for code, p in zip(read, asked, strict=True))

    assert right(typing=True) >= right(typing=False) * 0.99


def test_a_ranking_has_every_reason_once_best_first():
    ranked = ranking("de klant heeft geen geld", "nl")
    assert {r.code for r in ranked} == set(REASONS)
    assert len(ranked) == len(REASONS)
    assert [r.score for r in ranked] == sorted((r.score for r in ranked), reverse=True)
    assert sum(r.score for r in ranked) == pytest.approx(1, abs=0.002)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_nothing_typed_breaks_it(text):
    for language in ("nl", "fr", "en", "nl-BE", "de", ""):
        assert len(ranking(text, language, [(text, OTHER)], typing=True)) == len(REASONS)


@given(st.text(), st.text(max_size=5), st.booleans())
def test_no_text_breaks_it(text, language, typing):
    ranked = ranking(text, language, [(text, "cash_problem"), ("x", "no such code")], typing=typing)
    assert all(0 <= r.score <= 1 for r in ranked)


@pytest.mark.parametrize("text", ["", "?", "42"], ids=["nothing", "a sign", "a number"])
def test_what_says_nothing_is_none_of_these(text):
    assert offered(ranking(text, "nl")) == () or text == "42"
    assert first("") == OTHER


def test_at_most_three_are_offered_and_none_that_is_unlikely():
    scores = [("cash_problem", 0.4), ("insolvency", 0.2), (OTHER, 0.2), ("needs_copy", 0.2)]
    unlikely = [("cash_problem", 0.98), ("insolvency", 0.01)]
    found = offered(Ranked(code, score) for code, score in scores)
    assert [r.code for r in found] == ["cash_problem", "insolvency"]
    assert len(offered(Ranked(code, score) for code, score in unlikely)) == 1
    assert offered([Ranked("cash_problem", SURE - 0.01)]) == ()
    assert offered([Ranked(OTHER, 0.5), Ranked("cash_problem", 0.5)]) == ()


def test_what_was_picked_before_comes_first_for_the_same_and_for_what_is_alike():
    phrase = "de tulpen brengen dit jaar niets op"
    assert first(phrase) != "cash_problem"
    own = [(phrase, "cash_problem")]
    assert first(phrase, own=own) == "cash_problem"
    assert first("tulpen brengen niets op dit jaar", own=own) == "cash_problem"


def test_what_was_picked_before_leaves_other_phrases_alone():
    own = [("de kwekerij heeft dit jaar niets aan de tulpen", "cash_problem")]
    text = "wij zijn failliet verklaard"
    assert ranking(text, "nl", own) == ranking(text, "nl")


def test_of_picks_that_disagree_most_count():
    own = [("hij doet moeilijk", "cash_problem"), *[("hij doet moeilijk", "wrong_person")] * 2]
    assert first("hij doet moeilijk", own=own) == "wrong_person"


def test_what_is_recognised_is_a_reason_of_the_playbook():
    assert set(REASONS) < set(ReasonCode)


def test_phrases_of_another_writer_are_recognised(shared):
    rows = [line.split("\t") for line in (shared / "excuse-phrases.tsv").read_text("utf-8").splitlines()[1:]]
    ranks = [[r.code for r in ranking(text, language)].index(code) for language, code, text in rows]
    assert sum(rank == 0 for rank in ranks) >= 0.85 * len(rows)
    assert sum(rank < MOST for rank in ranks) >= 0.95 * len(rows)


BESIDE = [
    ("nl", "goedemiddag"),
    ("nl", "wie zegt u?"),
    ("nl", "prettige dag nog"),
    ("nl", "over welk bedrag gaat het"),
    ("nl", "Wie heeft u dit nummer gegeven?"),
    ("fr", "vous pouvez répéter"),
    ("fr", "c'est de la part de qui ?"),
    ("fr", "bon week-end"),
    ("en", "okay, thank you"),
    ("en", "can you repeat that"),
    ("en", "how much is it for"),
    ("en", "I'm all ears."),
]


@pytest.mark.parametrize(("language", "said"), BESIDE)
def test_nothing_is_offered_for_what_is_said_beside_any_reason(language, said):
    assert offered(ranking(said, language)) == ()
