"""Ways over versions that were decided on, emergencies, and text that shows at once."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Revision

from tests.factories import SeatFactory
from tests.gates import proofs
from tests.gates.browser import (
    change_document,
    decide,
    fill,
    form_of,
    look,
    new_text,
    pass_on,
    post,
)
from tests.gates.proofs import change_settings, rename
from tests.gates.reading import files_of, is_public, page_text, reads
from tests.gates.table import WAYS
from tests.gates.world import MADE_UP, World, body
from tests.workflows.board import edit, fresh
from wagtail_pbgdpl.changes.models import Change
from wagtail_pbgdpl.matters.models import Event, Matter
from wagtail_pbgdpl.matters.publications import Move
from wagtail_pbgdpl.reference.models import DocumentType

KEPT = "version not overwritten"
TITLE = f"Tin {MADE_UP}"


def autosave(world: World, who: str, page: Any, revision: int | None, **values: Any) -> Any:
    """Save as the editor does by itself: over the version that it made last, and asking for JSON.

    The form of 7.4 and of 8.0 alike; either takes the number that the browser sends.
    """
    form = form_of(page, **values) | {
        "overwrite_revision_id": revision or "",
        "loaded_revision_id": revision or "",
    }
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return world.client(who).post(address, form, headers={"Accept": "application/json"})


def versions(what: str, by: str, stopped_by: str = KEPT, **values: Any) -> Any:
    defaults = {"requirements": "R8 R12", "right": proofs.new_version}
    return WAYS.add(what, by=by, stopped_by=stopped_by, **{**defaults, **values})


def rewritten(name: str) -> Any:
    """Whether a version that a decision names has other words than when it was decided on."""

    def succeeded(world: World, _: Any) -> bool:
        page = getattr(world, name)
        numbers = Event.objects.decisions().filter(subject=page.pk).values("revision")
        return any(MADE_UP in str(row.content) for row in Revision.objects.filter(pk__in=numbers))

    return succeeded


def _latest_by(page: Any, user: Any) -> int:
    """Let the page's last version be one that the person made: only that one is overwritten."""
    number = fresh(page).latest_revision_id
    Revision.objects.filter(pk=number).update(user=user)
    return int(number)


def _overwriting(name: str, words: str, by: str) -> None:
    def attempt(world: World, who: str) -> Any:
        page = getattr(world, name)
        number = _latest_by(page, world.user(who))
        page = fresh(page).get_latest_revision_as_object()
        return autosave(world, who, page, number, title=TITLE)

    attempt.__name__ = f"overwrite_{name}"
    versions(f"autosaves over {words}", by, succeeded=rewritten(name))(attempt)


_overwriting("public", "the version that is public", "officer head")
_overwriting("scheduled", "the version that waits for its hour", "officer head")
_overwriting("emergency", "the version of an emergency", "officer head")
_overwriting("at_approval", "the version that waits for the Trưởng Ban", "officer head")
_overwriting("at_verification", "the version that waits for a member", "officer head")
_overwriting("returned", "the version that was returned", "officer head")
_overwriting("at_editing", "the version that the head approved", "officer head secretary")


@versions(
    "autosaves over a version that waits for its hour, which then comes",
    "officer",
    succeeded=lambda world, _: reads(MADE_UP, world.scheduled),
    right=proofs.scheduled,
)
def overwrite_and_wait(world: World, who: str) -> Any:
    number = _latest_by(world.scheduled, world.user(who))
    page = fresh(world.scheduled).get_latest_revision_as_object()
    autosave(world, who, page, number, title=TITLE, go_live_at="2026-11-20 08:00")
    proofs.publish_when_due(world)


@versions(
    "autosaves over the Thư ký's version after the Trưởng Ban has read it, who then publishes",
    "secretary",
    stopped_by="digest",
    requirements="R2 R8",
    succeeded=lambda world, _: reads(MADE_UP, world.at_editing),
    right=proofs.emergency,
)
def change_after_reading(world: World, who: str) -> Any:
    edit(world.at_editing, world.user(who), summary="Bản thư ký")
    seen = look(world, "chief", world.at_editing)
    page = fresh(world.at_editing).get_latest_revision_as_object()
    autosave(world, who, page, page.latest_revision_id, title=TITLE)
    return decide(world, "chief", world.at_editing, "emergency", seen, reason="Bão số 3.")


