"""An ultimatum that was said: what it is for, what is still open of it, and when its consequence is due (D12)."""

from __future__ import annotations

from datetime import date, timedelta

from beluur.domain.call_report import UltimatumSaid
from beluur.domain.case import Case, InstalmentFact, UltimatumFact, Verdict
from beluur.domain.commitment import Said, control_date, cover
from beluur.domain.parts import split
from beluur.domain.policy import Policy
from beluur.domain.receipts import Covered, Promised
from beluur.law.days import next_working_day

_DAY = timedelta(days=1)
_NEW = 0  # the id of what has no row yet


def ultimatum_fact(said: UltimatumSaid, case: Case, policy: Policy, today: date) -> UltimatumFact:
    """What was said, with its last day on the account, and for which invoices: the oldest that may be asked for."""
    check_on = control_date(said.until, Said.RECEIVED_ON, policy)
    covers = _covers(case, said.cents, today)
    return UltimatumFact(_NEW, said.until, said.cents, said.consequence, check_on, today, covers)


def _covers(case: Case, cents: int, today: date) -> tuple[tuple[int, int, int], ...]:
    asked = split(case, today).callable
    still = {part.invoice.id: part.invoice.open_cents for part in asked}
    return tuple((i, taken, still[i]) for i, taken in cover(cents, ((p.invoice.id, p.cents) for p in asked)))


def consequence_on(ultimatum: UltimatumFact, country: str) -> date:
    """The working day on which the consequence is carried out."""
    return next_working_day(ultimatum.check_on + _DAY, country)


def still_open(ultimatum: UltimatumFact, case: Case) -> int:
    """Cents of it that did not come in since, as far as the books show."""
    open_now = {i.id: i.open_cents for i in case.invoices}
    came = (min(cents, max(0, then - open_now.get(i, 0))) for i, cents, then in ultimatum.covers)
    return ultimatum.cents - sum(came)


def as_promised(ultimatum: UltimatumFact) -> Promised:
    """The ultimatum as it is judged: like a promise of one part."""
    verdict = Verdict.BROKEN if ultimatum.missed else Verdict.OPEN
    part = InstalmentFact(ultimatum.until, ultimatum.cents, ultimatum.check_on, verdict)
    covers = tuple(Covered(*cover) for cover in ultimatum.covers)
    return Promised(ultimatum.id, ultimatum.made_on, covers, (part,))
