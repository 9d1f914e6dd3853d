"""The browser of the tests is there, stands in Amsterdam, and its accessibility check does object."""

from __future__ import annotations

import pytest

CLEAN = """<!doctype html><html lang="nl"><head><title>Vandaag</title></head>
<body><main><h1>Vandaag</h1><p>Bel vandaag deze zeven.</p></main></body></html>"""


def test_the_browser_speaks_dutch_in_amsterdam(page):
    assert page.evaluate("navigator.language") == "nl-NL"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Europe/Amsterdam"


def test_axe_accepts_a_clean_page(page, axe):
    page.set_content(CLEAN)
    axe(page)


def test_axe_objects_to_a_field_without_a_label(page, axe):
    page.set_content(CLEAN.replace("<p>", "<input type='text'><p>"))
    with pytest.raises(AssertionError, match="label"):
        axe(page)
