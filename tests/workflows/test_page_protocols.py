"""What the rooms ask of a page, as protocols, is what the page types have.

Wagtail has no types, so that the type check cannot compare them.
"""

from __future__ import annotations

import pytest

from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.matters.pages import CountedPage
from wagtail_pbgdpl.workflows.guard import ModeratedMixin
from wagtail_pbgdpl.workflows.pages import ModeratedPage


def members(protocol: type) -> set[str]:
    """Return the names that a protocol and those above it ask for."""
    named = {
        name
        for one in protocol.__mro__
        if getattr(one, "_is_protocol", False)
        for name in (*vars(one).get("__annotations__", ()), *vars(one))
    }
    return {name for name in named if not name.startswith("_")}


def test_the_members_are_read() -> None:
    """Those that are annotated, those that are defined, those of the protocols above."""
    assert members(ModeratedPage) >= {"owner_id", "get_latest_revision", "draft_title"}


@pytest.mark.parametrize(
    ("mixin", "protocol"), [(ModeratedMixin, ModeratedPage), (ContentMixin, CountedPage)]
)
def test_every_page_type_has_what_is_asked(mixin: type, protocol: type) -> None:
    models = concrete_models(mixin)
    assert models
    for model in models:
        assert [name for name in sorted(members(protocol)) if not hasattr(model, name)] == [], model
