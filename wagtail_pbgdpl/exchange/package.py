"""The package: a zip of JSON Lines, one file for each kind of record, and of files by their digest.

``manifest.json`` names each part with its size and digest, ``signature.json`` signs that. Nothing
that the manifest does not name is ever read, and nothing before the signature was found right.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from . import signing
from .canonical import Record, line
from .files import CHUNK, Stored, digest_of
from .problems import Refused

FORMAT = "wagtail-pbgdpl exchange"
VERSION = 1
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
PERSONS, PERSONS_KEY = "persons.age", "persons.key.age"
RECORDS, FILES = "records/", "files/"
_NAME = re.compile(
    r"(manifest\.json|signature\.json|persons(\.key)?\.age|records/[a-z_]{1,40}\.jsonl"
    r"|files/[0-9a-f]{64})"
)
LARGEST_MANIFEST = 64 * 1024 * 1024  # bytes
LARGEST_SIGNATURE = 64 * 1024
LARGEST_LINE = 64 * 1024 * 1024
MOST_PARTS = 2_000_000
#: Of all parts unpacked, in bytes, unless the operator lets more in.
LARGEST = 50 * 1024**3
# Text of the sort packs to a twentieth; a bomb to a thousandth.
HIGHEST_RATIO = 200
SMALL = 1024 * 1024
# No time of a clock stands in a package, so that equal content has equal bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
_FAULTS = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, ValueError)


class Writer:
    """Writes a package into an open file. ``parts``: what the manifest will name."""

    def __init__(self, file: BinaryIO) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.parts: dict[str, Record] = {}

    def part(self, name: str) -> PartWriter:
        return PartWriter(self, name)

    def add_file(self, digest: str, stored: Stored) -> None:
        """Raises ``Refused`` where the file was changed since it was read."""
        with stored.storage.open(stored.name, "rb") as source:
            self.add(f"{FILES}{digest}", source)
        if self.parts[f"{FILES}{digest}"]["sha256"] != digest:
            raise Refused(
                _("%(file)s was changed in the meantime; begin again.") % {"file": stored.name}
            )

    def add(self, name: str, source: Any) -> None:
        # Images, films and documents are packed already.
        with self.zip.open(_info(name, zipfile.ZIP_STORED), "w", force_zip64=True) as target:
            digest, size = hashlib.sha256(), 0
            while chunk := source.read(CHUNK):
                target.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.parts[name] = {"sha256": digest.hexdigest(), "size": size}

    def close(self, facts: Record, sign: Any = None) -> Record:
        """Write the manifest, with ``facts`` beside the parts, and what ``sign`` makes of it."""
        manifest = {"format": FORMAT, "version": VERSION, "parts": self.parts, **facts}
        said = line(manifest)
        self.zip.writestr(_info(MANIFEST), said)
        if sign is not None:
            self.zip.writestr(_info(SIGNATURE), line(sign(hashlib.sha256(said).hexdigest())))
        self.zip.close()
        return manifest


class PartWriter:
    """Writes the records of one kind, one a line."""

    def __init__(self, writer: Writer, kind: str) -> None:
        self.writer, self.name = writer, f"{RECORDS}{kind}.jsonl"
        self.digest, self.size, self.count = hashlib.sha256(), 0, 0
        self._target: Any = None

    def add(self, record: Record) -> None:
        self.add_said(line(record) + b"\n")

    def add_said(self, said: bytes) -> None:
        if self._target is None:
            self._target = self.writer.zip.open(_info(self.name), "w", force_zip64=True)
        self._target.write(said)
        self.digest.update(said)
        self.size += len(said)
        self.count += 1

    def close(self) -> None:
        if self._target is not None:
            self._target.close()
            self.writer.parts[self.name] = {
                "sha256": self.digest.hexdigest(),
                "size": self.size,
                "records": self.count,
            }


def _info(name: str, how: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    found = zipfile.ZipInfo(name, _DAY)
    found.compress_type, found.create_system = how, 3
    found.external_attr = 0o600 << 16
    return found


class Package:
    """A package that somebody hands in. Raises ``Refused`` for whatever is wrong with it.

    ``key``: of the sender, who must have signed it; none for what stood in a package itself.
    """

    def __init__(self, file: Any, key: Any = None, *, largest: int = LARGEST) -> None:
        self.size_of_file = _size(file)
        try:
            self.zip = zipfile.ZipFile(file)
            self.entries = self.zip.infolist()
        except (*_FAULTS, OSError) as error:
            raise Refused(_("The file is no readable zip archive.")) from error
        self._check_entries(largest)
        self.statement: Record = {}
        said = self._small(MANIFEST, LARGEST_MANIFEST)
        if key is not None:
            signature = _parsed(self._small(SIGNATURE, LARGEST_SIGNATURE), SIGNATURE)
            self.statement = signing.checked(key, signature)
            if self.statement.get("manifest") != hashlib.sha256(said).hexdigest():
                raise Refused(_("The signature is that of another package."))
        self.manifest = self._manifest(said)
        self.parts: dict[str, Record] = self.manifest["parts"]
        self._compare()

    def kinds(self) -> list[str]:
        """Return the kinds of records that the package has."""
        names = (name for name in self.parts if name.startswith(RECORDS))
        return [name.removeprefix(RECORDS).removesuffix(".jsonl") for name in names]

    def count(self, kind: str) -> int:
        return int(self.parts.get(f"{RECORDS}{kind}.jsonl", {}).get("records", 0))

    def lines(self, kind: str) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of a kind with their numbers, from 1."""
        name = f"{RECORDS}{kind}.jsonl"
        if name not in self.parts:
            return
        with self.open(name) as part:
            number = 0
            while said := part.readline(LARGEST_LINE):
                number += 1
                if len(said) == LARGEST_LINE:
                    raise Refused(
                        _("%(part)s: line %(number)d is too long.")
                        % {"part": name, "number": number}
                    )
                yield number, said

    def open(self, name: str) -> Any:
        try:
            return self.zip.open(name)
        except (*_FAULTS, KeyError) as error:
            raise Refused(_("%(part)s cannot be read.") % {"part": name}) from error

    def has_file(self, digest: str) -> bool:
        return f"{FILES}{digest}" in self.parts

    def file(self, digest: str) -> Any:
        return self.open(f"{FILES}{digest}")

    def check(self, told: Any = None) -> None:
        """Read everything once. Raises ``Refused`` where a part is not as the manifest says."""
        for number, (name, part) in enumerate(self.parts.items(), 1):
            try:
                with self.open(name) as file:
                    digest, size = digest_of(file)
            except _FAULTS as error:
                raise Refused(_("%(part)s cannot be read.") % {"part": name}) from error
            if digest != part["sha256"] or size != part["size"]:
                raise Refused(
                    _("%(part)s has another checksum than the manifest says.") % {"part": name}
                )
            if told is not None:
                told(number)

    def _check_entries(self, largest: int) -> None:
        names = [entry.filename for entry in self.entries]
        if len(names) > MOST_PARTS or len(set(names)) != len(names):
            raise Refused(_("The archive holds a name twice, or too many."))
        for entry in self.entries:
            if not _NAME.fullmatch(entry.filename) or entry.orig_filename != entry.filename:
                raise Refused(
                    _("The archive holds «%(name)s», which is no part of a package.")
                    % {"name": entry.filename[:100]}
                )
            if entry.flag_bits & 0x1 or entry.compress_type not in (
                zipfile.ZIP_STORED,
                zipfile.ZIP_DEFLATED,
            ):
                raise Refused(_("«%(name)s» is packed in another way.") % {"name": entry.filename})
            if entry.file_size > SMALL and entry.file_size > HIGHEST_RATIO * entry.compress_size:
                raise Refused(
                    _("«%(name)s» unpacks to far more than it is packed.")
                    % {"name": entry.filename}
                )
        if sum(entry.file_size for entry in self.entries) > largest:
            raise Refused(
                _("The package unpacks to more than %(largest)d GB.")
                % {"largest": largest // 1024**3}
            )
        if sum(entry.compress_size for entry in self.entries) > self.size_of_file:
            raise Refused(_("Parts of the archive overlap."))

    def _small(self, name: str, largest: int) -> bytes:
        try:
            with self.zip.open(name) as part:
                said = cast(bytes, part.read(largest + 1))
        except KeyError as error:
            raise Refused(_("The package has no %(part)s.") % {"part": name}) from error
        except _FAULTS as error:
            raise Refused(_("%(part)s cannot be read.") % {"part": name}) from error
        if len(said) > largest:
            raise Refused(_("%(part)s is too large.") % {"part": name})
        return said

    def _manifest(self, said: bytes) -> Record:
        found = _parsed(said, MANIFEST)
        if found.get("format") != FORMAT:
            raise Refused(_("This is no package of a portal."))
        if found.get("version") != VERSION:
            raise Refused(
                _("The package has version %(theirs)s of the format; this portal reads %(ours)d.")
                % {"theirs": str(found.get("version"))[:20], "ours": VERSION}
            )
        parts = found.get("parts")
        if not isinstance(parts, dict) or not all(map(_is_part, parts.values())):
            raise Refused(_("%(part)s cannot be read.") % {"part": MANIFEST})
        return found

    def _compare(self) -> None:
        sizes = {entry.filename: entry.file_size for entry in self.entries}
        there = sizes.keys() - {MANIFEST, SIGNATURE}
        if missing := sorted(self.parts.keys() - there):
            raise Refused(_("%(part)s is missing in the package.") % {"part": missing[0]})
        if extra := sorted(there - self.parts.keys()):
            raise Refused(_("The manifest does not name %(part)s.") % {"part": extra[0]})
        for name, part in self.parts.items():
            if part["size"] != sizes[name]:
                raise Refused(
                    _("%(part)s has another size than the manifest says.") % {"part": name}
                )


def _is_part(part: Any) -> bool:
    return (
        isinstance(part, dict)
        and isinstance(part.get("sha256"), str)
        and type(part.get("size")) is int
        and part["size"] >= 0
        and type(part.get("records", 0)) is int
    )


def _parsed(said: bytes, name: str) -> Record:
    try:
        found = json.loads(said)
    except (ValueError, RecursionError) as error:
        raise Refused(_("%(part)s cannot be read.") % {"part": name}) from error
    if not isinstance(found, dict):
        raise Refused(_("%(part)s cannot be read.") % {"part": name})
    return found


def _size(file: Any) -> int:
    if isinstance(file, (str, Path)):
        try:
            return Path(file).stat().st_size
        except OSError as error:
            raise Refused(
                _("%(file)s cannot be read: %(error)s") % {"file": file, "error": error.strerror}
            ) from error
    file.seek(0, 2)
    size = int(file.tell())
    file.seek(0)
    return size
