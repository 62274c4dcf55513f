"""Search boxes of the admin and of lists read Vietnamese as the search of the portal does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from modelsearch.query import PlainText
from wagtail.models import Page

from tests.factories import (
    DocumentFactory,
    NewsFactory,
    SeatFactory,
    UnitFactory,
    UserFactory,
    factory_for,
)
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.pages.models import LegalDocumentPage
from wagtail_pbgdpl.reference.models import LegalField
from wagtail_pbgdpl.search.backend import asked, written
from wagtail_pbgdpl.search.expressions import for_sqlite
from wagtail_pbgdpl.serving import process_cache

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("searched")]

LawFactory = factory_for(LegalDocumentPage)
TITLE = "Trợ giúp pháp lý lưu động tại Nà Pản"
TYPED = [
    "Trợ giúp pháp lý",
    "tro giup phap l",
    "na pan luu dong",
    "TGPL",
    "trợ giups phaps lys",
]
# One slip in each: a letter too many, left out, wrong, in the wrong place; two written as one.
MISTYPED = ["trợ giúpp pháp lý", "tro giup pap ly", "na pam", "luu dogn", "nà pản lưuđộng"]


@pytest.fixture
def root(client: Client, portal: Any) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """Wagtail's index follows behind the commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_pages_are_found_as_they_are_typed(root: Client, index_of: Any, commits: Any) -> None:
    category = index_of("C2")
    with commits():
        draft = NewsFactory(parent=category, title=TITLE, live=False)
        other = NewsFactory(parent=category, title="Hội thi hòa giải viên giỏi")
    addresses = [
        reverse("wagtailadmin_explore", args=[category.pk]),
        reverse("wagtailadmin_pages:search"),
        reverse("wagtailadmin_choose_page_search"),
    ]
    for address in addresses:
        for typed in TYPED + MISTYPED:
            found = root.get(address, {"q": typed}).content.decode()
            assert draft.title in found, (address, typed)
            assert other.title not in found, (address, typed)
        assert draft.title not in root.get(address, {"q": "khong co"}).content.decode()
        assert root.get(address, {"q": "'!\" --\x00 (*"}).status_code == 200
    with commits():
        draft.title = draft.draft_title = "Tin khác"
        draft.save()
    assert not Page.objects.autocomplete("na pan")
    with commits():
        other.delete()
    assert not Page.objects.autocomplete("hoa giai vien")


def test_a_document_by_its_number(root: Client, index_of: Any, commits: Any) -> None:
    with commits():
        page = LawFactory(
            parent=index_of("C7"), title="Ban hành Quy chế", document_number="17/2018/QĐ-UBND"
        )
        LawFactory(parent=index_of("C7"), title="Giao chỉ tiêu", document_number="117/2018/QĐ-UBND")
    for typed in ("17/2018/QĐ-UBND", "17-2018 qd ubnd", "017/2018", "số 17 năm 2018"):
        assert list(Page.objects.autocomplete(typed)) == [page.page_ptr], typed
        process_cache.forget()
        listed = root.get(page.get_parent().url, {"q": typed}).content.decode()
        assert ">17/2018/QĐ-UBND<" in listed, typed
        assert "117/2018" not in listed or typed == "17/2018/QĐ-UBND", typed


def test_what_one_may_not_see_is_not_found(index_of: Any, commits: Any) -> None:
    mine, theirs = (UnitFactory(categories=["C2"]) for _ in range(2))
    officer = SeatFactory(role="contact_officer", unit=mine).user
    client = Client()
    client.force_login(officer)
    with commits():
        draft = NewsFactory(parent=index_of("C2"), title=TITLE, live=False, unit=theirs)
    found = client.get(reverse("wagtailadmin_pages:search"), {"q": "na pan"}).content.decode()
    assert draft.title not in found


def test_files(root: Client, commits: Any) -> None:
    with commits():
        document = DocumentFactory(title="Biểu mẫu đăng ký")
    for name in ("wagtaildocs:index", "wagtaildocs_chooser:choose_results"):
        assert document.title in root.get(reverse(name), {"q": "bieu mau"}).content.decode(), name


def test_a_slip_is_looked_for_where_nothing_is_found_only(index_of: Any, commits: Any) -> None:
    with commits():
        bridge = NewsFactory(parent=index_of("C2"), title="Cầu Đá Bạc", live=False)
        club = NewsFactory(parent=index_of("C2"), title="Câu lạc bộ Đá Bạch", live=False)
    assert {page.pk for page in Page.objects.autocomplete("cau da bac")} == {bridge.pk, club.pk}
    assert [page.pk for page in Page.objects.search("cau da bach")] == [club.pk]
    found = Page.objects.search("cau da bacg")
    assert found.count() == len(found) == 2
    assert {page.pk for page in found} == {bridge.pk, club.pk}
    assert list(Page.objects.search("cau dda bacg")[:1]) == list(found[:1])
    assert not Page.objects.search("cua da cabg")
    assert not Page.objects.search(PlainText("cauv bacv", operator="or"))


def test_what_a_program_asks(index_of: Any, commits: Any) -> None:
    with commits():
        NewsFactory(parent=index_of("C2"), title=TITLE, summary="Về với bà con")
    titles = {page.title for page in Page.objects.search(PlainText("nà xyz", operator="or"))}
    assert TITLE in titles
    assert not Page.objects.search("nà xyz")
    # The body and the summary are searched, the beginning of a word is enough.
    assert type(index_of("C2")).objects.search("khong") is not None
    assert Page.objects.search("ba con").count() == 1


def test_tables_of_the_admin(root: Client) -> None:
    """Columns are compared by the database, letter by letter."""
    UnitFactory(name="Sở Tư pháp Đắk Nông", short_name="")
    assert Unit.objects.filter(name__folded__icontains="SO TU phap dak").count() == 1
    assert Unit.objects.filter(name__folded__icontains="Đăk Nông").count() == 1
    assert not Unit.objects.filter(name__folded__icontains="100%").exists()
    for typed in ("dak nong", "Đắk", "dak nnong", "dak nog", "dakk nong", "dka nong", "Đắk Nôngg"):
        shown = root.get(reverse("pbgdpl_units:index"), {"q": typed}).content.decode()
        assert "Sở Tư pháp Đắk Nông" in shown
    for typed in ("dak lak", "zz", "(.*", "dak n.ng [", "\\"):
        shown = root.get(reverse("pbgdpl_units:index"), {"q": typed}).content.decode()
        assert "Sở Tư pháp Đắk Nông" not in shown, typed
    fields = reverse("wagtail_pbgdpl_legalfield_modeladmin_index")
    LegalField.objects.create(code="ruong-bac-thang", name="Ruộng bậc thang")
    for typed, finds in (("ruong bac", True), ("ruong bca th", True), ("ruong xyz", False)):
        assert ("Ruộng bậc thang" in root.get(fields, {"q": typed}).content.decode()) == finds


def test_what_is_entered_and_asked(db: Any) -> None:
    assert written("Quyết định 017/2018/QĐ-UBND") == (
        "quiet dinh 17 2018 qd ubnd x17x2018xqdxubndx x17xqdxubndx"
    ).replace("quiet", written("Quyết"))
    assert for_sqlite(asked("đất")).startswith('("dat" *')
    assert for_sqlite(asked("?!")) == '"xnothingx"'
