"""Bytes that stand beside the database under their SHA-256: where they are, and what they are. `keep_bytes` puts them there."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def bytes_path(digest: str) -> Path:
    """Where the bytes with this hash stand."""
    return Path(settings.DATA) / "documents" / digest[:2] / digest


def kept_bytes(digest: str) -> bytes:
    """The bytes with this hash; raises FileNotFoundError when they are gone."""
    return bytes_path(digest).read_bytes()
