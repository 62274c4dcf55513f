"""Wagtail's base page, whichever the site has chosen."""

from __future__ import annotations

from typing import Any

import swapper

# Wagtail 7.4 has no setting for it yet; with the prefix both versions answer alike.
swapper.set_app_prefix("wagtailcore", "wagtail")

BASE_PAGE = swapper.get_model_name("wagtailcore", "Page")


def base_page_model() -> type[Any]:
    return swapper.load_model("wagtailcore", "Page")


def page_of(key: int) -> Any:
    """Return the page with a number, as its own type; ``None`` for none."""
    page = base_page_model()._default_manager.filter(pk=key).first()
    return page.specific if page is not None else None


def free_slug(parent: Any, wanted: str, page: Any = None) -> str:
    """Return ``wanted``, or it with a number, such that no other page below ``parent`` has it."""
    available = base_page_model()._slug_is_available
    longest = base_page_model()._meta.get_field("slug").max_length
    candidate, number = wanted, 1
    while not available(candidate, parent, page):
        number += 1
        suffix = f"-{number}"
        candidate = wanted[: longest - len(suffix)] + suffix
    return candidate
