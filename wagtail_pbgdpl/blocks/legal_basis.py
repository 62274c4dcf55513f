"""What an answer rests on: a document, and the articles of it (C6: BK21 Điều 9.6)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, PageChooserBlock, StructBlockValidationError, URLBlock

from ..core.base_page import base_page_model
from ..legal.citations import parts
from ..serving.listing import public
from .base import GROUP_LAW, PortalStructBlock

__all__ = ["PUBLIC_PAGES", "LegalBasisBlock"]

# Where whoever draws several of these leaves the keys of the pages that everybody may read.
PUBLIC_PAGES = "public_pages"


class LegalBasisBlock(PortalStructBlock):
    name = CharBlock(
        label=_("Document"),
        max_length=500,
        help_text=_("Kind, number or year as one cites it, for example Luật Hộ tịch năm 2014."),
    )
    articles = CharBlock(
        label=_("Articles"),
        required=False,
        max_length=500,
        help_text=_("For example Điều 11 và khoản 1 Điều 15; each leads to its place in the text."),
    )
    page = PageChooserBlock(label=_("The document on this portal"), required=False)
    url = URLBlock(label=_("Address of another site"), required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["page"] and cleaned["url"] and not self.is_deferred_validation:
            error = ValidationError(
                _("Choose a page of this portal or write an address: not both."), code="one_target"
            )
            raise StructBlockValidationError({"url": error})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        page = value.get("page")
        context["target"] = page if page and _is_public(page, context) else None
        context["parts"] = parts(value.get("articles") or "")
        return context

    class Meta:
        icon = "link"
        label = _("Legal basis")
        group = GROUP_LAW
        description = _("A document and the articles of it, with links.")
        template = "wagtail_pbgdpl/blocks/legal_basis.html"
        preview_value = {
            "name": "Luật Hòa giải ở cơ sở năm 2013",
            "articles": "Điều 3 và khoản 1 Điều 16",
            "page": None,
            "url": "",
        }


def _is_public(page: Any, context: dict[str, Any]) -> bool:
    # Not even the address of a draft or a private page is for the public.
    if PUBLIC_PAGES in context:
        return page.pk in context[PUBLIC_PAGES]
    return public(base_page_model()._default_manager.filter(pk=page.pk)).exists()
