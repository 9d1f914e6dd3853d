"""A kept file, to be shown."""

from __future__ import annotations

from dataclasses import dataclass

from beluur.store.models import Document


@dataclass(frozen=True, slots=True)
class KeptFile:
    """Where it stands (by its hash) and what it is called."""

    name: str
    sha256: str
    media_type: str
    debtor_id: int | None


def kept_file(administration_id: int, document_id: int) -> KeptFile:
    """Raises Document.DoesNotExist when it is not of this administration."""
    rows = Document.objects.filter(administration_id=administration_id)
    return KeptFile(*rows.values_list("name", "sha256", "media_type", "debtor_id").get(id=document_id))
