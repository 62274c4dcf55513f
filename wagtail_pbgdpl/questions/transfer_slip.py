"""A case printed as a letter to the unit: «Phiếu chuyển câu hỏi», a Word file (Q1, Q7, R11).

Head, place of the number, date and recipients as Nghị định 30/2020/NĐ-CP, Phụ lục I, lays down.
The words are Vietnamese, as that form is. Number and signature are the office's to add.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_safe

from ..authority.stand_in import held_by
from ..core.accounts import AdminRequest
from ..legal.letterhead import COUNTRY, MOTTO
from ..matters.kinds import Offer
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from ..regulations.active import get_regulation
from ..reporting.files import WORD, handed_out, writes_word
from ..worktime import VIETNAM
from ..worktime.active import today
from .contact import FIELDS, has_said
from .lifecycle import CLASSIFYING
from .models import Question

TITLE = "PHIẾU CHUYỂN"
KINDS = {"question": "câu hỏi", "feedback": "góp ý", "petition": "phản ánh, kiến nghị"}
LABELS = {
    "full_name": "Họ và tên",
    "email": "Thư điện tử",
    "phone": "Điện thoại",
    "postal_address": "Địa chỉ bưu điện",
}
BEHIND_A_PURPOSE = (
    "Thông tin liên hệ của người hỏi được lưu trên Cổng; chỉ mở khi cần để trả lời và phải nêu mục "
    "đích (Luật số 91/2025/QH15)."
)


def offers(question: Question, matter: Matter) -> list[Offer]:
    """Return the way to the file, where a unit has the case."""
    if matter.unit_id is None or question.erased_at is not None or not writes_word():
        return []
    address = reverse("pbgdpl_question_slip", args=[question.pk])
    says = gettext_lazy("With contact data only where you have said what you need them for.")
    return [Offer(gettext_lazy("Letter to the unit (Word)"), address, says=says)]


@require_safe
def transfer_slip(request: AdminRequest, pk: int) -> HttpResponse:
    """Hand out the letter to who sees the case.

    Raises ``Http404`` where it is not theirs to see, erased or with no unit.
    """
    question = get_object_or_404(
        Question.objects.select_related("legal_field"), pk=pk, erased_at=None
    )
    rows = seen_by(request.user).filter(kind=question.kind, subject=pk, unit__isnull=False)
    matter = get_object_or_404(rows.select_related("unit"))
    if not writes_word():
        raise Http404(_("Word files need the extra «word» of the package."))
    file = BytesIO()
    with override("vi"):
        written(question, matter, today(), with_contact=has_said(request.user, matter)).save(file)
    return handed_out(file.getvalue(), WORD, f"phieu-chuyen-{question.number}.docx")


def written(question: Question, matter: Matter, on: datetime.date, *, with_contact: bool) -> Any:
    """Return the document, dated ``on``; contact data are in it only ``with_contact``."""
    from ..reporting.word import Letter

    portal = get_regulation().portal
    letter = Letter()
    province = portal.province
    letter.head(
        above=portal.governing_body,
        office=portal.standing_agency or portal.name,
        number="Số:          /PC-",
        dated=f"{province or '……'}, ngày {on:%d} tháng {on:%m} năm {on:%Y}",
        country=COUNTRY,
        motto=MOTTO,
    )
    letter.centred(f"{TITLE} {KINDS[question.kind].upper()}", bold=True)
    letter.centred(f"Kính gửi: {matter.unit}")
    for paragraph in _body(question, matter, with_contact=with_contact):
        letter.paragraph(paragraph)
    signs = get_regulation().roles.get(held_by(CLASSIFYING).role)
    letter.foot(recipients=["Như trên;", "Lưu: VT."], signs=signs.name if signs else "Ban Biên tập")
    return letter.document


def _body(question: Question, matter: Matter, *, with_contact: bool) -> Iterator[str]:
    portal, received = get_regulation().portal, _day(question.received_at)
    yield (
        f"{portal.name} nhận được {KINDS[question.kind]} số {question.number} ngày {received}. "
        f"Ban Biên tập chuyển đến {matter.unit} để xem xét, trả lời theo thẩm quyền."
    )
    if question.legal_field:
        yield f"Lĩnh vực pháp luật: {question.legal_field}."
    if question.commune:
        yield f"Nơi xảy ra sự việc: {question.commune}."
    yield "Nội dung:"
    yield from _lines(question.text)
    for one in question.clarifications.all():
        if one.text:
            yield "Người hỏi bổ sung:"
            yield from _lines(one.text)
    if count := question.files.count():
        yield f"Kèm theo: {count} tệp trên Cổng."
    if with_contact:
        for name in FIELDS:
            if value := getattr(question, name):
                yield f"{LABELS[name]}: {value}"
    else:
        yield BEHIND_A_PURPOSE
    if words := _words(matter):
        yield f"Ý kiến của Ban Biên tập: {words}"
    yield _limit(matter)


def _limit(matter: Matter) -> str:
    if matter.limit is None:
        return "Thời hạn trả lời: theo thông báo của Ban Biên tập."
    clause = f" ({matter.clause})" if matter.clause else ""
    return f"Thời hạn trả lời: chậm nhất hết ngày {_day(matter.limit)}{clause}."


def _words(matter: Matter) -> str:
    forwarded = matter.events.filter(move="forward").order_by("pk").last()
    return str(forwarded.text) if forwarded else ""


def _lines(text: str) -> Iterator[str]:
    yield from (line.strip() for line in text.splitlines() if line.strip())


def _day(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
