"""What a payment says that can be looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beluur.domain.reconciliation.rules import Rules
from beluur.domain.reconciliation.signals import (
    collective_payer,
    collective_text,
    labelled,
    means_ahead,
    means_everything,
    mended_reference,
    signals,
)
from beluur.values.numbers import BETALINGSKENMERK, OGM
from tests.domain.reconciliation.books import KRENT_IBAN, KRENT_OGM, payment


@pytest.mark.parametrize(
    ("facts", "references", "field"),
    [
        pytest.param({"reference": KRENT_OGM}, (KRENT_OGM,), KRENT_OGM, id="in its field"),
        pytest.param({"text": "+++010/8068/17183+++"}, (KRENT_OGM,), "", id="typed with signs"),
        pytest.param({"text": "010.8068.17183"}, (KRENT_OGM,), "", id="typed with dots"),
        pytest.param({"text": KRENT_OGM}, (KRENT_OGM,), "", id="typed bare"),
        pytest.param({"text": "0123 4567 8901 2345"}, ("0123456789012345",), "", id="Dutch, in fours"),
        pytest.param({"text": "4812345678"}, ("4812345678",), "", id="Dutch, ten digits"),
        pytest.param({"text": "RF18 5390 0754 7034"}, ("RF18539007547034",), "", id="RF"),
        pytest.param({"reference": "Factuur 12"}, ("Factuur 12",), "", id="free text in the field"),
        pytest.param({"end_to_end": KRENT_OGM}, (KRENT_OGM,), "", id="in the end-to-end id"),
        pytest.param({"text": "010806817184"}, (), "", id="one digit wrong"),
        pytest.param({}, (), "", id="nothing"),
    ],
)
def test_references(facts, references, field):
    found = signals(payment(**facts))
    assert (found.references, found.field) == (references, field)


def test_what_a_wrong_reference_may_have_been():
    assert KRENT_OGM in signals(payment("+++010/8068/17184+++")).mended
    assert KRENT_OGM in signals(payment("+++010/8068/17138+++")).mended
    assert signals(payment("010806817184", reference=KRENT_OGM)).mended == ()


@pytest.mark.parametrize(
    "text", ["1000-1027-2060-2624", "1000 1027 2060 2624", "kenmerk 1000.1027.2060.2624"]
)
def test_what_a_wrong_betalingskenmerk_may_have_been(text):
    right = next(f"{n}000102726002624" for n in range(10) if BETALINGSKENMERK.valid(f"{n}000102726002624"))
    assert signals(payment(f"{right[0]}{text[-18:]}")).mended.count(right) == 1
    assert signals(payment(f"{right[:4]}-1027-2600-2624")).references == (right,)


@given(st.integers(1, 9_999_999_999), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_can_always_be_mended(number, place, shift):
    right = f"{number:010}{number % 97 or 97:02}"
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    mended = mended_reference(wrong)
    assert right in mended
    assert all(OGM.valid(m) for m in mended)
    assert len(mended) < 14


def test_account_and_name_are_made_comparable():
    found = signals(payment(iban="nl91 ABNA 0417 1643 00", name="Garage Fantasie B.V."))
    assert (found.iban, found.name_key) == (KRENT_IBAN, "garage fantasie")


def test_a_missing_end_to_end_id_is_no_number():
    assert signals(payment(end_to_end="NOTPROVIDED")).number_keys == ()
    assert signals(payment(end_to_end="77")).number_keys == ()


@pytest.mark.parametrize(
    ("name", "text", "iban", "payer", "says"),
    [
        pytest.param("Stichting Mollie Payments", "", "", True, False, id="card payments"),
        pytest.param("WORLDLINE NV", "", "", True, False, id="card terminal"),
        pytest.param("Belastingdienst", "", "", True, False, id="the tax office"),
        pytest.param("FOD Financiën", "", "", True, False, id="the Belgian tax office"),
        pytest.param("Mollièrestraat Beheer", "", "", False, False, id="a name that only begins so"),
        pytest.param("J. de Vries", "salaris maart", "", False, True, id="pay"),
        pytest.param("", "Eigen rekening", "", False, True, id="a transfer of one's own"),
        pytest.param("", "", "NL00OWN", True, False, id="an account of one's own"),
        pytest.param("Garage Fantasie", "factuur 20260118", "", False, False, id="a customer"),
    ],
)
def test_what_is_no_customer(name, text, iban, payer, says):
    rules = Rules(own_ibans=frozenset(("NL00OWN",)))
    incoming = payment(text, name=name, iban=iban)
    assert (collective_payer(incoming, rules), collective_text(incoming)) == (payer, says)


@pytest.mark.parametrize(
    ("text", "everything", "ahead"),
    [
        ("alles openstaand", True, False),
        ("Solde", True, False),
        ("volledig saldo", True, False),
        ("aanbetaling offerte 12", False, True),
        ("voorschot", False, True),
        ("factuur 12", False, False),
    ],
)
def test_what_the_words_mean(text, everything, ahead):
    assert (means_everything(payment(text)), means_ahead(payment(text))) == (everything, ahead)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("factuur 118", {"118"}),
        ("Fact.nr. 118", {"118"}),
        ("invoice no 118", {"118"}),
        ("nota VF-12", {"VF12"}),
        ("huis 118", set()),
        ("manufactuur 118", set()),
    ],
)
def test_what_is_called_an_invoice(text, keys):
    assert labelled(text) == keys


@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=40), st.text(max_size=70))
def test_any_text_has_few_signals_and_no_error(text, reference, end_to_end, name):
    found = signals(payment(text, reference=reference, end_to_end=end_to_end, name=name))
    assert len(found.number_keys) <= 48
    assert len(found.references) <= 12
    assert len(found.mended) <= 24
