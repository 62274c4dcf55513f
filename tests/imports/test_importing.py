"""Documents from a table become drafts that go the way of every item: all of them, or none."""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import UnitFactory, factory_for, seated
from tests.guides.pages import code, shell
from tests.together import together
from wagtail_pbgdpl.content.obligations import index_page_of
from wagtail_pbgdpl.imports import importing, views
from wagtail_pbgdpl.imports.importing import Report, run
from wagtail_pbgdpl.imports.tables import TableRow
from wagtail_pbgdpl.intake.models import HeldUpload
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.pages.models import DirectivePage, LegalDocumentPage
from wagtail_pbgdpl.reference.models import IssuingBody

GOOD = {
    "number": "17/2018/QĐ-UBND",
    "type": "Quyết định",
    "issuing_body": "UBND tỉnh",
    "abstract": "Ban hành Quy chế",
    "issued_on": "31/07/2018",
    "effective_on": "2018-08-10",
    "signer": "Lý Thái Hải",
}
HEAD = "number;type;issuing_body;abstract;issued_on\n"
LawFactory = factory_for(LegalDocumentPage)


def rows(*cells: dict[str, str]) -> list[TableRow]:
    return [TableRow(place, dict(one)) for place, one in enumerate(cells, start=2)]


def trial(*cells: dict[str, str], user: Any = None) -> Report:
    return run(rows(*cells), user, is_trial=True)


def errors(report: Report) -> list[list[str]]:
    return [[note.text for note in entry.errors] for entry in report.entries]


def text_of(response: Any) -> str:
    return " ".join(BeautifulSoup(response.content, "lxml").get_text(" ").split())


