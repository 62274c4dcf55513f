"""C3: Báo cáo thống kê (BK21 Điều 9.3)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from ..blocks.field import BlocksField
from ..core.fields import DayField
from .base import BodyMixin, panels
from .facets import Choices


class StatisticalReportMixin(BodyMixin):
    """Figures of a period, as tables and charts. The limits T7, T10 and T11 start from it."""

    class Period(models.TextChoices):
        MONTH = "month", _("Month")
        QUARTER = "quarter", _("Quarter")
        HALF_YEAR = "half_year", _("Six months")
        YEAR = "year", _("Year")
        OTHER = "other", _("Other period")

    period_kind = models.CharField(_("period"), max_length=10, choices=Period, default=Period.YEAR)
    period_start = DayField(_("from"), null=True, blank=True)
    period_end = DayField(_("to"), null=True, blank=True)
    figures = BlocksField(use="figures", blank=True, verbose_name=_("figures"))
    attachments = BlocksField(use="attachments", blank=True, verbose_name=_("files"))

    category_kinds = ("C3",)
    card_files = "attachments"
    card_glyph = "chart"
    listed_as = "bao-cao"
    listed_facets = (Choices("ky", _("Period"), "period_kind", chips=True),)
    page_template = "wagtail_pbgdpl/pages/statistical_report_page.html"
    content_panels = panels(
        MultiFieldPanel(
            [
                FieldPanel("period_kind"),
                FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")]),
            ],
            heading=_("Reporting period"),
        ),
        FieldPanel("figures"),
        FieldPanel("attachments"),
    )
    own_search_fields = [index.SearchField("figures"), index.FilterField("period_end")]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.period_start and self.period_end and self.period_end < self.period_start:
            raise ValidationError({"period_end": _("The period ends before it starts.")})
