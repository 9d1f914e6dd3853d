"""No euro twice, none more than is open, and all of it adds up to the statement: whatever is done, in whatever order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from beluur.actions.bank.assign import (
    Wanted,
    accept_proposal,
    accept_return,
    assign_payment,
    set_aside,
    take_back_assignment,
)
from beluur.actions.bank.explain_waiting import explain_waiting
from beluur.actions.bank.undo_return import take_back_return
from beluur.actions.intake.undo import undo_intake
from beluur.actions.merge_debtors import merge_debtors, unmerge
from beluur.actions.plan_next_steps import plan_next_steps
from beluur.actions.record_payment import record_payment
from beluur.actions.reverse_payment import reverse_payment
from beluur.domain.local_time import local
from beluur.domain.next_step import next_step
from beluur.store.load import load_cases, load_policy
from beluur.store.models import BankAccount, Debtor, Invoice, Merge, Payment
from beluur.values.problem import Refused
from tests.actions.bank.desk import Desk, check_sums
from tests.bank_files import FICTIEF, KRUIMEL, NOBODY, Pay, camt053, ing_csv, mt940, mt942
from tests.world import make_world

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIRST = date(2026, 11, 2)
HEAD = "Debiteurnr;Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;Bedrag;Openstaand"
WHO = (("1", "Bakkerij Proefkruimel", KRUIMEL), ("2", "Fictief Transport", FICTIEF), ("", "Anoniem", NOBODY))
AMOUNTS = (100_00, 61_17, 40_00)
_worlds = count(1)


@dataclass(frozen=True)
class Taken:
    """A published intake, with the days of the account that it holds."""

    id: int
    days: frozenset[int] = frozenset()
    listed: bool = False


def euros(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100},{abs(cents) % 100:02}"


class Bank(RuleBasedStateMachine):
    """One account, from its first day on. ``truth`` are its bookings by day, as the bank has them."""

    @initialize()
    def open_the_books(self) -> None:
        self.desk = Desk(make_world(f"bank-{next(_worlds)}"))
        self.truth: list[list[Pay]] = []
        self.coming: list[Pay] = []
        self.taken: list[Taken] = []
        self.numbers: list[tuple[str, int, int]] = []  # number, whose, cents
        self.today = FIRST - timedelta(days=1)
        self.export([(0, 100_00), (1, 61_17), (0, 40_00)], [100] * 6, close_gone=False, left_out=False)
        self.a_day_goes_by([(0, 0, 100_00, True), (2, 0, 61_17, False), (0, 2, 40_00, True)], known=True)

    # -- short ways ---------------------------------------------------------------------------------------------------

    def doer(self) -> Any:
        return self.desk.doer(self.today)

    def day(self, n: int) -> date:
        return FIRST + timedelta(days=n)

    def take(
        self, *files: str, days: frozenset[int] = frozenset(), listed: bool = False, **options: Any
    ) -> None:
        self.taken.append(Taken(self.desk.take(*files, on=self.today, **options), days, listed))

    def attempt(self, act: Callable[[], Any]) -> None:
        """A no is as good as a yes, as long as all adds up."""
        with suppress(Refused):
            act()

    def payments(self, **where: Any) -> list[Payment]:
        rows = Payment.objects.filter(administration_id=self.desk.id, account__isnull=False, **where)
        return list(rows.exclude(state="undone").order_by("id"))

    def invoices(self) -> list[Invoice]:
        return list(Invoice.objects.filter(administration_id=self.desk.id).order_by("id"))

    # -- what comes in ------------------------------------------------------------------------------------------------

    @rule(
        new=st.lists(st.tuples(st.integers(0, 1), st.sampled_from((*AMOUNTS, -20_00))), max_size=2),
        opens=st.lists(st.sampled_from((100, 50, 0)), min_size=6, max_size=6),
        close_gone=st.booleans(),
        left_out=st.booleans(),
    )
    def export(self, new: list[tuple[int, int]], opens: list[int], close_gone: bool, left_out: bool) -> None:
        """What the bookkeeping thinks is open today, known payments or not."""
        self.numbers += [
            (f"2026-{len(self.numbers) + n}", who, cents) for n, (who, cents) in enumerate(new, start=1)
        ]
        named = self.numbers[1:] if left_out and len(self.numbers) > 1 else self.numbers
        rows = [HEAD]
        for (number, who, cents), percent in zip(named, opens * 10, strict=False):
            stated = cents * percent // 100
            rows.append(
                f"{WHO[who][0]};{WHO[who][1]};{number};01-10-2026;31-10-2026;{euros(cents)};{euros(stated)}"
            )
        if len(rows) > 1:
            self.take("\n".join(rows) + "\n", close_gone=close_gone)

    _pay = st.tuples(
        st.integers(0, 2), st.integers(0, 7), st.sampled_from((*AMOUNTS, 37_50, 140_00)), st.booleans()
    )

    @rule(lines=st.lists(_pay, min_size=1, max_size=2), known=st.sampled_from((True, True, True, False)))
    def a_day_goes_by(self, lines: list[tuple[int, int, int, bool]], known: bool) -> None:
        """The bank books what was announced and more; perhaps we get the statement."""
        n = len(self.truth)
        booked = [pay._replace(on=self.day(n)) for pay in self.coming]
        booked += [self._pays(n, place, *line) for place, line in enumerate(lines)]
        self.truth.append(booked)
        self.coming = []
        self.today = max(self.today, self.day(n))
        if known:
            self._statement(n, "mt940")

    @rule(
        which=st.integers(0, 3), known=st.sampled_from((True, True, False)), part=st.sampled_from((1, 1, 3))
    )
    def money_goes_back(self, which: int, known: bool, part: int) -> None:
        """One of the last payments, or a third of it, by the bank's own word or without."""
        came = [p for day in self.truth for p in day if p.cents > 0][-3:]
        if came:
            back = came[which % len(came)]
            said = {"text": "Storno", "returned": "MD06"} if which else {"text": "terug", "end_to_end": ""}
            n = len(self.truth)
            self.truth.append([back._replace(cents=-(back.cents // part), on=self.day(n), **said)])
            self.today = max(self.today, self.day(n))
            if known:
                self._statement(n, "camt" if which else "mt940")

    def _pays(self, n: int, place: int, who: int, which: int, cents: int, named: bool) -> Pay:
        number = self.numbers[which % len(self.numbers)][0] if self.numbers else "1"
        text = f"Factuur {number}" if named else "dank"
        return Pay(cents, text, WHO[who][2], WHO[who][1], self.day(n), f"E{n}x{place}")

    def _statement(self, n: int, form: str) -> None:
        before = sum(p.cents for day in self.truth[:n] for p in day)
        start = self.day(n) - timedelta(days=1)
        if form == "mt940":
            text = mt940(*self.truth[n], number=100 + n, opening=before, day=self.day(n), since=start)
        else:
            text = camt053(*self.truth[n], number=f"S{n}", opening=before, day=self.day(n), since=start)
        self.take(text, days=frozenset((n,)))

    @precondition(lambda self: self.truth)
    @rule(n=st.integers(0, 30), form=st.sampled_from(("mt940", "camt")))
    def a_statement_of_any_day(self, n: int, form: str) -> None:
        self._statement(n % len(self.truth), form)

    @precondition(lambda self: any(self.truth))
    @rule(a=st.integers(0, 30), b=st.integers(0, 30))
    def a_list_of_some_days(self, a: int, b: int) -> None:
        first, last = sorted((a % len(self.truth), b % len(self.truth)))
        pays = [p for day in self.truth[first : last + 1] for p in day]
        if pays:
            self.take(ing_csv(*pays), days=frozenset(range(first, last + 1)), listed=True)

    @precondition(lambda self: not self.coming)
    @rule(line=_pay)
    def it_is_announced(self, line: tuple[int, int, int, bool]) -> None:
        n = len(self.truth)
        self.coming = [self._pays(n, 9, *line)]
        self.take(mt942(*self.coming, number=200 + n))

    @precondition(lambda self: self.taken)
    @rule()
    def the_last_intake_is_undone(self) -> None:
        undo_intake(self.doer(), self.taken.pop().id)

    # -- what people do -----------------------------------------------------------------------------------------------

    @rule()
    def all_that_waits_is_looked_at_again(self) -> None:
        explain_waiting(self.doer())
        plan_next_steps(self.desk.id, self.doer().at)

    @rule(at=st.integers(0, 9), counted=st.sampled_from((None, True, False)))
    def a_proposal_is_accepted(self, at: int, counted: bool | None) -> None:
        waiting = self.payments(state="proposed")
        if waiting:
            payment = waiting[at % len(waiting)].id
            self.attempt(lambda: accept_proposal(self.doer(), payment_id=payment, counted=counted))

    @rule(at=st.integers(0, 9), where=st.lists(st.integers(0, 9), max_size=2), share=st.sampled_from((100, 50)),
          owner=st.booleans(), counted=st.sampled_from((True, False)))  # fmt: skip
    def a_payment_is_assigned(
        self, at: int, where: list[int], share: int, owner: bool, counted: bool
    ) -> None:
        waiting = self.payments(state__in=("proposed", "unexplained", "rest", "not_ours", "earlier"))
        rows = self.invoices()
        if not waiting or not rows:
            return
        payment, parts, left = waiting[at % len(waiting)], [], waiting[at % len(waiting)].left_cents
        for place in where:
            row = rows[place % len(rows)]
            cents = max(min(row.open_cents, left), 0) * share // 100
            parts.append(Wanted(row.id, cents))
            left -= cents
        whose = rows[0].debtor_id if owner else None
        act = lambda: assign_payment(  # noqa: E731
            self.doer(), payment_id=payment.id, parts=parts, debtor_id=whose, counted=counted
        )
        self.attempt(act)

    @rule(at=st.integers(0, 9), of=st.integers(0, 9))
    def a_refund_is_matched(self, at: int, of: int) -> None:
        out, came = self.payments(amount_cents__lt=0), self.payments(amount_cents__gt=0)
        if out and came:
            back, original = out[at % len(out)].id, came[of % len(came)].id
            self.attempt(lambda: accept_return(self.doer(), payment_id=back, of=original))

    @rule(at=st.integers(0, 9), of=st.integers(0, 9))
    def a_part_is_refunded_and_matched(self, at: int, of: int) -> None:
        """To whoever paid: what is on no invoice of it first, and then it may be undone."""
        standing = [p for p in self.payments(amount_cents__gt=0, pending=False) if p.state != "pending"]
        out = self.payments(amount_cents__lt=0, takes_back=None)
        fits = [(o, c) for o in out for c in standing if c.amount_cents > -o.amount_cents]
        if fits:
            back, original = fits[(at * 10 + of) % len(fits)]
            self.attempt(lambda: accept_return(self.doer(), payment_id=back.id, of=original.id))

    @rule(at=st.integers(0, 9))
    def a_return_is_undone(self, at: int) -> None:
        returns = self.payments(takes_back__isnull=False)
        if returns:
            payment = returns[at % len(returns)].id
            self.attempt(lambda: take_back_return(self.doer(), payment_id=payment))

    @rule(at=st.integers(0, 9), do=st.sampled_from((set_aside, take_back_assignment)))
    def a_choice_is_put_right(self, at: int, do: Callable[..., int]) -> None:
        every = self.payments()
        if every:
            payment = every[at % len(every)].id
            self.attempt(lambda: do(self.doer(), payment_id=payment))

    @rule(at=st.integers(0, 9), cents=st.sampled_from((40_00, 130_00)), counted=st.booleans())
    def somebody_pays_in_cash(self, at: int, cents: int, counted: bool) -> None:
        rows = self.invoices()
        if rows:
            debtor = rows[at % len(rows)].debtor_id
            act = lambda: record_payment(  # noqa: E731
                self.doer(), debtor_id=debtor, day=self.today, cents=cents, today=self.today, counted=counted
            )
            self.attempt(act)

    @rule(at=st.integers(0, 9))
    def cash_is_reversed(self, at: int) -> None:
        by_hand = list(Payment.objects.filter(administration_id=self.desk.id, account=None).order_by("id"))
        if by_hand:
            payment = by_hand[at % len(by_hand)].id
            self.attempt(lambda: reverse_payment(self.doer(), payment_id=payment, reason="vergissing"))

    @rule()
    def two_are_one(self) -> None:
        both = list(
            Debtor.objects.filter(administration_id=self.desk.id, merged_into=None).order_by("id")[:2]
        )
        if len(both) == 2:
            self.attempt(lambda: merge_debtors(self.doer(), kept_id=both[0].id, gone_id=both[1].id))

    @rule()
    def and_two_again(self) -> None:
        merge = Merge.objects.filter(administration_id=self.desk.id, undone_at=None).last()
        if merge:
            self.attempt(lambda: unmerge(self.doer(), merge_id=merge.id))

    # -- what always holds --------------------------------------------------------------------------------------------

    @invariant()
    def all_sums_are_right(self) -> None:
        if hasattr(self, "desk"):
            check_sums(self.desk.id)

    @invariant()
    def each_booking_is_there_once(self) -> None:
        if not hasattr(self, "desk"):
            return
        days = frozenset().union(*(taken.days for taken in self.taken))
        expected = Counter((self.day(n), pay.cents) for n in days for pay in self.truth[n])
        booked = self.payments(pending=False)
        assert Counter((p.booked_on, p.amount_cents) for p in booked) == expected
        self._reach_is_proven(days)

    def _reach_is_proven(self, days: frozenset[int]) -> None:
        """No further than the money that we know makes up the bank's balance; a list tells none."""
        account = BankAccount.objects.filter(administration_id=self.desk.id).first()
        if account is None or account.reaches is None or any(taken.listed for taken in self.taken):
            return
        known = range(min(days), (account.reaches - FIRST).days + 1)
        assert sum(p.cents for n in known for p in self.truth[n]) == sum(
            p.cents for n in known if n in days for p in self.truth[n]
        )

    @invariant()
    def whoever_is_not_to_be_planned_is_planned(self) -> None:
        if not hasattr(self, "desk"):
            return
        now, policy = self.doer().at, load_policy(self.desk.id)
        rows = Debtor.objects.filter(administration_id=self.desk.id, merged_into=None, step_stale=False)
        planned = {row.id: row for row in rows}
        for i, case in load_cases(self.desk.id, planned).items():
            today = local(now, case.time_zone).date()
            if planned[i].step_valid_until is None or planned[i].step_valid_until > today:
                assert planned[i].step == next_step(case, policy, today).step.value


def test_no_euro_is_booked_twice_and_all_adds_up(data_folder: Any) -> None:
    """BELUUR_EXAMPLES looks longer, each time elsewhere."""
    longer = int(os.environ.get("BELUUR_EXAMPLES", "0"))
    bounds = settings(
        max_examples=longer or 18,
        stateful_step_count=40 if longer else 22,
        deadline=None,
        phases=(Phase.generate,),  # to shrink takes minutes; the steps of a failure are few enough to read
        derandomize=not longer,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Bank, settings=bounds)