@pytest.mark.django_db
@pytest.mark.usefixtures("portal", "english")
class TestRows:
    @pytest.fixture(autouse=True)
    def body(self) -> Any:
        return IssuingBody.objects.create(code="ubnd-t", name="UBND tỉnh")

    def test_a_draft_with_all_that_the_row_says(self, body: Any) -> None:
        unit = UnitFactory(name="Sở Tư pháp")
        user = seated("contact_officer", unit=unit)
        text = "Điều 1. Phạm vi\n1. Một"
        report = run(rows(GOOD | {"full_text": text}), user, is_trial=False)
        assert report.is_done, errors(report)
        page = LegalDocumentPage.objects.get()
        assert (page.live, page.unit, page.owner) == (False, unit, user)
        assert page.title == "Quyết định 17/2018/QĐ-UBND Ban hành Quy chế"
        assert (page.document_number, page.issuing_body, page.signer) == (
            *("17/2018/QĐ-UBND", body, "Lý Thái Hải"),
        )
        assert (f"{page.issued_on}", f"{page.effective_on}") == ("2018-07-31", "2018-08-10")
        assert [one.block_type for one in page.body] == ["legal_article"]
        # R8: it waits for the steps of the board as every item does.
        assert Matter.objects.get(subject=page.pk).state == "draft"

    def test_another_category_and_fields(self) -> None:
        cells = GOOD | {"category": "C3", "legal_fields": "Đất đai; Hộ tịch"}
        from wagtail_pbgdpl.reference.models import LegalField

        for name in ("Đất đai", "Hộ tịch"):
            LegalField.objects.get_or_create(name=name, defaults={"code": name.encode().hex()[:9]})
        assert run(rows(cells), None, is_trial=False).is_done
        page = DirectivePage.objects.get().get_latest_revision_as_object()
        assert {one.name for one in page.legal_fields.all()} == {"Đất đai", "Hộ tịch"}

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            ({"issuing_body": "Bộ Không Có"}, "is not in the reference table"),
            ({"type": "Chiếu"}, "is not in the reference table"),
            ({"legal_fields": "Không có"}, "is not in the reference table"),
            ({"unit": "Không có"}, "is not in the reference table"),
            ({"issued_on": "31/02/2018"}, "is no day"),
            ({"issued_on": "hôm qua"}, "is no day"),
            ({"issued_on": "01/01/0018"}, "the year 18 cannot be right"),
            ({"effective_on": "30/07/2018"}, "comes into force before it is issued"),
            ({"national_database_url": "javascript:alert(1)"}, "no address of a page"),
            ({"category": "C2"}, "takes no documents"),
            ({"category": "X"}, "takes no documents"),
            ({"number": "1" * 101}, "up to 100 signs"),
            ({"number": "", "abstract": ""}, "neither a number nor an abstract"),
        ],
    )
    def test_what_is_refused(self, cells: dict[str, str], said: str) -> None:
        ((text,),) = errors(trial({key: value for key, value in (GOOD | cells).items() if value}))
        assert said in text

    @pytest.mark.parametrize(
        "number", ["17/2018/QĐ-UBND", "31-KH/TU", "043/2025/QĐ-UBND", "Số 5 (sao)"]
    )
    def test_numbers_are_taken_as_they_come(self, number: str) -> None:
        (entry,) = trial(GOOD | {"number": number}).entries
        assert not entry.errors
        odd = [note.text for note in entry.warnings if "no form" in note.text]
        assert len(odd) == (number == "Số 5 (sao)")

    def test_what_is_missing_is_told(self) -> None:
        (entry,) = trial({"abstract": "Một"}).entries
        assert (len(entry.errors), len(entry.warnings)) == (0, 4)

    def test_duplicates_are_refused(self, body: Any) -> None:
        there = LawFactory(
            parent=index_page_of("C7"),
            live=False,
            document_number="17/2018/QĐ–UBND",
            issuing_body=body,
            issued_on=datetime.date(2018, 7, 31),
        )
        other = IssuingBody.objects.create(code="khac", name="HĐND tỉnh")
        report = trial(
            GOOD,
            GOOD | {"number": "017/2018/qđ-ubnd "},
            GOOD | {"issuing_body": other.name},
            GOOD | {"number": "18/2018/QĐ-UBND"},
            GOOD | {"number": "18/2018/QĐ-UBND"},
        )
        found = [[(note.text, note.page) for note in one.errors] for one in report.entries]
        there_already = [("There is a page of this document already.", there.pk)]
        assert found == [
            there_already,
            there_already,
            [],
            [],
            [("Row 5 has this document already.", None)],
        ]
        assert [note.page for note in report.entries[2].warnings] == [there.pk]

    def test_all_or_none(self) -> None:
        bad = GOOD | {"number": "2/QĐ", "issued_on": "?"}
        assert not run(rows(GOOD, bad), None, is_trial=False).is_done
        assert not LegalDocumentPage.objects.exists()
        assert run(rows(GOOD, bad), None, is_trial=False, skips_refused=True).is_done
        assert LegalDocumentPage.objects.count() == 1

    @pytest.mark.parametrize("error", [RuntimeError("full"), ValidationError("not so")])
    def test_what_fails_on_the_way_takes_all_back(
        self, error: Exception, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        add = importing.add_draft

        def fail(parent: Any, page: Any, **options: Any) -> Any:
            if page.document_number.startswith("2/"):
                raise error
            return add(parent, page, **options)

        monkeypatch.setattr(importing, "add_draft", fail)
        two = rows(GOOD, GOOD | {"number": "2/QĐ-UBND"})
        if isinstance(error, ValidationError):
            report = run(two, None, is_trial=False)
            assert (report.is_done, errors(report)) == (False, [[], ["not so"]])
        else:
            with pytest.raises(RuntimeError):
                run(two, None, is_trial=False)
        assert not LegalDocumentPage.objects.exists()

    def test_only_for_ones_own_units(self) -> None:
        own, other = UnitFactory(name="Đơn vị nhà"), UnitFactory(name="Đơn vị khác")
        user = seated("contact_officer", unit=own)
        ((text,),) = errors(trial(GOOD | {"unit": other.name}, user=user))
        assert "you do not supply for this unit" in text
        assert errors(trial(GOOD | {"unit": own.name}, user=user)) == [[]]

    def test_a_row_asks_once(self, django_assert_max_num_queries: Any) -> None:
        """Whether another page has its number, as the page itself does; all else is asked once."""
        many = [GOOD | {"number": f"{number}/QĐ-UBND"} for number in range(60)]
        with django_assert_max_num_queries(25 + len(many)):
            trial(*many)


@pytest.mark.django_db
@pytest.mark.usefixtures("portal", "english")
class TestByAddress:
    FILE = f"{HEAD}5/QĐ-UBND;;;Một;01/02/2024\n6/QĐ-UBND;;;Hai;03/02/2024\n"

    @pytest.fixture
    def client(self) -> Client:
        client = Client()
        client.force_login(seated("contact_officer"))
        return client

    def check(self, client: Client, text: str, name: str = "van-ban.csv") -> Any:
        file = SimpleUploadedFile(name, text.encode())
        return client.post(reverse("pbgdpl_import"), {"file": file})

    def test_checked_and_then_taken(self, client: Client) -> None:
        checked = self.check(client, self.FILE)
        assert "2 rows can be taken · 0 rows are refused" in text_of(checked)
        assert not LegalDocumentPage.objects.exists()
        done = client.post(reverse("pbgdpl_import"), {"import": checked.context["upload"].sha256})
        assert "2 drafts were made." in text_of(done)
        made = LegalDocumentPage.objects.order_by("pk")
        assert [one.document_number for one in made] == ["5/QĐ-UBND", "6/QĐ-UBND"]
        links = BeautifulSoup(done.content, "lxml").select(".listing a")
        assert [link["href"] for link in links] == [
            reverse("wagtailadmin_pages:edit", args=[one.pk]) for one in made
        ]
        assert not HeldUpload.objects.exists()
        # Pressed twice, or gone back to: no second time.
        again = client.post(reverse("pbgdpl_import"), {"import": "x"}, follow=True)
        assert "Choose the file again" in text_of(again)
        assert LegalDocumentPage.objects.count() == 2

    def test_the_other_page_is_linked_for_who_may_see_it(self, client: Client) -> None:
        there = LawFactory(
            parent=index_page_of("C7"), unit=UnitFactory(), live=False, document_number="5/QĐ-UBND"
        )
        edit = reverse("wagtailadmin_pages:edit", args=[there.pk])
        refused = self.check(client, self.FILE)
        assert "There is a page of this document already." in text_of(refused)
        assert edit not in refused.content.decode()
        assert there.title not in text_of(refused)
        secretary = Client()
        secretary.force_login(seated("contact_officer", unit=there.unit))
        assert edit in self.check(secretary, self.FILE).content.decode()

    def test_a_refused_row_holds_all_back_until_somebody_says_so(self, client: Client) -> None:
        checked = self.check(client, f"{self.FILE}7/QĐ-UBND;;;Ba;32/02/2024\n")
        key = checked.context["upload"].sha256
        held = client.post(reverse("pbgdpl_import"), {"import": key})
        assert "Nothing was imported." in text_of(held)
        client.post(reverse("pbgdpl_import"), {"import": key, "skip": "on"})
        assert LegalDocumentPage.objects.count() == 2

    def test_no_more_rows_than_a_server_waits_for(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(views, "MOST_ROWS", 1)
        assert "up to 1 rows" in text_of(self.check(client, self.FILE))

    @pytest.mark.parametrize("name", ["pbgdpl_import", "pbgdpl_import_template"])
    def test_whoever_may_add_no_document_finds_neither(self, name: str) -> None:
        other = Client()
        other.force_login(seated("operator"))
        assert other.get(reverse(name)).status_code == 302
        assert "/admin/login/" in Client().get(reverse(name))["Location"]

    def test_the_file_of_another_is_not_taken(self, client: Client) -> None:
        key = self.check(client, self.FILE).context["upload"].sha256
        other = Client()
        other.force_login(seated("contact_officer"))
        other.post(reverse("pbgdpl_import"), {"import": key})
        assert not LegalDocumentPage.objects.exists()

    def test_the_template(self, client: Client) -> None:
        answer = client.get(reverse("pbgdpl_import_template"))
        assert answer["Content-Disposition"].endswith('.xlsx"')
        assert answer.content.startswith(b"PK")


@pytest.mark.django_db
@pytest.mark.usefixtures("portal", "english")
class TestCommand:
    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "van-ban.csv"
        path.write_text(f"{HEAD}5/QĐ-UBND;;;Một;01/02/2024\n;;;;\n6/QĐ;;;Hai;\n", encoding="utf-8")
        return path

    def call(self, *arguments: Any) -> str:
        said = io.StringIO()
        call_command("pbgdpl_import_documents", *map(str, arguments), stdout=said)
        return said.getvalue()

    def test_a_trial_changes_nothing(self, file: Path, repository: Path) -> None:
        page = repository / "docs" / "how-to" / "import-documents.md"
        ((_name, _file, *options),) = shell(code(page, "sh", "pbgdpl_import_documents FILE"))
        said = self.call(file, *options)
        assert "Row 2, can be taken: 5/QĐ-UBND Một" in said
        assert "2 rows can be taken, 0 are refused." in said
        assert not LegalDocumentPage.objects.exists()

    def test_it_makes_drafts_in_the_name_of_a_person(self, file: Path) -> None:
        user = seated("contact_officer")
        assert "2 drafts made, 0 rows left out." in self.call(file, "--user", user.username)
        assert {one.owner for one in LegalDocumentPage.objects.all()} == {user}

    def test_once_more_nothing_is_made(self, file: Path) -> None:
        self.call(file)
        with pytest.raises(CommandError, match="Nothing was imported"):
            self.call(file)
        assert LegalDocumentPage.objects.count() == 2

    def test_what_it_cannot_do_is_told(self, file: Path, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="no active user"):
            self.call(file, "--user", "khong-co")
        with pytest.raises(CommandError, match="No such file"):
            self.call(tmp_path / "khong-co.csv")
        with pytest.raises(CommandError, match="ends in"):
            self.call(_renamed(file))

    def test_the_template_writes_over_nothing(self, tmp_path: Path) -> None:
        path = tmp_path / "mau.xlsx"
        self.call(path, "--template")
        assert path.read_bytes().startswith(b"PK")
        with pytest.raises(CommandError, match="exists"):
            self.call(path, "--template")


def _renamed(file: Path) -> Path:
    return file.rename(file.with_suffix(".txt"))


@pytest.mark.usefixtures("committed")
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_two_imports_at_once_make_one_draft() -> None:
    cells = rows({"number": "5/QĐ-UBND", "abstract": "Một"})
    try:
        done = together(lambda: run(cells, None, is_trial=False), threads=2)
        assert not [one for one in done if isinstance(one, Exception)], done
        assert sorted(one.is_done for one in done) == [False, True]
        assert LegalDocumentPage.objects.count() == 1
    finally:
        for page in LegalDocumentPage.objects.all():
            page.delete()
