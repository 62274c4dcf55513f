"""The list of questions, and the figures of them, for officials (Q2, P3, T3, R11).

Rows are matters: state, clock and unit stand there. What the question itself says is read once for
the rows that are shown. Neither list nor files hold contact data.
"""

from __future__ import annotations

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
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from ..desk.clocked import ClockedReport
from ..matters.models import Matter
from ..matters.timeliness import days_left, end_of_soon, seen_by
from ..organisation.models import Unit
from ..regulations.active import get_regulation
from ..regulations.labels import QUESTION_KINDS
from ..reporting.fields import Field
from ..reporting.months import MonthFilter, in_month
from ..reporting.report import Report
from . import standing as standings
from .batches import may_gather
from .figures import Figures, by_unit
from .kinds import KINDS
from .lifecycle import QUESTION
from .models import Batch, Question

# In which the list looks for what is typed; never in what says who asked.
SEARCHED = ("number", "code", "heading", "text")
ASKER = "asker"
AT_ONCE = 500


def roles() -> list[tuple[str, str]]:
    """Return for whom a question can wait, as choices."""
    named = [(str(code), role.name) for code, role in get_regulation().roles.items()]
    return [*named, (ASKER, gettext("the asker"))]


class ReceivedIn(MonthFilter):
    """The month stands with the question."""

    def filter(self, rows: Any, month: str) -> Any:
        if not month:
            return rows
        return rows.filter(
            subject__in=in_month(Question.objects, "received_at", month).values("pk")
        )


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
        null_value=standings.NO_UNIT,
        method="of_unit",
    )
    batch = django_filters.ModelChoiceFilter(
        label=_("Batch"), queryset=batches_seen, method="of_batch"
    )
    month = ReceivedIn(Question.objects.all(), "received_at", label=_("Month of receipt"))

    def of_standing(self, rows: Any, name: str, value: str) -> QuerySet[Matter]:
        return standings.narrowed(rows, value, timezone.now())

    def of_role(self, rows: Any, name: str, value: str) -> QuerySet[Matter]:
        if value == ASKER:
            return rows.filter(state="needs_information")
        return rows.filter(role=value)

    def of_batch(self, rows: Any, name: str, value: Batch) -> QuerySet[Matter]:
        return rows.filter(subject__in=value.questions.values("pk"))

    def of_unit(self, rows: Any, name: str, value: Any) -> QuerySet[Matter]:
        return standings.of_unit(rows, None if value == standings.NO_UNIT else value.pk)


class DaysLeft(str):
    """What the list says of the limit, and whether it is late or soon."""

    is_late = False
    is_soon = False


class DaysColumn(Column):
    cell_template_name = "wagtail_pbgdpl/admin/days_cell.html"


class QuestionList(ClockedReport):
    """Every question that the user sees: where it stands, whose turn it is, and until when."""

    page_title = _("Questions and answers")
    header_icon = "help"
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
            Field("left", _("Days left"), self._left, column=DaysColumn),
            Field("closed_at", _("Closed at")),
            Field("rating", _("Rating"), self._of("rating", "")),
        )

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
        found = Q()
        for name in SEARCHED:
            value = "".join(words.split()).replace("-", "") if name == "code" else words
            found |= Q(**{f"{name}__icontains": value})
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
        if not may_gather(self.request.user):
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

    def _left(self, row: Matter) -> DaysLeft:
        left = DaysLeft(days_left(row, self._now, self._calendar))
        due_at = row.due_at
        if row.is_open and due_at is not None:
            left.is_late = due_at < self._now
            left.is_soon = not left.is_late and due_at <= self._end_of_soon
        return left

    @cached_property
    def _end_of_soon(self) -> Any:
        return end_of_soon(self._now, self._calendar)


class FiguresFilterSet(WagtailFilterSet):
    """Both are asked of the figures, not of the units."""

    month = MonthFilter(
        Question.objects.all(), "received_at", label=_("Month of receipt"), method="leave"
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=list(QUESTION_KINDS.items()), method="leave"
    )

    def leave(self, units: Any, name: str, value: str) -> QuerySet[Unit]:
        return units


class QuestionReport(Report):
    """What each unit received, answered and still owes, and how long its answers took."""

    page_title = _("Figures of questions and answers")
    header_icon = "help"
    menu_order = 1015
    index_url_name = "pbgdpl_questions_report"
    permission_policy = ModelPermissionPolicy(Matter)
    queryset = Unit.objects.all()
    filterset_class = FiguresFilterSet
    export_filename = "so-lieu-hoi-dap"

    def get_fields(self) -> Sequence[Field]:
        return (
            Field("unit", _("Unit"), self._unit),
            self._counted("received", _("Received"), "received"),
            self._counted("answered", _("Answered"), "answered"),
            self._counted("in_time", _("In time"), "in_time"),
            self._counted("too_late", _("Late"), "too_late"),
            self._counted("open", _("Not yet answered"), "open"),
            self._counted("open_late", _("Not yet answered, and late"), "late"),
            Field("median", _("Median (working days)"), self._or_dash("median")),
            Field("ninetieth", _("Nine of ten within (working days)"), self._or_dash("ninetieth")),
            Field("rating", _("Mean rating (1–5)"), self._or_dash("rating")),
        )

    def get_filtered_queryset(self) -> list[Figures]:
        return by_unit(seen_by(self.request.user), self._wanted("month"), self._wanted("kind"))

    def _counted(self, name: str, label: Any, where: str) -> Field:
        return Field(name, label, link=lambda row: self._rows_behind(row, where))

    def _rows_behind(self, row: Figures, where: str) -> str:
        """Return the address of the list of what was counted."""
        narrowed: dict[str, str | int] = {
            "month": self._wanted("month"),
            "kind": self._wanted("kind"),
        }
        if not row.is_sum:
            narrowed["unit"] = row.unit.pk if row.unit else standings.NO_UNIT
        return standings.address(where, **narrowed)

    def _unit(self, row: Figures) -> str:
        if row.is_sum:
            return gettext("All")
        return str(row.unit) if row.unit else gettext("with no unit")

    def _or_dash(self, name: str) -> Any:
        def read(row: Figures) -> Any:
            value = getattr(row, name)
            return "–" if value is None else value

        return read

    def _wanted(self, name: str) -> str:
        if self.filters is None or not self.filters.is_valid():
            return ""
        return str(self.filters.form.cleaned_data.get(name) or "")