@versions(
    "autosaves over the own draft after the Trưởng Ban has read it, who then publishes",
    "officer",
    stopped_by="digest",
    requirements="R2 R8",
    succeeded=lambda world, _: reads(MADE_UP, world.draft),
    right=proofs.emergency,
)
def change_draft_after_reading(world: World, who: str) -> Any:
    edit(world.draft, world.user(who), summary="Bản sau")
    seen = look(world, "chief", world.draft)
    page = fresh(world.draft).get_latest_revision_as_object()
    autosave(world, who, page, page.latest_revision_id, title=TITLE)
    return decide(world, "chief", world.draft, "emergency", seen, reason="Bão số 3.")


@versions(
    "changes the text after the head has read it, who then approves it for the unit",
    "officer",
    stopped_by="digest",
    requirements="R6 R8",
    succeeded=lambda world, _: (
        Matter.objects.waiting().get(subject=world.at_head.pk).role != "unit_head"
        and MADE_UP in str(fresh(world.at_head).get_latest_revision().content)
    ),
    right=proofs.step,
)
def change_after_the_head_read(world: World, who: str) -> Any:
    """The head writes at this step; a colleague with the same seat overwrites nothing unseen."""
    SeatFactory(role="unit_head", user=world.people[who], unit=world.unit)
    edit(world.at_head, world.user(who), summary="Bản sau")
    seen = look(world, "head", world.at_head)
    page = fresh(world.at_head).get_latest_revision_as_object()
    autosave(world, who, page, page.latest_revision_id, title=TITLE)
    return decide(world, "head", world.at_head, "pass", seen)


@versions(
    "verifies the own text through a second seat, as the last version bears another's name",
    "officer head secretary",
    stopped_by="rules of authority",
    requirements="R3 R8",
    succeeded=lambda world, _: (
        Matter.objects.waiting().get(subject=world.at_verification.pk).role != "member"
    ),
    right=proofs.step,
)
def verify_the_own_text(world: World, who: str) -> Any:
    SeatFactory(role="member", user=world.people[who])
    page = world.at_verification
    if who == "secretary":
        # Who changed the text while it was collected is one of its writers.
        page = world.at_editing
        edit(page, world.user(who), summary="Bản thư ký sửa")
        pass_on(world, page, who)
        world.at_verification = page
    return pass_on(world, page, who)


@versions(
    "writes over the live version first, so that no version bears the own name, and verifies",
    "member",
    requirements="R3 R8",
    succeeded=lambda world, _: (
        Matter.objects.waiting().get(subject=world.public.pk).role != "member"
    ),
    right=proofs.step,
)
def verify_what_was_overwritten(world: World, who: str) -> Any:
    """A member who is head of the unit as well changes a public item, and then verifies it."""
    SeatFactory(role="unit_head", user=world.people[who], unit=world.unit)
    number = _latest_by(world.public, world.user(who))
    page = fresh(world.public).get_latest_revision_as_object()
    autosave(world, who, page, number, title=TITLE)
    world.board.send(world.public)
    pass_on(world, world.public, "head", "secretary")
    return pass_on(world, world.public, who)


