"""From an item of the national database or a gazette to the draft of a document (C13, I1).

What can be read of the item is filled in, and its link kept; then the draft goes the way of every
item. One item becomes one page, and a document that is there already is not made twice. Clauses:
BK21 Điều 9.7, 9.13; QT24 Điều 5.1a.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from ..authority.rules import Item
from ..core.base_page import page_of
from ..core.discovery import concrete_models
from ..core.history import name_of
from ..legal.numbers import day_in, symbols_of
from ..organisation.models import Seat, Unit
from ..reference.models import DocumentType, IssuingBody
from ..regulations.active import get_regulation
from ..sources.models import SourceItem, TakenItem
from ..workflows.rights import Act, may_add, may_on
from ..worktime.active import today
from .actions import add_draft
from .document_facts import OF_FACTS, value_of
from .documents import LegalDocumentMixin, Scope
from .known_documents import known_documents
from .obligations import index_page_of
from .outside_items import Documents

#: Issuing bodies of the first rows, by the symbol with which numbers of theirs end.
BODIES = {
    "QH": "quoc-hoi",
    "UBTVQH": "uy-ban-thuong-vu-quoc-hoi",
    "CTN": "chu-tich-nuoc",
    "CP": "chinh-phu",
    "TTG": "thu-tuong-chinh-phu",
    "BTP": "bo-tu-phap",
}
LONGEST_TITLE = 255


class Taken(NamedTuple):
    """What became of an item: its page; ``row`` is missing where the document was there before."""

    page: Any
    row: TakenItem | None
    is_new: bool = False


def category_to_take_over() -> str:
    """Return the code of the category to which documents are taken over (C7); empty for none."""
    categories = get_regulation().categories.values()
    return next((one.code for one in categories if one.kind == "C7"), "")


def may_take_over(user: Any) -> bool:
    """Whether the rules of authority let the user add documents; no page is read for that."""
    code = category_to_take_over()
    return bool(code) and user.is_active and may_add(user, SimpleNamespace(category=code))


@transaction.atomic
def take_over(key: int, user: Any) -> Taken:
    """Make a draft of the item with the key ``key`` in the name of ``user``, and return it.

    Where it was taken over already, or its document is there, that is returned instead; nothing is
    made. Raises ``PermissionDenied``, and ``SourceItem.DoesNotExist`` for what is no document.
    """
    index: Any = index_page_of(category_to_take_over()) if may_take_over(user) else None
    if index is None or not index.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied
    if (model := _model_below(index)) is None:
        raise PermissionDenied
    item = _held(key)
    if (taken := what_became_of(item)) is not None:
        return taken
    item.taken.filter(is_current=True).update(is_current=False)
    page = _draft(model, item, _unit_of(user, index.category))
    add_draft(index, page, user=user)
    row = TakenItem.objects.create(item=item, page=page.pk, by=user, by_name=name_of(user))
    return Taken(page, row, is_new=True)


def what_became_of(item: SourceItem) -> Taken | None:
    """Return the page that an item became, or that of the same document; ``None`` for none."""
    row = item.taken.filter(is_current=True).first()
    if row is not None and (page := page_of(row.page)) is not None:
        return Taken(page, row)
    pages = map(page_of, known_documents().same_as(item))
    return next((Taken(page, None) for page in pages if page is not None), None)


def _held(key: int) -> SourceItem:
    """Return the item under a lock, with all others of its number: two never make one document."""
    rows = SourceItem.objects.select_related("source")
    item: SourceItem = rows.exclude(source__documents="").get(pk=key)
    same = Q(pk=key)
    if item.number_key:
        same |= Q(number_key=item.number_key)
    list(SourceItem.objects.select_for_update().filter(same).order_by("pk").values_list("pk"))
    return item


def _unit_of(user: Any, category: str) -> Unit | None:
    """Return the unit for which the user adds it; ``None`` for who adds as the board."""
    seats = Seat.objects.filter(user=user).on(today()).select_related("unit").order_by("pk")
    units = [seat.unit for seat in seats if seat.unit is not None]
    for unit in units:
        if may_on(user, Act.ADD, Item(category=category, unit=unit.pk)):
            return unit
    return None


def _draft(model: Any, item: SourceItem, unit: Unit | None) -> Any:
    source: Any = item.source
    body = _body_of(item)
    page = model(
        title=item.title[:LONGEST_TITLE],
        document_number=item.number,
        document_type=_type_of(item),
        issuing_body=body,
        document_abstract=item.summary,
        scope=Scope.CENTRAL if body and body.level == IssuingBody.Level.CENTRAL else Scope.LOCAL,
        unit=unit,
        author=item.facts.get("issuer") or (body.name if body else ""),
        source=source.name,
        source_url=item.link if len(item.link) <= 500 else "",
    )
    if source.documents == Documents.DATABASE:
        page.national_database_url = page.source_url
    for field, value in _said(item):
        setattr(page, field, value)
    return page


def _said(item: SourceItem) -> Iterator[tuple[str, Any]]:
    for name, field in OF_FACTS.items():
        if text := item.facts.get(name):
            yield field, value_of(field, text)
    if "issued" not in item.facts and (day := _day_in(item)) is not None:
        yield "issued_on", day


def _day_in(item: SourceItem) -> datetime.date | None:
    # Of the summary only where the document itself is spoken of, and not another that it amends.
    return day_in(item.title)


def _type_of(item: SourceItem) -> DocumentType | None:
    """Return the type that the item names, or else its title or its number; the longest name."""
    rows = sorted(DocumentType.objects.filter(is_active=True), key=lambda row: -len(_name(row)))
    for text in (item.facts.get("type", ""), item.title):
        for row in rows:
            name = _name(row)
            if text.casefold() == name or text.casefold().startswith(f"{name} "):
                return row
    symbols = symbols_of(item.number)
    # Those of the law come first: an administrative decision bears the same symbol.
    legal = (row for row in rows if row.kind == DocumentType.Kind.LEGAL and row.symbol)
    return next((row for row in legal if symbols and row.symbol == symbols[0]), None)


def _name(row: DocumentType) -> str:
    """Return the name without what stands in brackets: «Nghị quyết (quy phạm pháp luật)»."""
    return row.name.partition(" (")[0].casefold()


def _body_of(item: SourceItem) -> IssuingBody | None:
    """Return the body that the item names, or whose symbol ends its number."""
    rows = IssuingBody.objects.filter(is_active=True)
    if issuer := item.facts.get("issuer"):
        wanted = issuer.casefold()
        return next((row for row in rows if row.name.casefold() == wanted), None)
    symbols = symbols_of(item.number)
    last = symbols[-1].upper().rstrip("0123456789") if symbols else ""
    return rows.filter(code=BODIES.get(last, "")).first()


def _model_below(index: Any) -> Any:
    models = (one for one in concrete_models(LegalDocumentMixin) if one.can_create_at(index))
    return next(models, None)
