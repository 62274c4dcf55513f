"""Pages that publish a document: C3, C7, C9."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from ..core.base_page import BASE_PAGE, base_page_model
from ..core.discovery import concrete_models
from ..core.fields import NFCRichTextField
from ..corpus.records import record_of
from ..corpus.relations import relations_of
from ..serving.listing import public, still_public
from ..serving.process_cache import of_version
from .base import BodyMixin, panels
from .document_facets import ISSUER, TYPE, VALIDITY
from .document_word import is_available
from .facets import FIELD, Choices, Facet
from .legal_metadata import LEGAL_PANELS, LegalMetadataMixin
from .required import original_of


class DocumentMixin(LegalMetadataMixin, BodyMixin):
    """A document with its full text in the body (D3)."""

    page_template = "wagtail_pbgdpl/pages/document_page.html"
    body_template = "wagtail_pbgdpl/includes/document_body.html"
    listed_as = "van-ban"
    listed_label: ClassVar[Any] = pgettext_lazy("law", "Documents")
    listed_facets: ClassVar[tuple[Facet, ...]] = (VALIDITY, TYPE, ISSUER, FIELD)
    shown_with = ("cover", "document_type", "issuing_body")
    content_panels = panels(*LEGAL_PANELS)

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["briefs"] = briefs_of(self)
        if self.is_passed:
            record = record_of(self.pk)
            self.take_standing(record.standing if record else None)
            context["related"] = relations_of(record, self)
            context["original_file"] = original_of(self.files)
            context["has_word"] = getattr(self, "live", False) and is_available(self)
        return context


class DirectiveMixin(DocumentMixin):
    """C3: Văn bản chỉ đạo, hướng dẫn (BK21 Điều 9.3; BP20 Điều 5.6)."""

    category_kinds = ("C3",)

    class Meta:
        abstract = True


class Scope(models.TextChoices):
    CENTRAL = "central", _("Central")
    LOCAL = "local", _("Local")


class LegalDocumentMixin(DocumentMixin):
    """C7: Văn bản chính sách, pháp luật mới (BK21 Điều 9.7)."""

    scope = models.CharField(_("scope"), max_length=8, choices=Scope, default=Scope.LOCAL)

    category_kinds = ("C7",)
    listed_facets = (
        Choices("cap", _("Scope"), "scope", chips=True),
        *DocumentMixin.listed_facets,
    )
    content_panels = panels(FieldPanel("scope"), *LEGAL_PANELS)
    own_search_fields = [index.FilterField("scope")]

    class Meta:
        abstract = True


class PartyDocumentMixin(DocumentMixin):
    """C9: Chỉ thị, Kết luận của Ban Bí thư; văn bản của Tỉnh ủy (BK21 Điều 9.9)."""

    implementation = NFCRichTextField(
        _("implementation"),
        blank=True,
        help_text=_("How the document is carried out in the province."),
    )

    category_kinds = ("C9",)
    page_template = "wagtail_pbgdpl/pages/party_document_page.html"
    content_panels = panels(*LEGAL_PANELS, FieldPanel("implementation"))
    own_search_fields = [index.SearchField("implementation")]

    class Meta:
        abstract = True


class LegalBriefMixin(BodyMixin):
    """C7: press material and introductions of a document (D5; LC19 mục II.3)."""

    class Kind(models.TextChoices):
        PRESS_RELEASE = "press_release", _("Press release")
        PRESS_KIT = "press_kit", _("Press conference material")
        INTRODUCTION = "introduction", _("Introduction of the document")
        TRAINING = "training", _("Training material")

    brief_kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.INTRODUCTION)
    document = models.ForeignKey(
        BASE_PAGE,
        verbose_name=_("document explained"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="%(app_label)s_%(class)s_briefs",
        help_text=_("The page of the document that this material explains."),
    )

    category_kinds = ("C7",)
    listed_as = "gioi-thieu"
    listed_facets = (Choices("loai", _("Kind"), "brief_kind", chips=True),)
    page_template = "wagtail_pbgdpl/pages/legal_brief_page.html"
    shown_with = ("cover", "document")
    content_panels = panels(FieldPanel("brief_kind"), FieldPanel("document"))
    own_search_fields = [index.FilterField("brief_kind")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)  # type: ignore[misc]
        context["explained"] = self._public_document()
        return context

    def _public_document(self) -> Any:
        # Not even the title of a draft or a private page is for the public.
        pages = base_page_model()._default_manager.live().public()
        return pages.filter(pk=self.document.pk).first() if self.document else None


def briefs_of(page: Any) -> list[Any]:
    """Return the live press material and introductions of a document page (D5).

    Which there are is at most a second old; whether they may be shown is asked each time.
    """
    chosen = of_version(("briefs", page.pk), lambda: _briefs(page.pk))
    shown = still_public(chosen)
    return [brief for brief in chosen if brief.pk in shown]


def _briefs(document: Any) -> list[Any]:
    return [
        brief
        for model in concrete_models(LegalBriefMixin)
        for brief in public(model._default_manager.filter(document_id=document))
    ]