@versions(
    "deletes old versions, and with them what was approved",
    "superuser",
    stopped_by="a decision keeps its version",
    requirements="R12",
    succeeded=lambda world, numbers: Revision.objects.filter(pk__in=numbers).count() < len(numbers),
)
def purge(world: World, who: str) -> Any:
    """As the command does; no address deletes a version."""
    for number in range(2):
        page = fresh(world.law).get_latest_revision_as_object()
        page.title = f"Văn bản, bản {number}"
        page.save_revision(user=world.user("officer"))
    decided = Event.objects.filter(revision__isnull=False)
    numbers = set(decided.values_list("revision", flat=True))
    kept = set(Revision.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    # As ``purge_revisions`` does, outside of any transaction: what is protected it passes over.
    for revision in world.law.revisions.filter(pk__in=kept):
        with suppress(ProtectedError), transaction.atomic():
            revision.delete()
    return kept


# Emergencies.


def emergencies(what: str, by: str, stopped_by: str, **values: Any) -> Any:
    defaults = {"requirements": "R2 R8", "right": proofs.emergency}
    return WAYS.add(what, by=by, stopped_by=stopped_by, **{**defaults, **values})


@emergencies(
    "publishes a draft in an emergency, and nothing says that its head never approved it",
    "chief",
    "the head's word is recorded",
    succeeded=lambda world, _: is_public(world.draft) and not _detail(world.draft),
)
def without_the_head(world: World, who: str) -> Any:
    return decide(world, who, world.draft, "emergency", reason="Bão số 3 đổ bộ.")


def _detail(page: Any) -> Any:
    row = Event.objects.decisions().filter(subject=page.pk, move=Move.EMERGENCY).last()
    return row and row.detail


@emergencies(
    "publishes in an emergency",
    "officer head secretary member deputy operator superuser stranger ungrouped visitor",
    "rules of authority",
    succeeded=lambda world, _: is_public(world.at_editing),
)
def emergency_by_others(world: World, who: str) -> Any:
    return decide(world, who, world.at_editing, "emergency", reason="Bão số 3 đổ bộ.")


@emergencies(
    "publishes the own text in an emergency and reviews it",
    "chief",
    "rules of authority",
    succeeded=lambda world, _: Event.objects.filter(
        subject=world.emergency.pk, move="reviewed"
    ).exists(),
)
def review_ones_own(world: World, who: str) -> Any:
    return decide(world, who, world.emergency, "review", comment="Đúng.")


@emergencies(
    "reviews an emergency whose text they wrote or approved, through a second seat",
    "officer head",
    "rules of authority",
    succeeded=lambda world, _: Event.objects.filter(
        subject=world.emergency.pk, move="reviewed"
    ).exists(),
)
def review_through_a_second_seat(world: World, who: str) -> Any:
    SeatFactory(role="member", user=world.people[who])
    return decide(world, who, world.emergency, "review", comment="Đúng.")


@emergencies(
    "takes an item down",
    "officer head secretary deputy superuser visitor",
    "rules of authority",
    right=proofs.take_down,
    succeeded=lambda world, _: not is_public(world.public),
)
def take_down_by_others(world: World, who: str) -> Any:
    ground = "khong-day-du-chinh-xac"
    return decide(world, who, world.public, "take-down", grounds=[ground], reason="Sai.")


@emergencies(
    "replaces a file of what was published in an emergency before the review",
    "officer",
    "frozen file",
    right=proofs.new_version,
    succeeded=lambda world, _: b"bia-dat tep" in files_of(world.emergency).values(),
)
def replace_before_the_review(world: World, who: str) -> Any:
    add = {"title": "Tệp khẩn", "collection": world.collection.pk, "file": new_text("khan")}
    world.client("officer").post(reverse("wagtaildocs:add"), add)
    document = get_document_model().objects.get(title="Tệp khẩn")
    page = world.at_editing
    decide(world, "officer", page, "take-back")
    edit(page, world.user("officer"), body=body("Nội dung", document))
    world.board.send(page)
    pass_on(world, page, "head")
    decide(world, "chief", page, "emergency", reason="Bão số 3 đổ bộ.")
    world.emergency = page
    return change_document(world, who, document, file=new_text())


# What shows without a decision.


def at_once(what: str, by: str, stopped_by: str = "journal of changes", **values: Any) -> Any:
    defaults = {"requirements": "R12 S4", "right": proofs.settings}
    return WAYS.add(what, by=by, stopped_by=stopped_by, **{**defaults, **values})


def shows(kind: str, page: str = "public") -> Any:
    """Whether visitors read made-up words that the journal of changes does not have."""

    def succeeded(world: World, _: Any) -> bool:
        noted = Change.objects.filter(kind=kind, details__icontains=MADE_UP).exists()
        return MADE_UP in page_text(getattr(world, page)) and not noted

    return succeeded


KEEPERS = "secretary operator superuser"
LAW = "text of law comes from the profile"


@at_once(
    "makes up a citation rule",
    KEEPERS,
    LAW,
    succeeded=lambda world, _: reads(MADE_UP, world.public),
)
def citation_rule(world: World, who: str) -> Any:
    return change_settings(world, who, citation_rule=f"Được {MADE_UP} tùy ý.")


@at_once(
    "makes up citation phrases",
    KEEPERS,
    LAW,
    succeeded=lambda world, _: any(
        MADE_UP in phrase
        for phrase in type(world.settings).objects.get(pk=world.settings.pk).citation_phrase_list
    ),
)
def citation_phrases(world: World, who: str) -> Any:
    return change_settings(world, who, citation_phrases=f"Theo {MADE_UP}")


for _name, _words, _value in (
    ("phone", "telephone", f"0209 {MADE_UP}"),
    ("responsible_person", "person responsible", f"Ông {MADE_UP}"),
    ("name", "name", f"Cổng {MADE_UP}"),
    ("email", "e-mail address", f"{MADE_UP}@example.vn"),
    ("address", "address", f"Phố {MADE_UP}"),
    ("governing_body", "governing body", f"Ủy ban {MADE_UP}"),
    ("facebook_url", "page on Facebook", f"https://facebook.com/{MADE_UP}"),
):

    def _change(world: World, who: str, name: str = _name, value: str = _value) -> Any:
        return change_settings(world, who, **{name: value})

    _change.__name__ = f"settings_{_name}"
    at_once(
        f"changes the portal's {_words}, and nobody is told",
        KEEPERS if _name == "phone" else "operator",
        succeeded=shows(Change.Kind.SETTINGS),
    )(_change)


@at_once(
    "changes the portal's settings",
    "officer member ungrouped",
    "permissions of the role",
    requirements="R10 S4",
    succeeded=lambda world, _: reads(MADE_UP, world.public),
)
def settings_by_others(world: World, who: str) -> Any:
    return change_settings(world, who, phone=f"0209 {MADE_UP}")


@at_once(
    "renames an issuing body on every public document, and nobody is told",
    "operator superuser",
    right=proofs.reference,
    succeeded=shows(Change.Kind.REFERENCE, "law"),
)
def issuing_body(world: World, who: str) -> Any:
    return rename(world, who, world.issuing_body, f"Cơ quan {MADE_UP}")


@at_once(
    "renames a type of document, and nobody is told",
    "operator superuser",
    right=proofs.reference,
    succeeded=shows(Change.Kind.REFERENCE, "law"),
)
def document_type(world: World, who: str) -> Any:
    row = DocumentType.objects.get(pk=world.law.document_type_id)
    return rename(world, who, row, f"Loại {MADE_UP}")


@at_once(
    "renames rows of the reference tables that public documents bear",
    "officer head member operator superuser",
    "names that the public reads are the board's",
    requirements="R10",
    right=proofs.reference,
    succeeded=lambda world, _: reads(MADE_UP, world.law),
)
def reference_by_others(world: World, who: str) -> Any:
    return rename(world, who, world.issuing_body, f"Cơ quan {MADE_UP}")


@at_once(
    "deletes an issuing body that public documents name",
    "operator superuser",
    "what is named stays",
    requirements="R12",
    right=proofs.reference,
    succeeded=lambda world, _: world.issuing_body.name not in page_text(world.law),
)
def delete_issuing_body(world: World, who: str) -> Any:
    name = "wagtail_pbgdpl_issuingbody_modeladmin_delete"
    return post(world, who, name, world.issuing_body.pk)


@at_once(
    "renames a unit, and nobody is told",
    "operator superuser",
    right=proofs.unit_seat,
    succeeded=lambda world, _: (
        MADE_UP in type(world.unit).objects.get(pk=world.unit.pk).name
        and not Change.objects.filter(kind=Change.Kind.UNIT).exists()
    ),
)
def unit_renamed(world: World, who: str) -> Any:
    return fill(world, who, "pbgdpl_units:edit", world.unit.pk, name=f"Sở {MADE_UP}")


@at_once(
    "takes a category from a unit or gives it one, and nobody is told",
    "operator superuser",
    right=proofs.unit_seat,
    succeeded=lambda world, _: (
        type(world.unit).objects.get(pk=world.unit.pk).categories == ["C5"]
        and not Change.objects.filter(kind=Change.Kind.UNIT).exists()
    ),
)
def unit_categories(world: World, who: str) -> Any:
    return fill(world, who, "pbgdpl_units:edit", world.unit.pk, categories=["C5"])


@at_once(
    "changes the order of the menu, and nobody is told",
    "secretary superuser officer",
    right=proofs.menu,
    succeeded=lambda world, before: (
        before != page_text(world.board.index.get_parent().specific)
        and not Change.objects.filter(kind=Change.Kind.MENU).exists()
    ),
)
def menu_order(world: World, who: str) -> Any:
    before = page_text(fresh(world.board.index).get_parent().specific)
    name = "wagtailadmin_pages:set_page_position"
    post(world, who, name, world.board.index.pk, query="?position=0")
    return before


@at_once(
    "takes an index page from the menu",
    "secretary superuser",
    "guard in save()",
    requirements="R8",
    right=proofs.menu,
    succeeded=lambda world, before: before != page_text(world.board.index.get_parent().specific),
)
def out_of_the_menu(world: World, who: str) -> Any:
    before = page_text(fresh(world.board.index).get_parent().specific)
    values = {"show_in_menus": [], "action-publish": "1"}
    fill(world, who, "wagtailadmin_pages:edit", world.board.index.pk, **values)
    return before
