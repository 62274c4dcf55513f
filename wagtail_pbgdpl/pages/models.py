"""The concrete page types on Wagtail's default page.

All that they are stands in ``wagtail_pbgdpl.content``; a site with a base page of its own leaves
this app out and mixes those classes in the same way.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from ..content.answers import AnswerMixin
from ..content.base import ContentMixin
from ..content.consultations import ConsultationMixin
from ..content.councils import CouncilActivityMixin, RapporteurListMixin
from ..content.documents import (
    DirectiveMixin,
    LegalBriefMixin,
    LegalDocumentMixin,
    PartyDocumentMixin,
)
from ..content.exemplars import ExemplarMixin
from ..content.guidance import GuidanceMixin
from ..content.indexes import (
    CategoryIndexMixin,
    IntegrationMixin,
    PortalMixin,
    QuestionIndexMixin,
)
from ..content.introduction import IntroductionMixin
from ..content.materials import MaterialMixin
from ..content.news import NewsMixin
from ..content.other import OtherMixin
from ..content.reports import StatisticalReportMixin
from ..content.research import ResearchMixin
from ..content.services import SearchMixin, StatisticsMixin
from ..content.tags import TaggedContentBase

PORTAL = "wagtail_pbgdpl_pages.PortalPage"
CATEGORY_INDEX = "wagtail_pbgdpl_pages.CategoryIndexPage"
QUESTION_INDEX = "wagtail_pbgdpl_pages.QuestionIndexPage"


class PortalPage(PortalMixin, Page):
    subpage_types = [
        CATEGORY_INDEX,
        QUESTION_INDEX,
        "wagtail_pbgdpl_pages.IntegrationPage",
        "wagtail_pbgdpl_pages.SearchPage",
        "wagtail_pbgdpl_pages.StatisticsPage",
    ]

    class Meta:
        verbose_name = _("legal education portal")
        verbose_name_plural = _("legal education portals")


class CategoryIndexPage(CategoryIndexMixin, Page):
    parent_page_types = [PORTAL]

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")


class QuestionIndexPage(QuestionIndexMixin, Page):
    parent_page_types = [PORTAL]

    class Meta:
        verbose_name = _("questions and answers")
        verbose_name_plural = _("questions and answers")


class IntegrationPage(IntegrationMixin, Page):
    parent_page_types = [PORTAL]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("linked systems")
        verbose_name_plural = _("linked systems")


class StatisticsPage(StatisticsMixin, Page):
    parent_page_types = [PORTAL, CATEGORY_INDEX]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("statistics")
        verbose_name_plural = _("statistics")


class SearchPage(SearchMixin, Page):
    parent_page_types = [PORTAL, CATEGORY_INDEX]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("search pages")


class TaggedContent(TaggedContentBase):
    content_object = ParentalKey(
        "wagtail_pbgdpl_pages.ContentPage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class ContentPage(ContentMixin, Page):
    """The common table of all content; editors create its subclasses."""

    tags = ClusterTaggableManager(
        through=TaggedContent, blank=True, verbose_name=pgettext_lazy("content", "tags")
    )

    is_creatable = False
    parent_page_types = [CATEGORY_INDEX]
    subpage_types: list[str] = []
    promote_panels = [FieldPanel("tags"), *Page.promote_panels]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
        indexes = [
            models.Index(
                fields=["listed_in", "-published_at", "-page_ptr"],
                name="pbgdpl_listing",
                condition=models.Q(published_at__isnull=False),
            ),
            models.Index(fields=["category", "-published_at"], name="pbgdpl_category_newest"),
            models.Index(fields=["-published_at", "-page_ptr"], name="pbgdpl_newest"),
        ]


class IntroductionPage(IntroductionMixin, ContentPage):
    class Meta:
        verbose_name = _("introduction")
        verbose_name_plural = _("introductions")


class NewsPage(NewsMixin, ContentPage):
    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")


class DirectivePage(DirectiveMixin, ContentPage):
    class Meta:
        verbose_name = _("directive document")
        verbose_name_plural = _("directive documents")


class StatisticalReportPage(StatisticalReportMixin, ContentPage):
    class Meta:
        verbose_name = _("statistical report")
        verbose_name_plural = _("statistical reports")


class GuidancePage(GuidanceMixin, ContentPage):
    class Meta:
        verbose_name = _("professional guidance")
        verbose_name_plural = _("professional guidance")


class MaterialPage(MaterialMixin, ContentPage):
    class Meta:
        verbose_name = _("legal education material")
        verbose_name_plural = _("legal education materials")


class AnswerPage(AnswerMixin, ContentPage):
    parent_page_types = [QUESTION_INDEX]
    exclude_fields_in_copy = [*ContentPage.exclude_fields_in_copy, "question_number"]

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")


class LegalDocumentPage(LegalDocumentMixin, ContentPage):
    class Meta:
        verbose_name = _("new legal document")
        verbose_name_plural = _("new legal documents")


class LegalBriefPage(LegalBriefMixin, ContentPage):
    class Meta:
        verbose_name = _("press material or introduction")
        verbose_name_plural = _("press material and introductions")


class CouncilActivityPage(CouncilActivityMixin, ContentPage):
    class Meta:
        verbose_name = _("council activity")
        verbose_name_plural = _("council activities")


class RapporteurListPage(RapporteurListMixin, ContentPage):
    class Meta:
        verbose_name = _("list of rapporteurs")
        verbose_name_plural = _("lists of rapporteurs")


class PartyDocumentPage(PartyDocumentMixin, ContentPage):
    class Meta:
        verbose_name = _("document of the Party")
        verbose_name_plural = _("documents of the Party")


class ResearchPage(ResearchMixin, ContentPage):
    class Meta:
        verbose_name = _("research article")
        verbose_name_plural = _("research articles")


class ExemplarPage(ExemplarMixin, ContentPage):
    class Meta:
        verbose_name = _("exemplar")
        verbose_name_plural = _("exemplars")


class ConsultationPage(ConsultationMixin, ContentPage):
    class Meta:
        verbose_name = _("consultation on a draft")
        verbose_name_plural = _("consultations on drafts")


class OtherPage(OtherMixin, ContentPage):
    class Meta:
        verbose_name = _("other information")
        verbose_name_plural = _("other information")
