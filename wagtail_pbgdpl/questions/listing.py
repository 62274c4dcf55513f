"""The list of questions for officials (Q2, P3, T3, R11).

Rows are matters: state, clock and unit stand there. What the question itself says is read once for
the rows that are shown. Neither list nor files hold contact data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.widgets.button import HeaderButton

from ..desk.clocked import ClockedReport, Standing, StandingColumn
from ..matters.models import Matter
from ..matters.timeliness import days_left, seen_by
from ..organisation.models import Unit
from ..regulations.active import get_regulation
from ..regulations.labels import QUESTION_KINDS
from ..reporting.fields import Field
from ..reporting.months import MonthFilter, in_month
from . import bulk, saved_views
from . import standing as standings
from .figures import first_instant
from .kinds import KINDS
from .lifecycle import QUESTION
from .models import Batch, Question
from .rules import receives

ASKER = "asker"
AT_ONCE = 500
# Of what is typed into the search box.
MOST_WORDS = 12


def roles() -> list[tuple[str, str]]:
    """Return for whom a question can wait, as choices."""
    named = [(str(code), role.name) for code, role in get_regulation().roles.items()]
    return [*named, (ASKER, gettext("the asker"))]


def fields_of_law() -> QuerySet[Any]:
    model: Any = Question._meta.get_field("legal_field").related_model
    return model._default_manager.all()


def by_number(words: str) -> Q:
    """Return the condition that number or tracking code begin so, or that the number ends so.

    Each part of it goes by an index: the last part of a number is the key of the question.
    """
    number = "".join(words.split()).upper()
    found = Q(number__startswith=number) | Q(code__startswith=number.replace("-", ""))
    last = re.search(r"[0-9]{1,9}$", number)
    return found | Q(pk=int(last[0]), number__endswith=number) if last else found


def all_words(words: str) -> Q:
    """Return the condition that heading or text has each of them, with accents or without."""
    found = Q()
    for word in words.split()[:MOST_WORDS]:
        found &= Q(heading__folded__icontains=word) | Q(text__folded__icontains=word)
    return found


class ReceivedIn(MonthFilter):
    """The month stands with the question; the last twelve can be asked for together."""

    def filter(self, rows: Any, month: str) -> Any:
        if not month:
            return rows
        if month == standings.YEAR:
            received = Question.objects.filter(received_at__gte=first_instant(timezone.now()))
        else:
            received = in_month(Question.objects, "received_at", month)
        return rows.filter(subject__in=received.order_by().values("pk"))


def batches_seen(request: Any) -> QuerySet[Batch]:
    """Return the batches of questions that the person sees (R11)."""
    seen = seen_by(request.user).filter(kind__in=KINDS).values("subject")
    of_them = Question.objects.filter(pk__in=seen, batch__isnull=False).values("batch")
    found: QuerySet[Batch] = Batch.objects.filter(pk__in=of_them).select_related("unit")
    return found


class QuestionFilterSet(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=list(QUESTION_KINDS.items()))
    standing = django_filters.ChoiceFilter(
        label=_("Timeliness"), choices=standings.CHOICES, method="of_standing"
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[(one.code, one.label) for one in QUESTION.states.values()]
    )
    role = django_filters.ChoiceFilter(label=_("Waits for"), choices=roles, method="of_role")
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"),
        queryset=Unit.objects.all(),
        null_label=_("with no unit"),
        null_value=standings.NONE,
        method="of_unit",
    )
    field = django_filters.ModelChoiceFilter(
        label=_("Legal field"),
        queryset=lambda request: fields_of_law(),
        null_label=_("without a legal field"),
        null_value=standings.NONE,
        method="of_field",
    )
    batch = django_filters.ModelChoiceFilter(
        label=_("Batch"), queryset=batches_seen, method="of_batch"
    )
    month = ReceivedIn(
        Question.objects.all(),
        "received_at",
        [(standings.YEAR, _("the last twelve months"))],
        label=_("Month of receipt"),
    )

    def of_standing(self, rows: Any, name: str, value: str) -> QuerySet[Matter]:
        return standings.narrowed(rows, value, timezone.now())

    def of_role(self, rows: Any, name: str, value: str) -> QuerySet[Matter]:
        if value == ASKER:
            return rows.filter(state="needs_information")
        return rows.filter(role=value)

    def of_batch(self, rows: Any, name: str, value: Batch) -> QuerySet[Matter]:
        return rows.filter(subject__in=value.questions.values("pk"))

    def of_unit(self, rows: Any, name: str, value: Any) -> QuerySet[Matter]:
        return standings.of_unit(rows, None if value == standings.NONE else value.pk)

    def of_field(self, rows: Any, name: str, value: Any) -> QuerySet[Matter]:
        key = None if value == standings.NONE else value.pk
        found = Question.objects.filter(legal_field=key).order_by()
        return rows.filter(subject__in=found.values("pk"))


class ChooseColumn(BaseColumn):
    header_template_name = "wagtail_pbgdpl/admin/choose_header.html"
    cell_template_name = "wagtail_pbgdpl/admin/choose_cell.html"


class QuestionList(ClockedReport):
    """Every question that the user sees: where it stands, whose turn it is, and until when."""

    page_title = _("Questions and answers")
    header_icon = "help"
    template_name = "wagtail_pbgdpl/admin/questions.html"
    results_template_name = "wagtail_pbgdpl/admin/questions_results.html"
    is_searchable = True
    filterset_class = QuestionFilterSet
    default_ordering = "-pk"
    any_permission_required = ("view",)
    export_filename = "hoi-dap"
    on_screen = ("number", "heading", "kind", "state_label", "waits_for", "unit", "due_at", "left")

    def get_fields(self) -> Sequence[Field]:
        return (
            Field(
                "number",
                _("Number"),
                self._of("number"),
                shown=self._number,
                link=lambda row: row.address,
            ),
            Field("heading", _("Heading"), self._of("heading")),
            Field("kind", _("Kind"), lambda row: QUESTION_KINDS[row.kind]),
            Field("legal_field", _("Legal field"), self._of("legal_field")),
            Field("received_at", _("Received at"), self._of("received_at")),
            Field("state_label", _("State")),
            Field("waits_for", _("Waits for"), self._waits_for),
            Field("unit", _("Unit"), lambda row: row.counted_unit or ""),
            Field("batch", _("Batch"), self._batch),
            Field("clause", _("Clause")),
            Field("due_at", _("Due at")),
            Field("left", _("Days left"), self._left, column=StandingColumn),
            Field("closed_at", _("Closed at")),
            Field("rating", _("Rating"), self._of("rating", "")),
        )

    @cached_property
    def columns(self) -> list[Any]:
        found: list[Any] = super().columns
        return [ChooseColumn("choose"), *found] if self._receives else found

    @cached_property
    def _receives(self) -> bool:
        return receives(self.request.user)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        ways = bulk.WAYS if self._receives else ()
        context["bulk_ways"] = [
            (reverse("pbgdpl_questions_bulk", args=[way]), QUESTION.moves[way]) for way in ways
        ]
        return context | saved_views.context_for(self.request.user, self.request.GET)

    def _number(self, row: Matter) -> str:
        # What people read aloud stands in one line.
        number = self._of("number")(row)
        return format_html('<span class="w-whitespace-nowrap">{}</span>', number)

    def get_base_queryset(self) -> QuerySet[Matter]:
        rows = seen_by(self.request.user).filter(kind__in=KINDS)
        return rows.select_related("unit", "unit_at_close")

    def search_queryset(self, queryset: Any) -> Any:
        words = str(self.search_query or "").strip()
        if not words:
            return queryset
        found = by_number(words)
        # What is one word with a figure in it is read off a letter: texts are not looked through.
        if " " in words or not any(map(str.isdigit, words)):
            found |= all_words(words)
        return queryset.filter(subject__in=Question.objects.filter(found).values("pk"))

    def paginate_queryset(self, queryset: Any, page_size: Any) -> Any:
        paginator, page, rows, has_others = super().paginate_queryset(queryset, page_size)
        page.object_list = list(self._read(rows))
        return paginator, page, page.object_list, has_others

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> Any:
        return super().as_spreadsheet(self._read(queryset), spreadsheet_format)

    def _read(self, rows: Any) -> Iterator[Matter]:
        """Yield the rows, each with its question; one query more for five hundred."""
        waiting: list[Matter] = []
        for row in rows.iterator(chunk_size=AT_ONCE) if isinstance(rows, QuerySet) else rows:
            waiting.append(row)
            if len(waiting) == AT_ONCE:
                yield from self._with_questions(waiting)
                waiting = []
        yield from self._with_questions(waiting)

    def _with_questions(self, rows: Iterable[Matter]) -> Iterator[Matter]:
        listed = list(rows)
        questions = Question.objects.select_related("legal_field", "batch").defer("text", "answer")
        known = questions.in_bulk([row.subject for row in listed])
        for row in listed:
            if row.subject in known:
                row.__dict__["question"] = known[row.subject]
                yield row

    def _of(self, name: str, empty: Any = None) -> Any:
        def read(row: Any) -> Any:
            value = getattr(row.question, name)
            return "" if value is None else value

        return read

    def _batch(self, row: Any) -> str:
        batch = row.question.batch
        return batch.number if batch is not None else ""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        if not self._receives:
            return []
        address = reverse("pbgdpl_question_batch")
        return [
            HeaderButton(gettext("Gather a batch"), url=address, icon_name="folder-open-inverse")
        ]

    def _waits_for(self, row: Matter) -> str:
        if row.state == "needs_information":
            return gettext("the asker")
        role = next((one for code, one in get_regulation().roles.items() if code == row.role), None)
        return role.name if role else ""

    def _left(self, row: Matter) -> Standing:
        return self.mark(row, days_left(row, self._now, self._calendar))
