"""The reference tables in the admin. They hold no drafts, workflow or personal data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from ..worktime.admin import CalendarExceptionAdmin
from .reference import Audience, DocumentType, IssuingBody, LegalField


class LegalFieldAdmin(ModelAdmin):
    model = LegalField
    menu_icon = "tag"
    list_display = ("name", "code", "is_active")
    search_fields = ("name", "code")


class AudienceAdmin(ModelAdmin):
    model = Audience
    menu_icon = "group"
    list_display = ("name", "code", "is_active")
    search_fields = ("name", "code")


class IssuingBodyAdmin(ModelAdmin):
    model = IssuingBody
    menu_icon = "site"
    list_display = ("name", "level", "is_party", "is_active")
    list_filter = ("level", "is_party")
    search_fields = ("name", "code")


class DocumentTypeAdmin(ModelAdmin):
    model = DocumentType
    menu_icon = "doc-full"
    list_display = ("name", "symbol", "kind", "is_active")
    list_filter = ("kind",)
    search_fields = ("name", "symbol", "code")


class ReferenceTablesGroup(ModelAdminGroup):
    menu_label = _("Reference tables")
    menu_icon = "list-ul"
    menu_order = 600
    items = (
        DocumentTypeAdmin,
        IssuingBodyAdmin,
        LegalFieldAdmin,
        AudienceAdmin,
        CalendarExceptionAdmin,
    )
