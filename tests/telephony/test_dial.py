from __future__ import annotations

import pytest
from lxml import etree

from beluur.telephony.dial import dial_qr_svg, tel_link

NUMBERS = [
    pytest.param("+31201234501", "tel:+31201234501", id="a whole number"),
    pytest.param("020 123 4501", None, id="a number without its country"),
    pytest.param("+31 20 123 4501", None, id="a number with spaces"),
    pytest.param("+31201234501;ext=1", None, id="something behind it"),
    pytest.param("javascript:alert(1)", None, id="no number at all"),
    pytest.param("", None, id="nothing"),
]


@pytest.mark.parametrize(("number", "link"), NUMBERS)
def test_only_a_whole_number_is_dialled(number, link):
    assert tel_link(number) == link
    assert (dial_qr_svg(number) is None) == (link is None)


def test_the_square_is_an_svg_with_its_title_and_no_style():
    svg = dial_qr_svg("+31201234501", "Bel <Els>")
    assert svg is not None
    tree = etree.fromstring(svg)
    assert tree.findtext("title") == "Bel <Els>"
    assert "style" not in svg
