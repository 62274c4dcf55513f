"""Index pages: the portal's home and one page for each category."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from ..blocks.field import BlocksField
from ..conf import settings
from ..core.discovery import concrete_models, root_model
from ..core.fields import NFCCharField, NFCTextField
from ..regulations.active import get_regulation
from ..serving.listing import (
    IndexPaginator,
    ListingPaginator,
    Shown,
    newest_of_each,
    public,
    published_in,
    with_covers,
)
from ..serving.process_cache import of_version
from ..site.home import HomeMixin
from ..site.menu import menu_of
from ..workflows.item_bar import ItemBar
from . import document_list
from .answer_filter import AnswerFilter
from .base import ContentMixin
from .cards import note_cards
from .consultations import chosen_consultations
from .consulting import STATE, note_states
from .document_facets import ISSUED
from .document_list import DocumentFilter, DocumentPaginator
from .documents import DocumentMixin
from .facets import KIND, SUPPLIER, TAG, YEAR, Facet
from .filters import ListingFilter
from .forms import RegulatedPageForm
from .regulated import RegulatedPageMixin
from .services import ServiceMixin

#: What stands in the address for the table of documents.
DOCUMENTS = "van-ban"
NEWEST_ON_HOME = 5
DOCUMENTS_ON_HOME = 5
DRAFTS_ON_HOME = 3
#: A longer title gives its place in the menu to a short name, in characters.
LONGEST_IN_MENU = 24
#: By the kind of the category, where editors have given none.
SHORT_NAMES = {
    "C1": _("About us"),
    "C2": _("News"),
    "C3": _("Direction and guidance"),
    "C4": _("Professional guidance"),
    "C5": _("Materials"),
    "C6": _("Questions and answers"),
    "C7": _("New documents"),
    "C9": _("Documents of the Party"),
    "C10": _("Research"),
    "C11": _("Exemplars"),
    "C12": _("Comment on drafts"),
    "C13": _("Linked systems"),
    "C14": _("Search and statistics"),
    "C15": _("Other information"),
}


class PortalMixin(HomeMixin, RegulatedPageMixin):
    """The home of the portal: the newest of each category."""

    introduction = NFCTextField(_("introduction"), blank=True)
    arrangement = BlocksField(
        use="home",
        blank=True,
        verbose_name=_("parts of the home page"),
        help_text=_(
            "What stands on the home page, from the top. Empty: the band with search and tiles, "
            "open drafts, answers, news, documents, all categories, linked systems."
        ),
    )

    #: What stands on the home page where its editors have arranged nothing, by the names of blocks.
    usual_parts: ClassVar[tuple[str, ...]] = (
        "band",
        "drafts",
        "answers",
        "news",
        "documents",
        "directory",
        "linked_systems",
    )
    #: Says to search and statistics, which this module imports, that they may stand below.
    takes_services: ClassVar[bool] = True
    page_template = "wagtail_pbgdpl/pages/portal_page.html"
    content_panels = [
        ItemBar(),
        TitleFieldPanel("title"),
        FieldPanel("introduction"),
        FieldPanel("arrangement"),
    ]

    class Meta:
        abstract = True

    def parts(self) -> Any:
        """Return what stands on the home page: as its editors arranged it, or as usual."""
        if self.arrangement:
            return self.arrangement
        blocks = self.arrangement.stream_block
        names = tuple(name for name in self.usual_parts if name in blocks.child_blocks)
        usual = [{"type": name, "value": {}} for name in names]
        return of_version(("usual parts", type(self), names), lambda: blocks.to_python(usual))

    def category_pages(self) -> list[Any]:
        """Return the live index pages below the portal, in the order of the tree."""
        return [page for page in menu_of(self) if isinstance(page, CategoryIndexMixin)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        index_pages = self.category_pages()
        items = newest_of_each(index_pages, NEWEST_ON_HOME)
        # One query asks of all that the parts may show whether it is public.
        context["shown"] = shown = Shown(
            [
                *(item for of_one in items.values() for item in of_one),
                *(line.page for line in document_list.chosen(index_pages, DOCUMENTS_ON_HOME)),
                *chosen_consultations(DRAFTS_ON_HOME),
            ]
        )
        context["sections"] = tuple((page, shown.of(items[page.pk])) for page in index_pages)
        context["parts"] = self.parts()
        # Its search takes the place of the one in the head.
        context["has_band"] = any(part.block_type == "band" for part in context["parts"])
        return context


class CategoryIndexForm(RegulatedPageForm):
    """Offer the categories of the regulation that this type of index page may serve."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "category" in self.fields:
            kinds = self.instance.index_kinds
            self.fields["category"] = forms.ChoiceField(
                label=self.fields["category"].label,
                choices=[
                    (code, f"{code} · {category.name}")
                    for code, category in get_regulation().categories.items()
                    if not kinds or category.kind in kinds
                ],
            )


