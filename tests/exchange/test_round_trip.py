"""A portal moves into another one as it is (I2: BK21 Điều 4.4)."""

from __future__ import annotations

import io
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from wagtail.models import Page, ReferenceIndex

from tests.exchange.conftest import IDENTITY
from tests.exchange.full import NAMED, WORDS, all_rows, changed, contents, index, lines
from tests.guides.pages import code, shell
from tests.workflows.board import fresh, step_of
from wagtail_pbgdpl.authority.refusals import Refused
from wagtail_pbgdpl.content.recording import record_new
from wagtail_pbgdpl.core.accounts import users
from wagtail_pbgdpl.corpus.models import DocumentRecord
from wagtail_pbgdpl.exchange.exporting import Export
from wagtail_pbgdpl.exchange.importing import Done, Import
from wagtail_pbgdpl.exchange.secrecy import Key, Lock
from wagtail_pbgdpl.matters import seals
from wagtail_pbgdpl.matters.models import Event, Matter, Seal
from wagtail_pbgdpl.media.models import LatestReference
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.pages.models import AnswerPage, LegalDocumentPage, NewsPage
from wagtail_pbgdpl.questions.models import Question, QuestionFile
from wagtail_pbgdpl.search.index import compare_due
from wagtail_pbgdpl.search.index_models import SearchEntry
from wagtail_pbgdpl.workflows import decisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def take(sender: Any, here: Path) -> Callable[..., Done]:
    def run(package: Path, **options: Any) -> Done:
        return Import(package, sender.public_key(), **options).run()

    return run


@pytest.fixture
def export(sender: Any, here: Path) -> Callable[..., bytes]:
    def run(**options: Any) -> bytes:
        file = io.BytesIO()
        Export(sender, **options).write(file)
        return file.getvalue()

    return run


class TestMoving:
    def test_it_is_equal_byte_by_byte(
        self, packages: dict[str, Path], take: Any, export: Any
    ) -> None:
        done = take(packages["plain"])
        first, second = contents(packages["plain"]), contents(export())
        assert first.keys() == second.keys()
        for name in first:
            assert first[name] == second[name], name
        assert len(first) > 25
        assert done.counts["page"]["created"] == 6
        assert done.adjusted == 0

    def test_a_second_time_changes_nothing(self, packages: dict[str, Path], take: Any) -> None:
        take(packages["plain"])
        before = all_rows()
        done = take(packages["plain"])
        assert changed(before) == {}
        assert {fate for counts in done.counts.values() for fate in counts} == {"unchanged"}

    def test_the_next_runs_let_it_be_found(self, packages: dict[str, Path], take: Any) -> None:
        take(packages["plain"])
        assert compare_due() > 0
        record_new()
        documents = LegalDocumentPage.objects.live()
        assert documents
        for page in documents:
            assert SearchEntry.objects.get(source="pages", object_id=page.pk).title == page.title
            assert DocumentRecord.objects.get(page=page.pk).number == page.document_number

    def test_a_trial_changes_nothing(self, packages: dict[str, Path], take: Any) -> None:
        before = all_rows()
        done = take(packages["plain"], is_trial=True)
        assert changed(before) == {}
        assert done.counts["page"]["created"] == 6
        assert default_storage.listdir("")[1] == []

    def test_the_history_is_under_seal(self, packages: dict[str, Path], take: Any) -> None:
        take(packages["plain"])
        assert list(seals.faults()) == []
        brought = Event.objects.filter(move="passed").latest("pk")
        Event.objects.filter(pk=brought.pk).update(by_name="Người khác")
        assert [fault.number for fault in seals.faults()] == [brought.seal.number]

    def test_nobody_without_the_key_says_that_it_was_brought(
        self, packages: dict[str, Path], take: Any
    ) -> None:
        take(packages["plain"])
        page = NewsPage.objects.get(title="Mới gửi")
        page.delete()
        seals.seal_new()
        ours = Seal.objects.latest("number")
        Seal.objects.filter(pk=ours.pk).update(version=ours.version + seals.BROUGHT)
        assert [fault.number for fault in seals.faults()] == [ours.number]


