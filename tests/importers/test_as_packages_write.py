"""Lists as packages write them when they do not write what one hopes for: what a careful reader makes of each."""

import pytest

from beluur.importers.read import read
from beluur.importers.records import FileContents


def csv(text: str) -> FileContents:
    return read("lijst.csv", text.encode())


def opens(contents: FileContents) -> list[tuple[str, str, int | None]]:
    """Number, debtor and what is open of each invoice."""
    return [(i.number, i.debtor.name, i.open_cents) for i in contents.invoices]


def codes(contents: FileContents) -> list[str]:
    return [problem.code for problem in contents.problems]


HEAD = "Debiteur;Factuurnummer;Factuurdatum;Vervaldatum;"


@pytest.mark.parametrize(
    ("columns", "invoice", "against", "left"),
    [
        pytest.param("Openstaand", "100,00", "-40,00", 6000, id="a negative line is open itself"),
        pytest.param(
            "Bedrag;Openstaand;Soort",
            "100,00;100,00;Factuur",
            "-40,00;-40,00;Betaling",
            6000,
            id="nothing is taken off the invoice yet",
        ),
        pytest.param(
            "Bedrag;Openstaand;Soort",
            "100,00;60,00;Factuur",
            "-40,00;0,00;Betaling",
            6000,
            id="it is taken off, and the payment is used up",
        ),
        pytest.param(
            "Bedrag;Openstaand;Soort",
            "100,00;60,00;Factuur",
            "-40,00;-40,00;Betaling",
            6000,
            id="it is taken off, and the payment keeps its amount",
        ),
        pytest.param(
            "Bedrag;Openstaand;Soort",
            "100,00;60,00;Factuur",
            "-20,00;-20,00;Creditnota",
            4000,
            id="a credit note that is open itself",
        ),
    ],
)
def test_what_stands_against_an_invoice(columns: str, invoice: str, against: str, left: int) -> None:
    contents = csv(
        f"{HEAD}{columns}\nJansen;F1;01-10-2026;31-10-2026;{invoice}\nJansen;F1;10-11-2026;10-11-2026;{against}\n"
    )
    assert opens(contents) == [("F1", "Jansen", left)]
    assert set(codes(contents)) <= {"item.netted", "item.payment-counted"}
    assert contents.complete


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("Soll/Haben", "H"),
        ("Soort", "Klant creditnota"),
        ("Type", "Customer Credit Note"),
        ("Document Type", "Credit Memo"),
        ("Type", "Facture d'avoir"),
    ],
)
def test_a_credit_without_a_sign(column: str, cell: str) -> None:
    contents = csv(f"{HEAD}Bedrag;{column}\nJansen;F1;01-10-2026;31-10-2026;20,00;{cell}\n")
    assert opens(contents) == [("F1", "Jansen", -2000)]


@pytest.mark.parametrize(
    ("term", "due"),
    [
        ("30", "2026-10-31"),
        ("30 dagen", "2026-10-31"),
        ("Net 30", "2026-10-31"),
        ("30 dagen netto", "2026-10-31"),
        ("Betaling binnen 14 dagen", "2026-10-15"),
        ("à 30 jours", "2026-10-31"),
        ("2% 10 dgn, netto 30 dagen", "2026-10-31"),
        ("2/10 net 30", "2026-10-31"),
        ("30 dagen einde maand", None),
        ("30 jours fin de mois", None),
        ("30 days EOM", None),
        ("Code 07", None),
        ("B2B", None),
        ("2% 10 dagen, 30 dagen", None),
    ],
)
def test_a_term_is_days_or_nothing(term: str, due: str | None) -> None:
    contents = csv(
        f'Klant;Factuurnummer;Factuurdatum;Betalingsconditie;Saldo\nJansen;F1;01-10-2026;"{term}";1,00\n'
    )
    (invoice,) = contents.invoices
    assert (invoice.due.isoformat() if invoice.due else None) == due
