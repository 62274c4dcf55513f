"""The right person gets the right thing done, in the right way, by address."""

from __future__ import annotations

import datetime
from typing import Any

import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse
from wagtail.documents import get_document_model

from tests.gates.browser import (
    NEW_PASSWORD,
    account_form,
    change_account,
    change_document,
    decide,
    fill,
    new_text,
    pass_on,
    post,
    save,
    send,
    sign_in,
    take_link,
)
from tests.gates.reading import files_of, is_public, page_text, reads
from tests.gates.world import APPROVED, World, body
from tests.workflows.board import GROUND, edit, fresh
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.organisation.models import Delegation, Seat
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.worktime.active import today

STEPS = ("head", "secretary", "member", "chief")
DAY = datetime.timedelta(days=1)


def publication(world: World) -> bool:
    """The unit writes and sends, head, Thư ký, member and Trưởng Ban pass it on: it is public."""
    save(world, "officer", world.draft, title=f"Bản thảo {APPROVED}")
    send(world, "officer", world.draft)
    page = pass_on(world, world.draft, *STEPS)
    return is_public(page) and reads(f"Bản thảo {APPROVED}", page)


def new_version(world: World) -> bool:
    """The writer puts another file into the item, the board approves: the public gets that one."""
    address = reverse("wagtaildocs:add")
    form = {"title": "Tệp mới", "collection": world.collection.pk, "file": new_text("thay-the")}
    world.client("officer").post(address, form)
    document = get_document_model().objects.get(title="Tệp mới")
    edit(world.public, world.user("officer"), body=body("Nội dung mới", document))
    if files_of(world.public) != world.shown:
        return False
    send(world, "officer", world.public)
    page = pass_on(world, world.public, *STEPS)
    return files_of(page).get("document 0") == b"thay-the tep"


def own_file(world: World) -> bool:
    """A file that no decision names is changed by whoever uploaded it."""
    world.client("stranger").post(
        reverse("wagtaildocs:add"),
        {"title": "Tệp riêng", "collection": world.collection.pk, "file": new_text("rieng")},
    )
    document = get_document_model().objects.get(title="Tệp riêng")
    change_document(world, "stranger", document, title="Tên khác", file=new_text("khac"))
    document.refresh_from_db()
    return document.title == "Tên khác" and document.file.read() == b"khac tep"


def scheduled(world: World) -> bool:
    """What was approved with a time is public at that time."""
    publish_when_due(world)
    return is_public(world.scheduled)


def publish_when_due(world: World) -> None:
    with time_machine.travel(world.scheduled.go_live_at + DAY, tick=False):
        call_command("publish_scheduled")


def emergency(world: World) -> bool:
    """The Trưởng Ban publishes in an emergency what the head approved; another one reviews it."""
    page = world.at_verification
    decide(world, "chief", page, "emergency", reason="Bão số 3 đổ bộ.")
    if not is_public(page):
        return False
    decide(world, "secretary", page, "review", comment="Nội dung đúng.")
    return Event.objects.decisions().filter(subject=page.pk, move="reviewed").exists()


def take_down(world: World) -> bool:
    """The Trưởng Ban takes an item down, on grounds: the public no longer reads it."""
    decide(world, "chief", world.public, "take-down", grounds=[GROUND], reason="Sai số liệu.")
    return not is_public(world.public)


def draft_deleted(world: World) -> bool:
    """A unit deletes its own draft that was never public."""
    post(world, "officer", "wagtailadmin_pages:delete", world.draft.pk)
    return not type(world.draft).objects.filter(pk=world.draft.pk).exists()


def take_back(world: World) -> bool:
    """The sender takes an item back; it is a draft that the unit may change."""
    decide(world, "officer", world.at_head, "take-back", reason="Gửi nhầm.")
    return not Matter.objects.waiting().filter(subject=world.at_head.pk).exists()


def step(world: World) -> bool:
    """Each step is passed by the role that it belongs to."""
    page = pass_on(world, world.at_approval, "chief")
    return is_public(page)


# Who may what.


def enter_delegation(world: World, who: str, **values: Any) -> Delegation | None:
    """Let ``who`` enter a delegation of the Trưởng Ban to the Phó Trưởng Ban; return it."""
    seats = {role: Seat.objects.filter(role=role).first() for role in ("chief", "deputy_chief")}
    form = {
        "code": "deputy_chief",
        "delegator": seats["chief"].pk,
        "delegate": seats["deputy_chief"].pk,
        "decision_number": "12/QĐ-BBT",
        "decided_on": today().isoformat(),
        "starts_on": today().isoformat(),
        "ends_on": (today() + 9 * DAY).isoformat(),
        **values,
    }
    known = set(Delegation.objects.values_list("pk", flat=True))
    fill(world, who, "pbgdpl_delegations:add", **form)
    return Delegation.objects.exclude(pk__in=known).first()


def confirm_delegation(world: World, who: str, delegation: Delegation) -> Any:
    return confirm(world, who, "pbgdpl_confirm_delegation", delegation.pk)


def confirm(world: World, who: str, name: str, *args: Any) -> Any:
    """Send the form of a page that asks for a confirmation, as it comes."""
    return fill(world, who, name, *args)


