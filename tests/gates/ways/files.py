"""Ways through the files and images of what the public reads, and of drafts."""

from __future__ import annotations

import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from tests.gates import proofs
from tests.gates.browser import (
    bulk,
    change_document,
    change_image,
    decide,
    look,
    media_form,
    new_picture,
    new_text,
    pass_on,
    post,
    save,
)
from tests.gates.proofs import STEPS, change_settings, publish_when_due
from tests.gates.reading import emblem_of, files_of, names_of_files, read
from tests.gates.table import WAYS
from tests.gates.world import MADE_UP, World, body
from tests.workflows.board import edit, fresh
from wagtail_pbgdpl.changes.models import Change

FROZEN = "frozen file"
EDITORS = "officer secretary superuser ungrouped"


def files_changed(world: World, _: Any) -> bool:
    return files_of(world.public) != world.shown


def names_changed(world: World, _: Any) -> bool:
    return any(MADE_UP in name for name in names_of_files(world.public))


def of_files(what: str, by: str, stopped_by: str = FROZEN, **values: Any) -> Any:
    defaults = {"succeeded": files_changed, "right": proofs.new_version}
    needs = {"requirements": "R8 R12"}
    return WAYS.add(what, by=by, stopped_by=stopped_by, **{**needs, **defaults, **values})


@of_files(
    "uploads another file for the document of a public item",
    EDITORS + " head member chief operator stranger",
)
def replace_document(world: World, who: str) -> Any:
    return change_document(world, who, world.document, file=new_text())


@of_files("uploads another picture for the cover of a public item", EDITORS)
def replace_cover(world: World, who: str) -> Any:
    return change_image(world, who, world.cover, file=new_picture())


@of_files("deletes the document of a public item", EDITORS)
def delete_document(world: World, who: str) -> Any:
    return post(world, who, "wagtaildocs:delete", world.document.pk)


@of_files("deletes the cover of a public item", EDITORS)
def delete_cover(world: World, who: str) -> Any:
    return post(world, who, "wagtailimages:delete", world.cover.pk)


@of_files("deletes documents of public items in bulk", "officer superuser")
def bulk_delete_documents(world: World, who: str) -> Any:
    return bulk(world, who, "wagtaildocs.document", "delete", world.document)


@of_files("deletes images of public items in bulk", "officer superuser")
def bulk_delete_images(world: World, who: str) -> Any:
    return bulk(world, who, "wagtailimages.image", "delete", world.cover)


@of_files("deletes the document from the page of many uploads", "officer member")
def delete_uploaded_document(world: World, who: str) -> Any:
    address = reverse("wagtaildocs:delete_multiple", args=[world.document.pk])
    return world.client(who).post(address, headers={"X-Requested-With": "XMLHttpRequest"})


@of_files("deletes the cover from the page of many uploads", "officer member")
def delete_uploaded_image(world: World, who: str) -> Any:
    address = reverse("wagtailimages:delete_multiple", args=[world.cover.pk])
    return world.client(who).post(address, headers={"X-Requested-With": "XMLHttpRequest"})


@of_files(
    "renames a document whose title stands on a public page",
    "officer secretary superuser",
    succeeded=names_changed,
    right=proofs.own_file,
)
def rename_document(world: World, who: str) -> Any:
    return change_document(world, who, world.document, title=f"Tệp {MADE_UP}")


@of_files(
    "renames such a document from the page of many uploads",
    "officer secretary ungrouped",
    succeeded=names_changed,
    right=proofs.own_file,
)
def rename_uploaded_document(world: World, who: str) -> Any:
    key = world.document.pk
    form = media_form(world.document, title=f"Tệp {MADE_UP}")
    address = reverse("wagtaildocs:edit_multiple", args=[key])
    return world.client(who).post(
        address,
        {f"doc-{key}-{name}": value for name, value in form.items()},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )


