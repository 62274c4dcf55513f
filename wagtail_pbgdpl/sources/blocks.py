"""Blocks that show what linked systems publish: never asking them, always saying of when (C13)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructBlockValidationError

from ..blocks.base import GROUP_LINKS, PortalStructBlock
from ..blocks.home import HomePart
from ..blocks.registry import registry
from .health import MOST, linked_system, linked_systems, names


class OfOneSystem(PortalStructBlock):
    """What all blocks about one linked system have: its code, and what is shown of it."""

    title = CharBlock(label=_("Title"), required=False, max_length=255)
    # A choice would be looked up each time that an editor's page is opened.
    source = CharBlock(
        label=_("Linked system"),
        max_length=50,
        help_text=_("The code of the linked system, as the list of linked systems has it."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if not self.is_deferred_validation and cleaned["source"] not in dict(names()):
            error = ValidationError(_("There is no linked system of this code."), code="unknown")
            raise StructBlockValidationError({"source": error})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        context["system"] = linked_system(value.get("source") or "")
        return context


class SourceItemsBlock(OfOneSystem):
    """The newest items of a linked system, or the plain link to it while there is nothing."""

    count = IntegerBlock(label=_("Number of items"), default=3, min_value=1, max_value=MOST)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        system = context["system"]
        context["items"] = system.items[: value.get("count") or 3] if system else ()
        return context

    class Meta:
        icon = "link-external"
        label = _("Newest items of a linked system")
        group = GROUP_LINKS
        description = _("What another system publishes, with the time of the copy.")
        template = "wagtail_pbgdpl/blocks/source_items.html"
        preview_template = "wagtail_pbgdpl/block_previews/source_items.html"
        preview_value = {"title": "Văn bản mới đăng Công báo", "source": "cong-bao", "count": 3}


class SourceSearchBlock(OfOneSystem):
    """A box whose words are searched in a linked system, or the plain link to it."""

    class Meta:
        icon = "search"
        label = _("Search in a linked system")
        group = GROUP_LINKS
        description = _("A search box that leads to another system.")
        template = "wagtail_pbgdpl/blocks/source_search.html"
        preview_template = "wagtail_pbgdpl/block_previews/source_search.html"
        preview_value = {"title": "Tra cứu văn bản", "source": "csdl-vbpl"}


class LinkedSystemsBlock(PortalStructBlock):
    """A table of all linked systems and how they do."""

    title = CharBlock(label=_("Title"), required=False, max_length=255)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        context["systems"] = linked_systems()
        return context

    class Meta:
        icon = "table"
        label = _("Linked systems")
        group = GROUP_LINKS
        description = _("A table of the linked systems and how they do.")
        template = "wagtail_pbgdpl/blocks/linked_systems.html"
        preview_value = {"title": "Hệ thống liên kết"}


class SystemsPart(HomePart):
    """The linked systems on the home page: logo, name, and how each does."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        context["systems"] = linked_systems()
        return context

    class Meta:
        icon = "link-external"
        label = _("Linked systems")
        description = _("The linked systems with logo and state.")
        template = "wagtail_pbgdpl/blocks/home_systems.html"
        wide = True


def register() -> None:
    registry.register("linked_systems", SystemsPart, use="home")
    for use in ("body", "links"):
        registry.register("source_items", SourceItemsBlock, use=use)
        registry.register("source_search", SourceSearchBlock, use=use)
        registry.register("linked_systems", LinkedSystemsBlock, use=use)
