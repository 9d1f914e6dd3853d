"""An empty product to measure in: data and database of its own, gone afterwards."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def empty_product() -> Iterator[None]:
    """For the whole of a process: what imports the product is to be imported within."""
    folder = tempfile.mkdtemp(prefix="beluur-bench-")
    os.environ["BELUUR_DATA"] = folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beluur.wiring.settings")
    import django

    django.setup()
    import logging

    from django.core.management import call_command

    logging.disable(logging.WARNING)
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)
