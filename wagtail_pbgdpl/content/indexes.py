"""Index pages: the portal's home and one page for each category."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel

from ..blocks.field import BlocksField
from ..core.discovery import concrete_models, root_model
from ..core.fields import NFCTextField
from ..regulations.active import get_regulation
from ..serving.listing import (
    IndexPaginator,
    ListingPaginator,
    newest_of_each,
    public,
    published_in,
    with_covers,
)
from ..site.home import HomeMixin
from ..site.menu import menu_of
from .answer_filter import AnswerFilter, answered_fields, answering_units
from .base import ContentMixin
from .filters import ListingFilter
from .forms import RegulatedPageForm
from .regulated import RegulatedPageMixin
from .services import ServiceMixin

PER_PAGE = 20
NEWEST_ON_HOME = 5


class PortalMixin(HomeMixin, RegulatedPageMixin):
    """The home of the portal: the newest of each category."""

    introduction = NFCTextField(_("introduction"), blank=True)

    #: Says to search and statistics, which this module imports, that they may stand below.
    takes_services: ClassVar[bool] = True
    page_template = "wagtail_pbgdpl/pages/portal_page.html"
    content_panels = [TitleFieldPanel("title"), FieldPanel("introduction")]

    class Meta:
        abstract = True

    def category_pages(self) -> list[Any]:
        """Return the live index pages below the portal, in the order of the tree."""
        return [page for page in menu_of(self) if isinstance(page, CategoryIndexMixin)]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        index_pages = self.category_pages()
        items = newest_of_each(index_pages, NEWEST_ON_HOME)
        context["sections"] = [(page, items[page.pk]) for page in index_pages]
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
    introduction = NFCTextField(_("introduction"), blank=True)

    base_form_class = CategoryIndexForm
    page_template = "wagtail_pbgdpl/pages/category_index_page.html"
    content_panels = [
        TitleFieldPanel("title"),
        FieldPanel("category"),
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

    def items(self) -> Any:
        return with_covers(published_in(self), *self.listed_with)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        listing_filter = self.listing_filter.of(request)
        paginator = (
            ListingPaginator(listing_filter.apply(self.items()), PER_PAGE)
            if listing_filter
            else IndexPaginator(self, PER_PAGE, self.listed_with)
        )
        context["filter"] = listing_filter
        context["query_prefix"] = listing_filter.query_prefix
        context["page_of_items"] = paginator.get_page(request.GET.get("trang"))
        context["services"] = self.services()
        return context

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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["answered_fields"] = answered_fields(self)
        context["answering_units"] = answering_units(self)
        return context


class IntegrationMixin(CategoryIndexMixin):
    """C13: Tích hợp thông tin (BK21 Điều 9.13, Điều 12.2; I1)."""

    links = BlocksField(use="links", blank=True, verbose_name=_("linked systems"))

    index_kinds = ("C13",)
    page_template = "wagtail_pbgdpl/pages/integration_page.html"
    content_panels = [*CategoryIndexMixin.content_panels, FieldPanel("links")]

    class Meta:
        abstract = True
