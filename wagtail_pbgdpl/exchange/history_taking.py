"""Matters on their way in, with what happened to them; what is written here already only grows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Revision

from ..core import portable
from ..matters import seals
from ..matters.kinds import kind_named
from ..matters.models import Event, EventFile, Matter
from ..workflows.contents import contents_with, media_of, page_in
from . import schema, tables
from .canonical import Record
from .deciding import Stands, decide
from .files import Files
from .history_records import HistoryRecords, event_columns
from .ids import Ids
from .taking import Fate, Taking
from .values import Out, Problem

KIND = "matter"
OTHERS = frozenset({"id", "subject", "writers", "to_review", "events"})


def local_records(keys: Iterable[Any]) -> Iterator[Record]:
    """Yield matters of this portal as it would write them now."""
    files = Files()
    return HistoryRecords(Out(Ids(gives=True), files.say), files).records(list(keys))


class Histories:
    """``known``: digests of the versions that came along, by primary key."""

    def __init__(self, taking: Taking, known: Mapping[int, str]) -> None:
        self.known = known
        self.taking, self.ids, self.into = taking, taking.ids, taking.into
        self.columns, self.events = schema.columns_of(KIND), event_columns()
        self.files = Files()
        self.new_events: list[int] = []
        #: Of matters that go on, how many of their events stand here.
        self.there: dict[str, int] = {}

    def settle(self) -> None:
        """Say what becomes of each matter; give keys to those that are new."""
        local: dict[str, Record] = {}

        def here(keys: Iterable[Any]) -> Iterator[Stands]:
            for record in local_records(keys):
                local[record["id"]] = record
                yield Stands(record)

        decide(self.taking, KIND, here)
        for line, record, fate in self.taking.to_write(KIND):
            if fate is Fate.UPDATED:
                self._goes_on(line, record, local[record["id"]]["events"])
        new = self.taking.of_fate(KIND, Fate.CREATED)
        for uid, key in zip(new, tables.reserve(Matter, len(new)), strict=True):
            self.ids.add(KIND, uid, key)
            self.taking.new[KIND, uid] = key

    def _goes_on(self, line: int, record: Record, there: list[Record]) -> None:
        """Refuse what says something else of the past than stands here."""
        self.there[record["id"]] = len(there)
        come = record.get("events")
        if (
            not isinstance(come, list)
            or [self._renamed(one) for one in come[: len(there)]] != there
        ):
            self.taking.refuse(
                KIND, line, record["id"], _("Its history is another one than stands here.")
            )

    def _renamed(self, event: Any) -> Any:
        if not isinstance(event, dict):
            return event
        found = dict(event)
        for column in self.events:
            if column.kind and isinstance(found.get(column.name), str):
                found[column.name] = self.ids.called(column.kind, found[column.name])
        return found

    def write(self) -> None:
        matters: list[Matter] = []
        updated: list[Matter] = []
        events: list[tuple[Event, Record]] = []
        for line, record, fate in self.taking.to_write(KIND):
            self.ids.has_renamed = False
            try:
                matter = self._matter(record)
                mine = self._events(record, matter)
            except Problem as problem:
                self.taking.refuse(KIND, line, record["id"], str(problem))
                continue
            if self.ids.has_renamed:
                self.taking.adjusted.add((KIND, record["id"]))
            (matters if fate is Fate.CREATED else updated).append(matter)
            events += mine
            self.taking.progress()
        self._check_subjects(matters)
        if not self.taking.is_sound:
            return
        self._insert(matters, updated, events)

    def _matter(self, record: Record) -> Matter:
        known = {*OTHERS, *(column.name for column in self.columns)}
        if unknown := sorted(record.keys() - known):
            raise Problem(_("This portal knows no field «%(field)s».") % {"field": unknown[0]})
        kind = self._kind(record)
        matter = Matter(**self.into.values(self.columns, record))
        matter.pk = self.ids.keys(KIND)[record["id"]]
        matter.subject = self.into.key(kind, record.get("subject"))
        writers = record.get("writers")
        if writers is not None:
            matter.writers = sorted(self.into.key("account", one) for one in writers)
        return matter

    def _kind(self, record: Record) -> str:
        code = record.get("kind")
        kind = portable.subjects().get(code) if isinstance(code, str) else None
        try:
            life = kind_named(str(code)).lifecycle
        except LookupError:
            kind = None
        else:
            if record.get("state") not in life.states:
                raise Problem(_("«%(field)s» has a value of a wrong form.") % {"field": "state"})
        if kind is None:
            raise Problem(
                _("This portal has no matters of the kind «%(kind)s».") % {"kind": str(code)[:40]}
            )
        return kind

    def _events(self, record: Record, matter: Matter) -> list[tuple[Event, Record]]:
        said = record.get("events")
        if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
            raise Problem(_("«%(field)s» has a value of a wrong form.") % {"field": "events"})
        kind, begun = self._kind(record), self.there.get(record["id"], 0)
        found = []
        for one in said[begun:]:
            event = Event(**self.into.values(self.events, one))
            event.matter_id = matter.pk
            event.subject = self.into.key(kind, one.get("subject"))
            version = one.get("version")
            event.revision = self.into.key("revision", version) if version else None
            event.detail = self._detail(one.get("detail"))
            event.digest = "" if one.get("digest") is True else str(one.get("digest") or "")
            found.append((event, one))
        review = record.get("to_review")
        if review is not None:
            self._review(record["id"], matter, review, begun, [event for event, _one in found])
        return found

    def _review(
        self, uid: str, matter: Matter, number: Any, begun: int, new: Sequence[Event]
    ) -> None:
        if type(number) is not int or not 0 < number <= begun + len(new):
            raise Problem(_("«%(field)s» has a value of a wrong form.") % {"field": "to_review"})
        if number <= begun:
            rows = Event.objects.filter(matter=matter.pk).order_by("pk")
            matter.to_review_id = rows.values_list("pk", flat=True)[number - 1]
        else:
            # Its key is known when it is written.
            matter.__dict__["_to_review"] = new[number - begun - 1]

    def _detail(self, detail: Any) -> Record:
        if not isinstance(detail, dict):
            raise Problem(_("«%(field)s» has a value of a wrong form.") % {"field": "detail"})
        known = portable.details()
        return {
            name: self.into.key(known[name], value) if name in known else value
            for name, value in detail.items()
        }

    def _check_subjects(self, matters: Sequence[Matter]) -> None:
        """Refuse a second matter about the same thing."""
        about = {(row.kind, row.subject): row.pk for row in matters if row.subject}
        names = {key: uid for (kind, uid), key in self.taking.new.items() if kind == KIND}
        subjects = sorted({subject for _kind, subject in about if subject})
        for start in range(0, len(subjects), tables.BATCH):
            rows = Matter.objects.filter(subject__in=subjects[start : start + tables.BATCH])
            for pair in rows.values_list("kind", "subject"):
                if pair in about:
                    uid = names[about[pair]]
                    line = self.taking.scanned[KIND][uid].line
                    words = _("This portal has a matter about it already.")
                    self.taking.refuse(KIND, line, uid, words)

    def _insert(
        self,
        matters: Sequence[Matter],
        updated: Sequence[Matter],
        events: list[tuple[Event, Record]],
    ) -> None:
        events.sort(key=lambda pair: pair[0].at)
        for (event, _said), key in zip(events, tables.reserve(Event, len(events)), strict=True):
            event.pk = key
        for matter in (*matters, *updated):
            if (review := matter.__dict__.pop("_to_review", None)) is not None:
                matter.to_review_id = review.pk
        tables.insert(matters)
        names = [column.attname for column in self.columns]
        for matter in updated:
            tables.update(matter, [*names, "subject", "writers", "to_review_id"])
        digests = self._digests(events)
        for event, said in events:
            if said.get("digest") is True:
                event.digest = digests.get(event.revision or 0, "")
        tables.insert([event for event, _said in events])
        files = [file for event, said in events for file in self._files(event, said)]
        EventFile.objects.bulk_create(files, batch_size=tables.BATCH)
        tables.after_reserved(Matter, Event)
        self.new_events = [event.pk for event, _said in events]

    def _digests(self, events: Iterable[tuple[Event, Record]]) -> dict[int, str]:
        wanted = {event.revision for event, said in events if said.get("digest") is True} - {None}
        keys = sorted(key for key in wanted if key)
        found = dict(self.known)
        keys = [key for key in keys if key not in found]
        for start in range(0, len(keys), tables.BATCH):
            some = Revision.objects.in_bulk(keys[start : start + tables.BATCH])
            for key, row in some.items():
                media = media_of(page_in(row))
                found[key] = contents_with(row.content, media, self.files.digest).digest
        return found

    def _files(self, event: Event, said: Record) -> Iterator[EventFile]:
        models = {"image": get_image_model(), "document": get_document_model()}
        for one in said.get("files") or ():
            model = models.get(one.get("kind"))
            key = self.into.key(one["kind"], one.get("of")) if model else None
            yield EventFile(
                event=event,
                model=model._meta.label if model else "",
                object_id=str(key or ""),
                title=str(one.get("title") or "")[:255],
                sha256=str(one.get("sha256") or "")[:64],
            )


def seal(events: Sequence[int]) -> None:
    """Seal what was brought, behind all that was written here."""
    seals.seal_brought(events)
