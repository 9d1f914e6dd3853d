"""Where a company is looked up (I2)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from beluur.web.register_links import registers
from tests.world import make_world

KVK = "https://www.kvk.nl/zoeken/?source=all&q=12345678"
KBO = "https://kbopub.economie.fgov.be/kbopub/toonondernemingps.html?ondernemingsnummer=0403170701"
NBB = "https://consult.cbso.nbb.be/consult-enterprise/0403170701"


@pytest.mark.parametrize(
    ("country", "number", "vat", "urls"),
    [
        pytest.param("NL", "12345678", "", [KVK], id="a Dutch company by its KvK number"),
        pytest.param("BE", "0403.170.701", "", [KBO, NBB], id="a Belgian one by its enterprise number"),
        pytest.param("BE", "", "BE0403170701", [KBO, NBB], id="or by its VAT number"),
        pytest.param("BE", "0403170702", "", [], id="a number that cannot be is not looked up"),
        pytest.param("NL", "", "NL001234567B01", [], id="a Dutch VAT number tells no KvK number"),
        pytest.param("DE", "12345678", "", [], id="another country"),
    ],
)
def test_a_company_is_looked_up(country: str, number: str, vat: str, urls: list[str]) -> None:
    assert [r.url for r in registers(country, number, vat)] == urls


@pytest.mark.django_db
def test_the_dossier_leads_there() -> None:
    world = make_world()
    debtor = world.debtor(company_number="12345678")
    client = Client()
    client.force_login(world.user)
    page = client.get(reverse("dossier", kwargs={"administration": world.slug, "debtor": debtor}))
    assert KVK.replace("&", "&amp;") in page.content.decode()
