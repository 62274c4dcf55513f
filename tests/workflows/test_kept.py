"""What the regulation stands on is kept from every hand (R2, R7, R8, R12): by address."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.models import Task, Workflow, WorkflowPage, WorkflowTask

from tests.factories import UnitFactory, seated
from tests.workflows.board import GROUND, Board, edit, fresh, kinds, step_of
from wagtail_pbgdpl.authority.refusals import Refused
from wagtail_pbgdpl.workflows import decisions
from wagtail_pbgdpl.workflows.guard import as_program
from wagtail_pbgdpl.workflows.models import StepTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def workflow(portal: Any) -> Workflow:
    return WorkflowPage.objects.get(page=portal.pk).workflow


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def places(workflow: Workflow) -> list[int]:
    return list(workflow.workflow_tasks.values_list("task_id", flat=True))


class TestWorkflows:
    def form(self, workflow: Workflow, kept: list[int]) -> dict[str, Any]:
        """What the editor of a workflow sends when only the tasks ``kept`` are left."""
        form: dict[str, Any] = {"name": "Quy trình rút gọn", "active": "on"}
        rows = list(workflow.workflow_tasks.all())
        form |= {"workflow_tasks-TOTAL_FORMS": len(rows), "workflow_tasks-INITIAL_FORMS": len(rows)}
        form |= {"workflow_tasks-MIN_NUM_FORMS": 0, "workflow_tasks-MAX_NUM_FORMS": 1000}
        for number, row in enumerate(rows):
            name = f"workflow_tasks-{number}"
            form |= {f"{name}-id": row.pk, f"{name}-task": row.task_id, f"{name}-ORDER": number}
            if row.task_id not in kept:
                form[f"{name}-DELETE"] = "on"
        pages = "pages-TOTAL_FORMS", "pages-INITIAL_FORMS", "pages-MIN_NUM_FORMS"
        return form | dict.fromkeys(pages, 0) | {"pages-MAX_NUM_FORMS": 1000}

    def test_a_superuser_cuts_the_steps_of_the_board_out(
        self, editor: Any, workflow: Workflow
    ) -> None:
        before = places(workflow)
        form = self.form(workflow, before[:1])
        address = reverse("wagtailadmin_workflows:edit", args=[workflow.pk])
        response = logged_in(editor).post(address, form, follow=True)
        assert places(workflow) == before
        assert any("pbgdpl_setup" in str(one) for one in response.context["messages"])

    def test_a_superuser_switches_it_off(
        self, editor: Any, workflow: Workflow, board: Board
    ) -> None:
        page = board.sent()
        logged_in(editor).post(reverse("wagtailadmin_workflows:disable", args=[workflow.pk]))
        workflow.refresh_from_db()
        assert workflow.active
        assert fresh(page).current_workflow_task is not None

    def test_a_superuser_switches_a_step_off(
        self, editor: Any, workflow: Workflow, board: Board
    ) -> None:
        page = board.sent()
        task = workflow.tasks.last()
        client = logged_in(editor)
        client.post(reverse("wagtailadmin_workflows:disable_task", args=[task.pk]))
        client.post(reverse("wagtailadmin_workflows:edit_task", args=[task.pk]), {"name": "Khác"})
        task.refresh_from_db()
        assert task.active
        assert task.name != "Khác"
        assert step_of(page)

    def test_a_superuser_builds_a_shorter_one_of_its_steps(
        self, editor: Any, workflow: Workflow
    ) -> None:
        own = Workflow.objects.create(name="Của trang web")
        first = workflow.tasks.first()
        with pytest.raises(Refused):
            WorkflowTask.objects.create(workflow=own, task=first)
        with pytest.raises(Refused):
            StepTask.objects.create(name="Tự duyệt", action="approve", role="contact_officer")
        assert places(own) == []

    def test_where_the_boards_steps_are_gone_nothing_is_published(
        self, board: Board, workflow: Workflow
    ) -> None:
        """By whatever way they went: only a judging step of the board clears."""
        page = board.sent()
        with as_program():
            workflow.workflow_tasks.exclude(task=workflow.tasks.first()).delete()
        with pytest.raises(Refused, match="Ban"):
            decisions.pass_step(step_of(page), board.head)
        assert not fresh(page).live

    def test_workflows_of_the_site_are_left_alone(self, editor: Any) -> None:
        own = Workflow.objects.create(name="Của trang web")
        task = Task.objects.create(name="Duyệt")
        WorkflowTask.objects.create(workflow=own, task=task)
        client = logged_in(editor)
        client.post(reverse("wagtailadmin_workflows:disable", args=[own.pk]))
        own.refresh_from_db()
        assert not own.active


class TestVersions:
    def test_an_approved_one_is_not_purged(self, board: Board) -> None:
        """R12: the record of what was approved."""
        page = board.published(title="Bản đã duyệt")
        approved = page.live_revision_id
        edit(page, board.officer, title="Bản hai")
        board.send(page)
        board.pass_on(page, board.head, board.secretary, board.member, board.chief)
        # As Wagtail's ``purge_revisions`` does, which passes over what is protected.
        with pytest.raises(ProtectedError), transaction.atomic():
            fresh(page).revisions.get(pk=approved).delete()
        with pytest.raises(ProtectedError), transaction.atomic():
            fresh(page).revisions.filter(pk=approved).delete()
        assert fresh(page).revisions.get(pk=approved).content["title"] == "Bản đã duyệt"

    def test_a_page_that_never_was_public_goes_with_its_versions(self, board: Board) -> None:
        page = board.draft()
        logged_in(board.officer).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        assert not type(page).objects.filter(pk=page.pk).exists()

    @pytest.mark.parametrize("bound", ["task", "live", "schedule"])
    def test_one_that_something_is_bound_to_is_not_written_over(
        self, board: Board, bound: str
    ) -> None:
        if bound == "task":
            page = board.sent(title="Bản đầu")
            writer = board.head
            edit(page, writer, title="Bản đầu")
            board.pass_on(page, board.head)
            page = fresh(page)
            # The head's version stands at the next step; the Thư ký may edit there.
            with as_program():
                draft = page.get_latest_revision_as_object()
            writer = board.secretary
        else:
            page = board.published(title="Bản đầu")
            draft = page.get_latest_revision_as_object()
            writer = board.officer
        revision = page.get_latest_revision()
        if bound == "schedule":
            page.revisions.filter(pk=revision.pk).update(approved_go_live_at="2031-01-01T00:00Z")
            revision.refresh_from_db()
        before = dict(revision.content)
        draft.title = "Ghi đè"
        saved = draft.save_revision(user=writer, overwrite_revision=revision)
        assert saved.pk != revision.pk
        revision.refresh_from_db()
        assert revision.content == before

    def test_by_the_editors_form(self, board: Board) -> None:
        from tests.workflows.test_guard import form_of

        page = board.published(title="Bản đã duyệt")
        approved = page.live_revision
        form = form_of(page, title="Ghi đè", overwrite_revision_id=str(approved.pk))
        form["loaded_revision_id"] = str(approved.pk)
        client = logged_in(board.officer)
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
        approved.refresh_from_db()
        assert approved.content["title"] == "Bản đã duyệt"
        assert fresh(page).get_latest_revision().content["title"] == "Ghi đè"

    def test_an_emergency_publishes_what_was_read(self, board: Board) -> None:
        """Between reading and publishing the editor saved by itself, over the same version."""
        page = board.draft(title="Bản đọc được")
        client = logged_in(board.chief)
        address = reverse("pbgdpl_item", args=[page.pk])
        ways = {way["name"]: way for way in client.get(address).context["ways"]}
        seen = ways["emergency"]["form"].initial["seen"]
        draft = fresh(page).get_latest_revision_as_object()
        draft.title = "Bản chen vào"
        version = fresh(page).get_latest_revision()
        assert draft.save_revision(user=board.officer, overwrite_revision=version).pk == version.pk
        form = {"way": "emergency", "emergency-reason": "Lũ về.", "emergency-seen": seen}
        assert client.post(address, form).status_code == 422
        assert not fresh(page).live
        form["emergency-seen"] = client.get(address).context["ways"][0]["form"].initial["seen"]
        client.post(address, form)
        assert fresh(page).title == "Bản chen vào"


class TestAliases:
    @pytest.fixture
    def alias(self, board: Board) -> Any:
        self.page = board.published(title="Bản đã duyệt")
        return fresh(self.page.create_alias(update_slug="bi-danh"))

    @pytest.mark.parametrize("who", ["officer", "member", "chief", "editor"])
    def test_none_becomes_a_page_of_its_own(
        self, board: Board, alias: Any, editor: Any, who: str
    ) -> None:
        """It would outlive the taking down of its source."""
        user = editor if who == "editor" else getattr(board, who)
        logged_in(user).post(reverse("wagtailadmin_pages:convert_alias", args=[alias.pk]))
        assert fresh(alias).alias_of_id == self.page.pk
        decisions.take_down(self.page, board.chief, grounds=[GROUND], reason="Sai.")
        assert not fresh(alias).live


class TestTheMenu:
    def order(self, user: Any, portal: Any) -> bool:
        before = [page.pk for page in portal.get_children()]
        address = reverse("wagtailadmin_pages:set_page_position", args=[before[3]])
        logged_in(user).post(f"{address}?position=0")
        after = [page.pk for page in portal.get_children()]
        assert sorted(after) == sorted(before)
        return after[0] == before[3]

    @pytest.mark.parametrize("role", ["chief", "secretary"])
    def test_who_orders_it(self, portal: Any, role: str) -> None:
        assert self.order(seated(role), portal)

    @pytest.mark.parametrize("role", ["member", "contact_officer", "operator"])
    def test_who_does_not(self, portal: Any, role: str) -> None:
        assert not self.order(seated(role), portal)

    def test_nor_a_superuser_without_a_seat(self, portal: Any, editor: Any) -> None:
        assert not self.order(editor, portal)


class TestEmergencies:
    @pytest.fixture(autouse=True)
    def _unit(self, board: Board) -> None:
        self.address = lambda page: reverse("pbgdpl_item", args=[page.pk])

    def publish(self, board: Board, page: Any, **values: str) -> None:
        form = {"way": "emergency", "emergency-reason": "Lũ về trong đêm."}
        form |= {f"emergency-{name}": value for name, value in values.items()}
        logged_in(board.chief).post(self.address(page), form)

    def said(self, board: Board, page: Any) -> str:
        return str(decisions.Event.objects.get(subject=page.pk, move="emergency").detail["head"])

    def test_the_word_of_the_head_is_asked_for(self, board: Board) -> None:
        """R6: BK21 Điều 11.2."""
        page = board.draft()
        ways = logged_in(board.chief).get(self.address(page)).context["ways"]
        assert "head" in ways[0]["form"].fields
        self.publish(board, page, head="agrees")
        assert self.said(board, page) == "agrees"

    def test_that_it_is_missing_stays_written(self, board: Board) -> None:
        page = board.draft()
        self.publish(board, page)
        assert self.said(board, page) == "missing"
        response = logged_in(board.secretary).get(self.address(page))
        assert "Chưa hỏi ý kiến thủ trưởng đơn vị" in response.content.decode()

    def test_the_trưởng_ban_cannot_say_that_it_was_approved(self, board: Board) -> None:
        page = board.draft()
        self.publish(board, page, head="approved")
        assert "emergency" not in kinds(page)

    def test_where_the_head_approved_nobody_is_asked(self, board: Board) -> None:
        page = board.pass_on(board.sent(), board.head)
        ways = logged_in(board.chief).get(self.address(page)).context["ways"]
        form = next(way["form"] for way in ways if way["name"] == "emergency")
        assert "head" not in form.fields
        self.publish(board, page)
        assert self.said(board, page) == "approved"

    def test_an_item_of_no_unit_has_no_head(self, board: Board) -> None:
        page = board.draft(unit=None, user=board.secretary)
        self.publish(board, page)
        assert decisions.Event.objects.get(subject=page.pk, move="emergency").detail == {}

    def test_another_unit_has_no_say(self, board: Board) -> None:
        other = seated("unit_head", unit=UnitFactory())
        page = board.draft()
        assert logged_in(other).get(self.address(page)).status_code == 302
