"""What the cards of a list say of their items: kind, legal fields, the file to download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType

from ..serving.process_cache import of_version
from .attached import attached

#: The sign of what has none of its own.
PAPER = "paper"
# What readers come for first, of several files.
FIRST_FILES = ("original", "full_text", "form")


@dataclass(frozen=True, slots=True)
class Card:
    """``glyph``: the name of a sign (``face.glyphs``); ``file``: a document, ``more``: others."""

    kind: str = ""
    glyph: str = PAPER
    fields: tuple[str, ...] = ()
    file: Any = None
    more: int = 0


def card_of(item: Any) -> Card:
    """Return the card that was noted, else what the type of the item says; no query."""
    noted = vars(item).get("card")
    return noted or Card(glyph=getattr(_model(item), "card_glyph", PAPER))


def note_cards(items: Iterable[Any]) -> None:
    """Let each item of a list have its card.

    Three queries at most for each type that has files or kinds; none for the same items while
    they are remembered.
    """
    by_model: dict[Any, list[Any]] = {}
    for item in items:
        by_model.setdefault(_model(item), []).append(item)
    for model, listed in by_model.items():
        keys = tuple(item.pk for item in listed)
        cards: Mapping[int, Card] = {}
        if _columns(model):
            cards = of_version(("cards", model, keys), partial(_cards, model, keys))
        # A template that asks for what is not there pays more than one that finds nothing.
        plain = Card(glyph=getattr(model, "card_glyph", PAPER))
        for item in listed:
            item.card = cards.get(item.pk, plain)


def _model(item: Any) -> Any:
    return ContentType.objects.get_for_id(item.content_type_id).model_class()


def _columns(model: Any) -> list[str]:
    names = (getattr(model, name, "") for name in ("card_kind", "card_files"))
    return [name for name in names if name]


def _cards(model: Any, keys: Sequence[int]) -> dict[int, Card]:
    rows = list(model._default_manager.filter(pk__in=keys).only("pk", *_columns(model)))
    files = attached(rows, model.card_files) if model.card_files else {}
    fields = _fields(model, keys)
    found = {}
    for row in rows:
        value = getattr(row, model.card_kind) if model.card_kind else ""
        file, more = _first(files.get(row.pk, []))
        found[row.pk] = Card(
            kind=str(getattr(row, f"get_{model.card_kind}_display")()) if value else "",
            glyph=model.card_glyphs.get(value, model.card_glyph),
            fields=tuple(fields.get(row.pk, ())),
            file=file,
            more=more,
        )
    return found


def _first(files: Sequence[tuple[Any, str]]) -> tuple[Any, int]:
    order: Mapping[str, int] = {kind: place for place, kind in enumerate(FIRST_FILES)}
    ordered = sorted(files, key=lambda one: order.get(one[1], len(order)))
    return (ordered[0][0], len(ordered) - 1) if ordered else (None, 0)


def _fields(model: Any, keys: Sequence[int]) -> dict[int, list[str]]:
    """Return the names of the legal fields of each page; one query where the type has any."""
    names = {field.name: field for field in model._meta.many_to_many}
    if "legal_fields" not in names:
        return {}
    field = names["legal_fields"]
    page, legal_field = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows = field.remote_field.through._default_manager.filter(**{f"{page}__in": keys})
    found: dict[int, list[str]] = {}
    for key, name in rows.order_by(f"{legal_field}__order", f"{legal_field}__name").values_list(
        f"{page}_id", f"{legal_field}__name"
    ):
        found.setdefault(key, []).append(name)
    return found
