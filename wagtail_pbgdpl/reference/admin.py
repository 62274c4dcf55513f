"""The reference tables in the admin. They hold no drafts, workflow or personal data."""

from __future__ import annotations

from typing import Any

from django.db import router
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.models import AbstractPage
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import DeleteView

from ..core.accounts import AdminRequest
from ..core.base_page import base_page_model
from ..core.search_boxes import ForgivingSearchHandler
from ..workflows.visibility import choosable_by
from .models import Audience, DocumentType, IssuingBody, LegalField
from .shown_names import public_pages


class ReferenceDeleteView(DeleteView):
    """Lists the pages that name a row, instead of deleting it.

    The stock view looks for them through reverse accessors, which the rows do without, and passes
    over those that name several rows.
    """

    def post(self, request: AdminRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        using = router.db_for_write(type(self.instance), instance=self.instance)
        try:
            Collector(using=using, origin=self.instance).collect([self.instance])
            named_by = list(public_pages(self.instance))
        except ProtectedError as error:
            named_by = list(error.protected_objects)
        if not named_by:
            return super().post(request, *args, **kwargs)
        # Whoever keeps the tables may not read the titles of drafts (R11).
        keys = [one.pk for one in named_by if isinstance(one, AbstractPage)]
        pages = base_page_model()._base_manager.filter(pk__in=keys)
        shown = [one for one in named_by if not isinstance(one, AbstractPage)]
        shown += choosable_by(request.user, pages).order_by("title")
        if hidden := len(named_by) - len(shown):
            messages.warning(
                request,
                ngettext(
                    "%(count)d draft names this row.", "%(count)d drafts name this row.", hidden
                )
                % {"count": hidden},
            )
        context = self.get_context_data(protected_error=True, linked_objects=shown)
        return self.render_to_response(context)


class ReferenceAdmin(ModelAdmin):
    delete_view_class = ReferenceDeleteView
    search_handler_class = ForgivingSearchHandler

    def get_menu_label(self) -> str:
        # Modeladmin writes each word with a capital letter, which Vietnamese does not.
        label: str = capfirst(self.opts.verbose_name_plural)
        return label


class LegalFieldAdmin(ReferenceAdmin):
    model = LegalField
    menu_icon = "tag"
    list_display = ("name", "code", "is_active")
    search_fields = ("name__folded", "code")


class AudienceAdmin(ReferenceAdmin):
    model = Audience
    menu_icon = "group"
    list_display = ("name", "code", "is_active")
    search_fields = ("name__folded", "code")


class IssuingBodyAdmin(ReferenceAdmin):
    model = IssuingBody
    menu_icon = "site"
    list_display = ("name", "level", "is_party", "is_active")
    list_filter = ("level", "is_party")
    search_fields = ("name__folded", "code")


class DocumentTypeAdmin(ReferenceAdmin):
    model = DocumentType
    menu_icon = "doc-full"
    list_display = ("name", "symbol", "kind", "is_active")
    list_filter = ("kind",)
    search_fields = ("name__folded", "symbol__folded", "code")


class ReferenceTablesGroup(ModelAdminGroup):
    menu_label = _("Reference tables")
    menu_icon = "list-ul"
    menu_order = 600
    items = (
        DocumentTypeAdmin,
        IssuingBodyAdmin,
        LegalFieldAdmin,
        AudienceAdmin,
    )
