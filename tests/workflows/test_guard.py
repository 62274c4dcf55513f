"""R8: nothing goes live without the board, whatever the way in (BK21 Điều 10.4, QT24 Điều 6.4).

Wagtail's own ways to publish, each tried by the Trưởng Ban, a superuser and whoever else has it.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import DraftStateMixin, GroupPagePermission, Page

from tests.factories import UserFactory, seated
from tests.workflows.board import GROUND, Board, edit, fresh, kinds, step_of
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.pages.models import NewsPage
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.guard import ModeratedMixin

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def publisher(portal: Any) -> Any:
    """Somebody with every permission that a group of Wagtail can give on the portal, no seat."""
    group = Group.objects.create(name="Nhóm của trang web")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    for action in ("add", "change", "publish", "bulk_delete", "lock", "unlock"):
        GroupPagePermission.objects.create(group=group, page_id=portal.pk, permission_type=action)
    user = UserFactory()
    user.groups.add(group)
    return user


@pytest.fixture(params=["chief", "superuser", "publisher"])
def somebody(request: Any, board: Board) -> Any:
    """Those who would publish at once in a Wagtail without the guard."""
    if request.param == "chief":
        return board.chief
    return request.getfixturevalue("editor" if request.param == "superuser" else "publisher")


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form_of(page: Any, **values: Any) -> dict[str, Any]:
    """The fields that the editor of a news page sends."""
    empty = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    return {
        "title": page.title,
        "slug": page.slug or "tin-moi",
        "summary": page.summary,
        "author": page.author,
        "source": page.source,
        "unit": page.unit_id or "",
        **empty,
        **values,
    }


def public(title: str) -> bool:
    return Page.objects.live().filter(title=title).exists()


class TestWaysIn:
    def test_direct_publish(self, board: Board, somebody: Any) -> None:
        page = board.draft()
        form = form_of(page, **{"action-publish": "1"})
        logged_in(somebody).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
        assert not fresh(page).live

    def test_create_and_publish(self, board: Board, somebody: Any) -> None:
        page = NewsPage(title="Tạo rồi đăng ngay", author="A", source="B", summary="C")
        address = reverse(
            "wagtailadmin_pages:add", args=["wagtail_pbgdpl_pages", "newspage", board.index.pk]
        )
        logged_in(somebody).post(address, form_of(page, **{"action-publish": "1"}))
        assert not public("Tạo rồi đăng ngay")

    def test_copy_and_publish(self, board: Board, somebody: Any) -> None:
        page = board.published()
        form = {
            "new_title": "Bản sao",
            "new_slug": "ban-sao",
            "new_parent_page": board.index.pk,
            "publish_copies": "on",
        }
        logged_in(somebody).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
        assert not public("Bản sao")

    def test_a_copy_by_code_is_not_live(self, board: Board) -> None:
        page = board.published()
        with pytest.raises(PermissionDenied):
            page.copy(update_attrs={"title": "Bản sao", "slug": "ban-sao"}, keep_live=True)
        assert not public("Bản sao")

    def test_an_alias_in_another_category(self, board: Board, index_of: Any) -> None:
        page = board.published()
        with pytest.raises(PermissionDenied):
            page.create_alias(parent=index_of("C15"), update_slug="bi-danh")
        assert Page.objects.live().filter(alias_of_id=page.pk).count() == 0

    def test_an_alias_shows_what_was_cleared(self, board: Board) -> None:
        """For the same category, as the branch in another language has it."""
        page = board.published(title="Bản đã duyệt")
        alias = page.create_alias(update_slug="bi-danh")
        assert fresh(alias).live
        edit(page, board.officer, title="Bản chưa duyệt")
        assert fresh(alias).title == "Bản đã duyệt"

    def test_an_alias_through_the_admin(self, board: Board, somebody: Any) -> None:
        page = board.published()
        form = {
            "new_title": "Bí danh",
            "new_slug": "bi-danh",
            "new_parent_page": board.index.pk,
            "alias": "on",
        }
        logged_in(somebody).post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form)
        assert not Page.objects.filter(alias_of_id=page.pk).exists()

    def test_bulk_publish(self, board: Board, somebody: Any) -> None:
        page = board.draft()
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        logged_in(somebody).post(f"{address}?id={page.pk}")
        assert not fresh(page).live

    def test_bulk_publish_of_what_is_at_a_step(self, board: Board, somebody: Any) -> None:
        """And the remaining steps are not skipped."""
        page = board.sent()
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        logged_in(somebody).post(f"{address}?id={page.pk}")
        assert not fresh(page).live
        assert Matter.objects.waiting().get(subject=page.pk).role == "unit_head"

    def test_scheduled_publishing(self, board: Board, somebody: Any) -> None:
        page = board.draft(go_live_at=timezone.now() + HOUR)
        form = form_of(
            page, **{"action-publish": "1", "go_live_at": "2031-01-01 08:00", "expire_at": ""}
        )
        logged_in(somebody).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
        assert not fresh(page).approved_schedule

    def test_a_schedule_that_nobody_approved(self, board: Board) -> None:
        """Such as one from before the guard: it lapses, and keeps no other item back."""
        past = timezone.now() - HOUR
        refused = board.draft(go_live_at=past)
        refused.revisions.update(approved_go_live_at=past)
        approved = board.published(go_live_at=timezone.now() + HOUR)
        approved.revisions.filter(approved_go_live_at__isnull=False).update(
            approved_go_live_at=timezone.now()
        )
        with time_machine.travel(timezone.now() + 2 * HOUR, tick=False):
            call_command("publish_scheduled")
        assert not fresh(refused).live
        assert not fresh(refused).approved_schedule
        assert fresh(approved).live

    def test_an_old_version_is_published(self, board: Board, somebody: Any) -> None:
        page = board.published(title="Bản đầu")
        older = page.revisions.order_by("pk").first()
        edit(page, board.officer, title="Bản sau")
        with pytest.raises(PermissionDenied):
            page.revisions.order_by("-pk").first().publish(user=somebody)
        address = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, older.pk])
        assert logged_in(somebody).get(address).status_code in (200, 302)
        form = form_of(page, **{"action-publish": "1", "revision": older.pk})
        logged_in(somebody).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
        assert fresh(page).live_revision_id == page.live_revision_id

    def test_publish_after_rejection(self, board: Board, somebody: Any) -> None:
        page = board.at_approval()
        decisions.send_back(step_of(page), board.chief, grounds=[GROUND], explanation="Sửa lại.")
        form = form_of(page, **{"action-publish": "1"})
        logged_in(somebody).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
        with pytest.raises(PermissionDenied):
            fresh(page).get_latest_revision().publish(user=somebody)
        assert not fresh(page).live

    def test_saving_a_row_as_live(self, board: Board) -> None:
        page = fresh(board.draft())
        page.live = True
        with pytest.raises(PermissionDenied):
            page.save()
        with pytest.raises(PermissionDenied):
            page.save(update_fields=["live"])
        assert not fresh(page).live

    def test_adding_a_live_row(self, board: Board) -> None:
        """`DraftStateMixin.live` is true by default."""
        page = NewsPage(title="Thêm thẳng", slug="them-thang", author="A", source="B")
        with pytest.raises(PermissionDenied):
            board.index.add_child(instance=page)
        assert not public("Thêm thẳng")

    def test_a_live_page_stays_as_it_is(self, board: Board) -> None:
        page = board.published()
        page.save()
        fresh(page).save(update_fields=["latest_revision"])
        assert fresh(page).live

    def test_moving_to_another_category(
        self, board: Board, somebody: Any, portal: Any, index_of: Any
    ) -> None:
        page = board.published()
        assert not page.permissions_for_user(somebody).can_move()
        assert not page.permissions_for_user(somebody).can_move_to(index_of("C15"))

    def test_taking_down_through_wagtail(self, board: Board, somebody: Any) -> None:
        """That has grounds, too."""
        page = board.published()
        client = logged_in(somebody)
        client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        client.post(f"{bulk}?id={page.pk}")
        assert fresh(page).live

    def test_deleting_what_is_public(self, board: Board, somebody: Any) -> None:
        page = board.published()
        client = logged_in(somebody)
        client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        client.post(f"{bulk}?id={page.pk}")
        assert fresh(page).live


class TestIndexPages:
    def test_they_are_moderated_as_well(self, board: Board, editor: Any) -> None:
        index = fresh(board.index)
        index.introduction = "Lời giới thiệu chưa duyệt"
        revision = index.save_revision(user=board.secretary)
        with pytest.raises(PermissionDenied):
            revision.publish(user=editor)
        board.send(index, board.secretary)
        # The board wrote it: no unit approves it, and the Thư ký has nothing to collect.
        board.pass_on(index, board.member, board.chief)
        assert fresh(index).introduction == "Lời giới thiệu chưa duyệt"


class TestActionsOfWagtail:
    """Points 5 and 6: what a browser sends to the address of a step."""

    def address(self, page: Any, action: str, step: int) -> str:
        return reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, step])

    def test_a_step_of_another_page(self, board: Board) -> None:
        own, other = board.at_approval(), board.at_approval(title="Bài khác")
        client = logged_in(board.chief)
        client.post(self.address(own, "approve", step_of(other)), {"comment": ""})
        assert not fresh(other).live
        assert not fresh(own).live

    def test_foreign_arguments(self, board: Board) -> None:
        page = board.at_approval()
        task = fresh(page).current_workflow_task
        state = fresh(page).current_workflow_task_state
        task.on_action(state, board.chief, "approve", update=False, foo=1, comment="Được.")
        assert fresh(page).live
        assert kinds(page)[-1] == "passed"

    def test_arguments_in_the_editors_form(self, board: Board) -> None:
        page = board.sent()
        form = form_of(
            page,
            **{
                "action-workflow-action": "1",
                "workflow-action-name": "approve",
                "workflow-action-extra-data": json.dumps({"update": False}),
            },
        )
        logged_in(board.head).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
        assert Matter.objects.waiting().get(subject=page.pk).role == "unit_head"
        assert fresh(page).current_workflow_task_state.status == "in_progress"

    def test_a_task_of_another_step(self, board: Board) -> None:
        page = board.at_approval()
        state = fresh(page).current_workflow_task_state
        first = fresh(page).current_workflow_state.workflow.tasks.first().specific
        with pytest.raises(PermissionDenied):
            first.on_action(state, board.head, "approve")
        assert not fresh(page).live

    @pytest.mark.parametrize("action", ["approve", "reject", "publish", "cancel", ""])
    def test_actions_of_who_has_no_part_in_the_step(self, board: Board, action: str) -> None:
        page = board.at_approval()
        task = fresh(page).current_workflow_task
        state = fresh(page).current_workflow_task_state
        with pytest.raises(PermissionDenied):
            task.on_action(state, board.officer, action, comment="", grounds=[GROUND])
        assert Matter.objects.waiting().get(subject=page.pk).role == "chief"


class TestWhoMayOpenWhat:
    def test_the_editor_is_locked_for_who_may_not_change(self, board: Board) -> None:
        page = board.at_approval()
        client = logged_in(board.chief)
        response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.context["locked_for_user"] is True
        form = form_of(page, title="Trưởng Ban sửa")
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
        assert fresh(page).get_latest_revision().content["title"] != "Trưởng Ban sửa"

    def test_somebody_of_another_unit_does_not_open_it(self, board: Board) -> None:
        """R11."""
        page = board.draft()
        client = logged_in(seated("contact_officer"))
        response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert response.status_code == 302

    def test_create_and_send_by_who_may_not_send(self, board: Board, somebody: Any) -> None:
        """The create form starts a workflow without asking the permission tester."""
        page = NewsPage(title="Gửi ngay", author="A", source="B", summary="C")
        address = reverse(
            "wagtailadmin_pages:add", args=["wagtail_pbgdpl_pages", "newspage", board.index.pk]
        )
        logged_in(somebody).post(address, form_of(page, **{"action-submit": "1"}))
        assert not public("Gửi ngay")


def test_no_model_of_the_package_has_drafts_without_the_guard() -> None:
    """Also not a snippet: whatever can be published is moderated."""
    drafts = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and model.__module__.startswith("wagtail_pbgdpl")
    ]
    assert drafts
    assert [model for model in drafts if not issubclass(model, ModeratedMixin)] == []
