"""From what linked systems say of documents to what is to be done about it (D2).

Nothing is asked of them here: the copies that are kept are read. Clauses: QT24 Điều 5.1a; BK21 Điều
9.13.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from ..core.base_page import page_of
from ..differences import cases
from ..differences.models import Difference
from ..sources.models import SourceItem
from ..workflows.rights import Act, may
from ..worktime.active import today
from .document_facts import Beside, beside, ours, value_of
from .known_documents import document_models, known_documents
from .outside_items import items_about, listed


def follow_all() -> int:
    """Compare every public document with what is listed; return how many matters moved."""
    items: dict[int, list[SourceItem]] = defaultdict(list)
    said = list(listed())
    documents = known_documents(live_only=True) if said else None
    for item in said:
        for page in documents.same_as(item) if documents else ():
            items[page].append(item)
    before = _by_page(cases.known())
    moved = sum(
        _follow(page, items[page.pk], before.pop(page.pk, [])) for page in _public(items.keys())
    )
    # The page is gone, or no source names it any more.
    left = (row for rows in before.values() for row in rows if row.is_open)
    return moved + sum(map(cases.gone, left))


def follow_document(*, instance: Any, **kwargs: Any) -> None:
    """A version of a document was published: the same of it alone."""
    if type(instance) not in document_models() or not instance.counts_in_ledger:
        return
    items = items_about(instance.document_number, instance.national_database_url)
    _follow(instance, items, list(cases.known([instance.pk])))


def adopt(difference: Difference, user: Any) -> None:
    """Store a new version of the document with their value, in the name of ``user``.

    Raises ``ValidationError`` where the person may not edit the document now, or the value does
    not fit the others.
    """
    page = page_of(difference.page)
    if page is None:
        raise ValidationError(_("This page no longer exists."))
    page = page.get_latest_revision_as_object()
    locked = page.permissions_for_user(user).page_locked()
    if locked or not may(user, Act.EDIT, page):
        raise ValidationError(
            _("You cannot edit the document now: it may be with the board. Decide on it later.")
        )
    setattr(page, difference.field, value_of(difference.field, difference.theirs))
    try:
        page.clean()
        page._meta.get_field(difference.field).clean(getattr(page, difference.field), page)
    except ValidationError as error:
        raise ValidationError(error.messages) from error
    if Beside(difference.field, difference.theirs, ours(page, difference.field, today())).differs:
        raise ValidationError(_("The days of the document say otherwise. Edit it by hand."))
    page.save_revision(user=user, log_action=True, clean=False)


def _follow(page: Any, items: Iterable[SourceItem], before: list[Difference]) -> int:
    said = list(_differing(page, items))
    if not said and not before:
        return 0
    document = cases.Document(page.pk, page.title, page.category, page.unit)
    return cases.follow(document, said, before)


def _differing(page: Any, items: Iterable[SourceItem]) -> Iterator[cases.Said]:
    day, seen = today(), set()
    latest = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
    for item in items:
        in_hand = {one.field for one in beside(latest, item, day) if not one.differs}
        for one in beside(page, item, day):
            # Of what a source lists twice the newest counts.
            if (item.source_id, one.field) not in seen and one.differs:
                yield cases.Said(
                    item.source_id,
                    one.field,
                    one.theirs,
                    one.ours,
                    item.link,
                    one.field in in_hand,
                )
            seen.add((item.source_id, one.field))


def _public(keys: Iterable[int]) -> Iterable[Any]:
    """Return those of the pages that are public and items of their own, no copy in another place or
    language."""
    own = {"live": True, "alias_of": None, "locale": Locale.get_default()}
    for model in document_models():
        rows = model._default_manager.filter(pk__in=list(keys), **own)
        yield from rows.select_related("unit").defer("body", "files")


def _by_page(rows: Iterable[Difference]) -> dict[int, list[Difference]]:
    found: dict[int, list[Difference]] = defaultdict(list)
    for row in rows:
        found[row.page].append(row)
    return found
