"""The public pages of the demo, made without its people, files and moderation: in a second."""

from __future__ import annotations

import datetime
import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.apps import apps

from example_site.demo.sources import entries, read
from wagtail_pbgdpl.blocks.field import BlocksField
from wagtail_pbgdpl.content.indexes import CategoryIndexMixin
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.search import index

HERE = Path(__file__).parent
NEWEST = datetime.datetime(2026, 11, 20, 8, tzinfo=datetime.UTC)
# Of the items of the board, what is public in the end.
PUBLIC_ITEMS = {
    "phien-toa-gia-dinh-ve-bao-luc-gia-dinh": 1,
    "canh-bao-lua-dao-mao-danh-can-bo-tu-phap": 3,
}
# Nobody looks for a picture or a file by its text here.
FILES = ("image", "gallery", "attachment", "video", "audio", "members", "organisation_chart")


class Asked(NamedTuple):
    """What is typed, and the pages one of which must come first."""

    kind: str
    text: str
    wanted: frozenset[str]


def asked(name: str) -> Iterator[Asked]:
    """Yield the questions of a file, decomposed where it says so."""
    kind = ""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line and not line.startswith("#"):
            text, _arrow, wanted = line.partition(" => ")
            if text.startswith("nfd:"):
                text = unicodedata.normalize("NFD", text.removeprefix("nfd:"))
            yield Asked(kind, text, frozenset(wanted.split()))


def load() -> None:
    """Make the pages below those of their categories, and enter them into the index."""
    parents = {
        page.category: page
        for model in concrete_models(CategoryIndexMixin)
        for page in model._default_manager.all()
    }
    for entry in [*entries(), *_items()]:
        parent = parents[entry["category"]]
        parent.refresh_from_db()
        page = _page(entry)
        parent.add_child(instance=page)
        for name in ("legal_fields", "audiences"):
            if name in entry:
                related = page._meta.get_field(name).related_model
                setattr(page, name, related.objects.filter(code__in=entry[name]))
        page.save()
        # As imports do, past the board: what is tried here is the search.
        published = NEWEST - datetime.timedelta(days=entry["days_ago"])
        times = dict.fromkeys(
            ("first_published_at", "last_published_at", "published_at"), published
        )
        type(page).objects.filter(pk=page.pk).update(live=True, **times)
    for _count in index.rebuild():
        pass


def _items() -> Iterator[dict[str, Any]]:
    for item in read("items.toml")["item"]:
        if item["slug"] in PUBLIC_ITEMS:
            yield {
                "type": "NewsPage",
                "category": "C2",
                "days_ago": PUBLIC_ITEMS[item["slug"]],
                **{name: item[name] for name in ("slug", "title", "summary")},
            }


def _page(entry: dict[str, Any]) -> Any:
    model = apps.get_model("wagtail_pbgdpl_pages", entry["type"])
    page = model(live=False)
    for field in model._meta.concrete_fields:
        if field.name in entry and field.name not in ("category", "cover", "unit"):
            value = entry[field.name]
            if isinstance(field, BlocksField):
                blocks = [block for block in value if block["type"] not in FILES]
                value = field.to_python(json.dumps(_without_files(blocks), default=str))
            elif field.is_relation and not hasattr(field.related_model, "code"):
                continue
            elif field.is_relation:
                value = field.related_model.objects.filter(code=value).first()
            elif isinstance(value, dict):
                value = None
            setattr(page, field.name, value)
    return page


def _without_files(value: Any) -> Any:
    """Leave out what the loader of the demo puts the keys of pages and files in for; days count."""
    if isinstance(value, dict) and value.keys() == {"days"}:
        return (NEWEST + datetime.timedelta(**value)).date().isoformat()
    if isinstance(value, dict):
        return {name: _without_files(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_without_files(part) for part in value]
    is_key = isinstance(value, str) and value.startswith(("page:", "image:", "file:"))
    return None if is_key else value
