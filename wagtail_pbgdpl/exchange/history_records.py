"""Matters as records, each with all that happened to it, in order."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.apps import apps
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Revision

from ..core import portable
from ..core.portable import kind_named
from ..matters.models import Event, EventFile, Matter
from ..matters.publications import OF_PAGES
from ..workflows.contents import contents_with, media_of, page_in
from . import schema
from .canonical import Record
from .files import Files
from .unportable import Unportable
from .values import Out

BATCH = 500
#: Of an event, what is said in another way.
OTHERWISE = frozenset({"id", "matter", "subject", "revision", "detail", "digest"})


def event_columns() -> tuple[schema.Column, ...]:
    return tuple(schema.columns(Event, None, without=OTHERWISE))


class HistoryRecords:
    """``known``: digests of versions that were made already, by primary key."""

    def __init__(
        self,
        out: Out,
        files: Files,
        structure: Collection[int] = (),
        known: Mapping[int, str] | None = None,
    ) -> None:
        self.out, self.ids, self.files = out, out.ids, files
        self.structure, self.known = structure, known or {}
        self.columns = schema.columns_of("matter")
        self.events = event_columns()

    def keys(self, since: datetime.datetime | None = None) -> list[int]:
        """Return the keys of the matters that leave. Raises ``Unportable``."""
        stays = [kind for kind, about in portable.subjects().items() if about is None]
        rows = Matter.objects.exclude(kind__in=stays).exclude(
            kind__in=OF_PAGES, subject__in=list(self.structure)
        )
        spec = kind_named("matter")
        if since is not None and spec.changed_since is not None:
            rows = rows.filter(spec.changed_since(since))
        unknown = set(rows.order_by().values_list("kind", flat=True).distinct())
        if unknown := unknown - portable.subjects().keys():
            raise Unportable(f"Matter.subject: {', '.join(sorted(unknown))}")
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def records(self, keys: Sequence[int]) -> Iterator[Record]:
        for start in range(0, len(keys), BATCH):
            yield from self._batch(keys[start : start + BATCH])

    def _batch(self, keys: Sequence[int]) -> Iterator[Record]:
        events: dict[int, list[Event]] = defaultdict(list)
        rows = Event.objects.filter(matter__in=keys).order_by("pk").prefetch_related("files")
        for event in rows:
            events[event.matter_id].append(event)
        decided = {one.revision for some in events.values() for one in some if one.digest}
        unknown = decided - {None} - self.known.keys()
        digests = {key: self.known[key] for key in decided & self.known.keys()}
        for key, row in Revision.objects.in_bulk(unknown).items():
            digests[key] = self._digest(row)
        for matter in Matter.objects.filter(pk__in=keys).order_by("pk"):
            yield self._record(matter, events[matter.pk], digests)

    def _digest(self, revision: Revision) -> str:
        """Return the digest of what a version holds today; its files are read once in all."""
        return contents_with(
            revision.content, media_of(page_in(revision)), self.files.digest
        ).digest

    def _record(self, matter: Matter, events: list[Event], digests: dict[int, str]) -> Record:
        kind = portable.subjects()[matter.kind]
        numbers = {event.pk: number for number, event in enumerate(events, 1)}
        accounts = (self.ids.id_of("account", key) for key in matter.writers or ())
        return {
            "id": self.ids.ids("matter")[matter.pk],
            "subject": self.ids.id_of(kind, matter.subject) if kind else None,
            **self.out.row(self.columns, matter),
            "writers": None if matter.writers is None else sorted(filter(None, accounts)),
            "to_review": numbers.get(matter.to_review_id or 0),
            "events": [self._event(kind, one, digests) for one in events],
        }

    def _event(self, kind: str | None, event: Event, digests: dict[int, str]) -> Record:
        known = portable.details()
        detail = {
            name: self.out.rename(known[name], value) if name in known else value
            for name, value in event.detail.items()
        }
        version = self.ids.ids("revision").get(event.revision)
        as_decided = event.digest != "" and event.digest == digests.get(event.revision or 0)
        return {
            **self.out.row(self.events, event),
            "subject": self.ids.id_of(kind, event.subject) if kind else None,
            "version": version,
            # A digest holds numbers of this portal: the receiver makes its own of what stands as
            # it was decided on; of what does not, none ever fits.
            "digest": True if as_decided and version else event.digest,
            "detail": detail,
            "files": sorted(
                (self._file(one) for one in event.files.all()),
                key=lambda one: (one["kind"], one["of"] or "", one["title"], one["sha256"]),
            ),
        }

    def _file(self, file: EventFile) -> Record:
        kind = {get_image_model(): "image", get_document_model(): "document"}.get(
            apps.get_model(file.model), ""
        )
        return {
            "kind": kind,
            "of": self.out.rename(kind, file.object_id) if kind else None,
            "title": file.title,
            "sha256": file.sha256,
        }
