"""What a document does to another one, or the other to it (D1, D5)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    DateBlock,
    PageChooserBlock,
    StructBlockValidationError,
)

from ..core.base_page import base_page_model
from ..legal.citations import parts
from ..legal.relations import choices, label, said
from ..serving.listing import public
from .base import GROUP_LAW, PortalStructBlock

__all__ = ["RelationBlock"]


class RelationBlock(PortalStructBlock):
    """A relation to a document of the portal, or to one that is named by number alone."""

    relation = ChoiceBlock(label=_("Relation"), choices=choices)
    page = PageChooserBlock(label=_("The document on this portal"), required=False)
    number = CharBlock(
        label=_("Number and symbol"),
        required=False,
        max_length=100,
        help_text=_("Where the portal does not have the document, for example 30/2020/NĐ-CP."),
    )
    name = CharBlock(
        label=_("Name of the document"),
        required=False,
        max_length=300,
        help_text=_("As one cites it, for example Nghị định 30/2020/NĐ-CP về công tác văn thư."),
    )
    provisions = CharBlock(
        label=_("Provisions"),
        required=False,
        max_length=500,
        help_text=_(
            "Of the document that is acted on, for example Điều 5, khoản 2 Điều 9. Empty for all "
            "of it."
        ),
    )
    since = DateBlock(
        label=_("Since the day"),
        required=False,
        help_text=_("Empty: from the day on which the document that acts is in force."),
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        errors = {}
        named = cleaned["number"] or cleaned["name"]
        if cleaned["page"] and cleaned["number"]:
            errors["number"] = ValidationError(
                _("Choose a page of this portal or write a number: not both."), code="one_target"
            )
        elif not cleaned["page"] and not named:
            errors["page"] = ValidationError(
                _("Choose the document, or write its number or name."), code="no_target"
            )
        if cleaned["provisions"] and not any(part.anchor for part in parts(cleaned["provisions"])):
            errors["provisions"] = ValidationError(
                _("Name articles (Điều), clauses (khoản) or points (điểm)."), code="no_provision"
            )
        if errors:
            raise StructBlockValidationError(errors)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        code = said(value.get("relation") or "based_on")
        context["relation"] = label(code.relation, acts=code.acts)
        page = value.get("page")
        pages = base_page_model()._default_manager
        seen = page is not None and public(pages.filter(pk=page.pk)).exists()
        context["target"] = page if seen else None
        return context

    class Meta:
        icon = "link"
        label = _("Relation to a document")
        group = GROUP_LAW
        description = _("What this document does to another one, or the other to it.")
        template = "wagtail_pbgdpl/blocks/relation.html"
        preview_value = {
            "relation": "replaces",
            "page": None,
            "number": "17/2018/QĐ-UBND",
            "name": "Quyết định 17/2018/QĐ-UBND",
            "provisions": "",
            "since": None,
        }
