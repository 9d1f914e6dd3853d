"""Files taken in, by the road that people use: the first drop, the second export, what is gone, and undoing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from beluur.actions.intake.publish import publish_all, publish_intake, publish_slice, publish_waiting
from beluur.actions.intake.stage_files import cancel_intake, restage, stage_files
from beluur.actions.intake.undo import undo_intake
from beluur.actions.once import Doer
from beluur.actions.record_payment import record_payment
from beluur.queries.intakes import SHOWN_CHANGES, earlier_intakes, intake_view, read_changes
from beluur.store.models import (
    Contact,
    Debtor,
    Document,
    Event,
    Intake,
    IntakeFile,
    Invoice,
    Source,
    StagedRow,
)
from beluur.values.problem import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MONDAY = date(2026, 11, 16)
WEEK_LATER = date(2026, 11, 23)
HEAD = "Debiteurnr;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand"
FIRST = (
    "1001;Voorbeeld Bouw BV;2026-0118;01-10-2026;31-10-2026;1.234,50;1.234,50",
    "1001;Voorbeeld Bouw BV;2026-0125;20-10-2026;17-11-2026;300,00;300,00",
    "1002;Fictief Transport NV;2026-0119;20-10-2026;19-11-2026;2.000,00;1.000,00",
)
PEOPLE = (
    "Debiteurnr;Naam;Telefoon;E-mail;Contactpersoon;Plaats;Land\n"
    "1001;Voorbeeld Bouw BV;020 123 45 01;info@bouw.example;Mevrouw Voorbeeld;Utrecht;NL\n"
    "1002;Fictief Transport NV;+32 2 123 45 02;boek@transport.example;;Gent;BE\n"
)
Take = Callable[..., int]


def csv(*rows: str, head: str = HEAD) -> bytes:
    return "\r\n".join((head, *rows)).encode()


@pytest.fixture
def take(administration: Any, caller: Any, data_folder: Any) -> Take:
    """``take(name=bytes, on=day)`` stages and publishes; ``publish=False`` only stages."""

    def taking(
        files: dict[str, bytes], on: date = MONDAY, *, publish: bool = True, close_gone: bool | None = None
    ) -> int:
        doer = doer_on(administration, caller, on)
        intake_id = stage_files(doer, list(files.items()), today=on)
        if publish:
            publish_intake(doer, intake_id, close_gone=close_gone)
            assert publish_all(doer, intake_id)
        return intake_id

    return taking


def doer_on(administration: Any, caller: Any, on: date) -> Doer:
    at = datetime(on.year, on.month, on.day, 9, 0, tzinfo=UTC)
    return Doer(administration.id, at, caller.id, caller.name)


def opens() -> dict[str, int]:
    return dict(Invoice.objects.values_list("number", "open_cents"))


def test_open_items_become_debtors_with_their_invoices(take: Take) -> None:
    take({"open.csv": csv(*FIRST)})
    assert opens() == {"2026-0118": 123450, "2026-0125": 30000, "2026-0119": 100000}
    bouw = Debtor.objects.get(name="Voorbeeld Bouw BV")
    assert bouw.invoices.count() == 2
    assert set(Invoice.objects.values_list("as_of", flat=True)) == {MONDAY}


def test_nothing_is_visible_before_the_user_agrees(take: Take) -> None:
    intake_id = take({"open.csv": csv(*FIRST)}, publish=False)
    assert not Debtor.objects.exists()
    assert Intake.objects.get(id=intake_id).summary["new"] == 3


@pytest.mark.parametrize("order", [("open.csv", "people.csv"), ("people.csv", "open.csv")])
def test_contacts_find_their_debtor_in_any_order(take: Take, order: tuple[str, str]) -> None:
    files = {"open.csv": csv(*FIRST), "people.csv": PEOPLE.encode()}
    take({name: files[name] for name in order})
    assert Debtor.objects.count() == 2
    contact = Contact.objects.get(name="Mevrouw Voorbeeld")
    assert contact.debtor.name == "Voorbeeld Bouw BV"
    transport = Debtor.objects.get(name="Fictief Transport NV")
    assert (transport.country, transport.language) == ("BE", "nl-BE")


def remarks(intake_id: int) -> list[str]:
    return [
        p["sentence"]["code"] for row in IntakeFile.objects.filter(intake=intake_id) for p in row.problems
    ]


OF_ANOTHER = (
    "1001;Heel Iemand Anders BV;A-1;01-10-2026;31-10-2026;50,00;50,00",
    "1003;Nieuw BV;A-2;01-10-2026;31-10-2026;60,00;60,00",
)


def test_the_export_of_another_administration_is_told_and_closes_nothing_by_itself(take: Take) -> None:
    take({"open.csv": csv(*FIRST)})
    Source.objects.update(gone_rule="trust")
    intake_id = take({"open.csv": csv(*OF_ANOTHER)}, WEEK_LATER, publish=False)
    assert sorted(remarks(intake_id)) == ["intake.called_otherwise", "intake.nothing_known"]
    assert not Intake.objects.get(id=intake_id).close_gone


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Voorbeeld Bouw B.V.", []),
        ("Voorbeeld Aannemers BV", ["intake.called_otherwise"]),
        ("", []),
    ],
    ids=["written otherwise", "called otherwise", "without a name"],
)
def test_a_customer_number_under_another_name(take: Take, name: str, told: list[str]) -> None:
    take({"open.csv": csv(*FIRST)})
    rows = [row.replace("Voorbeeld Bouw BV", name) for row in FIRST]
    assert remarks(take({"open.csv": csv(*rows)}, WEEK_LATER)) == told
    assert Debtor.objects.filter(name="Voorbeeld Bouw BV").exists()


def test_all_that_was_open_may_be_paid(take: Take) -> None:
    take({"open.csv": csv(*FIRST[:2])})
    new = "1002;Fictief Transport NV;2026-0140;20-10-2026;19-11-2026;2.000,00;1.000,00"
    assert remarks(take({"open.csv": csv(new)}, WEEK_LATER)) == []


SPOKEN = (
    "Debiteurnr;Naam;Postcode;Plaats;Land;Taal\n"
    "1;Toiture Imaginaire SRL;1000;Bruxelles;BE;\n"
    "2;Verzonnen Dakwerken BV;1000;Brussel;BE;\n"
    "3;Ménage Exemple;5000;Namur;BE;\n"
    "4;Conseil Fictif SRL;1000;Bruxelles;BE;Nederlands\n"
    "5;Bedacht Software BV;1012 AB;Amsterdam;NL;\n"
)


def test_who_may_be_a_person_is_told_and_a_later_list_says_it(take: Take, administration: Any) -> None:
    bare = "Debiteurnr;Naam;Btw-nummer\n1;Claes, Els;\n2;Verzonnen Dak BV;\n3;Bedacht Werk;NL862637223B01\n"
    intake_id = take({"people.csv": bare.encode()}, publish=False)
    summary = intake_view(administration.id, intake_id).summary
    assert (summary["kinds_unclear"], summary["kinds_unclear_names"]) == (1, ["Claes, Els"])
    take({"people.csv": bare.encode()})
    assert set(Debtor.objects.values_list("kind", "kind_known")) == {("business", False)}
    Debtor.objects.filter(name="Bedacht Werk").update(kind="government", kind_known=True)
    told = (
        "Debiteurnr;Naam;Soort klant\n1;Claes, Els;consument\n2;Verzonnen Dak BV;\n3;Bedacht Werk;bedrijf\n"
    )
    take({"people.csv": told.encode()})
    assert dict(Debtor.objects.values_list("name", "kind")) == {
        "Claes, Els": "consumer",
        "Verzonnen Dak BV": "business",
        "Bedacht Werk": "government",
    }
    assert dict(Debtor.objects.values_list("name", "kind_known"))["Claes, Els"]


def test_who_has_no_language_in_the_file_gets_the_one_that_name_and_address_tell(
    take: Take, administration: Any
) -> None:
    intake_id = take({"people.csv": SPOKEN.encode()}, publish=False)
    shown = intake_view(administration.id, intake_id)
    assert dict(shown.languages) == {"fr": 2, "nl-BE": 1, "nl": 2}
    assert shown.summary["languages_assumed"] == 4
    take({"people.csv": SPOKEN.encode()})
    found = dict(Debtor.objects.values_list("name", "language"))
    assert found == {
        "Toiture Imaginaire SRL": "fr",
        "Verzonnen Dakwerken BV": "nl-BE",
        "Ménage Exemple": "fr",
        "Conseil Fictif SRL": "nl",
        "Bedacht Software BV": "nl",
    }


def test_a_language_that_a_person_chose_is_not_assumed_anew(take: Take) -> None:
    take({"people.csv": SPOKEN.encode()})
    Debtor.objects.filter(name="Toiture Imaginaire SRL").update(language="nl-BE")
    take({"people.csv": SPOKEN.encode()}, WEEK_LATER)
    assert Debtor.objects.get(name="Toiture Imaginaire SRL").language == "nl-BE"


def test_contacts_that_come_a_day_later_find_their_debtor(take: Take) -> None:
    take({"open.csv": csv(*FIRST)})
    take({"people.csv": PEOPLE.encode()}, WEEK_LATER)
    assert Debtor.objects.count() == 2
    assert Contact.objects.filter(debtor__name="Voorbeeld Bouw BV").exists()


def test_the_same_file_again_changes_nothing_and_says_so(take: Take, administration: Any) -> None:
    take({"open.csv": csv(*FIRST)})
    before = list(Invoice.objects.order_by("id").values())
    again = take({"open.csv": csv(*FIRST)}, publish=False)
    view = intake_view(administration.id, again)
    assert view.changes_nothing
    assert view.summary["same"] == 3
    assert list(Invoice.objects.order_by("id").values()) == before


def test_the_same_amounts_a_week_later_are_known_to_a_later_day(take: Take, administration: Any) -> None:
    take({"open.csv": csv(*FIRST)})
    again = take({"open.csv": csv(*FIRST)}, WEEK_LATER)
    assert intake_view(administration.id, again).changes_nothing
    assert set(Invoice.objects.values_list("as_of", flat=True)) == {WEEK_LATER}
    assert opens()["2026-0118"] == 123450


def test_what_changed_or_is_gone_is_found_without_reading_what_is_new(
    take: Take, administration: Any
) -> None:
    take({"open.csv": csv(*FIRST)})
    new = [
        f"{2000 + n};Nieuw {n} BV;2026-{n + 200:04d};01-11-2026;15-12-2026;10,00;10,00" for n in range(500)
    ]
    second = csv(*new, "1002;Fictief Transport NV;2026-0119;20-10-2026;19-11-2026;2.000,00;400,00")
    again = take({"open.csv": second}, WEEK_LATER, publish=False)
    staged = StagedRow.objects.filter(intake_id=again, kind="debtor").order_by("id")
    rows = list(staged.values_list("key", "record", "debtor__name"))
    summary = Intake.objects.get(id=again).summary
    left = iter(rows)
    found = read_changes(left, summary)
    assert [len(kind) for kind in found] == [SHOWN_CHANGES, 1, 2]
    assert len(list(left)) >= len(rows) - SHOWN_CHANGES - 2
    assert [c.number for c in found[1]] == ["2026-0119"]
    take({"open.csv": second}, WEEK_LATER, close_gone=True)
    assert opens()["2026-0119"] == 40000
    assert opens()["2026-0118"] == 0


def test_a_changed_amount_is_shown_before_it_is_taken_over(take: Take, administration: Any) -> None:
    take({"open.csv": csv(*FIRST)})
    changed = csv(*FIRST[:2], "1002;Fictief Transport NV;2026-0119;20-10-2026;26-11-2026;2.000,00;400,00")
    again = take({"open.csv": changed}, WEEK_LATER, publish=False)
    (change,) = intake_view(administration.id, again).changed
    assert {name for name, _, _ in change.fields} == {"due", "stated_open_cents"}
    assert opens()["2026-0119"] == 100000


def test_what_is_gone_is_closed_when_the_user_says_so(take: Take) -> None:
    take({"open.csv": csv(*FIRST)})
    take({"open.csv": csv(*FIRST[1:])}, WEEK_LATER, close_gone=True)
    closed = Invoice.objects.get(number="2026-0118")
    assert (closed.open_cents, closed.closed_on, closed.closed_because) == (0, WEEK_LATER, "gone")


def test_what_is_gone_stays_open_when_the_user_does_not_trust_it(take: Take) -> None:
    take({"open.csv": csv(*FIRST)})
    take({"open.csv": csv(*FIRST[1:])}, WEEK_LATER, close_gone=False)
    assert opens()["2026-0118"] == 123450


def test_a_source_that_is_trusted_closes_by_itself_next_time(
    take: Take, administration: Any, caller: Any
) -> None:
    take({"open.csv": csv(*FIRST)})
    doer = doer_on(administration, caller, WEEK_LATER)
    second = stage_files(doer, [("open.csv", csv(*FIRST[1:]))], today=WEEK_LATER)
    publish_intake(doer, second, close_gone=True, remember_gone=True)
    publish_all(doer, second)
    third = take({"open.csv": csv(*FIRST[2:])}, WEEK_LATER + timedelta(days=7))
    assert Intake.objects.get(id=third).close_gone
    assert opens() == {"2026-0118": 0, "2026-0125": 0, "2026-0119": 100000}


def test_an_older_export_overwrites_nothing(take: Take, administration: Any) -> None:
    take(
        {"open.csv": csv("1001;Voorbeeld Bouw BV;2026-0118;01-10-2026;31-10-2026;1.234,50;34,50")}, WEEK_LATER
    )
    older = take({"open.csv": csv(FIRST[0])}, MONDAY)
    assert opens()["2026-0118"] == 3450
    assert intake_view(administration.id, older).summary["older"] == 1


def test_a_payment_after_the_export_still_counts_after_the_next_one_that_knew_it(
    take: Take, administration: Any, caller: Any
) -> None:
    """The export states 1.000 open; 400 is booked by hand on Wednesday; Monday's export states 600: open is 600, not 200."""
    take({"open.csv": csv(FIRST[2])})
    doer = doer_on(administration, caller, MONDAY + timedelta(days=2))
    debtor_id = Debtor.objects.get().id
    paid = MONDAY + timedelta(days=2)
    record_payment(doer, debtor_id=debtor_id, day=paid, cents=40000, today=paid)
    assert opens()["2026-0119"] == 60000
    take(
        {"open.csv": csv("1002;Fictief Transport NV;2026-0119;20-10-2026;19-11-2026;2.000,00;600,00")},
        WEEK_LATER,
    )
    assert opens()["2026-0119"] == 60000


