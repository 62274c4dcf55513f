"""What the moves of a question ask for beside words: fields, and whether what was said does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..organisation.models import Unit
from ..regulations.active import get_regulation
from ..worktime.active import today
from . import inserting, rules
from .models import Part, Question

LONGEST = 20_000
MOST_EXTENDED = 30
MOST_SET = 90
# A long name must not make a choice wider than a telephone.
FIT = {"class": "w-w-full"}


def area(label: Any, rows: int = 3, **others: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=LONGEST, **others)


def units_given(categories: set[str], *, apart_from: int | None = None) -> Any:
    """Return the units of today that one of the categories was given to."""
    units = Unit.objects.on(today()).exclude(pk=apart_from)
    # No database of ours looks into lists in the same way.
    keys = [unit.pk for unit in units if categories & set(unit.categories)]
    return Unit.objects.filter(pk__in=keys).order_by("name")


def unit_field(label: Any, queryset: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(label=label, queryset=queryset, widget=forms.Select(attrs=FIT))


def field_of_law(**others: Any) -> Any:
    field: Any = Question._meta.get_field("legal_field")
    return field.formfield(widget=forms.Select(attrs=FIT), **others)


def days_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Time limit set by the board (working days)"),
        required=False,
        min_value=1,
        max_value=MOST_SET,
        help_text=_("Where the regulation sets none: counted from when the unit receives it."),
    )


def sorts(topics: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [("", "---------"), *((code, _sort(one)) for code, one in topics.items())]


def forwarding(question: Question) -> dict[str, forms.Field]:
    """The sort, what it is called, whose it is, and the limit where the board sets one."""
    topics = rules.topics_for(question.kind)
    given = units_given({rules.category_for(question.kind, code) for code in topics or [""]})
    found: dict[str, forms.Field] = {}
    if len(topics) > 1:
        found["topic"] = forms.ChoiceField(
            label=_("Sort of question"),
            choices=sorts(topics),
            initial=question.topic,
            widget=forms.Select(attrs=FIT),
        )
    found["heading"] = forms.CharField(
        label=_("Heading"),
        required=False,
        max_length=255,
        initial=question.heading,
        help_text=_("What it is about, in a few words; without names of persons."),
    )
    found["legal_field"] = field_of_law(initial=question.legal_field_id)
    found["unit"] = unit_field(_("Lead unit"), given)
    found["others"] = forms.ModelMultipleChoiceField(
        label=_("Co-ordinating units"),
        queryset=given,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    found["asked"] = area(_("What the co-ordinating units are asked"), required=False)
    if not topics or not all(one.deadline for one in topics.values()):
        found["days"] = days_field()
    return found


def _sort(rule: Any) -> str:
    deadline = get_regulation().deadline_of(rule)
    return f"{rule.name} ({deadline.cited if deadline else rule.cited})"


def fields_of(
    move: str, question: Question, unit_id: int | None, category: str
) -> Mapping[str, forms.Field]:
    """Return the fields of a move of a question."""
    match move:
        case "forward":
            return forwarding(question)
        case "classify":
            return {"legal_field": field_of_law(initial=question.legal_field_id, required=True)}
        case "transfer":
            return {"unit": unit_field(_("Unit"), units_given({category}, apart_from=unit_id))}
        case "draft":
            answer = area(_("Answer"), rows=12, initial=question.answer)
            return {**inserting.fields_for(question), "answer": answer}
        case "approve" if open_parts(question):
            return {
                "without": area(
                    _("Why without the parts that are not signed"),
                    help_text=_("A co-ordinating unit has not signed its part."),
                )
            }
        case "ask_more":
            return {
                "wanted": area(
                    _("What is missing, as the asker reads it"),
                    help_text=_("It is sent by e-mail and kept with the question."),
                )
            }
        case "extend":
            return {
                "days": forms.IntegerField(
                    label=_("Working days more"), min_value=1, max_value=MOST_EXTENDED
                )
            }
        case "duplicate":
            return {"number": forms.CharField(label=_("Number of the other"), max_length=40)}
    return {}


def open_parts(question: Question) -> list[Part]:
    """Return the parts that a co-ordinating unit still owes."""
    keys = question.open_parts().values("subject")
    return list(question.parts.filter(pk__in=keys).select_related("unit"))


def check_forwarding(question: Question, values: Mapping[str, Any]) -> None:
    """Raises ``ValidationError`` where sort, unit or limit do not go together."""
    topics = rules.topics_for(question.kind)
    topic = values.get("topic") or (next(iter(topics)) if len(topics) == 1 else "")
    if topics and topic not in topics:
        raise ValidationError({"topic": gettext("Choose what sort of question it is.")})
    category = rules.category_for(question.kind, topic)
    unit, others = values.get("unit"), list(values.get("others") or ())
    if unit is None:
        raise ValidationError({"unit": gettext("Choose the unit that answers.")})
    if unit in others:
        raise ValidationError(
            {"others": gettext("The lead unit does not co-ordinate with itself.")}
        )
    for name, one in [("unit", unit), *(("others", one) for one in others)]:
        if category not in one.categories:
            message = gettext("This category was not given to «%(unit)s».") % {"unit": one}
            raise ValidationError({name: message})
    has_limit = bool(topics) and bool(topics[topic].deadline)
    if not has_limit and not values.get("days"):
        message = gettext(
            "The regulation sets no time limit: say how many working days the unit has."
        )
        raise ValidationError({"days": message})
    if has_limit and values.get("days"):
        raise ValidationError({"days": gettext("The regulation sets the time limit of this sort.")})


def check_days(values: Mapping[str, Any], most: int) -> int:
    """Return the working days. Raises ``ValidationError`` for less than one or too many."""
    days = values.get("days")
    if not isinstance(days, int) or not 1 <= days <= most:
        message = gettext("From 1 to %(most)d working days.") % {"most": most}
        raise ValidationError({"days": message})
    return days


def the_other(question: Question, values: Mapping[str, Any]) -> Question:
    """Return the question with the number. Raises ``ValidationError`` where there is no other."""
    number = str(values.get("number") or "").strip().upper()
    other: Question | None = Question.objects.filter(number=number).first()
    if other is None or other.pk == question.pk:
        raise ValidationError({"number": gettext("There is no other question with this number.")})
    return other
