"""`python -m bench [INVOICES]`: takes in an export, plans, and asks; prints each figure beside its limit."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile

folder = tempfile.mkdtemp(prefix="beluur-bench-")
os.environ["BELUUR_DATA"] = folder
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beluur.wiring.settings")


def main() -> int:
    """Runs every measurement; 1 when one is over its target."""
    import django

    django.setup()
    import logging

    from django.core.management import call_command

    from bench.run import run

    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    invoices = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    try:
        return 0 if run(invoices).good else 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
