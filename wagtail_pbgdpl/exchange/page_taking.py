"""Pages on their way in: into the tree, with their versions, below the pages of this portal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Revision, Site

from ..content.indexes import CategoryIndexMixin
from ..content.services import ServiceMixin
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models
from ..core.listed import ListedMixin
from ..workflows.guard import ModeratedMixin
from . import schema, tables
from .canonical import Record
from .deciding import Stands, decide
from .files import Files
from .ids import Ids
from .page_records import PageRecords, portals
from .taking import Fate, Taking
from .values import Out, Problem

KIND = "page"
BATCH = 500


class Place(NamedTuple):
    """Where a page stands in the tree."""

    key: int
    path: str
    depth: int
    url_path: str
    category: str


def local_records(keys: Iterable[Any]) -> Iterator[Record]:
    """Yield pages of this portal as it would write them now."""
    files = Files()
    return PageRecords(Out(Ids(gives=True), files.say), files).records(list(keys))


class Pages:
    def __init__(self, taking: Taking) -> None:
        self.taking, self.ids, self.into = taking, taking.ids, taking.into
        self.base = base_page_model()
        self.models: dict[str, type[Any]] = {}
        self.locales = {one.language_code: one for one in Locale.objects.all()}
        self.places: dict[str, Place] = {}
        self.children: dict[str, int] = {}
        self.slugs: dict[str, set[str]] = {}
        self.kind = ContentType.objects.get_for_model(self.base)
        self.types = {}
        #: Rows that were written, with the content of their last version where that is another.
        self.written: list[tuple[Any, Any]] = []
        self.files = Files()
        self.structure: set[str] = set()
        #: Of the versions that were written, by primary key.
        self.digests: dict[int, str] = {}

    def settle(self) -> None:
        """Say what becomes of each page; give keys to pages and versions that are new."""
        for line, record in self.taking.records(KIND):
            try:
                self._look_at(record)
            except Problem as problem:
                self.taking.refuse(KIND, line, record["id"], str(problem))
        if not self.taking.is_sound:
            return
        decide(self.taking, KIND, lambda keys: map(Stands, local_records(keys)), self.structure)
        new = self.taking.of_fate(KIND, Fate.CREATED)
        for uid, key in zip(new, tables.reserve(self.base, len(new)), strict=True):
            self.ids.add(KIND, uid, key)
            self.taking.new[KIND, uid] = key
        self._versions()

    def _look_at(self, record: Record) -> None:
        """Raises ``Problem`` where a record is no page of this portal."""
        parts = {
            "model": str, "stands_for": str, "row": dict, "content": dict, "versions": list,
        }  # fmt: skip
        for name, form in parts.items():
            if not isinstance(record.get(name), form):
                raise Problem(_("«%(field)s» has a value of a wrong form.") % {"field": name})
        model = self._model(record["model"])
        content = record["content"]
        known = {
            *(column.name for column in schema.page_columns(model)),
            *schema.many_of(model),
            *(child.name for child in schema.children_of(model)),
        }
        if unknown := sorted(content.keys() - known):
            raise Problem(_("This portal knows no field «%(field)s».") % {"field": unknown[0]})
        if not isinstance(content.get("slug"), str) or not content["slug"]:
            raise Problem(_("«%(field)s» is missing.") % {"field": "slug"})
        self._locale(record["id"])
        self._adopt(model, record)

    def _model(self, label: str) -> type[Any]:
        if label not in self.models:
            try:
                model = apps.get_model(label)
            except (LookupError, ValueError) as error:
                raise Problem(
                    _("This portal has no page type «%(type)s».") % {"type": label[:100]}
                ) from error
            if not issubclass(model, self.base) or not issubclass(
                model, ModeratedMixin | self.base
            ):
                raise Problem(_("This portal has no page type «%(type)s».") % {"type": label[:100]})
            self.models[label] = model
        return self.models[label]

    def _locale(self, uid: str) -> Locale:
        key, _dot, language = uid.rpartition(".")
        if len(key) != 36:
            raise Problem(_("The identifier is of a wrong form."))
        if language not in self.locales:
            if language not in get_content_languages():
                raise Problem(
                    _("This portal has no pages in the language «%(language)s».")
                    % {"language": language[:20]}
                )
            self.locales[language] = Locale.objects.create(language_code=language)
        return self.locales[language]

    def _adopt(self, model: type[Any], record: Record) -> None:
        """Let a page that each set-up makes be that of this portal."""
        uid, part = record["id"], record["stands_for"]
        if part:
            self.structure.add(uid)
        if not part or uid in self.ids.keys(KIND):
            return
        found = self._ours(model, part, self._locale(uid), record)
        if found is None:
            return
        here = self.ids.ids(KIND)[found.pk]
        if self.taking.empty:
            # Whoever reads the portal by the identifiers of its pages goes on doing so.
            self.base._base_manager.filter(pk=found.pk).update(
                translation_key=uid.rpartition(".")[0]
            )
            self.ids.add(KIND, uid, found.pk)
        else:
            renamed: Any = self.ids.renamed
            renamed.setdefault(KIND, {})[uid] = here

    def _ours(self, model: type[Any], part: str, locale: Locale, record: Record) -> Any:
        homes = [page for page in portals() if page.locale_id == locale.pk]
        if part == "portal":
            return homes[0] if homes else None
        if not homes:
            return None
        if issubclass(model, ServiceMixin):
            return model._base_manager.filter(path__startswith=homes[0].path).first()
        if issubclass(model, CategoryIndexMixin):
            code = record["content"].get("category")
            for one in concrete_models(CategoryIndexMixin):
                rows = one._base_manager.filter(path__startswith=homes[0].path, category=code)
                if (found := rows.first()) is not None:
                    return found
        return None

    # Versions

    def _versions(self) -> None:
        new: list[str] = []
        keys = self.ids.keys("revision")
        for line, record, _fate in self.taking.to_write(KIND):
            for version in record["versions"]:
                if not _is_version(version, record["id"]):
                    self.taking.refuse(KIND, line, record["id"], _("A version is of a wrong form."))
                elif version["id"] not in keys:
                    new.append(version["id"])
        for uid, key in zip(new, tables.reserve(Revision, len(new)), strict=True):
            self.ids.add("revision", uid, key)
        self.new_versions = set(new)

    # Writing

    def write(self) -> None:
        self._order_of_ours()
        rows: list[tuple[Any, Record]] = []
        updated: list[tuple[Any, Record]] = []
        model = None
        for line, record, fate in self.taking.to_write(KIND):
            self.ids.has_renamed = False
            try:
                row = self._built(record, fate)
            except Problem as problem:
                self.taking.refuse(KIND, line, record["id"], str(problem))
                continue
            if self.ids.has_renamed:
                self.taking.adjusted.add((KIND, record["id"]))
            if fate is Fate.UPDATED:
                updated.append((row, record))
            else:
                if rows and (type(row) is not model or len(rows) >= BATCH):
                    self._insert(rows)
                    rows = []
                model = type(row)
                rows.append((row, record))
            self.taking.progress()
        self._insert(rows)
        for row, record in updated:
            self._update(row, record)
        if self.taking.is_sound:
            tables.after_reserved(self.base, Revision)
            for path, count in self.children.items():
                if count:
                    self.base._base_manager.filter(path=path).update(numchild=count)

    def _built(self, record: Record, fate: Fate) -> Any:
        model = self._model(record["model"])
        locale = self._locale(record["id"])
        content = dict(record["content"])
        key = self.ids.keys(KIND)[record["id"]]
        if fate is Fate.CREATED:
            above = self._above(record, locale)
            self._fits(model, above)
            content["slug"] = self._free_slug(above, content["slug"], record)
            place = self._below(above, key, content)
        else:
            place = self._as_it_stands(key, content)
        row = model(
            **self.into.values(schema.page_columns(model), content),
            **self.into.values(schema.standing_columns(model), record["row"]),
        )
        tables.set_key(row, key)
        row.path, row.depth, row.url_path, row.numchild = place.path, place.depth, place.url_path, 0
        row.locale_id = locale.pk
        row.translation_key = record["id"].rpartition(".")[0]
        row.content_type_id = self._type(model)
        for name in ("live_version", "latest_version"):
            uid = record.get(name)
            revision = self.ids.key_of("revision", uid) if isinstance(uid, str) else None
            setattr(row, name.replace("version", "revision_id"), revision)
        if isinstance(row, ListedMixin):
            parent = self._parent_of(place)
            row.listed_in, row.category = parent.key, parent.category
        self.places[place.path] = place._replace(category=getattr(row, "category", "") or "")
        return row

    def _type(self, model: type[Any]) -> int:
        if model not in self.types:
            self.types[model] = ContentType.objects.get_for_model(model).pk
        return int(self.types[model])

    def _above(self, record: Record, locale: Locale) -> Place:
        uid = record.get("parent")
        if record["stands_for"] == "portal":
            return self._place_of(self._above_portals(locale).pk)
        if not isinstance(uid, str):
            raise Problem(_("It stands below no page of the portal."))
        return self._place_of(self.into.key(KIND, uid))

    def _above_portals(self, locale: Locale) -> Any:
        for portal in portals():
            above = portal.get_parent()
            if portal.locale_id != locale.pk:
                same = above.get_translation_or_none(locale)
                return same if same is not None else above
            return above
        return Site.objects.get(is_default_site=True).root_page

    def _place_of(self, key: int) -> Place:
        """Return where a page stands, one of this package or of this portal."""
        if not hasattr(self, "_by_key"):
            self._by_key: dict[int, Place] = {}
        if key not in self._by_key:
            page = self.base._base_manager.filter(pk=key).first()
            if page is None:
                raise Problem(_("The page above comes after it, or was refused."))
            category = getattr(page.specific, "category", "") or ""
            self._by_key[key] = self._keep(
                Place(page.pk, page.path, page.depth, page.url_path, category)
            )
        return self._by_key[key]

    def _keep(self, place: Place) -> Place:
        self.places[place.path] = place
        below = self.base._base_manager.filter(
            path__startswith=place.path, depth=place.depth + 1
        ).order_by("path")
        rows = list(below.values_list("path", "slug"))
        last = int(rows[-1][0][-self.base.steplen :], 36) if rows else 0
        self.next_number = getattr(self, "next_number", {})
        self.next_number[place.path] = last
        self.children[place.path] = len(rows)
        self.slugs[place.path] = {slug for _path, slug in rows}
        return place

    def _below(self, above: Place, key: int, content: Record) -> Place:
        number = self.next_number.get(above.path, 0) + 1
        self.next_number[above.path] = number
        self.children[above.path] = self.children.get(above.path, 0) + 1
        path = self.base._get_path(above.path, above.depth + 1, number)
        place = Place(key, path, above.depth + 1, f"{above.url_path}{content['slug']}/", "")
        self.next_number[path], self.children[path], self.slugs[path] = 0, 0, set()
        self._by_key[key] = place
        return place

    def _parent_of(self, place: Place) -> Place:
        return self.places[place.path[: -self.base.steplen]]

    def _free_slug(self, above: Place, wanted: str, record: Record) -> str:
        taken = self.slugs.setdefault(above.path, set())
        slug, number = wanted, 1
        while slug in taken:
            number += 1
            slug = f"{wanted[:240]}-{number}"
        taken.add(slug)
        if slug != wanted:
            self.taking.adjusted.add((KIND, record["id"]))
        return slug

    def _fits(self, model: type[Any], above: Place) -> None:
        """Raises ``Problem`` where the tree does not take the type there."""
        if not hasattr(self, "_fitting"):
            self._fitting: dict[tuple[type[Any], str], bool] = {}
        if (model, above.path) not in self._fitting:
            page = self.base._base_manager.filter(pk=above.key).first()
            self._fitting[model, above.path] = page is None or model.can_exist_under(page)
        if not self._fitting[model, above.path]:
            raise Problem(_("Its type does not belong below the page where it stood."))

    def _as_it_stands(self, key: int, content: Record) -> Place:
        page = self.base._base_manager.get(pk=key)
        parent = self._place_of(page.get_parent().pk)
        place = Place(key, page.path, page.depth, f"{parent.url_path}{content['slug']}/", "")
        if page.slug != content["slug"]:
            taken = self.slugs[parent.path]
            if content["slug"] in taken:
                raise Problem(
                    _("Another page has the address «%(slug)s».") % {"slug": content["slug"]}
                )
            taken.add(content["slug"])
        if place.url_path != page.url_path and self.taking.is_sound:
            page._update_descendant_url_paths(page.url_path, place.url_path)
        self._by_key.pop(key, None)
        return place

    def _insert(self, rows: list[tuple[Any, Record]]) -> None:
        if not rows or not self.taking.is_sound:
            return
        for row, _record in rows:
            row.numchild = 0
        tables.insert([row for row, _record in rows])
        self._parts(rows)
        self._insert_versions(rows)

    def _update(self, row: Any, record: Record) -> None:
        if not self.taking.is_sound:
            return
        model = type(row)
        names = [
            *(column.attname for column in schema.page_columns(model)),
            *(column.attname for column in schema.standing_columns(model)),
            *("url_path", "locale_id", "translation_key"),
        ]
        if record["versions"]:
            names += ["live_revision_id", "latest_revision_id"]
        if record["stands_for"]:
            self._one_version(row, record)
            names += ["live_revision_id", "latest_revision_id"]
        tables.update(row, names)
        for child in schema.children_of(model):
            child.model._base_manager.filter(**{child.parent.name: row.pk}).delete()
        self._parts([(row, record)], anew=True)
        if not record["stands_for"]:
            self._insert_versions([(row, record)])

    def _one_version(self, row: Any, record: Record) -> None:
        """What the editor goes on from is what came, not what the set-up had written."""
        (key,) = tables.reserve(Revision, 1)
        self.ids.add("revision", f"{record['id']}@{key}", key)
        at = row.latest_revision_created_at or row.last_published_at or row.first_published_at
        tables.insert(
            [self._revision(key, row, at, None, row.title, None, record["content"])] if at else []
        )
        row.live_revision_id = row.latest_revision_id = key if at else None

    def _parts(self, rows: list[tuple[Any, Record]], *, anew: bool = False) -> None:
        """Write what pages of one type have in other tables."""
        model = type(rows[0][0])
        for name, (field, kind) in schema.many_of(model).items():
            through = field.remote_field.through
            mine, theirs = field.m2m_field_name(), field.m2m_reverse_field_name()
            mine, theirs = (through._meta.get_field(one).attname for one in (mine, theirs))
            if anew:
                through._base_manager.filter(**{mine: rows[0][0].pk}).delete()
            links = [
                through(**{mine: row.pk, theirs: self.into.key(kind, uid)})
                for row, record in rows
                for uid in record["content"].get(name) or ()
            ]
            through._base_manager.bulk_create(links, batch_size=BATCH)
        for child in schema.children_of(model):
            made = []
            for row, record in rows:
                mine = [
                    child.model(
                        **self.into.values(child.columns, one), **{child.parent.attname: row.pk}
                    )
                    for one in record["content"].get(child.name) or ()
                ]
                made += mine
                setattr(row, child.name, mine)
            keys = tables.reserve(child.model, len(made))
            for one, key in zip(made, keys, strict=True):
                tables.set_key(one, key)
            tables.insert(made)
            if made:
                tables.after_reserved(child.model)

    def _insert_versions(self, rows: list[tuple[Any, Record]]) -> None:
        made = []
        for row, record in rows:
            last = None
            for version in record["versions"]:
                content = version.get("content")
                if version["id"] == record.get("latest_version"):
                    last = content
                if version["id"] in self.new_versions:
                    made.append(
                        self._revision(
                            self.ids.keys("revision")[version["id"]],
                            row,
                            parse_datetime(version["at"]),
                            self.into.key("account", version.get("by")),
                            version.get("name") or "",
                            version.get("goes_live_at"),
                            record["content"] if content is None else content,
                        )
                    )
            self.written.append((row, last))
        tables.insert(made)

    def _revision(
        self, key: int, row: Any, at: Any, by: Any, name: str, goes_live_at: Any, content: Record
    ) -> Revision:
        self.into.named.clear()
        held = self.held(type(row), row.pk, content)
        self.digests[key] = self.files.contents(held, self.into.named)
        return Revision(
            pk=key,
            content_type_id=row.content_type_id,
            base_content_type=self.kind,
            object_id=str(row.pk),
            created_at=at,
            user_id=by,
            object_str=name,
            content=held,
            approved_go_live_at=parse_datetime(goes_live_at) if goes_live_at else None,
        )

    def held(self, model: type[Any], key: int, content: Record) -> Record:
        """Return what a version holds as Wagtail keeps it."""
        found: Record = {"pk": key, **self._held(schema.page_columns(model), content)}
        for name, (_field, kind) in schema.many_of(model).items():
            found[name] = [self.ids.key_of(kind, uid) for uid in content.get(name) or ()]
        for child in schema.children_of(model):
            # What has no key of its own is made anew where the version becomes public.
            found[child.name] = [
                {"pk": None, child.parent.name: key, **self._held(child.columns, one)}
                for one in content.get(child.name) or ()
            ]
        return found

    def _held(self, columns: tuple[schema.Column, ...], content: Record) -> Record:
        found = {}
        for column in columns:
            if column.name in content:
                value = content[column.name]
                if column.how is not schema.How.PLAIN:
                    value = self.into.value(column, value)
                found[column.name] = value
        return found

    def _order_of_ours(self) -> None:
        """Bring the pages that the set-up made into the order in which they come."""
        if not self.taking.empty or not self.taking.is_sound:
            return
        wanted: dict[int, list[int]] = defaultdict(list)
        for _line, record in self.taking.records(KIND):
            key = self.ids.keys(KIND).get(record["id"])
            if record["stands_for"] and key and (KIND, record["id"]) not in self.taking.new:
                page = self.base._base_manager.get(pk=key)
                wanted[page.get_parent().pk].append(key)
        for above, keys in wanted.items():
            parent = self.base._base_manager.get(pk=above)
            there = list(parent.get_children().order_by("path").values_list("pk", flat=True))
            if [key for key in there if key in set(keys)] != keys:
                for key in keys:
                    page = self.base._base_manager.get(pk=key)
                    page.move(self.base._base_manager.get(pk=above), pos="last-child")


def _is_version(said: Any, page: str) -> bool:
    if not isinstance(said, dict) or not isinstance(said.get("content"), dict | None):
        return False
    if not all(isinstance(said.get(name), str) for name in ("id", "at", "name")):
        return False
    if not all(isinstance(said.get(name), str | None) for name in ("by", "goes_live_at")):
        return False
    times = [said["at"], *filter(None, [said["goes_live_at"]])]
    return said["id"].startswith(f"{page}@") and all(map(_is_time, times))


def _is_time(said: str) -> bool:
    try:
        found = parse_datetime(said)
    except ValueError:
        return False
    return found is not None and found.tzinfo is not None
