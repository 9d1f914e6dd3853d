"""While a statement is being published, whoever its lines name is perhaps paid: he is not called, nor accused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from beluur.actions.intake.publish import publish_all, publish_intake, publish_slice
from beluur.actions.intake.stage_files import cancel_intake
from beluur.actions.judge_commitments import judge_commitments
from beluur.actions.open_call import NotOpened, Opened, open_call
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.domain.reconciliation.signals import Signals
from beluur.store.load import load_case, load_cases
from beluur.store.load.candidates import Books
from beluur.store.load.publishing import named_in
from beluur.store.models import Debtor, DebtorKey, Instalment, Invoice, PassingLine, StagedRow
from tests.actions.bank.desk import Desk, opens
from tests.actions.calls import at, hold_call, promise
from tests.bank_files import FICTIEF, KRUIMEL, NOBODY, TUESDAY, Pay, mt940
from tests.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.database]

REFERENCE = "010806817183"


@pytest.fixture
def bakery(desk: Desk) -> Desk:
    desk.owes("Bakkerij Proefkruimel", ("2026-0001", 100_00))
    desk.owes("Fictief Transport", ("2026-0002", 50_00))
    return desk


def perhaps(desk: Desk, name: str = "Bakkerij Proefkruimel") -> int:
    return load_case(desk.id, desk.who[name]).perhaps_paid_cents


def underway(desk: Desk, *pays: Pay, currency: str = "EUR") -> int:
    intake = desk.stage(mt940(*pays, currency=currency))
    assert perhaps(desk) == 0, "only staged: nothing is visible"
    publish_intake(desk.doer(), intake)
    return intake


def test_by_the_number_of_an_invoice(bakery: Desk) -> None:
    underway(bakery, Pay(100_00, "betaling factuur 2026-0001", NOBODY, "Anoniem"))
    assert (perhaps(bakery), perhaps(bakery, "Fictief Transport")) == (100_00, 0)


def test_by_the_reference_of_an_invoice(bakery: Desk) -> None:
    Invoice.objects.filter(number="2026-0001").update(reference=REFERENCE)
    underway(bakery, Pay(100_00, "+++010/8068/17183+++", NOBODY, "Anoniem"))
    assert perhaps(bakery) == 100_00


@pytest.mark.parametrize("kind", ["iban", "payer"])
def test_by_his_account(bakery: Desk, kind: str) -> None:
    debtor = bakery.who["Bakkerij Proefkruimel"]
    DebtorKey.objects.create(
        administration_id=bakery.id, debtor_id=debtor, kind=kind, scope="", value=KRUIMEL
    )
    underway(bakery, Pay(70_00, "dank", KRUIMEL, "Iemand"), Pay(5_00, "en meer", KRUIMEL, "Iemand"))
    assert perhaps(bakery) == 75_00


@pytest.mark.parametrize(
    "pay",
    [
        pytest.param(Pay(100_00, "dank", FICTIEF, "Anders"), id="another account and no number"),
        pytest.param(Pay(-100_00, "factuur 2026-0001", NOBODY, "Anoniem"), id="money that went out"),
    ],
)
def test_not_by(bakery: Desk, pay: Pay) -> None:
    underway(bakery, pay)
    assert perhaps(bakery) == 0


ABROAD = [
    pytest.param(["factuur 2026-0001"], NOBODY, 100_00, id="of the invoice that it names"),
    pytest.param(["2026-0001", "2026-0001 nogmaals"], NOBODY, 100_00, id="once of an invoice named twice"),
    pytest.param(["factuur 2026-0001"], KRUIMEL, 100_00, id="and not of his others, where he names one"),
    pytest.param(["thanks"], KRUIMEL, 130_00, id="of all that he owes, by his account alone"),
    pytest.param(["thanks"], NOBODY, 0, id="of nothing, where it names nobody"),
]


@pytest.mark.parametrize(("texts", "iban", "expected"), ABROAD)
def test_money_in_another_currency_holds_what_is_open(
    bakery: Desk, texts: list[str], iban: str, expected: int
) -> None:
    """As it does when it waits: what it is worth here only the books know."""
    debtor = bakery.owes("Bakkerij Proefkruimel", ("2026-0004", 30_00))
    DebtorKey.objects.create(
        administration_id=bakery.id, debtor_id=debtor, kind="payer", scope="", value=KRUIMEL
    )
    pays = [Pay(107_00 + n, text, iban, "Anoniem") for n, text in enumerate(texts)]
    intake = underway(bakery, *pays, currency="USD")
    assert (perhaps(bakery), perhaps(bakery, "Fictief Transport")) == (expected, 0)
    assert publish_all(bakery.doer(), intake)
    assert perhaps(bakery) == expected, "and so it stays when it is there"


def test_not_of_another_administration(bakery: Desk) -> None:
    from tests.world import make_world

    other = Desk(make_world("ander"))
    other.owes("Bakkerij Proefkruimel", ("2026-0001", 100_00))
    underway(bakery, Pay(100_00, "factuur 2026-0001", NOBODY, "Anoniem"))
    assert perhaps(other) == 0


def test_he_is_not_called_meanwhile_and_may_be_again_when_it_was_not_his(bakery: Desk) -> None:
    """A third of what he owes, of an account that is not his: proposed to nobody in the end."""
    debtor = bakery.who["Fictief Transport"]
    DebtorKey.objects.create(
        administration_id=bakery.id, debtor_id=debtor, kind="iban", scope="", value=KRUIMEL
    )
    intake = underway(bakery, Pay(100_00, "Factuur 2026-0001", KRUIMEL, "Bakkerij Proefkruimel"))
    moment = bakery.doer(hour=10)
    assert isinstance(open_call(moment, debtor), NotOpened)
    assert publish_all(bakery.doer(), intake)
    plan_next_steps(bakery.id, moment.at)
    if perhaps(bakery, "Fictief Transport") == 0:
        assert isinstance(open_call(moment, debtor), Opened)


def test_when_it_is_published_he_is_no_longer_perhaps_but_paid(bakery: Desk) -> None:
    intake = underway(bakery, Pay(100_00, "Factuur 2026-0001"))
    assert publish_all(bakery.doer(), intake)
    assert (perhaps(bakery), opens()["2026-0001"]) == (0, 0)


def test_a_line_that_is_there_already_counts_once(bakery: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from beluur.actions import pace
    from beluur.actions.bank import publish_lines as road

    lines = [Pay(1_00 + n, "Factuur 2026-0002", NOBODY, "Anoniem") for n in range(5)]
    intake = underway(bakery, *lines)
    for name in ("FIRST", "LEAST", "MOST"):
        monkeypatch.setattr(pace, name, 2)
    write, count = road.write_lines, 0

    def broken(*args) -> None:
        nonlocal count
        count += 1
        if count == 2:
            raise KeyboardInterrupt
        write(*args)

    monkeypatch.setattr(road, "write_lines", broken)
    with pytest.raises(KeyboardInterrupt):
        publish_slice(bakery.doer(), intake)
    still = load_case(bakery.id, bakery.who["Fictief Transport"]).perhaps_paid_cents
    taken = 50_00 - opens()["2026-0002"]
    assert still + taken == sum(p.cents for p in lines)
    monkeypatch.undo()
    assert publish_all(bakery.doer(), intake)


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        pytest.param(Signals((REFERENCE,), (), (), "", ""), {"Bakkerij Proefkruimel"}, id="a reference"),
        pytest.param(Signals((), (REFERENCE,), (), "", ""), set(), id="a reference that it may be if mended"),
        pytest.param(Signals((), (), ("20260002",), "", ""), {"Fictief Transport"}, id="a number"),
        pytest.param(Signals((), (), ("20260003",), "", ""), set(), id="a number that was paid"),
        pytest.param(Signals((), (), (), FICTIEF, ""), {"Fictief Transport"}, id="an account"),
        pytest.param(Signals((), (), ("20260002",), FICTIEF, ""), {"Fictief Transport"}, id="both"),
        pytest.param(Signals((), (), (), "", ""), set(), id="nothing"),
    ],
)
def test_the_first_look_knows_who_is_named(bakery: Desk, says: Signals, expected: set[str]) -> None:
    bakery.owes("Fictief Transport", ("2026-0003", 50_00))
    Invoice.objects.filter(number="2026-0003").update(open_cents=0, stated_open_cents=0)
    Invoice.objects.filter(number="2026-0001").update(reference=REFERENCE)
    known = {"administration_id": bakery.id, "debtor_id": bakery.who["Fictief Transport"], "scope": ""}
    DebtorKey.objects.create(**known, kind="payer", value=FICTIEF)
    books = Books(bakery.id)
    books.named([says, Signals((REFERENCE,), (), ("20260002",), FICTIEF, "")])
    named = {bakery.who[name] for name in expected}
    assert books.debtors_named([says]) == named_in(bakery.id, [says]) == named


def test_who_is_named_is_planned_anew_when_the_lines_were_there_already(
    bakery: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from beluur.actions.intake import publish as road

    def broken(*_args) -> None:
        raise KeyboardInterrupt

    intake = underway(bakery, Pay(1_00, "Factuur 2026-0002", NOBODY, "Anoniem"))
    monkeypatch.setattr(road, "_mark_named", broken)
    with pytest.raises(KeyboardInterrupt):
        publish_slice(bakery.doer(), intake)
    Debtor.objects.update(step_stale=False)
    monkeypatch.undo()
    publish_slice(bakery.doer(), intake)
    assert {d.name for d in Debtor.objects.filter(step_stale=True)} == {"Fictief Transport"}


def test_nobody_is_accused_meanwhile(desk: Desk) -> None:
    debtor = desk.owes("Bakkerij Proefkruimel", ("2026-0001", 100_00))
    hold_call(desk.world.doer, debtor, promise(100_00, TODAY + timedelta(days=4)))
    control = Instalment.objects.get().control
    after = control + timedelta(days=1)
    desk.take(mt940(number=12, day=after, since=TODAY), on=after)
    Instalment.objects.update(verdict="open")
    intake = desk.stage(mt940(Pay(100_00, "Factuur 2026-0001", on=TUESDAY), number=11), on=after)
    publish_intake(desk.doer(after), intake)
    judge_commitments(desk.id, at(after, 10))
    assert Instalment.objects.get().verdict == "unknown"
    assert publish_all(desk.doer(after), intake)
    assert Instalment.objects.get().verdict == "kept"


def test_what_was_cancelled_is_nobodys(bakery: Desk) -> None:
    cancel_intake(bakery.doer(), bakery.stage(mt940(Pay(100_00, "Factuur 2026-0001"))))
    assert perhaps(bakery) == 0


def test_nothing_is_kept_of_lines_that_do_not_wait_any_more(bakery: Desk) -> None:
    cancel_intake(bakery.doer(), bakery.stage(mt940(Pay(1_00, "Factuur 2026-1"))))
    assert not PassingLine.objects.exists()
    bakery.stage(mt940(Pay(1_00, "Factuur 2026-1")))
    assert PassingLine.objects.exists()
    bakery.take(mt940(Pay(2_00, "Factuur 2026-1"), number=12))
    assert set(PassingLine.objects.values_list("intake__state", flat=True)) == {"staged"}


def test_it_costs_one_query_when_nothing_is_published_and_a_few_otherwise(
    bakery: Desk, count_queries
) -> None:
    def queries() -> int:
        with count_queries() as counted:
            load_cases(bakery.id, Debtor.objects.values_list("id", flat=True))
        return len(counted)

    before = queries()
    underway(bakery, *(Pay(1_00 + n, f"Factuur 2026-{n:04}", f"NL{n:016}", f"K{n}") for n in range(300)))
    assert queries() - before <= 1


def test_lines_that_were_staged_before_it_was_kept_what_they_say_are_read_again(bakery: Desk) -> None:
    intake = underway(bakery, Pay(100_00, "Factuur 2026-0001"))
    for row in StagedRow.objects.filter(administration_id=bakery.id, kind="lines"):
        del row.record["said"]
        row.save(update_fields=["record"])
    assert publish_all(bakery.doer(), intake)
    assert opens()["2026-0001"] == 0
