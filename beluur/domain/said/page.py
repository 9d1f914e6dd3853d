"""docs/dates-in-words.md, drawn from what is read: `python -m beluur.domain.said.page > docs/dates-in-words.md`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from beluur.domain.said.reading import Reading, read_said
from beluur.domain.said.telling import understood
from beluur.words import render

ON = date(2026, 11, 25)
_HEAD = """# Dates and amounts in words

What a debtor says he pays is read by `beluur.domain.said`, in Dutch (as in the Netherlands and in Flanders), French and English,
and shown for a yes. Concrete or nothing (D13): what is vague, past, or can be read in two ways is not read; Beluur gives the
question to ask him instead. Words it does not know are passed over; but never a number it cannot place, a word just before a sum
("nearly 500"), or a word beside a day when nothing said is about paying ("Monday I speak to my boss").

Said on Wednesday 25 November 2026. The page is drawn from the code (`python -m beluur.domain.said.page`); a test fails when they
differ.

- A day is answered with the bank's day: itself, or the first day after it on which banks book. The day as it was said is kept.
- The end of a month, quarter or year is its last day on which banks book; the beginning of a month is its first; the middle is
  the 15th; the end of a week is its Friday. The beginning or the middle of a week is no day.
- A weekday alone is the coming one; said on that day itself it is today or a week later, and asked back. "Next Friday" is asked
  back while a Friday of this week is still to come; "Friday next week" is clear. Weeks begin on Monday.
- A feast day by its name ("Boxing Day", "tweede paasdag", "le jour de l'an") is that day. A time ("at Christmas", "before
  Easter", "after the new year") is asked back, and the bank day that he may mean is offered.
- A day without a year is the coming one; when it was there in the last three months it is asked back as past. The 15th is the
  coming 15th; said on the 15th it is asked back. Further than the year (366 days) is no promise.
- "By", "before" and "at the latest" are the day itself. "From" and "not before" are a first day and no last: asked back, unless
  they begin a plan. "Within ten days" is the tenth day. A plan is a month apart when nothing else is said.
- French "huit jours" is a week and "quinze jours" two, as one counts there; the Dutch "acht dagen" are eight days, and after a
  weekday a week.
- A date without an amount is all that is open; the rest has no amount. A share needs what is open, or the amount it is of.
- A whole number up to 31 alone may be a day and an amount: asked back. 15.12 as well, and 1,250 in Dutch.
- "Two weeks" alone is a day when it comes first, after "yes", or after a sum or a pause; "our terms are two weeks" is none.
- What was done ("I paid"), what another pays ("my client pays") and what each pays ("300 each") is no promise.
- One to six o'clock is in the afternoon, eight is in the evening beside "tonight"; "Friday by 4" is asked back. "In the
  afternoon" is no hour; an hour is not needed for an agreement.

| Dutch | French | English | is read as |
|---|---|---|---|
"""
_ROWS = (
    ("vrijdag", "vendredi", "Friday"),
    ("zaterdag", "samedi", "Saturday"),
    ("volgende maandag", "lundi prochain", "next Monday"),
    ("volgende vrijdag", "vendredi prochain", "next Friday"),
    ("volgende week dinsdag", "mardi de la semaine prochaine", "Tuesday next week"),
    ("vrijdag over een week", "vendredi en huit", "Friday week"),
    ("tegen de 15e", "pour le 15", "by the 15th"),
    ("dinsdag 3 december", "mardi 3 décembre", "Tuesday 3 December"),
    ("25 december", "25 décembre", "25 December"),
    ("3 januari", "3 janvier", "3 January"),
    ("3 november", "3 novembre", "3 November"),
    ("begin december", "début décembre", "early December"),
    ("begin volgende maand", "début du mois prochain", "beginning of next month"),
    ("half december", "mi-décembre", "mid-December"),
    ("eind van de maand", "fin du mois", "end of the month"),
    ("eind januari", "fin janvier", "end of January"),
    ("eind volgende week", "fin de la semaine prochaine", "end of next week"),
    ("laatste vrijdag van december", "dernier vendredi de décembre", "last Friday of December"),
    ("over twee weken", "dans deux semaines", "in two weeks"),
    ("binnen veertien dagen", "sous quinzaine", "within a fortnight"),
    ("over een maand", "dans un mois", "in a month"),
    ("volgende week", "la semaine prochaine", "next week"),
    ("begin volgende week", "début de la semaine prochaine", "early next week"),
    ("in december", "en décembre", "in December"),
    ("woensdag", "mercredi", "Wednesday"),
    ("tweede paasdag", "lundi de Pâques", "Easter Monday"),
    ("na Pasen", "après Pâques", "after Easter"),
    ("na mijn vakantie", "après mes vacances", "after my holiday"),
    ("zo spoedig mogelijk", "dès que possible", "as soon as possible"),
    ("misschien vrijdag", "peut-être vendredi", "maybe Friday"),
    ("vrijdag of maandag", "vendredi ou lundi", "Friday or Monday"),
    ("vanaf vrijdag", "à partir de vendredi", "from Friday"),
    ("ik heb vrijdag betaald", "j'ai payé vendredi", "I have paid on Friday"),
    ("ik stortte vrijdag 500", "j'ai versé 500 vendredi", "I paid 500 on Friday"),
    ("mijn klant betaalt vrijdag", "mon client paie vendredi", "my client pays on Friday"),
    ("maandag spreek ik mijn baas", "lundi je vois mon patron", "Monday I speak to my boss"),
    ("ruim 500 vrijdag", "presque 500 vendredi", "nearly 500 on Friday"),
    ("binnen 48 uur", "sous 48 heures", "within 48 hours"),
    (
        "vr 500 rest eind vd maand",
        "ven 500 reste fin du mois",
        "Fri 500 rest end of month",
    ),
    ("500 en 300 vrijdag", "500 et 300 vendredi", "500 and 300 Friday"),
    ("15", "15", "15"),
    ("de helft van 1000 vrijdag", "la moitié de 1000 vendredi", "half of 1000 on Friday"),
    ("de helft vrijdag", "la moitié vendredi", "half on Friday"),
    (
        "in 3 termijnen van 200 vanaf 1 december",
        "en trois fois 200 à partir du 1er décembre",
        "in 3 instalments of 200 from 1 December",
    ),
    (
        "1200 in 3 termijnen vanaf 15 december",
        "1200 en 3 fois à partir du 15 décembre",
        "1200 in 3 instalments from 15 December",
    ),
    ("elke maand 100 vanaf 1 december", "100 par mois à partir du 1er décembre", "100 a month from 1 December"),
)  # fmt: skip


def page() -> str:
    """The whole of docs/dates-in-words.md."""
    return _HEAD + "".join(f"| {' | '.join(cells)} |\n" for cells in _cells())


def disagreements() -> list[tuple[str, ...]]:
    """Rows of which the languages do not mean the same."""
    return [row for row in _ROWS if len({_essence(reading) for reading in _readings(row)}) > 1]


def _readings(row: tuple[str, str, str]) -> list[Reading]:
    return [read_said(said, ON, language) for said, language in zip(row, ("nl", "fr", "en"), strict=True)]


def _essence(reading: Reading) -> tuple[object, ...]:
    return reading.vague, reading.parts


def _cells() -> Iterator[tuple[str, ...]]:
    for row in _ROWS:
        english = _readings(row)[2]
        sentence = understood(english)
        told = render(sentence, "en") if sentence else f"`{english.vague}`: {english.ask}"
        yield (*row, told.replace("\N{NO-BREAK SPACE}", " "))


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - printing is what this is for
