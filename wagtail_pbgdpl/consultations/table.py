"""The table «tổng hợp, giải trình, tiếp thu ý kiến» as a working surface (C12).

A row for each comment, by provision and group: what was said, what becomes of it and why, who owes
an answer and since when. Several are shown, sorted or answered at one press, each by its own deed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from ..core.accounts import AdminRequest
from ..core.history import name_of
from ..core.text import number_in
from ..matters.deeds import Deed, Refused, act, may_make
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from ..regulations.active import get_regulation
from ..reporting.files import writes_word
from . import alike, lifecycle
from .counting import tally
from .details import of_draft
from .forms import answer_field, area, verdict_field
from .models import COMMENT, CONSULTATION, Answer, Comment, Consultation

#: Of comments that say nearly the same, the largest are named.
MOST_SETS = 20
#: Of one page of the table, and at one press.
MOST = 100
STATES = {
    "cho-duyet": (lifecycle.RECEIVED,),
    "cho-giai-trinh": (lifecycle.TO_ANSWER,),
    "da-giai-trinh": (lifecycle.ANSWERED,),
    "khong-dang": (lifecycle.WITHHELD,),
    "da-rut": (lifecycle.WITHDRAWN,),
}
NAMES = {
    "cho-duyet": gettext_lazy("wait for the board"),
    "cho-giai-trinh": gettext_lazy("wait for an answer"),
    "da-giai-trinh": gettext_lazy("answered"),
    "khong-dang": gettext_lazy("not shown"),
    "da-rut": gettext_lazy("withdrawn"),
}


class Row(NamedTuple):
    """``label``: of the place in the latest version; ``owes``: whose turn it is, ``since``: since
    when; ``words``: as the author wrote them.
    """

    matter: Matter
    comment: Comment
    label: str
    words: str
    owes: str
    refusal: str
    chosen: bool


class ShowForm(forms.Form):
    pass


class WithholdForm(forms.Form):
    text = area(gettext_lazy("Reason, which the authors read"), rows=2)


class GroupForm(forms.Form):
    group = forms.CharField(label=gettext_lazy("Group"), max_length=120, required=False)


class AnswerForm(forms.Form):
    verdict = verdict_field()
    answer = answer_field()


class Way(NamedTuple):
    move: str
    form: type[forms.Form]


WAYS = {
    "show": Way("comment_show", ShowForm),
    "withhold": Way("comment_withhold", WithholdForm),
    "group": Way("comment_group", GroupForm),
    "answer": Way("comment_answer", AnswerForm),
}


def table(request: AdminRequest, pk: int) -> HttpResponse:
    """Show the table, or do something to the chosen rows. Raises ``Http404`` (R11)."""
    consultation = get_object_or_404(Consultation, pk=pk)
    matter: Matter = get_object_or_404(seen_by(request.user), kind=CONSULTATION, subject=pk)
    bound: dict[str, forms.Form] = {}
    refused: dict[int, str] = {}
    chosen: list[str] = []
    if request.method == "POST":
        way, chosen = request.POST.get("way", ""), request.POST.getlist("id")
        if way in WAYS:
            form = bound[way] = WAYS[way].form(request.POST, prefix=way)
            if not chosen:
                form.add_error(None, _("Choose at least one comment."))
            elif form.is_valid():
                refused = _all(request, consultation, WAYS[way], chosen, form.cleaned_data)
                if not refused:
                    return redirect(request.get_full_path())
    labels = {"": str(_("Whole draft")), **consultation.labels}
    filters = Filters(request.GET)
    page = filters.page(request.user, consultation, labels)
    forms_shown = {name: bound.get(name) or one.form(prefix=name) for name, one in WAYS.items()}
    context = {
        "consultation": consultation,
        "matter": matter,
        "draft": of_draft(consultation),
        "rows": list(_rows(list(page.object_list), labels, refused, chosen)),
        "page": page,
        "filters": filters,
        "states": [(code, NAMES[code], code == filters.state) for code in STATES],
        "places": filters.places(consultation, labels),
        "groups": filters.groups(consultation),
        "alike": filters.copies(request.user, consultation),
        "words_files": writes_word(),
        "tally": tally(consultation),
        "ways": [
            (name, lifecycle.COMMENT.moves[one.move], forms_shown[name], name in bound)
            for name, one in WAYS.items()
            # Of the same unit and category as each comment.
            if may_make(request.user, lifecycle.COMMENT.moves[one.move], matter)
        ],
        "refused": len(refused),
    }
    wrong = bool(bound)
    template = "wagtail_pbgdpl/admin/consultation_table.html"
    return TemplateResponse(request, template, context, status=422 if wrong else 200)


class Filters:
    """By what the table is narrowed, as the address says."""

    def __init__(self, said: QueryDict) -> None:
        state = said.get("tinh-trang", "")
        self.state = state if state in STATES else ""
        self.anchor = said.get("dieu")
        self.group = said.get("nhom", "")
        self.alike = number_in(said.get("giong", ""))
        self.number = said.get("trang", "1")

    @property
    def query(self) -> str:
        kept = QueryDict(mutable=True)
        for name, value in (
            ("tinh-trang", self.state),
            ("dieu", self.anchor),
            ("nhom", self.group),
            ("giong", str(self.alike or "")),
        ):
            if value:
                kept[name] = value
        return kept.urlencode()

    def page(self, user: Any, consultation: Consultation, labels: Mapping[str, str]) -> Page[Any]:
        """Return the keys of the matters of a page, by provision, group and number."""
        rows = seen_by(user).filter(kind=COMMENT, subject__in=consultation.comments.values("pk"))
        if self.state:
            rows = rows.filter(state__in=STATES[self.state])
        keys = dict(rows.values_list("subject", "pk"))
        found = consultation.comments.all()
        if self.anchor:
            found = found.filter(place="" if self.anchor == "-" else self.anchor)
        if self.group:
            found = found.filter(group=self.group)
        if self.alike:
            found = found.filter(pk__in=alike.of(consultation).get(self.alike, ()))
        order = {place: number for number, place in enumerate(labels)}
        light = [
            (order.get(place, len(order)), place, group, pk)
            for pk, place, group in found.order_by().values_list("pk", "place", "group")
            if pk in keys
        ]
        return Paginator([keys[pk] for *_at, pk in sorted(light)], MOST).get_page(self.number)

    def places(
        self, consultation: Consultation, labels: Mapping[str, str]
    ) -> list[tuple[str, str, bool]]:
        order = {place: number for number, place in enumerate(labels)}
        places = set(consultation.comments.order_by().values_list("place", flat=True))
        listed = sorted(places, key=lambda place: (order.get(place, len(order)), place))
        return [(one or "-", labels.get(one, one), (one or "-") == self.anchor) for one in listed]

    def groups(self, consultation: Consultation) -> list[tuple[str, bool]]:
        names = consultation.comments.exclude(group="").order_by("group")
        found = names.values_list("group", flat=True).distinct()
        return [(one, one == self.group) for one in found]

    def copies(self, user: Any, consultation: Consultation) -> list[tuple[int, int, str, bool]]:
        """Return the largest sets of comments that say nearly the same: the first, how many, its
        number, and whether the table is narrowed to them."""
        seen = set(seen_by(user).filter(kind=COMMENT).values_list("subject", flat=True))
        sets = [[one for one in keys if one in seen] for keys in alike.of(consultation).values()]
        largest = sorted((one for one in sets if len(one) > 1), key=len, reverse=True)[:MOST_SETS]
        numbers = consultation.comments.in_bulk([one[0] for one in largest])
        return [
            (keys[0], len(keys), numbers[keys[0]].number, keys[0] == self.alike) for keys in largest
        ]


def _rows(
    keys: Sequence[int],
    labels: Mapping[str, str],
    refused: Mapping[int, str],
    chosen: Sequence[str],
) -> Iterator[Row]:
    matters = Matter.objects.select_related("unit").in_bulk(list(keys))
    subjects = [one.subject for one in matters.values()]
    rows = Comment.objects.select_related("answer", "version").prefetch_related("wordings", "files")
    comments = rows.in_bulk(subjects)
    roles = get_regulation().roles
    for key in keys:
        matter = matters[key]
        comment = comments[matter.subject]
        words = list(comment.wordings.all())
        role = next((one.name for code, one in roles.items() if code == matter.role), "")
        owes = ", ".join(filter(None, [role, str(matter.unit or "")])) if role else ""
        yield Row(
            matter,
            comment,
            labels.get(comment.place, comment.label),
            words[-1].text if words else "",
            owes,
            refused.get(key, ""),
            str(key) in chosen,
        )


def _all(
    request: AdminRequest,
    consultation: Consultation,
    way: Way,
    keys: Sequence[str],
    said: Mapping[str, Any],
) -> dict[int, str]:
    """Do it to each; return why others were refused, by the keys of their matters."""
    numbers = [number for key in keys if (number := number_in(key)) is not None]
    mine = consultation.comments.values("pk")
    # A guessed number, another's row: neither is there (R11).
    rows = seen_by(request.user).filter(kind=COMMENT, pk__in=numbers[:MOST], subject__in=mine)
    values, text = dict(said), str(said.get("text", ""))
    done, refused = 0, {}
    with transaction.atomic():
        if way.move == "comment_answer":
            values["given"] = _answer(request.user, consultation, values)
        for row in rows.select_related("unit").order_by("pk"):
            seen = request.POST.get(f"seen-{row.pk}", "")
            try:
                act(Deed(row, way.move, request.user, text=text, seen=seen, values=values))
                done += 1
            except Refused as refusal:
                refused[row.pk] = refusal.message
            except ValidationError as error:
                refused[row.pk] = " ".join(error.messages)
        if not done:
            # An answer to nothing.
            transaction.set_rollback(True)
    if done:
        words = ngettext("%(count)d comment: done.", "%(count)d comments: done.", done)
        messages.success(request, words % {"count": done})
    return refused


def _answer(user: Any, consultation: Consultation, said: Mapping[str, Any]) -> Answer:
    found: Answer = Answer.objects.create(
        consultation=consultation,
        verdict=said["verdict"],
        text=said["answer"].strip(),
        by=user,
        by_name=name_of(user),
    )
    return found
