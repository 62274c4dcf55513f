"""A portal with something of every kind of record, and the ways out of it and into another."""

from __future__ import annotations

import datetime
import io
import json
import uuid
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test.utils import override_settings
from wagtail.models import Page, Site

from tests.factories import (
    DocumentFactory,
    DocumentTypeFactory,
    ImageFactory,
    IssuingBodyFactory,
    LegalFieldFactory,
    NewsFactory,
    UnitFactory,
    UserFactory,
    factory_for,
    seated,
)
from tests.questions.case import received
from tests.workflows.board import edit, fresh, make_board
from wagtail_pbgdpl.content.indexes import CategoryIndexMixin
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.exchange.page_records import structure
from wagtail_pbgdpl.intake.files import Sound
from wagtail_pbgdpl.matters import obligations
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.organisation.models import Unit, UnitSuccession
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.questions.models import Clarification, Part, QuestionFile
from wagtail_pbgdpl.reference.models import LegalField
from wagtail_pbgdpl.worktime.models import CalendarException

WORDS = "Bố tôi mất năm 2019"
NAMED = "Hoàng Thị Người Hỏi"


def index(code: str) -> Any:
    for model in concrete_models(CategoryIndexMixin):
        if page := model.objects.filter(category=code).first():
            return page
    raise LookupError(code)


def stream(*blocks: tuple[str, Any]) -> str:
    return json.dumps(
        [
            {"type": kind, "value": value, "id": f"00000000-0000-4000-8000-{number:012d}"}
            for number, (kind, value) in enumerate(blocks)
        ]
    )


def fill() -> None:
    """Write a portal: items of several types and states, people, questions, what is owed."""
    board = make_board(index("C2"))
    old = UnitFactory(code="phong-cu", name="Phòng cũ", ends_on=datetime.date(2025, 6, 30))
    UnitSuccession.objects.create(
        predecessor=old, successor=board.unit, kind="merged", on=datetime.date(2025, 7, 1)
    )
    Unit.objects.filter(pk=old.pk).update(parent=board.unit)
    CalendarException.objects.create(date=datetime.date(2028, 1, 3), name="Nghỉ bù")
    field = LegalField.objects.first() or LegalFieldFactory()
    image = ImageFactory(uploaded_by_user=board.officer, title="Ảnh hội nghị")
    image.tags.add("hội nghị", "ảnh")
    document = DocumentFactory(title="Quy chế")
    law = factory_for(pages.LegalDocumentPage)(
        parent=index("C7"),
        title="Luật Đất đai",
        document_number="31/2024/QH15",
        document_type=DocumentTypeFactory(),
        issuing_body=IssuingBodyFactory(),
        legal_fields=[field],
        files=stream(("file", {"document": document.pk, "kind": "signed", "title": ""})),
    )
    body = stream(
        ("image", {"image": {"image": image.pk, "decorative": False, "alt_text": "Hội nghị"},
                   "caption": "", "credit": ""}),
        ("rich_text", f'<p>Xem <a linktype="page" id="{law.pk}">luật</a>, '
                      f'<a id="{document.pk}" linktype="document">tệp</a> và '
                      '<a linktype="page" id="999999">trang đã mất</a>.</p>'),
    )  # fmt: skip
    public = board.published(title="Hội nghị phổ biến", body=body, cover=image, tags=["đất đai"])
    edit(public, board.officer, title="Hội nghị phổ biến (đã sửa)")
    board.at_approval(title="Chờ Trưởng Ban duyệt")
    board.sent(title="Mới gửi")
    NewsFactory(parent=index("C2"), title="Bản nháp", live=False, unit=board.unit, user=board.head)
    lost = board.draft(title="Sẽ bị xóa")
    obligations.owe(title="Phải đăng", category="C3", start=datetime.date(2026, 3, 2),
                    unit=board.unit, by=board.secretary)  # fmt: skip
    fresh(lost).delete()
    _ask(board, field)
    seated("deputy_chief")


def _ask(board: Any, field: Any) -> None:
    question = received(legal_field=field)
    question.answer = f"Trả lời {NAMED}"
    question.save()
    Clarification.objects.create(
        question=question, wanted="Thửa nào?", asked_at=question.received_at, text="Thửa 5"
    )
    Part.objects.create(question=question, unit=board.unit, asked="Ý kiến?", text=WORDS)
    file = QuestionFile(question=question)
    file.keep(Sound("Đơn của tôi.pdf", "pdf", b"%PDF-1.7 cua toi"))
    file.save()
    page = factory_for(pages.AnswerPage)(
        parent=index("C6"), title="Thừa kế đất", unit=board.unit, legal_fields=[field],
        question_text="Về thừa kế", live=True,
    )  # fmt: skip
    type(page).objects.filter(pk=page.pk).update(question_number=question.pk)


@contextmanager
def portal_of_its_own(folder: Path, *, shifted: bool = False) -> Iterator[None]:
    """A portal that only the set-up has touched, with files of its own; gone in the end.

    ``shifted``: its tables have numbered rows before, so that no primary key fits by chance.
    """
    places = override_settings(
        MEDIA_ROOT=str(folder / "media"),
        WAGTAIL_PBGDPL={**_settings(), "INTAKE_FOLDER": str(folder / "kin")},
    )
    with places, transaction.atomic():
        if shifted:
            shift()
        yield
        transaction.set_rollback(True)
    Site.clear_site_root_paths_cache()


def _settings() -> dict[str, Any]:
    from django.conf import settings

    return dict(settings.WAGTAIL_PBGDPL)


def shift() -> None:
    """Let the next rows have other numbers than those of a portal that is filled anew."""
    before = list(Matter.objects.values_list("pk", flat=True))
    for key in structure():
        Page.objects.filter(pk=key).update(translation_key=uuid.uuid4())
    for made in (ImageFactory(), DocumentFactory(), UserFactory(), UnitFactory(),
                 NewsFactory(parent=index("C2"), live=False), LegalFieldFactory()):  # fmt: skip
        made.delete()
    received().delete()
    Event.objects.exclude(matter__in=before)._raw_delete("default")
    Matter.objects.exclude(pk__in=before)._raw_delete("default")


def contents(package: Path | bytes) -> dict[str, bytes]:
    """Return the parts of a package but for its signature."""
    source = io.BytesIO(package) if isinstance(package, bytes) else package
    with zipfile.ZipFile(source) as archive:
        names = [name for name in archive.namelist() if name != "signature.json"]
        return {name: archive.read(name) for name in names}


def lines(package: Path | bytes, kind: str) -> list[dict[str, Any]]:
    said = contents(package).get(f"records/{kind}.jsonl", b"")
    return [json.loads(line) for line in said.splitlines()]


def all_rows() -> dict[str, list[str]]:
    """Every row of the database as it lies there, but for what the search index has of it."""
    with connection.cursor() as cursor:
        tables = [one for one in connection.introspection.table_names(cursor) if "index" not in one]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def changed(before: dict[str, list[str]]) -> dict[str, set[str]]:
    now = all_rows()
    return {name: set(now[name]) ^ set(rows) for name, rows in before.items() if now[name] != rows}
