"""Pages as records: what stands in the row, and versions that are public, last or decided on."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from taggit.models import ItemBase
from wagtail.models import Revision, TaskState

from ..content.indexes import CategoryIndexMixin, PortalMixin
from ..content.services import ServiceMixin
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models
from ..matters.models import Event
from . import schema
from .canonical import Record
from .files import Files
from .values import Out

BATCH = 500


def stands_for(model: type[Any], page: Any) -> str:
    """Return as what every portal has such a page, made by its set-up; empty for an item."""
    if issubclass(model, PortalMixin):
        return "portal"
    if issubclass(model, CategoryIndexMixin):
        return f"category:{page.category}"
    return f"service:{model._meta.label_lower}" if issubclass(model, ServiceMixin) else ""


def portals() -> list[Any]:
    """Return the pages at which the portal begins, one in each language; first those above."""
    found = [page for model in concrete_models(PortalMixin) for page in model._base_manager.all()]
    return sorted(found, key=lambda page: page.path)


def tree(since: datetime.datetime | None = None) -> list[int]:
    """Return the keys of the pages of the portal, each before those below it.

    ``since``: those alone of which a version was stored, or which became public, since then.
    """
    within = Q(pk__in=())
    for portal in portals():
        within |= Q(path__startswith=portal.path)
    rows = base_page_model()._base_manager.filter(within)
    if since is not None:
        told = Event.objects.filter(at__gte=since).order_by().values("subject")
        rows = rows.filter(
            Q(latest_revision_created_at__gte=since)
            | Q(last_published_at__gte=since)
            | Q(pk__in=told)
        )
    return list(rows.order_by("path").values_list("pk", flat=True))


def structure() -> set[int]:
    """Return the keys of the pages that a set-up makes."""
    kinds = (PortalMixin, CategoryIndexMixin, ServiceMixin)
    models = [model for kind in kinds for model in concrete_models(kind)]
    return {key for model in models for key in model._base_manager.values_list("pk", flat=True)}


class Versions:
    """Which versions of pages leave: those that are public, last, scheduled or decided on."""

    def __init__(self) -> None:
        decided = Event.objects.exclude(revision=None).order_by().values_list("revision", flat=True)
        at_steps = TaskState.objects.order_by().values_list("revision_id", flat=True)
        self.bound = {*decided.distinct(), *at_steps.distinct()}
        self.kind = ContentType.objects.get_for_model(base_page_model())

    def of(self, pages: Collection[Any]) -> dict[int, list[Revision]]:
        named = {page.latest_revision_id for page in pages} | {
            page.live_revision_id for page in pages
        }
        found: dict[int, list[Revision]] = defaultdict(list)
        rows = Revision.objects.filter(
            base_content_type=self.kind, object_id__in=[str(page.pk) for page in pages]
        )
        for row in rows.order_by("pk"):
            if row.pk in named or row.pk in self.bound or row.approved_go_live_at:
                found[int(row.object_id)].append(row)
        return found


class PageRecords:
    """``digests``: of the versions that were decided on, by primary key, once they are written."""

    def __init__(self, out: Out, files: Files) -> None:
        self.out, self.ids, self.files = out, out.ids, files
        self.versions = Versions()
        self.digests: dict[int, str] = {}

    def records(self, keys: Sequence[int]) -> Iterator[Record]:
        for start in range(0, len(keys), BATCH):
            yield from self._batch(keys[start : start + BATCH])

    def _batch(self, keys: Sequence[int]) -> Iterator[Record]:
        base = base_page_model()
        kinds = dict(base._base_manager.filter(pk__in=keys).values_list("pk", "content_type_id"))
        by_kind: dict[int, list[int]] = defaultdict(list)
        for key in keys:
            by_kind[kinds[key]].append(key)
        pages: dict[int, Any] = {}
        parts: dict[int, dict[str, Any]] = {}
        for kind, some in by_kind.items():
            model = ContentType.objects.get_for_id(kind).model_class() or base
            pages |= {page.pk: page for page in model._base_manager.filter(pk__in=some)}
            parts |= self._parts(model, some)
        versions = self.versions.of(pages.values())
        paths = {page.path[: -page.steplen] for page in pages.values()}
        above = dict(base._base_manager.filter(path__in=paths).values_list("path", "pk"))
        for key in keys:
            page = pages[key]
            yield self._record(
                page, above.get(page.path[: -page.steplen]), parts[key], versions.get(key, [])
            )

    def _record(
        self, page: Any, above: int | None, parts: dict[str, Any], versions: list[Revision]
    ) -> Record:
        model = type(page)
        part = stands_for(model, page)
        uid = self.ids.ids("page")[page.pk]
        content = self.out.row(schema.page_columns(model), page) | parts
        record = {
            "id": uid,
            "model": model._meta.label_lower,
            "parent": self.ids.id_of("page", above) if part != "portal" else None,
            "stands_for": part,
            "row": self.out.row(schema.standing_columns(model), page),
            "content": content,
            "versions": [],
        }
        if part:
            # Whoever decided on it, decided for the portal that the set-up made.
            return record
        record["versions"] = [self._version(model, one, content) for one in versions]
        called = self.ids.ids("revision")
        record["live_version"] = called.get(page.live_revision_id)
        record["latest_version"] = called.get(page.latest_revision_id)
        return record

    def _version(self, model: type[Any], row: Revision, content: Record) -> Record:
        self.out.named.clear()
        held = self.content(model, row.content)
        if row.pk in self.versions.bound:
            self.digests[row.pk] = self.files.contents(row.content, self.out.named)
        return {
            "id": self.ids.ids("revision")[row.pk],
            "at": schema.plain(row.created_at),
            "by": self.ids.id_of("account", row.user_id),
            "name": row.object_str,
            "goes_live_at": schema.plain(row.approved_go_live_at),
            # Most often the row says the same.
            "content": None if held == content else held,
        }

    def content(self, model: type[Any], held: Record) -> Record:
        """Return what a version holds, ``held`` as Wagtail keeps it, as the record of a row."""
        found = self.out.version(schema.page_columns(model), held)
        for name, (_field, kind) in schema.many_of(model).items():
            named = [self.out.ids.id_of(kind, key) for key in held.get(name) or ()]
            found[name] = sorted(filter(None, named))
        for child in schema.children_of(model):
            rows = [self.out.version(child.columns, one) for one in held.get(child.name) or ()]
            found[child.name] = in_order(child, rows)
        return found

    def _parts(self, model: type[Any], keys: Sequence[int]) -> dict[int, dict[str, Any]]:
        """Return what pages of a type have in other tables, by page; a query for each table."""
        parts: dict[int, dict[str, Any]] = {key: {} for key in keys}
        for name, (field, kind) in schema.many_of(model).items():
            for part in parts.values():
                part[name] = []
            through = field.remote_field.through._base_manager
            mine, theirs = field.m2m_column_name(), field.m2m_reverse_name()
            pairs = through.filter(**{f"{field.m2m_field_name()}__in": keys})
            for row in pairs.order_by("pk").values(
                source=_attname(through.model, mine), target=_attname(through.model, theirs)
            ):
                if (uid := self.out.rename(kind, row["target"])) is not None:
                    parts[row["source"]][name].append(uid)
            for part in parts.values():
                part[name].sort()
        for child in schema.children_of(model):
            below: dict[int, list[Record]] = defaultdict(list)
            rows = child.model._base_manager.filter(**{f"{child.parent.name}__in": keys})
            ordered = ("sort_order", "pk") if _is_sorted(child.model) else ("pk",)
            for row in rows.order_by(*ordered):
                below[getattr(row, child.parent.attname)].append(self.out.row(child.columns, row))
            for key, part in parts.items():
                part[child.name] = in_order(child, below[key])
        return parts


def in_order(child: schema.Child, rows: list[Record]) -> list[Record]:
    """Return rows in the order that people gave them; tags have none."""
    if issubclass(child.model, ItemBase):
        return sorted(rows, key=lambda row: str(sorted(row.items())))
    return rows


def _is_sorted(model: type[Any]) -> bool:
    return any(field.name == "sort_order" for field in model._meta.concrete_fields)


def _attname(through: type[Any], column: str) -> Any:
    from django.db.models import F

    return F(next(one.attname for one in through._meta.concrete_fields if one.column == column))
