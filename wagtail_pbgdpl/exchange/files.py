"""Files on their way: by their digest, so that one that stands twice travels once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, BinaryIO, NamedTuple

from ..core.portable import kind_named
from ..workflows.contents import contents_with
from .schema import Column

#: In the order in which decisions keep them.
MEDIA = ("image", "document")
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
        self._media: dict[str, dict[Any, Any]] = {}
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

    def contents(self, held: Any, named: Iterable[tuple[str, Any]]) -> str:
        """Return the digest of what a version holds with the images and documents that it names."""
        keys = {kind: sorted(key for one, key in named if one == kind and key) for kind in MEDIA}
        media = [row for kind in MEDIA for row in self._rows(kind, keys[kind])]
        return contents_with(held, media, self.digest).digest

    def _rows(self, kind: str, keys: Iterable[Any]) -> list[Any]:
        known = self._media.setdefault(kind, {})
        if missing := [key for key in keys if key not in known]:
            found = kind_named(kind).model()._default_manager.in_bulk(missing)
            known.update({key: found.get(key) for key in missing})
        return [known[key] for key in keys if known[key] is not None]

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
