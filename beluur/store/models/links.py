"""Columns of our own: a foreign key without an index, for parents that are never deleted in bulk (the composite indexes, which
begin with the administration, serve the queries); and a column that follows another."""

from __future__ import annotations

from typing import Any

from django.db import models

from beluur.values.invoice_number import number_key


class Link(models.ForeignKey):  # type: ignore[type-arg]
    """A ForeignKey with ``db_index=False``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("db_index", False)
        super().__init__(*args, **kwargs)


class NumberKey(models.CharField):  # type: ignore[type-arg]
    """``values.invoice_number.number_key`` of the row's ``number``, whoever saves it."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001 - Django's own
        """Sets the key on the row, and gives it."""
        key = number_key(getattr(model_instance, "number", ""))
        setattr(model_instance, self.attname, key)
        return key
