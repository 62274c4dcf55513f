"""Images and documents move with a portal: those that something uses, and its own library."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from ..core.portable import Ids, Portable, Same, register, stays
from .access import paths_of_ours
from .models import FileOfUnit, LatestReference


def register_all() -> None:
    register(
        Portable(
            kind="collection",
            model=lambda: Collection,
            identify=_by_names,
            same=Same.SERVES,
            only=frozenset({"name"}),
            used_only=True,
            create=_enter,
        ),
    )
    for kind, model in (("image", get_image_model), ("document", get_document_model)):
        register(
            Portable(
                kind=kind,
                model=model,
                used_only=True,
                always=_in_the_library,
                changed_since=_uploaded_since,
            ),
            Portable(
                kind=f"{kind}_unit",
                model=lambda: FileOfUnit,
                key=("object_id",),
                same=Same.SERVES,
                without=frozenset({"model"}),
                numbers={"object_id": kind},
                rows=lambda model=model: FileOfUnit.objects.filter(model=_label(model())),  # type: ignore[misc]
                made=lambda _row, model=model: {"model": _label(model())},  # type: ignore[misc]
            ),
        )
    stays(_("read anew from what moves"), LatestReference)


def _label(model: type[Model]) -> str:
    return model._meta.label


def _in_the_library() -> Q:
    found = Q(pk__in=())
    for path in paths_of_ours():
        found |= Q(collection__path__startswith=path)
    return found


def _uploaded_since(since: datetime.datetime) -> Q:
    return Q(created_at__gte=since)


def _by_names(ids: Ids | None) -> Iterable[tuple[Any, str]]:
    """Collections are called by the names on the way to them; the root is called nothing."""
    way: dict[str, str] = {}
    for pk, path, depth, name in Collection.objects.order_by("path").values_list(
        "pk", "path", "depth", "name"
    ):
        above = way.get(path[: -Collection.steplen], "")
        way[path] = f"{above}/{name}" if depth > 1 else ""
        yield pk, way[path] or "/"


def _enter(name: str) -> Collection:
    """Raises ``LookupError`` where the collection above is not there."""
    rows = {called: pk for pk, called in _by_names(None)}
    above, _slash, own = name.rpartition("/")
    return Collection.objects.get(pk=rows[above or "/"]).add_child(name=own)
