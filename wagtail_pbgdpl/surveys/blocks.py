"""A survey as a block of any page: what the board approves with the page is what is asked."""

from __future__ import annotations

import datetime
import enum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    DateBlock,
    ListBlock,
    StreamBlock,
    StreamBlockValidationError,
    StructBlockValidationError,
    StructValue,
    TextBlock,
)

from ..blocks.base import GROUP_DATA, LabelledStructBlock, PortalStructBlock
from ..blocks.registry import registry
from ..core.fields import check_year
from ..core.text import nfc
from ..worktime.active import today
from .models import CHOICE_LENGTH, QUESTION_LENGTH, TITLE_LENGTH
from .results import results

MOST_QUESTIONS = 10
MOST_CHOICES = 12
HIGHEST = 5


class State(enum.StrEnum):
    UPCOMING = "upcoming"
    OPEN = "open"
    CLOSED = "closed"


class SurveyValue(StructValue):
    """``opens_on``, ``closes_on``: whole days, Asia/Ho_Chi_Minh."""

    @cached_property
    def state(self) -> State:
        return self.state_on(today())

    def state_on(self, day: datetime.date) -> State:
        """Return the state on a day; without both dates it is not open yet."""
        opens, closes = self.get("opens_on"), self.get("closes_on")
        if not opens or not closes or day < opens:
            return State.UPCOMING
        return State.CLOSED if day > closes else State.OPEN


class _QuestionBlock(LabelledStructBlock):
    text = CharBlock(label=_("Question"), max_length=QUESTION_LENGTH)
    required = BooleanBlock(label=_("Must be answered"), required=False, default=True)


class _ChoicesBlock(_QuestionBlock):
    choices = ListBlock(
        CharBlock(max_length=CHOICE_LENGTH),
        label=_("Choices"),
        min_num=2,
        max_num=MOST_CHOICES,
        default=["", ""],
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        words = [word.strip().casefold() for word in cleaned["choices"]]
        if len(set(words)) < len(words) and not self.is_deferred_validation:
            error = ValidationError(_("Two choices are the same."), code="repeated")
            raise StructBlockValidationError({"choices": error})
        return cleaned


class OneChoiceBlock(_ChoicesBlock):
    class Meta:
        icon = "radio-full"
        label = _("One choice")


class SeveralChoicesBlock(_ChoicesBlock):
    class Meta:
        icon = "list-ul"
        label = _("Several choices")


class ScaleBlock(_QuestionBlock):
    lowest = CharBlock(label=_("What 1 means"), max_length=60)
    highest = CharBlock(label=_("What 5 means"), max_length=60)

    class Meta:
        icon = "order"
        label = _("Scale from 1 to 5")


class QuestionsBlock(StreamBlock):
    one = OneChoiceBlock()
    several = SeveralChoicesBlock()
    scale = ScaleBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        seen: set[str] = set()
        errors = {}
        for index, child in enumerate(cleaned):
            text = child.value["text"].strip().casefold()
            if text in seen:
                error = ValidationError(_("This question stands above already."), code="repeated")
                errors[index] = StructBlockValidationError({"text": error})
            seen.add(text)
        if errors and not self.is_deferred_validation:
            raise StreamBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        min_num = 1
        max_num = MOST_QUESTIONS


class SurveyBlock(PortalStructBlock):
    """Up to ten closed questions; the results stand in its place once it is closed (P9)."""

    title = CharBlock(label=_("Title"), max_length=TITLE_LENGTH)
    introduction = TextBlock(label=_("What it is for"), required=False, rows=3, max_length=2000)
    opens_on = DateBlock(label=_("Opens on"))
    closes_on = DateBlock(label=_("Closes on"), help_text=_("The whole of this day still counts."))
    questions = QuestionsBlock(label=_("Questions"))

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation or not (cleaned["opens_on"] and cleaned["closes_on"]):
            return cleaned
        try:
            check_year(cleaned["closes_on"])
            check_year(cleaned["opens_on"])
            if cleaned["closes_on"] < cleaned["opens_on"]:
                raise ValidationError(_("The survey closes before it opens."), code="order")
        except ValidationError as error:
            raise StructBlockValidationError({"closes_on": error}) from error
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        page, block = context.get("page"), context.get("block_id")
        context["survey_place"] = {"page_id": page.pk, "block": block} if _is_live(page) else None
        if value.state == State.CLOSED and context["survey_place"] and block:
            context["survey_results"] = results(page.pk, block)
        return context

    class Meta:
        icon = "form"
        label = _("Survey")
        group = GROUP_DATA
        description = _("A short survey without names; the results follow when it is closed.")
        value_class = SurveyValue
        template = "wagtail_pbgdpl/blocks/survey.html"
        preview_value = {
            "title": "Khảo sát mức độ hài lòng về Trang thông tin",
            "introduction": "Khảo sát không thu thập họ tên hay địa chỉ của người trả lời.",
            "opens_on": datetime.date(2026, 11, 1),
            "closes_on": datetime.date(2026, 11, 30),
            "questions": [
                {
                    "type": "scale",
                    "value": {
                        "text": "Ông/bà hài lòng về Trang thông tin ở mức nào?",
                        "required": True,
                        "lowest": "Không hài lòng",
                        "highest": "Rất hài lòng",
                    },
                },
                {
                    "type": "one",
                    "value": {
                        "text": "Thông tin ông/bà tìm có dễ thấy không?",
                        "required": True,
                        "choices": ["Dễ", "Khó"],
                    },
                },
            ],
        }


def choices_of(question: Any) -> list[str]:
    """Return the words of the choices of a question, as they are offered and counted."""
    said = question.value
    if question.block_type != "scale":
        return [nfc(word.strip()) for word in said["choices"]]
    ends = {1: said["lowest"], HIGHEST: said["highest"]}
    words = (f"{one} – {ends[one]}" if one in ends else str(one) for one in range(1, HIGHEST + 1))
    return [nfc(one.strip()) for one in words]


def _is_live(page: Any) -> bool:
    return bool(page is not None and page.pk and page.live)


def register() -> None:
    registry.register("survey", SurveyBlock, use="body")
