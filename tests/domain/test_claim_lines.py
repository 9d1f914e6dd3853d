"""A claim as it is shown: each line with its calculation, and each source once (H3)."""

from datetime import date
from fractions import Fraction

from beluur.domain.claim import ClaimInvoice, ClaimNotice, claim
from beluur.domain.claim_lines import percent, shown_costs, shown_invoices, sources
from beluur.words import exact_text, render


def owed(*, since=date(2024, 6, 15), cents=50000, **more):
    invoice = ClaimInvoice("F1", since, since, agreed=True, cents=cents)
    return claim(
        "NL", invoices=[invoice], as_of=date(2026, 1, 10), **{"consumer": False, "notices": ()} | more
    )


def test_each_line_says_how_it_was_reckoned():
    (shown,) = shown_invoices(owed(since=date(2025, 12, 31)))
    assert [render(line.what) for line in shown.lines] == ["do 1 jan 2026 t/m za 10 jan 2026"]
    assert render(shown.lines[0].how) == "€\u00a0500,00 × 10,15% × 10 dagen / 365"
    assert exact_text(shown.lines[0].exact) == "€\u00a01,3904"
    assert shown.interest.cents == 139


def test_the_interest_of_a_full_year_is_told_where_it_begins_to_count():
    # 500 x (12,5% x 15 + 12,25% x 184 + 11,15% x 166) / 365 = 58,7999
    (shown,) = shown_invoices(owed())
    told = [render(line.what) for line in shown.lines if line.how is None]
    assert told == ["Vanaf ma 16 jun 2025 telt de rente van een vol jaar mee: €\u00a058,80"]
    after = shown.lines[[line.how for line in shown.lines].index(None) + 1]
    assert render(after.how).startswith("€\u00a0558,80 ×")


def test_the_parts_of_a_fee_stand_by_themselves():
    found = owed(cents=375000, notices=[ClaimNotice(date(2025, 1, 1), by_post=False)])
    assert [render(line.what) for line in shown_costs(found)] == [
        "15,00% van €\u00a02.500,00",
        "10,00% van €\u00a01.250,00",
    ]
    assert [line.exact for line in shown_costs(found)] == [37500, 12500]


def test_each_source_stands_there_once():
    told = [render(said) for said in sources(owed())]
    assert len(told) == len(set(told)) == 6  # five rates and the costs


def test_a_percentage_in_each_language():
    assert [render(percent(1040), language) for language in ("nl", "en", "fr")] == [
        "10,40%",
        "10.40%",
        "10,40\u00a0%",
    ]


def test_an_unrounded_amount_in_each_language():
    cents = Fraction(123456789, 1000)
    assert [exact_text(cents, language) for language in ("nl", "en", "fr")] == [
        "€\u00a01.234,5679",
        "€1,234.5679",
        "1\u202f234,5679\u00a0€",
    ]
    assert exact_text(Fraction(4000)) == "€\u00a040,00"
