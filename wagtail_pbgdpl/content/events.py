"""When and where something took place; shared by C2 and C8."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from ..core.fields import InstantField, NFCCharField
from ..worktime.calendar import VIETNAM

EVENT_PANEL = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("event_start"), FieldPanel("event_end")]),
        FieldPanel("place"),
    ],
    heading=_("Time and place"),
)


class EventMixin(models.Model):
    """An event with its date and place. ``event_start`` starts the clock of T9."""

    event_start = InstantField(_("starts at"), null=True, blank=True)
    event_end = InstantField(_("ends at"), null=True, blank=True)
    place = NFCCharField(_("place"), max_length=255, blank=True)

    own_search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("place"),
        index.FilterField("event_start"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.event_start and self.event_end and self.event_end < self.event_start:
            raise ValidationError({"event_end": _("The event ends before it starts.")})

    @property
    def ends_on_the_same_day(self) -> bool:
        """Whether it has an end, on the day of its start in Asia/Ho_Chi_Minh."""
        if not (self.event_start and self.event_end):
            return False
        start, end = (timezone.localdate(at, VIETNAM) for at in (self.event_start, self.event_end))
        return start == end
