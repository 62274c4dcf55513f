"""What the public page of an item says of the law that it cites."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from ..core.base_page import base_page_model
from ..serving.process_cache import of_version
from .models import LawChange, Review


def changes_shown(page: Any) -> list[LawChange]:
    """Return what changed of the law that an item cites and that nobody has looked at since; of
    each document the last.

    A copy in another place or language says the same as its original. One query for an item that is
    being looked at again, none for any other; which these are is at most a second old.
    """
    reviewed = of_version("reviewed", _reviewed)
    if page.translation_key not in reviewed and (page.alias_of_id or page.pk) not in reviewed:
        return []
    same = base_page_model()._default_manager.filter(translation_key=page.translation_key)
    found = LawChange.objects.filter(
        Q(review__page__in=same.values("pk")) | Q(review__page=page.alias_of_id or page.pk),
        review__is_open=True,
    )
    return list({one.document: one for one in found.order_by("pk")}.values())


def _reviewed() -> frozenset[Any]:
    """Return the pages with an open review, by their numbers and their translation keys."""
    keys = Review.objects.filter(is_open=True).values_list("page", flat=True)
    pages = base_page_model()._default_manager.filter(pk__in=keys)
    return frozenset(one for row in pages.values_list("pk", "translation_key") for one in row)
