"""`python -m bench [INVOICES]`: takes in an export, plans, and asks; prints each figure beside its limit."""

from __future__ import annotations

import sys

from bench.empty import empty_product


def main() -> int:
    """Runs every measurement; 1 when one is over its target."""
    with empty_product():
        from bench.run import run

        return 0 if run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000).good else 1


if __name__ == "__main__":
    sys.exit(main())
