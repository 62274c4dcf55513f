"""Every page type: where it belongs, that editors can make it, that the public can read it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.editing import posted
from tests.factories import factory_for, public_below, seated
from tests.workflows.board import make_board
from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.pages import models as pages

# One row for each page type, so that none is forgotten: type, category, a value that must show.
TYPES = [
    (pages.IntroductionPage, "C1"),
    (pages.NewsPage, "C2"),
    (pages.DirectivePage, "C3"),
    (pages.StatisticalReportPage, "C3"),
    (pages.GuidancePage, "C4"),
    (pages.MaterialPage, "C5"),
    (pages.AnswerPage, "C6"),
    (pages.LegalDocumentPage, "C7"),
    (pages.LegalBriefPage, "C7"),
    (pages.CouncilActivityPage, "C8"),
    (pages.RapporteurListPage, "C8"),
    (pages.PartyDocumentPage, "C9"),
    (pages.ResearchPage, "C10"),
    (pages.ExemplarPage, "C11"),
    (pages.ConsultationPage, "C12"),
    (pages.OtherPage, "C15"),
]
IDS = [model.__name__ for model, _ in TYPES]
INDEXES = [
    "C1",
    "C2",
    "C3",
    "C4",
    "C5",
    "C6",
    "C7",
    "C8",
    "C9",
    "C10",
    "C11",
    "C12",
    "C13",
    "C14",
    "C15",
]


def test_the_list_is_complete() -> None:
    creatable = {model for model in concrete_models(ContentMixin) if model.is_creatable}
    assert {model for model, _ in TYPES} == creatable


@pytest.mark.parametrize(("model", "code"), TYPES, ids=IDS)
def test_each_type_belongs_to_its_category_only(model: type[Any], code: str, index_of: Any) -> None:
    """C1–C15: the tree takes a type below the index page of its category and nowhere else."""
    more = {pages.NewsPage: ["C9"]}.get(model, [])
    takes = [other for other in INDEXES if model.can_create_at(index_of(other))]
    assert takes == [code, *more]


@pytest.mark.parametrize(("model", "code"), TYPES, ids=IDS)
def test_each_type_is_served_with_attribution(
    model: type[Any], code: str, index_of: Any, client: Client
) -> None:
    """S3, S4: author, source, time of publication, citation rule and reuse phrase."""
    page = factory_for(model)(parent=index_of(code), title=f"Trang thử {model.__name__}")
    response = client.get(page.url)
    assert response.status_code == 200
    html = response.content.decode()
    assert page.category == code
    assert f"<h1>{page.title}</h1>" in html
    assert "Nông Thị Hoa" in html
    assert "Sở Tư pháp" in html
    assert f'datetime="{page.published_at.astimezone().isoformat()[:10]}' in html
    assert "Theo Cổng TTĐTPBGDPL tỉnh Bắc Kạn" in html
    assert "phải ghi rõ thông tin về tác giả, nguồn của thông tin" in html


@pytest.mark.parametrize("code", INDEXES)
def test_each_category_has_an_index_page(code: str, index_of: Any, client: Client) -> None:
    """BK21 Điều 9: a page for each of the fifteen categories, with its name."""
    index = index_of(code)
    response = client.get(index.url)
    assert response.status_code == 200
    assert f"<h1>{index.title}</h1>" in response.content.decode()


@pytest.mark.parametrize("model", [pages.SearchPage, pages.StatisticsPage])
def test_services_stand_below_c14(
    model: type[Any], index_of: Any, portal: Any, client: Client
) -> None:
    """C14: statistics and search; below the home where a regulation has no such category."""
    page = model.objects.child_of(index_of("C14")).get()
    assert client.get(page.url).status_code == 200
    assert model.can_create_at(portal)
    assert not model.can_create_at(index_of("C2"))


@pytest.mark.parametrize(("model", "code"), TYPES, ids=IDS)
def test_an_editor_can_make_and_publish_each_type(
    model: type[Any], code: str, index_of: Any, client: Client
) -> None:
    """What was written through the form goes the way of the regulation and is public (R8)."""
    index = index_of(code)
    board = make_board(index, model)
    client.force_login(board.officer)
    address = reverse(
        "wagtailadmin_pages:add", args=(model._meta.app_label, model._meta.model_name, index.pk)
    )
    form = client.get(address).context["form"]
    data = posted(form) | {
        "title": "Trang do biên tập viên lập",
        "slug": "trang-do-bien-tap-vien-lap",
        "author": "Hoàng Văn Nam",
        "source": "Phòng Phổ biến, giáo dục pháp luật",
        "unit": board.unit.pk,
        "action-submit": "1",
    }
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors
    page = model.objects.get(slug="trang-do-bien-tap-vien-lap")
    assert not page.live
    page = board.pass_on(page, board.head, board.secretary, board.member, board.chief)
    assert page.live
    assert page.category == code
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("missing", ["author", "source"])
def test_author_and_source_are_required_to_submit(
    missing: str, index_of: Any, editor: Any, client: Client
) -> None:
    """S3 (BK21 Điều 10.3): nothing is sent without author and source; drafts are kept."""
    client.force_login(editor)
    index = index_of("C2")
    address = reverse("wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", "newspage", index.pk))
    data = posted(client.get(address).context["form"]) | {
        "title": "Tin chưa đủ",
        "slug": "tin-chua-du",
        "author": "Hoàng Văn Nam",
        "source": "Sở Tư pháp",
    }
    data[missing] = ""
    response = client.post(address, data | {"action-submit": "1"})
    assert response.status_code == 200
    assert missing in response.context["form"].errors
    assert response.context["form"]["title"].value() == "Tin chưa đủ"
    assert not pages.NewsPage.objects.exists()

    response = client.post(address, data)
    assert response.status_code == 302
    assert not pages.NewsPage.objects.get().live


def test_moving_a_page_changes_its_category(index_of: Any, settings: Any, tmp_path: Any) -> None:
    """A page follows the category of the index page above, and cannot leave its kind."""
    page = factory_for(pages.OtherPage)(parent=index_of("C15"))
    assert not page.can_move_to(index_of("C2"))
    profile = tmp_path / "tinh.toml"
    profile.write_text(
        'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n'
        '[categories.cuoc-thi]\nkind = "C15"\nname = "Cuộc thi"\nclause = "Điều 9 khoản 15"\n'
    )
    settings.WAGTAIL_PBGDPL = {"PROFILE": str(profile)}
    second = pages.CategoryIndexPage(title="Cuộc thi", slug="cuoc-thi", category="cuoc-thi")
    second = public_below(index_of("C15").get_parent(), second)
    page.move(second, "last-child")
    assert pages.ContentPage.objects.get(pk=page.pk).category == "cuoc-thi"


def test_a_page_type_cannot_be_made_by_guessed_address(
    index_of: Any, editor: Any, client: Client
) -> None:
    """C2 below C5: the editor's address is guessed, the tree refuses."""
    client.force_login(editor)
    address = reverse(
        "wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", "newspage", index_of("C5").pk)
    )
    assert client.get(address).status_code == 302


