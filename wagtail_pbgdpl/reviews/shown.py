"""What the public page of an answer says of the law that it rests on."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from ..core.base_page import base_page_model
from .models import LawChange


def changes_shown(page: Any) -> list[LawChange]:
    """Return what changed of the legal basis of an answer that nobody has looked at since; of each
    document the last. One query.

    A copy in another place or language says the same as its original.
    """
    same = base_page_model()._default_manager.filter(translation_key=page.translation_key)
    found = LawChange.objects.filter(
        Q(review__page__in=same.values("pk")) | Q(review__page=page.alias_of_id or page.pk),
        review__is_open=True,
    )
    return list({one.document: one for one in found.order_by("pk")}.values())