def test_a_payment_of_the_very_day_counts_until_an_export_states_less(
    take: Take, administration: Any, caller: Any
) -> None:
    take({"open.csv": csv(FIRST[2])})
    debtor_id = Debtor.objects.get().id
    doer = doer_on(administration, caller, WEEK_LATER)
    record_payment(doer, debtor_id=debtor_id, day=WEEK_LATER, cents=40000, today=WEEK_LATER)
    take({"open.csv": csv(FIRST[2])}, WEEK_LATER)
    assert opens()["2026-0119"] == 60000
    take(
        {"open.csv": csv("1002;Fictief Transport NV;2026-0119;20-10-2026;19-11-2026;2.000,00;600,00")},
        WEEK_LATER + timedelta(days=1),
    )
    assert opens()["2026-0119"] == 60000


def test_one_number_at_another_debtor_is_said_and_left_out(take: Take, administration: Any) -> None:
    take({"open.csv": csv(FIRST[0])})
    other = csv("1009;Denkbeeldig BV;2026-0118;01-10-2026;31-10-2026;10,00;10,00")
    second = take({"other.csv": other}, WEEK_LATER, close_gone=False)
    codes = {p.code for p in intake_view(administration.id, second).problems}
    assert "intake.number_of_another" in codes
    assert opens() == {"2026-0118": 123450}


