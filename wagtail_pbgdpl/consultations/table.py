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
from django.db.models import Max
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from ..authority.facts import holding
from ..core.accounts import AdminRequest
from ..core.text import number_in
from ..matters.deeds import Deed, Refused, act, may_make
from ..matters.models import Event, Matter
from ..matters.timeliness import seen_by
from ..regulations.active import get_regulation
from ..reporting.files import writes_word
from . import alike, kinds, lifecycle
from .counting import tally
from .details import of_draft
from .forms import answer_fields, area
from .models import COMMENT, CONSULTATION, Answer, Comment, Consultation

#: Of comments that say nearly the same, the largest are named.
MOST_SETS = 20
#: Of one page of the table, and ticked one by one.
MOST = 100
#: At one press, of all to which the table is narrowed: some ten seconds.
MOST_AT_ONCE = 1000
STATES = {
    "cho-duyet": (lifecycle.RECEIVED, lifecycle.TO_TELL),
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


class WayForm(forms.Form):
    """What is said of all that are chosen; ``consultation``: of which they are."""

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= self.asks(consultation)

    def asks(self, consultation: Consultation) -> dict[str, forms.Field]:
        return {}


class WithholdForm(WayForm):
    text = area(gettext_lazy("Reason, which the authors read"), rows=2)


class ReturnForm(WayForm):
    text = area(gettext_lazy("What has to be done"), rows=2)


class GroupForm(WayForm):
    group = forms.CharField(label=gettext_lazy("Group"), max_length=120, required=False)


class AnswerForm(WayForm):
    def asks(self, consultation: Consultation) -> dict[str, forms.Field]:
        return answer_fields(consultation)


GROUPED = (lifecycle.TO_ANSWER, lifecycle.TO_TELL, lifecycle.ANSWERED)


class Way(NamedTuple):
    move: str
    form: type[WayForm]
    #: In which states all to which the table is narrowed wait for it.
    of_all: tuple[str, ...]
    #: In a dialogue alone.
    of_dialogue: bool = False


WAYS = {
    "show": Way("comment_show", WayForm, (lifecycle.RECEIVED,)),
    "withhold": Way("comment_withhold", WithholdForm, (lifecycle.RECEIVED,)),
    "group": Way("comment_group", GroupForm, GROUPED),
    "answer": Way("comment_answer", AnswerForm, (lifecycle.TO_ANSWER,)),
    "tell": Way("comment_tell", WayForm, (lifecycle.TO_TELL,), of_dialogue=True),
    "return": Way("comment_send_back", ReturnForm, (lifecycle.TO_TELL,), of_dialogue=True),
}


def table(request: AdminRequest, pk: int) -> HttpResponse:
    """Show the table, or do something to the chosen rows. Raises ``Http404`` (R11)."""
    consultation = get_object_or_404(Consultation, pk=pk)
    matter: Matter = get_object_or_404(seen_by(request.user), kind=CONSULTATION, subject=pk)
    ways = _ways(request.user, consultation, matter)
    forms_shown = {
        name: one.form(prefix=name, consultation=consultation) for name, one in ways.items()
    }
    labels = {"": str(consultation.words.whole), **consultation.labels}
    filters = Filters(request.GET)
    page = filters.page(request.user, consultation, labels)
    bound: dict[str, forms.Form] = {}
    refused: dict[int, str] = {}
    chosen: list[str] = []
    rest: list[int] = []
    if request.method == "POST":
        way, chosen = request.POST.get("way", ""), request.POST.getlist("id")
        if way in WAYS:
            form = bound[way] = forms_shown[way] = WAYS[way].form(
                request.POST, prefix=way, consultation=consultation
            )
            keys = _keys(request, WAYS[way], page, chosen)
            if not keys:
                form.add_error(None, _("Choose at least one comment."))
            elif form.is_valid():
                refused = _all(request, consultation, WAYS[way], keys, form.cleaned_data)
                rest = keys[MOST_AT_ONCE:]
                if not refused and not rest:
                    return redirect(request.get_full_path())
    if refused or rest:
        # What was done stands elsewhere now.
        page = filters.page(request.user, consultation, labels)
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
            for name, one in ways.items()
        ],
        "refused": len(refused),
        "rest": len(rest),
        "reasons": sorted(set(refused.values())),
        "as_of": Event.objects.aggregate(last=Max("pk"))["last"] or 0,
        "every": "every" in request.POST,
    }
    wrong = bool(bound) and not (rest and not refused)
    template = "wagtail_pbgdpl/admin/consultation_table.html"
    return TemplateResponse(request, template, context, status=422 if wrong else 200)


def _ways(user: Any, consultation: Consultation, matter: Matter) -> dict[str, Way]:
    """Return what the person may do now to comments: of the same unit and category each."""
    is_worked_on = kinds.is_worked_on(consultation)
    return {
        name: one
        for name, one in WAYS.items()
        if (consultation.is_dialogue or not one.of_dialogue)
        and (is_worked_on or one.move not in kinds.WHILE_WORKED_ON)
        and may_make(user, lifecycle.COMMENT.moves[one.move], matter)
    }


def _keys(request: AdminRequest, way: Way, page: Page[Any], chosen: Sequence[str]) -> list[int]:
    """Return the keys of the rows that were ticked, or of all to which the table is narrowed and
    which wait for it.

    What became another after the person looked (``as_of``: the last event then) is left out.
    """
    if "every" not in request.POST:
        return [number for key in chosen if (number := number_in(key)) is not None][:MOST]
    keys = set(page.paginator.object_list)
    as_of = number_in(request.POST.get("as_of", "")) or 0
    moved = Event.objects.filter(pk__gt=as_of).values("matter")
    # What was done already is not done again by the next press.
    waiting = Matter.objects.filter(kind=COMMENT, state__in=way.of_all).exclude(pk__in=moved)
    found = waiting.order_by("pk").values_list("pk", flat=True)
    return [key for key in found if key in keys]


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
    keys: Sequence[int],
    said: Mapping[str, Any],
) -> dict[int, str]:
    """Do it to each; return why others were refused, by the keys of their matters.

    To ``MOST_AT_ONCE`` at most; one answer is given to all, however often the button is pressed.
    """
    mine = consultation.comments.values("pk")
    # A guessed number, another's row: neither is there (R11).
    rows = seen_by(request.user).filter(kind=COMMENT, pk__in=keys, subject__in=mine)
    values, text = dict(said), str(said.get("text", ""))
    done, refused = 0, {}
    with holding(request.user):
        if way.move == "comment_answer":
            values["given"] = _answer(request, consultation, values)
        for row in rows.select_related("unit").order_by("pk")[:MOST_AT_ONCE]:
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


def _answer(request: AdminRequest, consultation: Consultation, said: Mapping[str, Any]) -> Answer:
    """Return the answer that is given to all: that of the press before, where it goes on."""
    last = Answer.objects.filter(consultation=consultation, by=request.user.pk).last()
    if "every" in request.POST and last is not None and last.says(said):
        return last
    return Answer.of(consultation, said, request.user)
