"""Everything of others under one number, so that one guess finds a thing of each kind.

``CLOSED`` is the number of what only its unit and the board may read, ``PUBLIC`` that of what
visitors read and of an account on the board.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    Comment,
    Revision,
    TaskState,
    UploadedFile,
    Workflow,
    WorkflowState,
    WorkflowTask,
)

from tests.factories import DelegationFactory, SeatFactory, UnitFactory, UserFactory
from tests.gates.world import APPROVED, SECRET, World, body, make_document, make_image
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.workflows.models import StepTask
from wagtail_pbgdpl.worktime.active import today

CLOSED, PUBLIC = 4242, 4343


def give_numbers(world: World) -> None:
    """Add one thing of each kind under each of the two numbers."""
    for number, word in ((CLOSED, SECRET), (PUBLIC, APPROVED)):
        image = make_image(world.collection, word, str(number), by=world.people["officer"])
        document = make_document(world.collection, word, str(number), by=world.people["officer"])
        image, document = _renumber(image, number), _renumber(document, number)
        text = body(f"Nội dung {word}", document, image)
        kind = ContentType.objects.get_for_model(world.board.model)
        # Wagtail sets the type of pages without a number alone.
        values = {
            "pk": number,
            "content_type": kind,
            "title": f"Tin {word}",
            "cover": image,
            "body": text,
        }
        if number == CLOSED:
            page = world.board.at_approval(**values)
            _renumber_steps(page, number)
        else:
            page = world.board.published(**values)
        comment = Comment(page=page, user=world.people["officer"], text=word, contentpath="title")
        comment.save()
        _renumber(comment, number)
        EditingSession.objects.create(
            id=number,
            user=world.people["officer"],
            content_type=ContentType.objects.get_for_model(type(page)),
            object_id=str(page.pk),
            last_seen_at=page.latest_revision_created_at,
        )
        _organisation(world, number, word)
        _media(world, number, word)


def _organisation(world: World, number: int, word: str) -> None:
    unit = UnitFactory(id=number, name=f"Đơn vị số {number}")
    user = UserFactory(id=number, username=f"so-{number}")
    role = "contact_officer" if number == CLOSED else "member"
    SeatFactory(id=number, user=user, role=role, **({"unit": unit} if number == CLOSED else {}))
    seats = {role: Seat.objects.filter(role=role).first() for role in ("chief", "deputy_chief")}
    DelegationFactory(
        id=number,
        delegator=seats["chief"],
        delegate=seats["deputy_chief"],
        categories=["C15"],
        starts_on=today() - datetime.timedelta(days=9),
        ends_on=today() - datetime.timedelta(days=5),
    )
    Group.objects.create(id=number, name=f"Nhóm số {number}")
    workflow = Workflow.objects.create(id=number, name=f"Quy trình số {number}")
    kind = ContentType.objects.get_for_model(StepTask)
    task = StepTask(pk=number, content_type=kind, name="Bước", action="approve", role="chief")
    task.save()
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    row = Matter.objects.filter(subject=world.draft.pk).first()
    if row is not None and number == CLOSED:
        Matter.objects.filter(pk=row.pk).update(id=number)
        Event.objects.filter(matter=row.pk).update(matter=number)
    Redirect.objects.create(id=number, old_path=f"/so-{number}", redirect_link="https://gov.vn/")


def _media(world: World, number: int, word: str) -> None:
    """A collection below the portal's, and an upload that waits for its form."""
    child = Collection.objects.get(pk=world.collection.pk).add_child(name=f"Kho số {number}")
    Collection.objects.filter(pk=child.pk).update(id=number)
    UploadedFile.objects.create(
        id=number,
        for_content_type=ContentType.objects.get_for_model(type(world.document)),
        file=world.secret_document.file.name,
        uploaded_by_user=world.people["officer"],
    )


def _renumber(row: Any, number: int) -> Any:
    """Give a row that nothing refers to yet another number."""
    type(row).objects.filter(pk=row.pk).update(id=number)
    return type(row).objects.get(pk=number)


def _renumber_steps(page: Any, number: int) -> None:
    """The version, the workflow and the step that the page is at."""
    revision, state = page.latest_revision_id, page.current_workflow_task_state
    Revision.objects.filter(pk=revision).update(id=number)
    type(page).objects.filter(pk=page.pk).update(latest_revision=number)
    TaskState.objects.filter(revision=revision).update(revision=number)
    WorkflowState.objects.filter(pk=state.workflow_state_id).update(id=number)
    TaskState.objects.filter(workflow_state=state.workflow_state_id).update(workflow_state=number)
    TaskState.objects.filter(pk=state.pk).update(id=number)
    WorkflowState.objects.filter(pk=number).update(current_task_state=number)
    Matter.objects.waiting().filter(subject=page.pk).update(place=number)
