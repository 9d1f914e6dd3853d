"""A foreign key without an index of its own, for parents that are never deleted in bulk: the composite indexes, which
begin with the administration, serve the queries."""

from __future__ import annotations

from typing import Any

from django.db import models


class Link(models.ForeignKey):  # type: ignore[type-arg]
    """A ForeignKey with ``db_index=False``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("db_index", False)
        super().__init__(*args, **kwargs)
