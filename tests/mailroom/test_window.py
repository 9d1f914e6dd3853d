"""The address on a letter shows through the window of its envelope, and nothing else does."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from beluur.mailroom.letter_sheet import letters_pdf
from beluur.mailroom.window import Box, Window, places, side_in, windows
from tests.mailroom.test_letter_sheet import DAY, sheet

MM = 25.4 / 72
CAP, TAIL = 0.73, 0.24  # of the size of a letter of Inter: above its line, and below it
COUNTRIES = {"left": "NL", "right": "BE"}
SHORT = ("Klant", "Straat 1", "1234 AB  DORP")
ABROAD = ("Bakkerij Verzonnen", "Rue de l'Exemple 12", "4000 Liège", "BELGIË")
LONG = ("Verzonnen Onderneming in Denkbeeldige Zaken en Bedachte Goederen BV", "Straat 1", "1234 AB  DORP")
WINDOWS = [pytest.param(window, id=window.name) for window in windows()]


class Word(NamedTuple):
    """A piece of text in the PDF and where it stands; its width is not known."""

    text: str
    x: float
    top: float
    bottom: float


def words(side: str, to=SHORT, **facts) -> list[Word]:
    """Each line of the first page of a letter for a window on that side."""
    page = PdfReader(BytesIO(letters_pdf([sheet(country=COUNTRIES[side], to=to, **facts)], "nl", DAY))).pages[
        0
    ]
    high, found = float(page.mediabox.height), []

    def seen(text, cm, tm, _font, size):
        if text.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            base = high - (tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
            plain = " ".join(text.split())
            found.append(Word(plain, x * MM, (base - CAP * size) * MM, (base + TAIL * size) * MM))

    page.extract_text(visitor_text=seen)
    return found


def address(side: str, to, **facts) -> Box:
    """What the lines of the address take of the sheet."""
    said = " ".join(to).replace("  ", " ")
    lines = [w for w in words(side, to, **facts) if w.text in said and 45 < w.top < 95]
    assert " ".join(w.text for w in lines) == said
    spot = places()["address"][side]
    return Box(
        min(w.x for w in lines),
        min(w.top for w in lines),
        spot["x"] + spot["width"],
        max(w.bottom for w in lines),
    )


@pytest.mark.parametrize("to", [SHORT, ABROAD], ids=["three lines", "with the country"])
@pytest.mark.parametrize("window", WINDOWS)
def test_the_address_shows_however_the_sheet_lies(window: Window, to):
    assert window.always().holds(address(window.side, to)), (window.always(), address(window.side, to))


@pytest.mark.parametrize("window", [p for p in WINDOWS if p.values[0].side == "left"])
def test_a_name_of_two_lines_shows_too(window: Window):
    assert window.always().holds(address(window.side, LONG))


@pytest.mark.parametrize("window", WINDOWS)
def test_what_it_is_about_never_shows(window: Window):
    lowest = max(window.shows(low=low, left=True).bottom for low in (True, False))
    assert lowest < places()["body_from"]
    body = [w for w in words(window.side) if w.top > 95]
    assert min(w.top for w in body) > lowest


@pytest.mark.parametrize("side", ["left", "right"])
def test_however_long_a_name_is_the_city_stays_behind_the_window(side):
    spot = places()["address"][side]
    box = Box(spot["x"] - 0.1, spot["y"] - 0.1, spot["x"] + spot["width"], spot["y"] + spot["height"] + 1)
    assert box.holds(address(side, ("Verzonnen Naam " * 13 + "BV", "Straat 1", "1234 AB  DORP", "BELGIË")))


def test_in_belgium_the_sender_does_not_stand_in_the_window():
    def small(side: str) -> list[str]:
        return [w.text for w in words(side) if 48 < w.top < 58 and w.text not in SHORT]

    assert len(small("left")) == 1
    assert small("right") == []


@pytest.mark.parametrize(
    ("country", "side"),
    [
        pytest.param("NL", "left", id="in the Netherlands it is on the left"),
        pytest.param("BE", "right", id="in Belgium on the right"),
        pytest.param("DE", "left", id="elsewhere on the left"),
    ],
)
def test_on_which_side_the_window_is(country, side):
    assert side_in(country) == side


def test_a_sheet_that_rests_on_its_fold_shows_what_is_lower_in_the_window():
    window = Window("Proef", "left", (229.0, 114.0), 20, 15, (90, 45), 105, verified=True)
    assert window.shows(low=False, left=True) == Box(20, 54, 110, 99)
    assert window.shows(low=True, left=False) == Box(1, 45, 91, 90)
    assert window.always() == Box(20, 54, 91, 90)


def test_each_measure_says_where_it_comes_from():
    import tomllib
    from importlib.resources import files

    read = tomllib.loads(files("beluur.mailroom").joinpath("letters", "windows.toml").read_text("utf-8"))
    assert all(row["source"].startswith("https://") for row in read["window"] if row["verified"])
    assert all("not looked up" in row["source"] for row in read["window"] if not row["verified"])
    assert {row["side"] for row in read["window"]} == set(read["address"]) == {"left", "right"}
