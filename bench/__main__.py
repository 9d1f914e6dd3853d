"""`python -m bench [INVOICES]`: takes in an export, plans, and asks; prints each figure beside its limit. With fewer than 20,000
a search finds one invoice and goes straight to it, and there is no list to measure."""

from __future__ import annotations

import sys

from bench.empty import empty_product

LEAST = 20_000


def main() -> int:
    """Runs every measurement; 1 when one is over its target, 2 when there is too little to measure."""
    invoices = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if invoices < LEAST:
        print(f"at least {LEAST} invoices: with fewer a search finds no list", file=sys.stderr)
        return 2
    with empty_product():
        from bench.run import run

        return 0 if run(invoices).good else 1


if __name__ == "__main__":
    sys.exit(main())