@of_files(
    "moves the document of a public item into a collection that is closed",
    "secretary superuser ungrouped",
)
def closed_collection(world: World, who: str) -> Any:
    closed = _closed_collection()
    return change_document(world, who, world.document, collection=closed.pk)


@of_files(
    "moves such a document there in bulk",
    "superuser",
)
def bulk_closed_collection(world: World, who: str) -> Any:
    closed = _closed_collection()
    return bulk(
        world,
        who,
        "wagtaildocs.document",
        "add_to_collection",
        world.document,
        collection=closed.pk,
    )


def _closed_collection() -> Any:
    closed = Collection.get_first_root_node().add_child(name="Kho đóng")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    return closed


@of_files("closes the collection of public documents", "superuser operator")
def close_collection(world: World, who: str) -> Any:
    key = world.collection.pk
    return post(world, who, "wagtailadmin_collections:set_privacy", key, restriction_type="login")


@of_files(
    "replaces a file while the item waits for the Trưởng Ban, who then approves",
    "officer superuser",
    stopped_by="digest",
    succeeded=lambda world, _: b"bia-dat tep" in files_of(world.at_approval).values(),
)
def replace_before_approval(world: World, who: str) -> Any:
    document = _with_file(world, "at_head")
    page = pass_on(world, world.at_head, "head", "secretary", "member")
    world.at_approval = page
    seen = look(world, "chief", page)
    change_document(world, who, document, file=new_text())
    decide(world, "chief", page, "pass", seen)


@of_files(
    "replaces a file between the reading of the Trưởng Ban and the emergency",
    "officer superuser",
    stopped_by="digest",
    requirements="R2 R8",
    succeeded=lambda world, _: b"bia-dat tep" in files_of(world.at_editing).values(),
    right=proofs.emergency,
)
def replace_before_emergency(world: World, who: str) -> Any:
    document = _with_file(world, "at_editing")
    seen = look(world, "chief", world.at_editing)
    change_document(world, who, document, file=new_text())
    decide(world, "chief", world.at_editing, "emergency", seen, reason="Bão số 3 đổ bộ.")


@of_files(
    "replaces a file of what waits for its hour",
    "officer secretary",
    succeeded=lambda world, _: b"bia-dat tep" in files_of(world.scheduled).values(),
    right=proofs.scheduled,
)
def replace_scheduled(world: World, who: str) -> Any:
    document = _scheduled_document(world)
    change_document(world, who, document, file=new_text())
    publish_when_due(world)


def _document(world: World) -> Any:
    return get_document_model().objects.create(
        title="Tệp chờ",
        file=new_text("cho-duyet"),
        collection=world.collection,
        uploaded_by_user=world.people["officer"],
    )


def _with_file(world: World, name: str) -> Any:
    """Send an item anew with a file of its own, to the step that it was at."""
    document = _document(world)
    page = getattr(world, name)
    decide(world, "officer", page, "take-back")
    edit(page, world.user("officer"), body=body("Nội dung", document))
    page = world.board.send(page)
    if name == "at_editing":
        page = world.board.pass_on(page, world.people["head"])
    setattr(world, name, page)
    return document


def _scheduled_document(world: World) -> Any:
    """Approve a scheduled item with a file."""
    document = _document(world)
    later = timezone.now() + datetime.timedelta(days=2)
    world.scheduled = world.board.published(
        title="Tin hẹn giờ có tệp", body=body("Nội dung", document), go_live_at=later
    )
    return document


@of_files(
    "names the document of a public item in an item of another unit and replaces it there",
    "stranger",
    requirements="R8 R11",
)
def replace_through_another_item(world: World, who: str) -> Any:
    edit(world.foreign_draft, world.user(who), body=body("Nội dung", world.document))
    return change_document(world, who, world.document, file=new_text())


