"""A hundred thousand open items are read in seconds."""

import time

import pytest

from beluur.importers.read import read


@pytest.mark.slow
def test_a_hundred_thousand_lines() -> None:
    head = "Debiteurnr;Naam;Factuurnummer;Factuurdatum;Vervaldatum;Factuurbedrag;Openstaand\n"
    lines = (
        f"{n % 20000};Klant {n % 20000};F{n:06};01-{n % 12 + 1:02}-2026;{n % 28 + 1:02}-11-2026;{n},{n % 100:02};{n},{n % 100:02}"
        for n in range(100_000)
    )
    content = (head + "\n".join(lines)).encode()
    start = time.process_time()
    contents = read("groot.csv", content)
    assert len(contents.invoices) == 100_000
    assert time.process_time() - start < 5
