"""Writes a portal into a package."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from ..core import portable
from ..core.portable import Portable
from ..matters import seals
from ..regulations.active import get_regulation
from ..site.portal import PortalSettings
from . import records, signing, tables
from .canonical import Record
from .files import Files
from .history_records import HistoryRecords
from .ids import Ids
from .package import PERSONS, PERSONS_KEY, Writer
from .page_records import PageRecords, portals, structure, tree
from .problems import Refused
from .secrecy import Lock
from .unportable import Unportable
from .values import Out

#: Told of how many records are written, of how many.
Told = Callable[[int, int], None]


class Done(NamedTuple):
    #: How many records of each kind were written.
    counts: dict[str, int]
    files: int
    #: Names of files that the storage does not have any longer.
    lost: list[str]


class Export:
    """``since``: of what changed since that instant alone; ``lock``: with what is about persons,
    encrypted."""

    def __init__(
        self,
        key: Any,
        *,
        since: datetime.datetime | None = None,
        lock: Lock | None = None,
        told: Told | None = None,
    ) -> None:
        self.key, self.since, self.lock = key, since, lock
        self.told = told or (lambda done, all_: None)
        self.ids = Ids(gives=True)
        self.files, self.private = Files(), Files()
        self.counts: dict[str, int] = {}
        self.done = self.all = 0

    def write(self, file: BinaryIO) -> Done:
        """Write the package. Raises ``Refused`` where the portal cannot be written as it stands.

        All that is read is of one moment.
        """
        with tables.of_one_moment(), tempfile.TemporaryFile() as inner:
            self._check()
            writer, persons = Writer(file), Writer(inner) if self.lock else None
            try:
                self._records(writer, persons)
            except Unportable as error:
                raise Refused(
                    _(
                        "A field names rows of which the portal does not know whether they travel: "
                        "%(field)s. Register the model (core.portable)."
                    )
                    % {"field": error}
                ) from error
            for digest, stored in sorted(self.files.by_digest.items()):
                writer.add_file(digest, stored)
            if persons is not None and self.lock is not None:
                for digest, stored in sorted(self.private.by_digest.items()):
                    persons.add_file(digest, stored)
                persons.close({})
                self._enclose(writer, inner, self.lock)
            writer.close(self._facts(), self._sign)
        lost = [*self.files.lost, *self.private.lost]
        return Done(self.counts, len(self.files.by_digest) + len(self.private.by_digest), lost)

    def _check(self) -> None:
        found = portals()
        if not found:
            raise Refused(_("There is no portal: run pbgdpl_setup."))
        if len({page.translation_key for page in found}) > 1:
            raise Refused(_("There are several portals on this installation; one alone can move."))
        seals.seal_new()
        fault = next(seals.faults(), None)
        if fault is not None:
            raise Refused(
                _("The history is not as it was written (%(fault)s): see pbgdpl_verify_events.")
                % {"fault": f"{fault.number}: {fault.what}"}
            )

    def _facts(self) -> Record:
        return {
            "profile": get_regulation().name,
            "since": self.since.astimezone(datetime.UTC).isoformat() if self.since else None,
            "persons": self.lock is not None,
        }

    def _sign(self, digest: str) -> Record:
        settings = PortalSettings.objects.filter(site__is_default_site=True).first()
        return signing.sign(
            self.key,
            {
                "manifest": digest,
                "at": timezone.now().astimezone(datetime.UTC).isoformat(timespec="seconds"),
                "portal": settings.name if settings else "",
            },
        )

    def _records(self, writer: Writer, persons: Writer | None) -> None:
        out = Out(self.ids, self.files.say)
        pages = PageRecords(out, self.files)
        keys = tree(self.since)
        self.all = len(keys)
        self._write(writer, "page", pages.records(keys))
        histories = HistoryRecords(out, self.files, structure(), pages.digests)
        matters = histories.keys(self.since)
        self.all += len(matters)
        self._write(writer, "matter", histories.records(matters))
        for spec in in_order():
            self._kind(writer, persons, spec)

    def _kind(self, writer: Writer, persons: Writer | None, spec: Portable) -> None:
        if spec.of_persons and persons is None:
            return
        files = self.private.say_nameless if spec.of_persons else self.files.say
        out = Out(self.ids, files)
        part = writer.part(spec.kind)
        about = persons.part(spec.kind) if persons is not None else None
        for row in records.rows(spec, out, since=self.since):
            others, secret = records.split(spec, records.record(spec, out, row))
            if others is not None:
                part.add(others)
            if about is not None and len(secret) > 1:
                about.add(secret)
            self._count(spec.kind)
        part.close()
        if about is not None:
            about.close()

    def _write(self, writer: Writer, kind: str, found: Iterable[Record]) -> None:
        part = writer.part(kind)
        for record in found:
            part.add(record)
            self._count(kind)
        part.close()

    def _count(self, kind: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.done += 1
        self.told(self.done, max(self.all, self.done))

    def _enclose(self, writer: Writer, inner: Any, lock: Lock) -> None:
        with tempfile.TemporaryFile() as closed:
            inner.seek(0)
            lock.encrypt(inner, closed)
            closed.seek(0)
            writer.add(PERSONS, closed)
        if lock.locked_key:
            with tempfile.TemporaryFile() as key:
                key.write(lock.locked_key)
                key.seek(0)
                writer.add(PERSONS_KEY, key)


def in_order() -> Iterator[Portable]:
    """Yield the kinds that are plain rows; those of which only what is named leaves come last."""
    plain = [
        one for one in portable.kinds() if not one.stays and one.kind not in ("page", "matter")
    ]
    yield from (one for one in plain if not one.used_only)
    last = [one for one in plain if one.used_only]
    # Files name collections and who uploaded them.
    yield from sorted(last, key=lambda one: ("image", "document").count(one.kind) == 0)