@of_files(
    "replaces the emblem of the portal unnoticed",
    "secretary superuser",
    requirements="R12 X1",
    stopped_by="journal of changes",
    succeeded=lambda world, before: emblem_of(world.public) != before and not _noted(),
    right=proofs.settings,
)
def replace_emblem(world: World, who: str) -> Any:
    before = emblem_of(world.public)
    change_image(world, who, world.emblem, file=new_picture())
    return before


def _noted() -> bool:
    return Change.objects.filter(kind=Change.Kind.SETTINGS).exists()


@of_files(
    "deletes the emblem of the portal unnoticed",
    "secretary superuser",
    requirements="R12 X1",
    stopped_by="journal of changes",
    succeeded=lambda world, before: emblem_of(world.public) != before and not _noted(),
    right=proofs.settings,
)
def delete_emblem(world: World, who: str) -> Any:
    before = emblem_of(world.public)
    post(world, who, "wagtailimages:delete", world.emblem.pk)
    return before


def secret_image_public(world: World, _: Any) -> bool:
    """Whether visitors get the picture of the draft: as it is or as the emblem."""
    rendition = world.secret_image.get_rendition("max-128x128")
    return read(rendition.url)[0] == 200


@of_files(
    "makes the picture of a draft public as the emblem",
    "operator secretary chief",
    requirements="R8 R11",
    stopped_by="may point",
    succeeded=secret_image_public,
    right=proofs.settings,
)
def draft_as_emblem(world: World, who: str) -> Any:
    return change_settings(world, who, emblem=world.secret_image.pk)


def secret_document_public(world: World, _: Any) -> bool:
    return read(world.secret_document.url)[0] == 200


@of_files(
    "opens the document of a draft by moving it into a collection of the site's own",
    "superuser ungrouped secretary",
    requirements="R8 R11",
    stopped_by="a file belongs to the pages that use it",
    succeeded=secret_document_public,
    right=proofs.own_file,
)
def open_collection(world: World, who: str) -> Any:
    root = Collection.get_first_root_node()
    return change_document(world, who, world.secret_document, collection=root.pk)


@of_files(
    "opens the document of a draft in this way in bulk",
    "superuser",
    requirements="R8 R11",
    stopped_by="a file belongs to the pages that use it",
    succeeded=secret_document_public,
    right=proofs.own_file,
)
def bulk_open_collection(world: World, who: str) -> Any:
    root = Collection.get_first_root_node()
    return bulk(
        world,
        who,
        "wagtaildocs.document",
        "add_to_collection",
        world.secret_document,
        collection=root.pk,
    )


@of_files(
    "moves the portal's collections, so that files of drafts lie outside",
    "superuser ungrouped",
    requirements="R8 R11",
    stopped_by="a file belongs to the pages that use it",
    succeeded=secret_document_public,
    right=proofs.own_file,
)
def move_collection(world: World, who: str) -> Any:
    root = Collection.get_first_root_node()
    form = {"name": world.collection.name, "parent": root.pk}
    return post(world, who, "wagtailadmin_collections:edit", world.collection.pk, **form)


@of_files(
    "names the document of a draft in an item of another unit that the board then approves",
    "stranger",
    requirements="R8 R11",
    stopped_by="may point",
    succeeded=secret_document_public,
    right=proofs.new_version,
)
def foreign_document_in_ones_own_item(world: World, who: str) -> Any:
    page = fresh(world.foreign_draft)
    form = {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "document_list",
        "body-0-id": "",
        "body-0-value-title": "Tệp",
        "body-0-value-documents-count": "1",
        "body-0-value-documents-0-deleted": "",
        "body-0-value-documents-0-order": "0",
        "body-0-value-documents-0-id": "",
        "body-0-value-documents-0-value-document": world.secret_document.pk,
        "body-0-value-documents-0-value-title": "Tệp",
    }
    save(world, who, page, **form)
    page = world.board.send(page, world.user(who))
    world.board.pass_on(page, *(world.people[one] for one in ("other_head", *STEPS[1:])))
