"""C12: Góp ý dự thảo văn bản (BK21 Điều 9.12; BK18 Điều 3.3l; BP20 Điều 5.9a)."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from ..blocks.field import BlocksField
from ..consultations import rules
from ..consultations.chain import chain
from ..consultations.places import commenting
from ..consultations.sorts import WORDS, Sort, names_in
from ..consultations.states import ConsultationState, days_left, state_on
from ..core.discovery import concrete_models
from ..core.fields import DayField, InstantField, NFCCharField, NFCTextField
from ..serving.listing import Shown, public
from ..serving.process_cache import of_version
from ..site.languages import active_code, in_active_language
from ..worktime.calendar import VIETNAM
from ..worktime.deadline import local_day
from .base import panels
from .consulting import STATE, consultation_of, questions_of
from .documents import DocumentMixin
from .facets import FIELD, Choices, Rows
from .legal_metadata import LEGAL_PANELS

BEGUN = _(
    "The consultation has opened: its dates stand. To prolong it, use «Prolong» on the page of the "
    "consultation."
)


class ConsultationMixin(DocumentMixin):
    """A draft put out for comment: the draft, explanatory files, the dates, the outcome.

    ``opens_on`` and ``closes_on`` are calendar days, Asia/Ho_Chi_Minh; comments are taken until
    the end of the closing day. Of another sort it is a dialogue on policy and law, held at an
    instant within these days, with guests who answer (C17).
    """

    sort = models.CharField(_("sort"), max_length=10, choices=Sort, default=Sort.DRAFT)
    held_at = InstantField(
        _("held at"), null=True, blank=True, help_text=_("Of a dialogue: when it begins.")
    )
    guests = NFCTextField(
        _("guests"),
        blank=True,
        help_text=_("Of a dialogue: who answers, by name and office, one in each line."),
    )

    drafting_body = NFCCharField(_("drafting body"), max_length=255, blank=True)
    opens_on = DayField(_("opens on"), null=True, blank=True)
    closes_on = DayField(
        _("closes on"),
        null=True,
        blank=True,
        help_text=_(
            "The whole of this day still counts. Empty: as long after the opening as the "
            "regulation has it."
        ),
    )
    short_because = NFCTextField(
        _("why it is shorter"),
        blank=True,
        help_text=_(
            "Only where it closes earlier than the regulation has it; the public reads the reason."
        ),
    )
    questions = NFCTextField(
        _("questions to the public"),
        blank=True,
        help_text=_("One in each line. Each can be answered by itself. Of a dialogue: its topics."),
    )
    explanatory_files = BlocksField(
        use="attachments", blank=True, verbose_name=_("explanatory files")
    )
    outcome = BlocksField(
        use="outcome",
        blank=True,
        verbose_name=_("summary of comments"),
        help_text=_(
            "What was commented, and the drafting body's response. Of a dialogue: its minutes."
        ),
    )

    is_passed = False
    listed_as = ""
    listed_label = None
    listed_facets = (
        STATE,
        Choices("dang", _("Kind"), "sort"),
        Rows("loai-van-ban", _("Document type"), "document_type"),
        FIELD,
    )
    category_kinds = ("C12",)
    card_glyph = "comment"
    card_files = "files"
    page_template = "wagtail_pbgdpl/pages/consultation_page.html"
    content_panels = panels(
        MultiFieldPanel(
            [
                FieldPanel("sort"),
                FieldRowPanel([FieldPanel("held_at"), FieldPanel("guests")]),
                FieldPanel("drafting_body"),
                FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
                FieldPanel("short_because"),
                FieldPanel("questions"),
            ],
            heading=_("Consultation"),
        ),
        *LEGAL_PANELS,
        FieldPanel("explanatory_files"),
        FieldPanel("outcome"),
    )
    own_search_fields = [
        index.SearchField("guests"),
        index.SearchField("drafting_body"),
        index.SearchField("outcome"),
        index.FilterField("opens_on"),
        index.FilterField("closes_on"),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.is_dialogue:
            self._check_dialogue()
        if self.opens_on is None:
            return
        if self.closes_on is None:
            self.closes_on = self._closing_day(self.opens_on)
        if self.closes_on < self.opens_on:
            raise ValidationError({"closes_on": _("The consultation closes before it opens.")})
        self._keep_to_what_began()

    @property
    def days_left(self) -> int | None:
        """How many days it is open, today among them, Asia/Ho_Chi_Minh."""
        return days_left(timezone.localdate(timezone=VIETNAM), self.closes_on)

    @property
    def is_dialogue(self) -> bool:
        return self.sort == Sort.DIALOGUE

    def _closing_day(self, opens_on: datetime.date) -> datetime.date:
        if self.is_dialogue and self.held_at:
            return local_day(self.held_at)
        return rules.closing_day(opens_on)

    def _check_dialogue(self) -> None:
        missing = _("A dialogue needs this.")
        needed = ("opens_on", "held_at", "guests")
        wrong: dict[str, Any] = {name: missing for name in needed if not getattr(self, name)}
        if not wrong and self.held_at and self.opens_on:
            day = local_day(self.held_at)
            if day < self.opens_on or (self.closes_on and day > self.closes_on):
                wrong["held_at"] = _("Questions have to be taken on the day of the dialogue.")
        if wrong:
            raise ValidationError(wrong)

    def _keep_to_what_began(self) -> None:
        """Refuse other dates than those of a consultation that has opened, which is prolonged by a
        decision with a reason; before it opens, one that is too short has to say why."""
        begun = consultation_of(self)
        if begun is not None and begun.sort != self.sort:
            raise ValidationError({"sort": _("It was published as another sort: this stands.")})
        if begun is not None and begun.state() is not ConsultationState.UPCOMING:
            if (self.opens_on, self.closes_on) != (begun.opens_on, begun.closes_on):
                raise ValidationError({"closes_on": BEGUN})
        elif self.is_dialogue:
            return
        elif rules.is_short(self.opens_on, self.closes_on) and not self.short_because:
            earliest = rules.earliest_closing(self.opens_on)
            message = _(
                "It closes before %(day)s, which is the earliest day that the regulation allows: "
                "say why it is shorter."
            ) % {"day": f"{earliest:%d/%m/%Y}"}
            raise ValidationError({"short_because": message})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        consultation = consultation_of(self)
        state = consultation.state() if consultation else self.state()
        context["state"] = state
        context["words"] = words = WORDS[self.sort]
        context["state_label"] = words.states[state]
        context["guests"] = names_in(self.guests)
        context["consultation"] = consultation
        context["questions"] = questions_of(self)
        if consultation is not None:
            context["commenting"] = commenting(consultation, state)
            context["chain"] = chain(consultation, consultation.matter)
        return context

    def state(self, today: datetime.date | None = None) -> ConsultationState:
        """Return the state by the clock on ``today``, by default the present day in
        Asia/Ho_Chi_Minh. What became of it afterwards its consultation knows."""
        today = today or timezone.localdate(timezone=VIETNAM)
        return state_on(today, self.opens_on, self.closes_on)


def open_consultations(
    count: int, today: datetime.date | None = None, shown: Shown | None = None
) -> tuple[Any, ...]:
    """Return up to ``count`` live pages that take comments ``today``, the first to close first.

    ``today`` is by default the present day in Asia/Ho_Chi_Minh (C12).
    """
    return (shown or Shown()).of(chosen_consultations(count, today))


def chosen_consultations(count: int, today: datetime.date | None = None) -> tuple[Any, ...]:
    """Return the same, at most a second old: whether they may be shown is still to be asked."""
    day = today or timezone.localdate(timezone=VIETNAM)
    key = ("open consultations", count, day, active_code())
    return of_version(key, lambda: tuple(_open(count, day)))


def _open(count: int, today: datetime.date) -> list[Any]:
    still_open = models.Q(closes_on__isnull=True) | models.Q(closes_on__gte=today)
    last = models.F("closes_on").asc(nulls_last=True)
    found: list[Any] = []
    for model in concrete_models(ConsultationMixin):
        pages = public(model._default_manager.filter(still_open, opens_on__lte=today))
        found += in_active_language(pages).order_by(last, "pk")[:count]
    return sorted(found, key=lambda page: page.closes_on or datetime.date.max)[:count]
