"""Interest and costs on the paper of a dossier: the calculation, and what it rests on (H3)."""

from __future__ import annotations

from collections.abc import Iterator

from beluur.domain.claim import Claim
from beluur.domain.claim_lines import shown_costs, shown_invoices, sources
from beluur.mailroom.dossier_paper import Cell, Table
from beluur.values.money import Money
from beluur.values.sentence import Sentence, say


def claim_tables(found: Claim) -> tuple[Table, ...]:
    """None when nothing is late."""
    if not found.invoices:
        return ()
    rows = tuple(_rows(found)) if found.principal else ()
    basis = tuple((said,) for said in _basis(found))
    return (
        Table("claim", ("invoice", "what", "how_reckoned", "amount"), rows, (3,), summed=True),
        Table("claim_basis", ("what",), basis),
    )


def _rows(found: Claim) -> Iterator[tuple[Cell, ...]]:
    for shown in shown_invoices(found):
        if not shown.lines:
            yield shown.number, shown.why, None, Money(0)
            continue
        yield from ((shown.number, line.what, line.how, line.exact or None) for line in shown.lines)
        yield shown.number, say("claim.rounded"), shown.why, shown.interest
    yield from ((None, line.what, None, line.exact) for line in shown_costs(found))
    yield None, say("claim.principal"), None, Money(found.principal)
    yield None, say("claim.interest"), None, Money(found.interest)
    yield None, say("claim.costs"), _all(found.costs.because), Money(found.costs.cents)
    yield None, say("claim.total"), None, Money(found.total)


def _basis(found: Claim) -> Iterator[Sentence]:
    yield say("claim.not_asked", day=found.as_of)
    if found.disputed:
        yield say("claim.disputed", amount=Money(found.disputed))
    yield from found.because
    yield from sources(found)


def _all(because: tuple[Sentence, ...]) -> Sentence | None:
    return say("claim.reasons", reasons=because) if because else None
