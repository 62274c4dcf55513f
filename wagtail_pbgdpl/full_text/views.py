"""From a text to the field of a page: taken in, decided on, looked at, put into the form.

Nothing here changes a page. What is put in stands in the ordinary form of the editor, with all that
holds there, and is stored when that is saved.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from wagtail.admin import messages

from ..core.accounts import AdminRequest
from ..core.base_page import page_of
from ..legal.levels import Level, Line
from .field import is_locked_for, latest, offers_full_text
from .forms import AFTER, DecisionForm, PlaceForm, SourceForm, levels_in
from .models import TextReading
from .reading import Reading
from .words import DOUBTS, LEVELS, OF_TABLES, label_of, left_out_of

TEMPLATES = "wagtail_pbgdpl/admin/full_text"
# Of so many doubtful lines the level is offered at once; of the others when it is asked for.
MOST_OFFERED = 200
_DEPTHS = {
    **dict.fromkeys((Level.BOOK, Level.PART, Level.ANNEX), 0),
    **dict.fromkeys((Level.CHAPTER, Level.OPENING), 0),
    Level.SECTION: 1,
    Level.SUBSECTION: 1,
    Level.ARTICLE: 2,
    Level.DIVISION: 2,
    Level.CLAUSE: 3,
    Level.POINT: 4,
    Level.ITEM: 4,
    Level.TEXT: 3,
}


class Shown(NamedTuple):
    """A line on the screen; ``choices``: the levels it may get, where that is offered."""

    place: int
    line: Line
    label: str
    depth: int
    doubts: list[Any]
    choices: list[tuple[str, Any]]


def start(request: AdminRequest, page_id: int) -> HttpResponse:
    """Take in a text that is pasted or uploaded."""
    page = _page(request, page_id)
    if is_locked_for(request.user, page):
        return _refused(request, page)
    form = SourceForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = form.reading
        row.page, row.user = page.pk, request.user
        row.save()
        return redirect("pbgdpl_full_text_reading", page.pk, row.key)
    return _answer(request, "start", page, form=form)


def reading(request: AdminRequest, page_id: int, key: str) -> HttpResponse:
    """Show what was read; ask what has to be decided; put it into the form."""
    page = _page(request, page_id)
    if is_locked_for(request.user, page):
        return _refused(request, page)
    read = Reading(_row(request, page, key))
    if read.asks_for_changes or read.asks_for_encoding:
        return _decide(request, page, read)
    if read.is_running:
        return _put(page, read, AFTER)
    place = PlaceForm(request.POST if "put" in request.POST else None)
    if request.method == "POST":
        read.fix(levels_in(request.POST))
        if "put" in request.POST and (not len(page.body) or place.is_valid()):
            return _put(page, read, place.cleaned_data["place"] if len(page.body) else "")
        if "put" not in request.POST:
            return _back_to(page, read, request.POST.get("open", ""))
    return _answer(request, "lines", page, place=place, **_lines(request, page, read))


def _decide(request: AdminRequest, page: Any, read: Reading) -> HttpResponse:
    form = DecisionForm(request.POST or None, reading=read)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("pbgdpl_full_text_reading", page.pk, read.row.key)
    return _answer(request, "decide", page, form=form, reading=read)


def _put(page: Any, read: Reading, place: str) -> HttpResponse:
    revision = page.latest_revision
    read.answer(
        place=place,
        revision=[revision.pk, revision.created_at.isoformat()] if revision else None,
    )
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return redirect(f"{address}?full_text={read.row.key}")


def _back_to(page: Any, read: Reading, opened: str) -> HttpResponse:
    address = reverse("pbgdpl_full_text_reading", args=[page.pk, read.row.key])
    if opened.isdecimal():
        return redirect(f"{address}?open={opened}#line-{opened}")
    return redirect(address)


def _lines(request: AdminRequest, page: Any, read: Reading) -> dict[str, Any]:
    asked = request.GET.get("open", "")
    opened = int(asked) if asked.isdecimal() and len(asked) < 8 else -1
    offered = 0
    shown = []
    for index, line in enumerate(read.lines):
        is_offered = index == opened or line.is_fixed
        if line.doubts and offered < MOST_OFFERED:
            offered += 1
            is_offered = True
        shown.append(
            Shown(
                index,
                line,
                label_of(line),
                _DEPTHS.get(line.level, 0),
                [DOUBTS[doubt] for doubt in line.doubts],
                _choices(line) if is_offered else [],
            )
        )
    levels = [line.level for line in read.lines]
    return {
        "reading": read,
        "shown": shown,
        "doubtful": [one for one in shown if one.doubts],
        "articles": levels.count(Level.ARTICLE),
        "chapters": levels.count(Level.CHAPTER),
        "clauses": levels.count(Level.CLAUSE),
        "points": levels.count(Level.POINT),
        "tables": levels.count(Level.TABLE),
        "left_out": left_out_of(read.word.left_out) if read.word else [],
        "levels": [(level.value, LEVELS[level]) for level in Level if level != Level.TABLE],
        "blocks": len(page.body),
    }


def _choices(line: Line) -> list[tuple[str, Any]]:
    levels = OF_TABLES if line.row.cells else [one for one in Level if one != Level.TABLE]
    return [(level.value, LEVELS[level]) for level in levels]


def _page(request: AdminRequest, page_id: int) -> Any:
    """Return the latest version of the page. Raises ``PermissionDenied`` and ``Http404``."""
    page = page_of(page_id)
    if page is None or not offers_full_text(type(page)) or page.alias_of_id:
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return latest(page)


def _row(request: AdminRequest, page: Any, key: str) -> TextReading:
    row: TextReading | None = TextReading.objects.filter(
        key=key, page=page.pk, user=request.user
    ).first()
    if row is None:
        raise Http404
    return row


def _refused(request: AdminRequest, page: Any) -> HttpResponse:
    messages.error(request, gettext("The page is locked: nothing can be put into it now."))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _answer(request: AdminRequest, name: str, page: Any, **context: Any) -> HttpResponse:
    return TemplateResponse(
        request,
        f"{TEMPLATES}_{name}.html",
        {
            "page_title": gettext("Full text by article"),
            "page_subtitle": page.get_admin_display_title(),
            "header_icon": "doc-full",
            "page": page,
            **context,
        },
    )


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/full-text/<int:page_id>/", start, name="pbgdpl_full_text"),
        path("pbgdpl/full-text/<int:page_id>/<str:key>/", reading, name="pbgdpl_full_text_reading"),
    ]
