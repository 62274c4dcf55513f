"""What must happen when Wagtail, not we, changes something."""

from __future__ import annotations

from typing import Any

from wagtail.signals import post_page_move

from .base import ContentMixin


def follow_category(*, instance: Any, **kwargs: Any) -> None:
    """A page moved under another index page belongs to that category from now on."""
    page = instance.specific
    if not isinstance(page, ContentMixin):
        return
    before = page.category
    page.take_category_of_parent()
    if page.category != before:
        page.save(update_fields=["category"], clean=False)


def connect() -> None:
    post_page_move.connect(follow_category, dispatch_uid="wagtail_pbgdpl.follow_category")
