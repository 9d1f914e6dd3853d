"""What a debtor says in words: a table for each language, and what holds for every text and every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from beluur.domain.commitment import Said
from beluur.domain.said import read_said, understood
from beluur.domain.said.lexicon import lexicon
from beluur.domain.said.numerals import compound, joined, typed_number
from beluur.law.days import is_bank_day, next_bank_day
from beluur.playbook.vague_texts import MAY_ASK
from beluur.words import render
from tests.domain.said.tables import LANGUAGES, TODAY, meaning, table
from tests.examples import examples

CASES = [
    pytest.param(language, said, means, id=f"{language} “{said}” is {means}")
    for language in LANGUAGES
    for said, means in table(language)
]
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
MORE = "500 15 € 1.234,50 1,250 1.250 15.12 4/12 2-3 48u , . 3x 16u strange".split()
WORDS = {
    language: sorted({" ".join(words) for words in lexicon(language).phrases}) + MORE
    for language in LANGUAGES
}
SENTENCES = {
    language: st.lists(st.sampled_from(words), max_size=12).map(" ".join) for language, words in WORDS.items()
}
WEEKDAYS = {
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche".split(),
}


@pytest.mark.parametrize(("language", "said", "means"), CASES)
def test_what_is_said_means(language, said, means):
    assert meaning(read_said(said, TODAY, language)) == means


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_is_long_enough_and_knows_most_codes(language):
    rows = list(table(language))
    assert len(rows) >= 150
    codes = {means.rpartition("?")[2] for _, means in rows if "?" in means}
    assert MAY_ASK.keys() - codes <= {"above_open", "nothing_left", "too_long", "how_much_each"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("weekday", range(7))
def test_a_weekday_is_in_the_week_to_come_and_said_on_that_day_it_is_asked_back(language, weekday):
    name = WEEKDAYS[language][weekday]
    for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(3 * 365)):
        reading = read_said(name, day, language)
        if day.weekday() == weekday:
            offered = tuple(next_bank_day(d) for d in (day, day + timedelta(days=7)))
            assert (reading.vague, reading.offers) == ("today_or_later", offered)
            continue
        (part,) = reading.parts
        assert part.said_on is not None
        assert part.said_on.weekday() == weekday
        assert 1 <= (part.said_on - day).days <= 6
        assert part.due == next_bank_day(part.said_on)


OFFERED = [
    pytest.param("nl", "woensdag", ["2026-11-25", "2026-12-02"], id="a weekday said on that day"),
    pytest.param("nl", "de 25e", ["2026-11-25", "2026-12-28"], id="the day of the month that it is"),
    pytest.param("nl", "volgende vrijdag", ["2026-11-27", "2026-12-04"], id="next Friday"),
    pytest.param("nl", "met Kerst", ["2026-12-28"], id="a feast: the first day on which banks book"),
    pytest.param("nl", "voor de kerst", ["2026-12-24"], id="before it: the last"),
    pytest.param("nl", "na nieuwjaar", ["2027-01-04"], id="after it: the first"),
    pytest.param("nl", "na Pinksteren", ["2027-05-18"], id="after a feast of two days"),
    pytest.param("fr", "avant Pâques", ["2027-03-25"], id="before Easter, in French"),
    pytest.param("en", "after Easter", ["2027-03-30"], id="after Easter, in English"),
    pytest.param("nl", "vrijdag na Pasen", [], id="another day that is counted from it"),
    pytest.param("nl", "na mijn vakantie", [], id="what nobody can know"),
    pytest.param("nl", "vrijdag", [], id="what is clear"),
]


@pytest.mark.parametrize(("language", "said", "days"), OFFERED)
def test_the_days_that_he_may_mean_are_offered(language, said, days):
    assert [day.isoformat() for day in read_said(said, TODAY, language).offers] == days


@given(DAYS, st.integers(0, 6))
def test_next_friday_is_asked_back_whenever_it_can_be_two_days(today, weekday):
    reading = read_said(f"volgende {WEEKDAYS['nl'][weekday]}", today)
    assert (reading.vague == "ambiguous_weekday") == (weekday > today.weekday())


@given(DAYS, st.integers(1, 31), st.integers(1, 12), st.integers(0, 6))
def test_a_weekday_that_is_not_that_of_the_date_is_never_agreed(today, day, month, weekday):
    reading = read_said(f"{WEEKDAYS['en'][weekday]} {day}/{month}", today, "en")
    for part in reading.parts:
        assert part.said_on is not None
        assert (part.said_on.day, part.said_on.month, part.said_on.weekday()) == (day, month, weekday)


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(max_size=120), today=DAYS)
@example(text="1.234.56,7-8/9 €", today=TODAY)
@example(text="99/99 00u 0e 31-02-0000 0000-00-00", today=TODAY)
@example(text="op 15.99 quinze vingt cent mille mille", today=TODAY)
@settings(deadline=None)
def test_no_text_makes_it_fail(language, text, today):
    reading = read_said(text, today, language, open_cents=100_000)
    assert bool(reading.vague) == bool(reading.ask)
    assert reading.vague or reading.parts


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data(), today=DAYS, open_cents=st.integers(0, 500_000))
@settings(deadline=None, max_examples=examples(300))
def test_what_is_agreed_is_dated_in_the_future_and_never_above_what_is_open(
    language, data, today, open_cents
):
    reading = read_said(data.draw(SENTENCES[language]), today, language, open_cents=open_cents)
    assert sum(part.cents or 0 for part in reading.parts) <= open_cents
    for part in reading.parts:
        assert (part.due is None) == bool(part.vague)
        if part.due is not None and part.said_on is not None:
            assert today <= part.said_on <= today + timedelta(days=366)
            assert part.due >= part.said_on
            assert is_bank_day(part.due)
    if not reading.vague:
        assert all(part.cents is None or part.cents > 0 for part in reading.parts)
        assert understood(reading) is not None


@given(st.integers(1, 10**9))
def test_an_amount_is_read_as_it_is_written(cents):
    assert typed_number(f"{cents // 100:,}".replace(",", ".") + f",{cents % 100:02d}", "nl") == cents
    assert typed_number(f"{cents / 100:,.2f}", "en") == cents


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("negenennegentig", 99),
        ("honderdeneen", 101),
        ("drieduizendvierhonderdtwaalf", 3412),
        ("duizend", 1000),
    ],
)
def test_a_dutch_number_in_one_word(word, number):
    assert compound(word) == number


def test_numbers_in_words_are_joined_as_far_as_they_are_one():
    assert joined([80, 19], french=True) == (2, 99)
    assert joined([20, 30]) == (1, 20)


OPEN = {
    "the half is half of what is open": ("de helft vrijdag", 100_001, "500=2026-11-27"),
    "a share and the rest": ("een derde nu en de rest op de 15e", 90_000, "300=2026-11-25 rest=2026-12-15"),
    "20 percent": ("20% vrijdag", 100_000, "200=2026-11-27"),
    "all that is open": ("2140 vrijdag", 214_000, "2140=2026-11-27"),
    "more than is open is refused": ("2141 vrijdag", 214_000, "?above_open"),
    "parts that make more are refused": ("1500 vrijdag en 700 maandag", 214_000, "?above_open"),
    "a rest of nothing": ("2140 vrijdag en de rest maandag", 214_000, "?nothing_left"),
    "so much a month until it is paid": (
        "elke maand 100 vanaf 1 december",
        25_000,
        "100=2026-12-01 100=2027-01-04 50=2027-02-01",
    ),
    "what is open in three": (
        "in 3 termijnen vanaf 1 december",
        10_000,
        "33.33=2026-12-01 33.33=2027-01-04 33.34=2027-02-01",
    ),
    "the rest in two": (
        "500 vrijdag en de rest in 2 termijnen vanaf 1 januari",
        90_000,
        "500=2026-11-27 200=2027-01-04 200=2027-02-01",
    ),
}


@pytest.mark.parametrize(("said", "open_cents", "means"), OPEN.values(), ids=OPEN)
def test_with_what_is_open(said, open_cents, means):
    assert meaning(read_said(said, TODAY, open_cents=open_cents)) == means


def test_it_is_played_back_for_a_yes():
    reading = read_said("ik stort vrijdag 500 en de rest eind van de maand", TODAY)
    sentence = understood(reading)
    assert sentence is not None
    told = render(sentence).replace("\N{NO-BREAK SPACE}", " ")
    assert told == "€ 500,00 op vr 27 nov 2026 en de rest op ma 30 nov 2026"


def test_a_weekend_is_answered_with_the_banks_day_and_said():
    reading = read_said("zaterdag 500", TODAY)
    assert [(p.said_on, p.due) for p in reading.parts] == [(date(2026, 11, 28), date(2026, 11, 30))]
    assert [note.code for note in reading.notes] == ["commitment.weekend"]


def test_the_question_is_in_the_language_of_the_debtor():
    reading = read_said("zsm", TODAY, "nl", ask_in="fr-BE")
    assert (reading.vague, reading.ask, reading.words) == (
        "asap",
        "Quel jour l’aurons-nous sur notre compte\u00a0?",
        "zsm",
    )


def test_two_days_are_named_for_him_to_choose():
    asked = read_said("volgende vrijdag", TODAY).ask
    assert asked == "Bedoelt u vrijdag 27 november 2026 of vrijdag 4 december 2026?"


def test_what_is_too_vague_is_quoted_as_he_said_it():
    assert read_said("500 Zo  spoedig mogelijk graag", TODAY).words == "Zo  spoedig mogelijk"


def test_it_is_kept_whether_he_pays_or_we_have_it_on_that_day():
    assert read_said("vrijdag hebben jullie het", TODAY).said is Said.RECEIVED_ON
    assert read_said("ik betaal vrijdag", TODAY).said is None


def test_a_part_of_the_day_is_no_hour():
    reading = read_said("vrijdag na de middag", TODAY)
    assert (reading.at, [n.code for n in reading.notes]) == (None, ["said.which_hour"])


def test_two_ways_are_none():
    reading = read_said("vrijdag contant of met de kaart", TODAY)
    assert (reading.way, [n.code for n in reading.notes]) == ("", ["said.two_ways"])


def test_a_letter_is_not_read():
    assert read_said("vrijdag 500 " * 900, TODAY).vague == "too_long"


@given(st.integers(0, 60))
def test_half_typed_is_asked_or_agreed_but_never_another_day(n):
    said = "vrijdag 500 en de rest eind van de maand"[:n]
    for part in read_said(said, TODAY).parts:
        assert part.due in (None, date(2026, 11, 27), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2028, 2, 24), date(2028, 2, 29)),
        (date(2027, 12, 1), date(2028, 2, 29)),
        (date(2027, 1, 11), None),
        (date(2026, 11, 25), None),
    ],
    ids=["in its own month", "in the December before", "in a January without one", "over a year before"],
)
def test_the_29th_of_february_is_a_day_of_leap_years_only(today, day):
    reading = read_said("29 februari", today)
    assert [p.said_on for p in reading.parts] == ([day] if day else [])
    assert reading.vague == ("" if day else "no_such_day")
