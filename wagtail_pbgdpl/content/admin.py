"""The reference tables in the admin. They hold no drafts, workflow or personal data."""

from __future__ import annotations

from typing import Any

from django.db import router
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import DeleteView

from ..worktime.admin import CalendarExceptionAdmin
from .reference import Audience, DocumentType, IssuingBody, LegalField


class ReferenceDeleteView(DeleteView):
    """Lists the pages that name a row, instead of deleting it.

    The stock view looks for them through reverse accessors, which the rows do without.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        using = router.db_for_write(type(self.instance), instance=self.instance)
        try:
            Collector(using=using, origin=self.instance).collect([self.instance])
        except ProtectedError as error:
            named_by = sorted(error.protected_objects, key=str)
            context = self.get_context_data(protected_error=True, linked_objects=named_by)
            return self.render_to_response(context)
        return super().post(request, *args, **kwargs)


class ReferenceAdmin(ModelAdmin):
    delete_view_class = ReferenceDeleteView


class LegalFieldAdmin(ReferenceAdmin):
    model = LegalField
    menu_icon = "tag"
    list_display = ("name", "code", "is_active")
    search_fields = ("name", "code")


class AudienceAdmin(ReferenceAdmin):
    model = Audience
    menu_icon = "group"
    list_display = ("name", "code", "is_active")
    search_fields = ("name", "code")


class IssuingBodyAdmin(ReferenceAdmin):
    model = IssuingBody
    menu_icon = "site"
    list_display = ("name", "level", "is_party", "is_active")
    list_filter = ("level", "is_party")
    search_fields = ("name", "code")


class DocumentTypeAdmin(ReferenceAdmin):
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