def test_undoing_takes_away_what_was_made(take: Take, administration: Any, caller: Any) -> None:
    intake_id = take({"open.csv": csv(*FIRST), "people.csv": PEOPLE.encode()})
    undo_intake(doer_on(administration, caller, WEEK_LATER), intake_id)
    assert (Invoice.objects.count(), Debtor.objects.count(), Contact.objects.count()) == (0, 0, 0)


def test_undoing_the_second_export_puts_back_what_it_changed(
    take: Take, administration: Any, caller: Any
) -> None:
    take({"open.csv": csv(*FIRST)})
    before = dict(Invoice.objects.values_list("number", "open_cents"))
    changed = csv(FIRST[1], "1002;Fictief Transport NV;2026-0119;20-10-2026;26-11-2026;2.000,00;400,00")
    second = take({"open.csv": changed}, WEEK_LATER, close_gone=True)
    assert opens()["2026-0118"] == 0
    undo_intake(doer_on(administration, caller, WEEK_LATER), second)
    assert opens() == before
    invoice = Invoice.objects.get(number="2026-0119")
    assert (invoice.due, invoice.as_of) == (date(2026, 11, 19), MONDAY)
    assert Invoice.objects.get(number="2026-0118").closed_on is None


def test_undoing_keeps_an_invoice_on_which_was_paid(take: Take, administration: Any, caller: Any) -> None:
    intake_id = take({"open.csv": csv(*FIRST)})
    debtor = Debtor.objects.get(name="Fictief Transport NV")
    doer = doer_on(administration, caller, WEEK_LATER)
    record_payment(doer, debtor_id=debtor.id, day=WEEK_LATER, cents=1000, today=WEEK_LATER)
    result = undo_intake(doer, intake_id)
    assert (result["removed"], result["kept"]) == (2, 1)
    assert opens() == {"2026-0119": 99000}


