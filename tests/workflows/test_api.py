"""R8: the API that Wagtail 8 brings publishes nothing without the board; nor does it take down."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.factories import seated
from tests.workflows.board import Board, fresh
from tests.workflows.test_guard import publisher, somebody

pytest.importorskip("wagtail.api.v3", reason="Wagtail 7.4 has no API that writes")

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.workflows.api_urls")]
__all__ = ["publisher", "somebody"]


def ask(user: Any, path: str, method: str = "post", **data: Any) -> Any:
    from wagtail.models import APIToken

    _token, key = APIToken.create_token(user=user, name="Thử nghiệm")
    return getattr(Client(), method)(
        f"/api/v3/{path}",
        data,
        content_type="application/json",
        headers={"Authorization": f"Bearer {key}"},
    )


def test_publish(board: Board, somebody: Any) -> None:
    page = board.draft()
    response = ask(somebody, f"pages/{page.pk}/actions/publish/")
    assert response.status_code == 403, response.content
    assert not fresh(page).live


def test_unpublish(board: Board, somebody: Any) -> None:
    page = board.published()
    response = ask(somebody, f"pages/{page.pk}/actions/unpublish/")
    assert response.status_code == 403, response.content
    assert fresh(page).live


def test_change_and_publish(board: Board, somebody: Any) -> None:
    page = board.published(title="Bản đã duyệt")
    response = ask(
        somebody,
        f"pages/{page.pk}/",
        "patch",
        title="Bản chưa duyệt",
        meta={"type": "wagtail_pbgdpl_pages.NewsPage", "action": "publish"},
    )
    assert response.status_code == 403, response.content
    assert fresh(page).title == "Bản đã duyệt"
    assert fresh(page).live_revision_id == page.live_revision_id


def test_create_and_publish(board: Board, somebody: Any) -> None:
    response = ask(
        somebody,
        "pages/",
        title="Tạo qua API",
        author="A",
        source="B",
        meta={
            "type": "wagtail_pbgdpl_pages.NewsPage",
            "parent_id": board.index.pk,
            "action": "publish",
        },
    )
    assert response.status_code == 403, response.content
    assert not Page.objects.filter(title="Tạo qua API").exists()


def test_an_item_of_another_unit_is_not_changed(board: Board) -> None:
    """R11."""
    page = board.draft(title="Của đơn vị này")
    response = ask(
        seated("contact_officer"),
        f"pages/{page.pk}/",
        "patch",
        title="Của đơn vị khác",
        meta={"type": "wagtail_pbgdpl_pages.NewsPage"},
    )
    assert response.status_code == 403, response.content
    assert fresh(page).get_latest_revision().content["title"] == "Của đơn vị này"


def test_an_item_at_a_judging_step_is_not_changed(board: Board) -> None:
    page = board.at_approval(title="Đang chờ duyệt")
    response = ask(
        board.officer,
        f"pages/{page.pk}/",
        "patch",
        title="Sửa khi đang chờ duyệt",
        meta={"type": "wagtail_pbgdpl_pages.NewsPage"},
    )
    assert response.status_code == 403, response.content
    assert fresh(page).get_latest_revision().content["title"] == "Đang chờ duyệt"
