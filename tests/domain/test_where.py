"""The language that is assumed of a debtor when nobody told it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beluur.domain.where import assumed_language
from tests.examples import examples

LANGUAGES = {"nl", "nl-BE", "fr", "en"}


def case(country, postcode, name, language, house="nl", *, named):
    return pytest.param(country, postcode, name, house, language, id=named)


CASES = [
    case("BE", "1000", "Toiture Imaginaire SRL", "fr", named="an SRL in Brussels reads French"),
    case("BE", "1000", "Verzonnen Dakwerken BV", "nl-BE", house="fr", named="a BV in Brussels reads Dutch"),
    case("BE", "1070", "Imprimerie Fictive S.A.", "fr", named="dots in the form change nothing"),
    case(
        "BE", "1210", "sprl menuiserie prétendue", "fr", named="a form may stand in front, in small letters"
    ),
    case("BE", "1030", "ASBL Les Amis Inventés", "fr", named="an association in front"),
    case("BE", "1030", "Vrienden van de Fabel vzw", "nl-BE", named="an association at the end"),
    case("BE", "9000", "Conseil Hypothèse SNC", "fr", named="the form goes before the postcode"),
    case("BE", "4000", "Bedacht Transport NV", "nl-BE", named="also of a Dutch form in Liège"),
    case("BE", "5000", "Verzonnen Vennoten Comm. V", "nl-BE", named="a form of two words"),
    case("BE", "4000", "Drukkerij Proef CommV", "nl-BE", named="the same in one"),
    case(
        "BE",
        "1000",
        "Bedacht Staal NV/SA",
        "nl-BE",
        named="a form in each language tells nothing, the house does",
    ),
    case(
        "BE",
        "1000",
        "Acier Inventé SA-NV",
        "fr",
        house="fr",
        named="nor in the other order, at a house that speaks French",
    ),
    case("BE", "4000", "Staal Verzonnen NV - SA", "fr", named="then the postcode tells it"),
    case(
        "BE", "1000", "Huishouden Proef 12", "nl-BE", named="a person in Brussels reads what the house speaks"
    ),
    case("BE", "1000", "Ménage Exemple 12", "fr", house="fr", named="French when that is French"),
    case("BE", "1050", "Household Example 12", "en", house="en", named="English when that is English"),
    case("BE", "1299", "Proef", "fr", house="fr", named="the last postcode of Brussels"),
    case("BE", "1300", "Proef", "fr", named="the first of Walloon Brabant"),
    case("BE", "1499", "Proef", "fr", named="the last of Walloon Brabant"),
    case("BE", "1500", "Proef", "nl-BE", house="fr", named="Halle is Flemish"),
    case("BE", "3999", "Proef", "nl-BE", house="fr", named="the last before Liège"),
    case("BE", "4000", "Proef", "fr", named="Liège"),
    case("BE", "4700", "Proef GmbH", "fr", named="Eupen: no German here, so French"),
    case("BE", "7999", "Proef", "fr", named="the last of Hainaut"),
    case("BE", "8000", "Proef", "nl-BE", named="Bruges"),
    case("BE", "B-6000", "Proef", "fr", named="a postcode with the country before it"),
    case("BE", "", "Proef", "nl-BE", named="nothing known but Belgium"),
    case("BE", "600", "Proef", "nl-BE", named="a postcode that is none"),
    case(
        "BE",
        "9000",
        "CV Service Fictif",
        "nl-BE",
        house="fr",
        named="CV in front is a word, and the postcode tells it",
    ),
    case("BE", "4000", "SC Imaginaire", "fr", named="so is SC"),
    case("BE", "4000", "Coöperatie Droom CV", "nl-BE", named="at the end it is the form"),
    case("BE", "9000", "SA", "nl-BE", named="a name of one word has no form"),
    case("BE", "9000", "Bakkerij Saver", "nl-BE", named="a form within a word is none"),
    case("BE", "9000", "Nv en co bakkers", "nl-BE", house="fr", named="a form in front"),
    case("NL", "1012 AB", "Proef BV", "nl", named="a Dutch BV"),
    case(
        "NL",
        "4811 AA",
        "Bedacht SA",
        "nl",
        named="a Dutch postcode is no Belgian one, and a form tells nothing there",
    ),
    case("FR", "75001", "Exemple SARL", "fr", named="France"),
    case("LU", "1111", "Exemple S.à r.l.", "fr", named="Luxembourg"),
    case("IT", "00100", "Esempio SRL", "en", named="an SRL in Italy reads no French"),
    case("GB", "", "Example Ltd", "en", named="Britain"),
    case("IE", "", "Example Ltd", "en", named="Ireland"),
    case("US", "10001", "Example Inc", "en", named="America"),
    case("DE", "", "Beispiel GmbH", "en", named="elsewhere English"),
    case("", "", "Proef", "nl", named="no country at all"),
]


@pytest.mark.parametrize(("country", "postcode", "name", "house", "language"), CASES)
def test_the_language_that_is_assumed(country, postcode, name, house, language):
    assert assumed_language(country, postcode, name, house) == language


@settings(max_examples=examples(300))
@given(
    country=st.sampled_from(("BE", "NL", "FR", "XX", "")),
    postcode=st.text(max_size=12),
    name=st.text(max_size=60),
)
def test_whatever_is_known_it_is_a_language_that_we_write(country, postcode, name):
    assert assumed_language(country, postcode, name) in LANGUAGES
