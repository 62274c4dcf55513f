"""Files on their way: by their digest, so that one that stands twice travels once."""

from __future__ import annotations

import hashlib
from typing import Any, BinaryIO, NamedTuple

from .schema import Column

CHUNK = 1024 * 1024


class Stored(NamedTuple):
    storage: Any
    name: str
    size: int


class Files:
    """Reads each file once and remembers where it lies; ``lost``: names whose file is gone."""

    def __init__(self) -> None:
        self.by_digest: dict[str, Stored] = {}
        self.lost: list[str] = []
        self._known: dict[tuple[int, str], dict[str, Any]] = {}

    def say(self, column: Column, name: str) -> dict[str, Any]:
        """Return what a record says of a file: its own name, digest and size in bytes."""
        found = self.known(column.field.storage, name)
        return {"name": name.rpartition("/")[2], **found}

    def say_nameless(self, column: Column, name: str) -> dict[str, Any]:
        """Return the same without the name, where that is made by chance and says nothing."""
        return self.known(column.field.storage, name)

    def known(self, storage: Any, name: str) -> dict[str, Any]:
        key = (id(storage), name)
        if key not in self._known:
            self._known[key] = self._read(storage, name)
        return self._known[key]

    def digest(self, media: Any) -> str:
        """Return the digest of the file of an image or document; empty where it is gone."""
        return str(self.known(media.file.storage, media.file.name)["sha256"])

    def _read(self, storage: Any, name: str) -> dict[str, Any]:
        try:
            with storage.open(name, "rb") as file:
                digest, size = digest_of(file)
        except (OSError, ValueError):
            self.lost.append(name)
            return {"sha256": "", "size": 0}
        self.by_digest.setdefault(digest, Stored(storage, name, size))
        return {"sha256": digest, "size": size}


def digest_of(file: BinaryIO) -> tuple[str, int]:
    """Return the SHA-256 of what is left of a file, and its size in bytes."""
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