def test_a_contact_officer_makes_a_draft_but_cannot_publish(index_of: Any, client: Client) -> None:
    """R5, R8: the officer supplies content, publication is not theirs."""
    index = index_of("C2")
    client.force_login(seated("contact_officer"))
    address = reverse("wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", "newspage", index.pk))
    data = posted(client.get(address).context["form"]) | {
        "title": "Tin của đơn vị",
        "slug": "tin-cua-don-vi",
        "author": "Cán bộ đầu mối",
        "source": "Đơn vị",
        "action-publish": "1",
    }
    client.post(address, data)
    assert not pages.NewsPage.objects.get(slug="tin-cua-don-vi").live


def test_addresses_have_no_accents(index_of: Any, editor: Any, client: Client) -> None:
    """The editor's script proposes an address with accents; what is stored has none."""
    client.force_login(editor)
    address = reverse(
        "wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", "newspage", index_of("C2").pk)
    )
    data = posted(client.get(address).context["form"]) | {
        "title": "Tin về Đất đai",
        "slug": "tin-về-đất-đai",
    }
    assert client.post(address, data).status_code == 302
    assert pages.NewsPage.objects.get().slug == "tin-ve-dat-dai"
    # Whoever writes under the same title loses nothing: the next free address is theirs.
    assert client.post(address, data).status_code == 302
    slugs = pages.NewsPage.objects.values_list("slug", flat=True)
    assert set(slugs) == {"tin-ve-dat-dai", "tin-ve-dat-dai-2"}


def test_a_category_offers_its_own_types_alone(index_of: Any) -> None:
    """Neither a portal nor a page type of the site's own below a category."""
    offered = {
        model
        for model in type(index_of("C3")).creatable_subpage_models()
        if model.can_create_at(index_of("C3"))
    }
    assert offered == {pages.DirectivePage, pages.StatisticalReportPage}
    assert not pages.PortalPage.can_create_at(index_of("C3"))


def test_dates_are_read_as_vietnamese_people_write_them(
    index_of: Any, editor: Any, client: Client
) -> None:
    """03/04 is the third of April, and stays so when the form is opened again."""
    client.force_login(editor)
    address = reverse(
        "wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", "directivepage", index_of("C3").pk)
    )
    data = posted(client.get(address).context["form"]) | {
        "title": "Công văn",
        "slug": "cong-van",
        "issued_on": "03/04/2026",
    }
    assert client.post(address, data).status_code == 302
    page = pages.DirectivePage.objects.get()
    assert page.latest_revision.as_object().issued_on == datetime.date(2026, 4, 3)
    form = client.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).context["form"]
    assert 'value="03/04/2026"' in str(form["issued_on"])


def test_a_page_without_an_address_gets_one(index_of: Any, editor: Any, client: Client) -> None:
    """The script that proposes an address may be late; nothing typed is lost for that."""
    client.force_login(editor)
    address = reverse(
        "wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", "newspage", index_of("C2").pk)
    )
    for _ in range(2):
        data = posted(client.get(address).context["form"]) | {
            "title": "Tin về Đất đai",
            "slug": "",
        }
        assert client.post(address, data).status_code == 302
    slugs = pages.NewsPage.objects.order_by("pk").values_list("slug", flat=True)
    assert list(slugs) == ["tin-ve-dat-dai", "tin-ve-dat-dai-2"]
