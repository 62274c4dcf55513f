"""The table of comments as the file of the draft needs it: Word or Excel (C12).

Its words are Vietnamese, as the form is. Whoever did not agree to be named stands there as what
they are; what the public may not read is blacked out here too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from ..comparing.opinions import MINUTES, OPINIONS, Head, Row
from ..comparing.opinions_sheet import as_sheet
from ..core.accounts import AdminRequest
from ..core.base_page import page_of
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from ..regulations.active import get_regulation
from ..reporting.files import WORD, WORKBOOK, handed_out, writes_word
from ..worktime import VIETNAM
from ..worktime.active import today
from . import lifecycle
from .blacking import plain
from .models import COMMENT, CONSULTATION, BlackOut, Comment, Consultation, Wording
from .shown import pieces_of
from .sorts import names_in

#: What is no comment on the draft any more, or was never one, is not answered.
LEFT_OUT = (lifecycle.WITHHELD, lifecycle.WITHDRAWN)


@require_safe
def output(request: AdminRequest, pk: int, form: str) -> HttpResponse:
    """Hand out the table, ``form`` is «docx» or «xlsx», to who sees the consultation.

    Raises ``Http404`` where it is not theirs to see (R11), and for Word without the extra ``word``.
    """
    consultation = get_object_or_404(Consultation, pk=pk)
    rows = seen_by(request.user).select_related("unit")
    matter: Matter = get_object_or_404(rows, kind=CONSULTATION, subject=pk)
    with override("vi"):
        head, found = head_of(consultation, matter), rows_of(consultation, request.user)
        name = f"tong-hop-y-kien-{pk}.{form}"
        if form == "xlsx":
            return handed_out(as_sheet(head, found), WORKBOOK, name)
        if not writes_word():
            raise Http404(_("Word files need the extra «word» of the package."))
        from ..comparing.opinions_word import as_word

        return handed_out(as_word(head, found), WORD, name)


def head_of(consultation: Consultation, matter: Matter) -> Head:
    """Return what stands above the table, dated today."""
    portal, on = get_regulation().portal, today()
    page = page_of(consultation.page)
    first, last = consultation.opens_on, consultation.closes_on
    return Head(
        agency=str(matter.unit or portal.standing_agency or portal.name),
        above=portal.governing_body,
        draft=str(page.title if page else matter.title),
        place_and_day=f"{portal.province or '……'}, ngày {on:%d} tháng {on:%m} năm {on:%Y}",
        form=MINUTES if consultation.is_dialogue else OPINIONS,
        held=_held(consultation),
        period=f"từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y}",
    )


def _held(consultation: Consultation) -> str:
    if not consultation.is_dialogue or consultation.held_at is None:
        return ""
    at = consultation.held_at.astimezone(VIETNAM)
    guests = "; ".join(names_in(consultation.guests))
    return f"Đối thoại lúc {at:%H} giờ {at:%M} ngày {at:%d/%m/%Y}. Người trả lời: {guests}."


def rows_of(consultation: Consultation, user: Any) -> list[Row]:
    """Return a row for each comment that the person sees; those of a group with one answer are one.

    By provision in the order of the draft, the whole first.
    """
    seen = seen_by(user).filter(kind=COMMENT).exclude(state__in=LEFT_OUT)
    blackouts = Prefetch("blackouts", BlackOut.objects.order_by("start", "pk"))
    words = Prefetch("wordings", Wording.objects.order_by("pk").prefetch_related(blackouts))
    comments = consultation.comments.filter(pk__in=seen.values("subject"))
    labels = {"": "", **consultation.labels}
    order = {place: number for number, place in enumerate(labels)}
    listed = sorted(
        comments.order_by("pk").select_related("answer").prefetch_related(words),
        key=lambda one: (order.get(one.place, len(order)), one.place),
    )
    return list(_merged(listed, labels))


def _merged(comments: Sequence[Comment], labels: Mapping[str, str]) -> Iterator[Row]:
    for place, at_place in groupby(comments, key=lambda one: one.place):
        together: dict[object, list[Comment]] = {}
        for one in at_place:
            key: object = (one.group, one.answer_id) if one.group else one.pk
            together.setdefault(key, []).append(one)
        for alike in together.values():
            yield _row(alike[0], labels.get(place, ""), len(alike))


def _row(comment: Comment, label: str, count: int) -> Row:
    wordings, answer = list(comment.wordings.all()), comment.answer
    return Row(
        clause_label=label,
        author=comment.known_as or capfirst(comment.get_author_display()),
        source=comment.get_source_display(),
        text=plain(pieces_of(wordings[-1])) if wordings else "",
        decision=capfirst(answer.heading) if answer else "",
        reason=answer.text if answer else "",
        group_size=count,
    )