def test_only_the_last_intake_can_be_undone(take: Take, administration: Any, caller: Any) -> None:
    first = take({"open.csv": csv(*FIRST)})
    take({"open.csv": csv(*FIRST[1:])}, WEEK_LATER)
    with pytest.raises(Refused) as refused:
        undo_intake(doer_on(administration, caller, WEEK_LATER), first)
    assert refused.value.sentence.code == "intake.undo_last_first"
    assert [e.undoable for e in earlier_intakes(administration.id)] == [True, False]


def test_a_corrected_column_is_remembered_for_that_shape_of_file(
    take: Take, administration: Any, caller: Any
) -> None:
    head = "Nr;Klant;Stuk;Datum;Uiterlijk;Totaal;Rest"
    rows = csv("1;Voorbeeld Bouw BV;F-1;01-10-2026;31-10-2026;100,00;80,00", head=head)
    doer = doer_on(administration, caller, MONDAY)
    intake_id = stage_files(doer, [("raar.csv", rows)], today=MONDAY)
    file = IntakeFile.objects.get(intake_id=intake_id)
    mapping = {
        "Nr": "customer_number", "Klant": "debtor", "Stuk": "number", "Datum": "issued",
        "Uiterlijk": "due", "Totaal": "amount", "Rest": "open",
    }  # fmt: skip
    restage(doer, intake_id, mapping={file.id: mapping}, as_of={file.id: date(2026, 11, 13)}, today=MONDAY)
    publish_intake(doer, intake_id)
    publish_all(doer, intake_id)
    invoice = Invoice.objects.get()
    assert (invoice.number, invoice.open_cents, invoice.as_of) == ("F-1", 8000, date(2026, 11, 13))
    again = stage_files(doer_on(administration, caller, WEEK_LATER), [("raar.csv", rows)], today=WEEK_LATER)
    assert intake_view(administration.id, again).changes_nothing
    assert Source.objects.get().mapping == mapping