def delegation(world: World) -> bool:
    """The Thư ký enters it, the Trưởng Ban confirms it: then the Phó approves in that name."""
    entered = enter_delegation(world, "secretary")
    if entered is None:
        return False
    confirm_delegation(world, "chief", entered)
    return is_public(pass_on(world, world.at_approval, "deputy"))


def enter_seat(world: World, who: str, user: Any, role: str, **values: Any) -> Seat | None:
    known = set(Seat.objects.values_list("pk", flat=True))
    form = {
        "role": role,
        "user": user.pk,
        "unit": "",
        "starts_on": today().isoformat(),
        "ends_on": "",
        "decision_number": "34/QĐ-UBND",
        "decided_on": today().isoformat(),
        "categories": [world.board.index.category] if role == "member" else [],
        **values,
    }
    fill(world, who, "pbgdpl_seats:add", **form)
    return Seat.objects.exclude(pk__in=known).first()


def seat(world: World) -> bool:
    """The operator enters a seat by its decision, a member confirms it: its holder verifies."""
    user = world.people["ungrouped"]
    entered = enter_seat(world, "operator", user, "member")
    if entered is None:
        return False
    confirm(world, "secretary", "pbgdpl_confirm_seat", entered.pk)
    pass_on(world, world.at_verification, "ungrouped")
    return Matter.objects.waiting().get(subject=world.at_verification.pk).role == "chief"


def unit_seat(world: World) -> bool:
    """The operator gives a seat of a unit, and it works at once."""
    user = world.people["ungrouped"]
    enter_seat(world, "operator", user, "contact_officer", unit=world.unit.pk)
    address = reverse("wagtailadmin_pages:view_draft", args=[world.draft.pk])
    return world.draft.title in world.client("ungrouped").get(address).content.decode()


def account(world: World) -> bool:
    """The operator changes the name and the password of somebody without a seat on the board."""
    stranger = world.people["stranger"]
    change_account(world, "operator", stranger, password1=NEW_PASSWORD, password2=NEW_PASSWORD)
    return sign_in(stranger) is not None


def password_link(world: World) -> bool:
    """The operator sends a link; the Trưởng Ban sets the password by it, and signs in."""
    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        fill(world, "operator", "pbgdpl_send_password_link", world.people["chief"].pk)
    return take_link(world.people["chief"].email) is not None and bool(
        sign_in(world.people["chief"])
    )


def quiet_day(world: World) -> bool:
    """After a second member has confirmed it, somebody with a new password publishes."""
    chief = world.people["chief"]
    if not password_link(world):
        return False
    confirm(world, "secretary", "pbgdpl_confirm_login", chief.pk)
    return is_public(pass_on(world, world.at_approval, "chief"))


# What shows at once.


def change_settings(world: World, who: str, **values: Any) -> Any:
    args = ("wagtail_pbgdpl", "portalsettings", world.settings.site_id)
    return fill(world, who, "wagtailsettings:edit", *args, **values)


def settings(world: World) -> bool:
    """The Thư ký changes the telephone: visitors read it, and the journal has both numbers."""
    change_settings(world, "secretary", phone="0209 3999 111")
    rows = Change.objects.filter(kind=Change.Kind.SETTINGS)
    told = [str(row.details) for row in rows]
    return reads("0209 3999 111", world.public) and any("3870 000" in text for text in told)


def rename(world: World, who: str, row: Any, name: str) -> Any:
    address = f"{row._meta.app_label}_{row._meta.model_name}_modeladmin_edit"
    return fill(world, who, address, row.pk, name=name)


def reference(world: World) -> bool:
    """The Thư ký corrects a name in a reference table: visitors read it, the journal has both."""
    rename(world, "secretary", world.issuing_body, "Cơ quan viết đúng")
    rows = Change.objects.filter(kind=Change.Kind.REFERENCE)
    return reads("Cơ quan viết đúng", world.law) and rows.exists()


def menu(world: World) -> bool:
    """The Thư ký changes the order of the menu, and it is written down."""
    index = fresh(world.board.index)
    # What editors put beside the menu stands in the order of the tree.
    type(index).objects.sibling_of(index, inclusive=True).update(in_first_row=True)
    process_cache.forget()
    before = page_text(index.get_parent().specific)
    query = "?position=0"
    post(world, "secretary", "wagtailadmin_pages:set_page_position", index.pk, query=query)
    changed = page_text(index.get_parent().specific) != before
    return changed and Change.objects.filter(kind=Change.Kind.MENU).exists()


def administration(world: World) -> bool:
    """A superuser administers what is no gate of the board: a group of the site's own."""
    form = account_form(world.people["stranger"], first_name="Hà")
    post(world, "superuser", "wagtailusers_users:edit", world.people["stranger"].pk, **form)
    return world.user("stranger").first_name == "Hà"


def own_draft(world: World) -> bool:
    """A unit's officer reads the unit's draft with everything in it."""
    response = world.client("officer").get(
        reverse("wagtailadmin_pages:view_draft", args=[world.draft.pk])
    )
    return world.draft.title in response.content.decode()
