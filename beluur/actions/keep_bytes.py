"""Keeps bytes beside the database under their hash: written whole and flushed before any row names them."""

from __future__ import annotations

import os
import tempfile
from hashlib import sha256

from beluur.store.kept_bytes import bytes_path, kept_bytes

__all__ = ["bytes_path", "keep_bytes", "kept_bytes"]


def keep_bytes(content: bytes) -> str:
    """Stores ``content`` once; gives its SHA-256 in hex."""
    digest = sha256(content).hexdigest()
    target = bytes_path(digest)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)  # noqa: PTH105 - atomic on one file system
    return digest
