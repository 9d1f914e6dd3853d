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
        Table("claim", ("what", "amount"), rows, (1,), summed=True),
        Table("claim_basis", ("what",), basis),
    )


def _rows(found: Claim) -> Iterator[tuple[Cell, ...]]:
    for shown in shown_invoices(found):
        yield say("claim.line", what=shown.number, how=shown.why), None
        for line in shown.lines:
            yield (
                (say("claim.line", what=line.what, how=line.how), line.exact)
                if line.how
                else (line.what, None)
            )
        if shown.lines:
            yield say("claim.rounded"), shown.interest
    yield from ((line.what, line.exact) for line in shown_costs(found))
    yield say("claim.principal"), Money(found.principal)
    yield say("claim.interest"), Money(found.interest)
    yield _costs(found.costs.because), Money(found.costs.cents)
    yield say("claim.total"), Money(found.total)


def _costs(because: tuple[Sentence, ...]) -> Sentence:
    return say("claim.line", what=say("claim.costs"), how=because) if because else say("claim.costs")


def _basis(found: Claim) -> Iterator[Sentence]:
    yield say("claim.not_asked", day=found.as_of)
    if found.disputed:
        yield say("claim.disputed", amount=Money(found.disputed))
    yield from found.because
    yield from sources(found)