def test_a_crash_between_two_slices_goes_on_where_it_was(
    take: Take, administration: Any, caller: Any
) -> None:
    intake_id = take({"open.csv": csv(*FIRST)}, publish=False)
    doer = doer_on(administration, caller, MONDAY)
    publish_intake(doer, intake_id)
    last, _ = publish_slice(doer, intake_id, 1)
    assert last
    assert Debtor.objects.count() == 1
    while publish_waiting(doer.at):
        pass
    assert Debtor.objects.count() == 2
    assert Intake.objects.get(id=intake_id).state == "published"


def test_a_cancelled_intake_leaves_nothing(take: Take, administration: Any, caller: Any) -> None:
    intake_id = take({"open.csv": csv(*FIRST)}, publish=False)
    cancel_intake(doer_on(administration, caller, MONDAY), intake_id)
    assert not StagedRow.objects.exists()
    with pytest.raises(Refused):
        publish_intake(doer_on(administration, caller, MONDAY), intake_id)


def test_what_a_person_put_right_is_not_undone_by_the_next_list(take: Take) -> None:
    take({"people.csv": PEOPLE.encode()})
    Debtor.objects.filter(name="Voorbeeld Bouw BV").update(phone="+31 20 123 45 99", city="Zeist")
    take({"people.csv": PEOPLE.encode()}, WEEK_LATER)
    debtor = Debtor.objects.get(name="Voorbeeld Bouw BV")
    assert (debtor.phone, debtor.city) == ("+31 20 123 45 99", "Zeist")
    assert Contact.objects.filter(debtor=debtor).count() == 1


UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>2026-0118</cbc:ID><cbc:IssueDate>2026-10-01</cbc:IssueDate><cbc:DueDate>2026-10-31</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AdditionalDocumentReference><cbc:ID>copy</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject
 mimeCode="application/pdf" filename="f.pdf">JVBERi0xLjQKJSVFT0YK</cbc:EmbeddedDocumentBinaryObject></cac:Attachment>
</cac:AdditionalDocumentReference>
<cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Wij BV</cbc:Name></cac:PartyName></cac:Party>
</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty><cac:Party><cac:PartyName><cbc:Name>Voorbeeld Bouw B.V.</cbc:Name></cac:PartyName></cac:Party>
</cac:AccountingCustomerParty>
<cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">1234.50</cbc:PayableAmount></cac:LegalMonetaryTotal>
<cac:InvoiceLine><cbc:ID>1</cbc:ID><cbc:LineExtensionAmount currencyID="EUR">1020.25</cbc:LineExtensionAmount>
<cac:Item><cbc:Name>Steigerverhuur week 40</cbc:Name></cac:Item></cac:InvoiceLine>
</Invoice>"""


@pytest.mark.parametrize("together", [True, False], ids=["in one drop", "a day after the export"])
def test_an_electronic_invoice_adds_its_copy_and_never_the_amount(take: Take, together: bool) -> None:
    part_paid = csv("1001;Voorbeeld Bouw BV;2026-0118;01-10-2026;31-10-2026;1.234,50;234,50")
    if together:
        take({"f.xml": UBL.encode(), "open.csv": part_paid})
    else:
        take({"open.csv": part_paid})
        take({"f.xml": UBL.encode()}, WEEK_LATER)
    invoice = Invoice.objects.get()
    assert invoice.open_cents == 23450
    assert invoice.description == "Steigerverhuur week 40"
    assert invoice.copy is not None
    assert Document.objects.get().size == 15


def test_each_debtor_has_the_intake_on_his_timeline(take: Take) -> None:
    take({"open.csv": csv(*FIRST)})
    assert sorted(Event.objects.values_list("debtor__name", "kind")) == [
        ("Fictief Transport NV", "intake"),
        ("Voorbeeld Bouw BV", "intake"),
    ]