class CategoryIndexMixin(RegulatedPageMixin):
    """The page of one category (chuyên mục); lists what is published in it."""

    category = models.CharField(_("category"), max_length=40)
    short_title = NFCCharField(
        _("name in the menu"),
        max_length=30,
        blank=True,
        help_text=_("Stands in the menu in place of a long title."),
    )
    in_first_row = models.BooleanField(
        _("beside the menu"),
        default=False,
        help_text=_(
            "Is always in sight beside the menu, on wide screens. While no category is, those "
            "that citizens come for most are."
        ),
    )
    introduction = NFCTextField(_("introduction"), blank=True)

    base_form_class = CategoryIndexForm
    page_template = "wagtail_pbgdpl/pages/category_index_page.html"
    content_panels = [
        ItemBar(),
        TitleFieldPanel("title"),
        FieldPanel("category"),
        FieldPanel("short_title"),
        FieldPanel("in_first_row"),
        FieldPanel("introduction"),
    ]

    # What the home page shows of index pages that have it.
    questions: Any = None
    links: Any = None

    #: Kinds of category that this index page is made for. Empty: any without one of its own.
    index_kinds: ClassVar[tuple[str, ...]] = ()
    #: By what readers narrow the list.
    listing_filter: ClassVar[type[ListingFilter]] = ListingFilter
    #: Foreign keys that a line of the list shows beside the cover, with the columns that it shows.
    listed_with: ClassVar[dict[str, tuple[str, ...]]] = {}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        result = super().save(*args, **kwargs)
        update_fields = kwargs.get("update_fields")
        if update_fields is None or "category" in update_fields:
            self._pass_on_category()
        return result

    def _pass_on_category(self) -> None:
        """Content belongs to the category of its index page, also where that was corrected."""
        content = root_model(ContentMixin)._default_manager.child_of(self)
        content.exclude(category=self.category).update(category=self.category)

    @classmethod
    def clean_subpage_models(cls) -> list[type[Any]]:
        """Only what belongs to a category, and no page of the site's own or portal within it."""
        return [
            model
            for model in super().clean_subpage_models()
            if issubclass(model, RegulatedPageMixin) and model.category_kinds
        ]

    @property
    def menu_title(self) -> str:
        """What the menu calls the page: its short name, or its title where that is short."""
        if self.short_title or len(self.title) <= LONGEST_IN_MENU:
            return self.short_title or self.title
        category = self.regulated_category
        return str(SHORT_NAMES.get(category.kind if category else "", self.title))

    def items(self) -> Any:
        return with_covers(published_in(self), *self.listed_with)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.GET.get(document_list.FORMAT) == document_list.CSV and self.lists_documents():
            narrowed = DocumentFilter.of(request, self.document_facets())
            records = document_list.records_in(narrowed.apply(self.documents()))
            return document_list.as_csv(records, request, self.slug)
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["services"] = self.services()
        if self.lists_documents() and request.GET.get(KIND.name, DOCUMENTS) == DOCUMENTS:
            return context | self._as_table(request)
        listing_filter = self.listing_filter.of(request, self.facets())
        paginator = (
            ListingPaginator(listing_filter.apply(self.items()), settings.ITEMS_PER_PAGE)
            if listing_filter
            else IndexPaginator(self, settings.ITEMS_PER_PAGE, self.listed_with)
        )
        listed = self._listing(request, listing_filter, paginator, published_in(self))
        rows = listed["page_of_items"].object_list
        rows.note(note_cards, *([note_states] if STATE in self.facets() else []))
        return context | listed

    def _as_table(self, request: HttpRequest) -> dict[str, Any]:
        """Documents as a table; what else the category has is led to."""
        listing_filter = DocumentFilter.of(request, self.document_facets())
        documents = self.documents()
        records = document_list.records_in(listing_filter.apply(documents))
        paginator = DocumentPaginator(records, settings.ITEMS_PER_PAGE)
        listed = self._listing(request, listing_filter, paginator, documents)
        others = KIND.values(published_in(self))
        kinds = of_version(("kinds", self.pk), lambda: tuple(others))
        return listed | {"is_table": True, "kinds": kinds}

    def _listing(
        self, request: HttpRequest, listing_filter: ListingFilter, paginator: Any, items: Any
    ) -> dict[str, Any]:
        return {
            "filter": listing_filter,
            "facets": listing_filter.groups(self.pk, items),
            "query_prefix": listing_filter.query_prefix,
            "page_of_items": paginator.get_page(request.GET.get("trang")),
        }

    def content_models(self) -> list[type[Any]]:
        """Return the types of content that the category takes."""
        category = self.regulated_category
        kind = category.kind if category is not None else None
        return [
            model
            for model in concrete_models(ContentMixin)
            if model.category_kinds and kind in model.category_kinds
        ]

    def facets(self) -> list[Facet]:
        """Return by what the list is narrowed: the facets of its types, unit, tag and year."""
        own = [one for model in self.content_models() for one in model.listed_facets]
        several = [KIND] if len(self.content_models()) > 1 else []
        supplier = [] if any(one.name == SUPPLIER.name for one in own) else [SUPPLIER]
        return list(dict.fromkeys((*several, *own, *supplier, TAG, YEAR)))

    def lists_documents(self) -> bool:
        """Whether the category has documents that somebody has passed; a second old at most."""
        if not self.document_models():
            return False
        return of_version(("documents", self.pk), lambda: self.documents().exists())

    def documents(self) -> Any:
        models = ContentType.objects.get_for_models(*self.document_models()).values()
        return published_in(self).filter(content_type__in=[one.pk for one in models])

    def document_facets(self) -> list[Facet]:
        own = (one for model in self.document_models() for one in model.listed_facets)
        return list(dict.fromkeys((*own, TAG, ISSUED)))

    def document_models(self) -> list[Any]:
        """Return the types of documents that somebody has passed and the category takes."""

        def found() -> list[Any]:
            models = (one for one in self.content_models() if issubclass(one, DocumentMixin))
            return [one for one in models if one.is_passed]

        return of_version(("document models", type(self), self.category), found)

    def services(self) -> list[Any]:
        """Return the live pages below that are no content, such as the search of C14."""
        category = self.regulated_category
        kinds = [
            model
            for model in concrete_models(ServiceMixin)
            # Most index pages cannot have any: that saves the query.
            if model.category_kinds is None
            or (category is not None and category.kind in model.category_kinds)
        ]
        return list(public(self.get_children()).type(*kinds)) if kinds else []


class QuestionIndexMixin(CategoryIndexMixin):
    """C6: Trả lời ý kiến, tư vấn độc giả (BK21 Điều 9.6; BP20 Điều 11.5)."""

    questions = BlocksField(
        use="questions",
        blank=True,
        verbose_name=_("frequent questions"),
        help_text=_("Questions that are asked often, with their answers."),
    )

    index_kinds = ("C6",)
    listing_filter = AnswerFilter
    listed_with = {"unit": ("name", "short_name")}
    page_template = "wagtail_pbgdpl/pages/question_index_page.html"
    content_panels = [*CategoryIndexMixin.content_panels, FieldPanel("questions")]

    class Meta:
        abstract = True


class IntegrationMixin(CategoryIndexMixin):
    """C13: Tích hợp thông tin (BK21 Điều 9.13, Điều 12.2; I1)."""

    links = BlocksField(use="links", blank=True, verbose_name=_("linked systems"))

    index_kinds = ("C13",)
    page_template = "wagtail_pbgdpl/pages/integration_page.html"
    content_panels = [*CategoryIndexMixin.content_panels, FieldPanel("links")]

    class Meta:
        abstract = True