class TestWhatCame:
    @pytest.fixture(autouse=True)
    def taken(self, packages: dict[str, Path], take: Any) -> None:
        take(packages["plain"])

    def test_what_is_public_is_shown(self, client: Any) -> None:
        page = NewsPage.objects.get(title="Hội nghị phổ biến")
        html = client.get(page.url).content.decode()
        law = LegalDocumentPage.objects.get()
        assert f'href="{law.url}"' in html
        assert "Hội nghị phổ biến" in client.get(index("C2").url).content.decode()
        assert page.cover.file.storage.exists(page.cover.file.name)
        assert list(page.tags.names()) == ["đất đai"]
        assert client.get(law.url).status_code == 200

    def test_a_draft_goes_on_where_it_was(self) -> None:
        page = NewsPage.objects.get(title="Hội nghị phổ biến")
        assert page.get_latest_revision_as_object().title == "Hội nghị phổ biến (đã sửa)"
        assert page.has_unpublished_changes

    def test_an_item_at_a_step_is_approved(self) -> None:
        page = NewsPage.objects.get(title="Chờ Trưởng Ban duyệt")
        chief = Seat.objects.get(role="chief").user
        users().filter(pk=chief.pk).update(is_active=True)
        decisions.pass_step(step_of(page), users().get(pk=chief.pk))
        assert fresh(page).live
        assert list(seals.faults()) == []

    def test_what_was_exchanged_since_its_approval_is_not_published(self) -> None:
        page = NewsPage.objects.get(title="Chờ Trưởng Ban duyệt")
        revision = page.latest_revision
        revision.content["title"] = "Khác"
        revision.save()
        chief = Seat.objects.get(role="chief").user
        users().filter(pk=chief.pk).update(is_active=True)
        with pytest.raises(Refused, match="thay đổi"):
            decisions.pass_step(step_of(page), users().get(pk=chief.pk))
        assert not fresh(page).live

    def test_nobody_who_came_along_signs_in(self) -> None:
        came = users().filter(username__startswith="can-bo-")
        assert came.exists()
        assert not any(one.is_active or one.has_usable_password() or one.email for one in came)

    def test_who_refers_to_what(self) -> None:
        page, law = NewsPage.objects.get(title="Hội nghị phổ biến"), LegalDocumentPage.objects.get()
        kept = set(LatestReference.objects.filter(page_id=page.pk).values_list("model", flat=True))
        assert kept == {"wagtailimages.Image", "wagtaildocs.Document", "wagtailcore.Page"}
        referring = ReferenceIndex.get_references_to(law).values_list("object_id", flat=True)
        assert str(page.pk) in set(referring)

    def test_what_is_owed_and_the_tree(self) -> None:
        assert (
            Matter.objects.get(title="Phải đăng").unit == Matter.objects.get(title="Bản nháp").unit
        )
        assert Page.find_problems() == ([], [], [], [], [])
        answer = AnswerPage.objects.get()
        assert answer.question_number == Question.objects.get().pk
        assert Matter.objects.get(kind="question").subject == answer.question_number

    def test_new_questions_are_numbered_behind_those_that_came(self) -> None:
        from tests.questions.case import received

        came = Question.objects.get()
        new = received()
        assert int(new.number[-6:]) > int(came.number[-6:])


class TestPersons:
    def test_nothing_about_them_leaves(self, packages: dict[str, Path]) -> None:
        said = b"".join(contents(packages["plain"]).values())
        for words in (WORDS, NAMED, "nguoi-hoi@example.vn", "0912345678", "Thửa", "%PDF-1.7 cua"):
            assert words.encode() not in said
        (question,) = lines(packages["plain"], "question")
        assert {"text", "full_name", "answer", "code", "email"} & question.keys() == set()
        assert lines(packages["plain"], "question_file") == []
        assert "persons.age" not in contents(packages["plain"])

    def test_what_is_encrypted_is_read_by_nobody_else(self, packages: dict[str, Path]) -> None:
        said = b"".join(contents(packages["persons"]).values())
        for words in (WORDS, NAMED, "nguoi-hoi@example.vn", "%PDF-1.7 cua"):
            assert words.encode() not in said

    def test_without_them_the_question_stands_empty(
        self, packages: dict[str, Path], take: Any
    ) -> None:
        take(packages["plain"])
        question = Question.objects.get()
        assert (question.text, question.full_name, question.answer) == ("", "", "")
        assert len(question.code) == 16

    def test_with_them_it_stands_as_it_was(
        self, packages: dict[str, Path], take: Any, export: Any
    ) -> None:
        take(packages["persons"], key=Key(identity=str(IDENTITY)))
        question = Question.objects.get()
        assert question.text.startswith(WORDS)
        assert (question.full_name, question.answer) == (NAMED, f"Trả lời {NAMED}")
        file = QuestionFile.objects.get()
        assert (file.name, file.file.read()) == ("Đơn của tôi.pdf", b"%PDF-1.7 cua toi")
        again = export(lock=Lock(recipient=str(IDENTITY.to_public())))
        for name, said in contents(packages["persons"]).items():
            if name.startswith(("records/", "files/")):
                assert contents(again)[name] == said

    def test_they_come_later(self, packages: dict[str, Path], take: Any) -> None:
        take(packages["plain"])
        done = take(packages["persons"], key=Key(identity=str(IDENTITY)))
        assert done.counts["question"]["updated"] == 1
        assert Question.objects.get().full_name == NAMED


def test_the_guide(
    packages: dict[str, Path],
    take: Any,
    here: Path,
    repository: Path,
    capsys: Any,
    monkeypatch: Any,
    english: None,
) -> None:
    """``move-a-portal.md``: its commands, in a portal that takes its own package again."""
    take(packages["plain"])
    page = repository / "docs" / "how-to" / "move-a-portal.md"
    monkeypatch.chdir(here)
    for line in code(page, "sh", "openssl").splitlines():
        subprocess.run(shlex.split(line), check=True, capture_output=True)
    (export,) = shell(code(page, "sh", "cong-cu.zip --key cong-cu.pem\n"))
    trial, taken = shell(code(page, "sh", "--dry-run"))
    call_command(*export)
    assert contents(here / "cong-cu.zip") == contents(packages["plain"])
    assert (here / "cong-cu.zip").stat().st_mode & 0o777 == 0o600
    for command in (trial, taken):
        call_command(*command)
        assert "page: 0 made, 0 brought up to date" in capsys.readouterr().out
    # A package is never written over.
    with pytest.raises(CommandError, match="there already"):
        call_command(*export)
