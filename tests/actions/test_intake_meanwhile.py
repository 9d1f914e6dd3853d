"""An intake beside what else happens: another intake, a merge, an undo, an overpayment, other currencies."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from beluur.actions.intake.publish import publish_all, publish_intake
from beluur.actions.intake.undo import undo_intake
from beluur.actions.judge_commitments import judge_commitments
from beluur.actions.merge_debtors import merge_debtors
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.actions.record_payment import record_payment
from beluur.store.models import Debtor, Instalment, IntakeFile, Invoice
from beluur.values.problem import Refused
from tests.actions.calls import hold_call, promise
from tests.actions.test_intake import (
    FIRST,
    HEAD,
    MONDAY,
    PEOPLE,
    WEEK_LATER,
    Take,
    csv,
    doer_on,
    opens,
    take,
)

__all__ = ["take"]
pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEW = "1002;Fictief Transport NV;2026-0200;20-10-2026;19-11-2026;10,00;10,00"
OVERPAID = (FIRST[0], FIRST[1].removesuffix("300,00") + "-50,00", FIRST[2])
OTHER_HEAD = HEAD.replace("Debiteur;", "Naam;")  # another shape of file: another source
USD_HEAD = "Debiteurnr;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Valuta;Bedrag;Openstaand"


def test_an_overpaid_invoice_becomes_a_credit_and_back_again(
    take: Take, administration: Any, caller: Any
) -> None:
    take({"open.csv": csv(*FIRST)})
    second = take({"open.csv": csv(*OVERPAID)}, WEEK_LATER)
    assert opens()["2026-0125"] == -5000
    undo_intake(doer_on(administration, caller, WEEK_LATER), second)
    assert opens()["2026-0125"] == 30000


def test_the_export_after_a_merge_finds_the_debtor_that_was_kept(
    take: Take, administration: Any, caller: Any
) -> None:
    take({"open.csv": csv(*FIRST)})
    kept, gone = Debtor.objects.order_by("id")
    merge_debtors(doer_on(administration, caller, MONDAY), kept_id=kept.id, gone_id=gone.id)
    take({"open.csv": csv(*FIRST, NEW)}, WEEK_LATER)
    assert Debtor.objects.count() == 2
    assert set(Invoice.objects.values_list("debtor_id", flat=True)) == {kept.id}


def test_what_was_staged_before_a_merge_goes_to_the_debtor_that_was_kept(
    take: Take, administration: Any, caller: Any
) -> None:
    take({"open.csv": csv(*FIRST)})
    kept, gone = Debtor.objects.order_by("id")
    staged = take({"open.csv": csv(*FIRST, NEW)}, WEEK_LATER, publish=False)
    doer = doer_on(administration, caller, WEEK_LATER)
    merge_debtors(doer, kept_id=kept.id, gone_id=gone.id)
    publish_intake(doer, staged)
    publish_all(doer, staged)
    assert set(Invoice.objects.values_list("debtor_id", flat=True)) == {kept.id}


def test_undoing_an_intake_after_a_merge_takes_its_invoices_back(
    take: Take, administration: Any, caller: Any
) -> None:
    intake = take({"open.csv": csv(*FIRST)})
    kept, gone = Debtor.objects.order_by("id")
    doer = doer_on(administration, caller, WEEK_LATER)
    merge_debtors(doer, kept_id=kept.id, gone_id=gone.id)
    undo_intake(doer, intake)
    assert not Invoice.objects.exists()


@pytest.mark.parametrize("before", [(), FIRST], ids=["first files", "next week's export"])
def test_one_file_staged_twice_is_taken_over_once(
    take: Take, administration: Any, caller: Any, before: tuple[str, ...]
) -> None:
    if before:
        take({"open.csv": csv(*before)})
    staged = take({"open.csv": csv(*FIRST, NEW)}, WEEK_LATER, publish=False)
    take({"open.csv": csv(*FIRST, NEW)}, WEEK_LATER)
    doer = doer_on(administration, caller, WEEK_LATER)
    with pytest.raises(Refused) as refused:
        publish_intake(doer, staged)
    assert refused.value.sentence.code == "intake.compared_again"
    publish_intake(doer, staged)
    assert publish_all(doer, staged)
    assert (Debtor.objects.count(), Invoice.objects.count()) == (2, 4)


def test_one_number_for_two_debtors_in_two_files_is_said(take: Take) -> None:
    other = "1009;Heel Anders BV;2026-0119;20-10-2026;19-11-2026;77,00;77,00"
    take({"a.csv": csv(*FIRST), "b.csv": csv(other, head=OTHER_HEAD)})
    codes = [p["sentence"]["code"] for f in IntakeFile.objects.all() for p in f.problems]
    assert codes == ["intake.number_of_another"]
    assert opens()["2026-0119"] == 100000


def test_who_owes_in_dollars_only_is_dunned_in_dollars(take: Take) -> None:
    take({"people.csv": PEOPLE.encode()})
    rows = (
        "1001;Voorbeeld Bouw BV;A1;01-10-2026;31-10-2026;USD;10,00;10,00",
        "1003;Verzonnen Trading;A2;01-10-2026;31-10-2026;USD;10,00;10,00",
        "1004;Gemengd BV;A3;01-10-2026;31-10-2026;USD;10,00;10,00",
        "1004;Gemengd BV;A4;01-10-2026;31-10-2026;EUR;10,00;10,00",
    )
    take({"open.csv": csv(*rows, head=USD_HEAD)}, WEEK_LATER)
    assert dict(Debtor.objects.values_list("name", "currency")) == {
        "Voorbeeld Bouw BV": "USD",
        "Fictief Transport NV": "EUR",
        "Verzonnen Trading": "USD",
        "Gemengd BV": "EUR",
    }


def test_a_list_of_what_is_left_keeps_what_was_invoiced(take: Take) -> None:
    head = "Debiteurnr;Debiteur;Factuurnummer;Vervaldatum;Openstaand"
    take({"open.csv": csv("1;Verzonnen BV;A1;31-10-2026;100,00", head=head)})
    take({"open.csv": csv("1;Verzonnen BV;A1;31-10-2026;60,00", head=head)}, WEEK_LATER)
    invoice = Invoice.objects.get()
    assert (invoice.amount_cents, invoice.open_cents) == (10000, 6000)


def test_undoing_an_export_lets_a_payment_of_its_day_count_as_before(
    take: Take, administration: Any, caller: Any
) -> None:
    take({"open.csv": csv(*FIRST)})
    invoice = Invoice.objects.get(number="2026-0125")
    doer = doer_on(administration, caller, date(2026, 11, 18))
    record_payment(
        doer,
        debtor_id=invoice.debtor_id,
        day=MONDAY,
        cents=10000,
        today=date(2026, 11, 18),
        invoice_ids=[invoice.id],
        counted=False,
    )
    second = take({"open.csv": csv(*FIRST)}, WEEK_LATER)
    undo_intake(doer_on(administration, caller, WEEK_LATER), second)
    assert opens()["2026-0125"] == 20000


def test_an_older_export_of_another_kind_does_not_overrule_a_newer_one(take: Take) -> None:
    take({"open.csv": csv(*FIRST)}, WEEK_LATER)
    older = (*FIRST[:2], FIRST[2].replace("1.000,00", "2.000,00"))
    take({"b.csv": csv(*older, head=OTHER_HEAD)}, MONDAY)
    assert opens()["2026-0119"] == 100000


def test_a_promise_is_judged_by_the_export_that_reaches_its_control_date(
    take: Take, administration: Any, caller: Any
) -> None:
    take({"open.csv": csv(*FIRST)})
    debtor = Debtor.objects.get(name="Fictief Transport NV")
    doer = doer_on(administration, caller, WEEK_LATER)
    hold_call(doer, debtor.id, promise(1_000_00, date(2026, 11, 24)), incoming=True)
    control = Instalment.objects.get().control
    late = control + timedelta(days=3)
    judge_commitments(administration.id, doer_on(administration, caller, late).at)
    assert Instalment.objects.get().verdict == "unknown"
    export = take({"open.csv": csv(*FIRST)}, late)
    plan_next_steps(administration.id, doer_on(administration, caller, late).at)
    assert Instalment.objects.get().verdict == "broken"
    debtor.refresh_from_db()
    assert debtor.step == "fix_contact"  # he has no number; it stands for the call about the broken promise
    undo_intake(doer_on(administration, caller, late), export)
    assert Instalment.objects.get().verdict == "unknown"
