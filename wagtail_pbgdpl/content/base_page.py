"""Wagtail's base page, whichever the site has chosen."""

from __future__ import annotations

from typing import Any

import swapper

# Wagtail 7.4 has no setting for it yet; with the prefix both versions answer alike.
swapper.set_app_prefix("wagtailcore", "wagtail")

BASE_PAGE = swapper.get_model_name("wagtailcore", "Page")


def base_page_model() -> type[Any]:
    return swapper.load_model("wagtailcore", "Page")
