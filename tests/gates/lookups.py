"""Look-ups of what belongs to others, by a guessed number or name."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote

from django.core import mail
from django.test import TestCase, override_settings
from django.urls import NoReverseMatch, reverse
from wagtail.models import Revision, TaskState

from tests.factories import SeatFactory
from tests.gates import proofs
from tests.gates.browser import EMPTY, decide, form_of, post
from tests.gates.reading import content_of, read
from tests.gates.table import LOOKUPS
from tests.gates.ways.publishing import api
from tests.gates.world import SECRET, World
from tests.workflows.board import GROUND, fresh
from wagtail_pbgdpl.conf import SETTING
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.organisation.models import Seat
from wagtail_pbgdpl.worktime.active import today

OTHERS = "stranger operator ungrouped"
ALL = f"{OTHERS} visitor"
DAY = datetime.timedelta(days=1)
NORMALISED = "normalised path"
CLOSED = "closed until public"
MIDDLEWARE = "middleware"
POLICY = "narrowed policy"
HOOK = "narrowed chooser"
POINT = "may point"


#: Of files that people upload; the admin draws its own icons.
PICTURES = ("image/png", "image/jpeg", "image/webp", "image/gif")


def said(*responses: Any) -> list[Any]:
    return [response for response in responses if response is not None]


def leaked(world: World, responses: Any) -> bool:
    """Whether one of the answers has a secret in it, or is a picture."""
    return any(_tells(response) for response in responses or ())


def _tells(response: Any) -> bool:
    if isinstance(response, (str, bytes)):
        found = response if isinstance(response, str) else response.decode(errors="replace")
        return SECRET in unquote(found)
    kind = response.headers.get("Content-Type", "")
    if response.status_code == 200 and kind.startswith(PICTURES):
        return True
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    text = content_of(response).decode(errors="replace") + headers
    return SECRET in unquote(text)


def ask(world: World, who: str, address: str, **data: Any) -> Any:
    """Ask for an address, and for where it leads to."""
    client = world.client(who)
    response = client.get(address, data or None)
    if response.status_code in (301, 302):
        # The address itself may tell; what stands there is asked as well.
        first = response.headers["Location"]
        elsewhere = "/login" not in first and first != reverse("wagtailadmin_home")
        if first.startswith("/") and elsewhere:
            return said(first, client.get(first))
    return said(response)


def named(name: str, *args: Any, query: str = "") -> str | None:
    try:
        return reverse(name, args=args) + query
    except NoReverseMatch:
        return None


def lookup(what: str, by: str, stopped_by: str, **values: Any) -> Any:
    defaults = {"requirements": "R11", "succeeded": leaked, "right": own_draft}
    return LOOKUPS.add(what, by=by, stopped_by=stopped_by, **{**defaults, **values})


def own_draft(world: World) -> bool:
    """The unit's head reads the draft of the unit with everything in it."""
    address = reverse("wagtailadmin_pages:view_draft", args=[world.draft.pk])
    return leaked(world, ask(world, "head", address))


def own_file(world: World) -> bool:
    """The unit's officer opens the document and the image of the unit's draft."""
    status, content = read(world.secret_document.url, world.client("officer"))
    image, _ = read(world.secret_image.get_rendition("width-5").url, world.client("officer"))
    return (status, image) == (200, 200) and SECRET in content.decode()


def public_file(world: World) -> bool:
    """A visitor opens the files of a public item."""
    return all(world.shown.values()) and read(world.document.url)[0] == 200


def own_choice(world: World) -> bool:
    """The unit's officer finds the unit's files in the choosers."""
    chosen = [
        named("wagtaildocs_chooser:chosen", world.secret_document.pk),
        named("wagtailimages_chooser:chosen", world.secret_image.pk),
        named("wagtailimages_chooser:choose_results"),
        named("wagtaildocs_chooser:choose_results"),
    ]
    return all(leaked(world, ask(world, "officer", str(address))) for address in chosen)


def for_the_board(world: World) -> bool:
    """The Thư ký reads the items of all units."""
    return leaked(world, ask(world, "secretary", reverse("pbgdpl_item", args=[world.draft.pk])))


# Files, by the addresses of files.

PATHS = {
    "plain": ("by its name", "/media/{path}"),
    "doubled": ("with a doubled stroke", "/media//{path}"),
    "tripled": ("with three strokes", "/media///{path}"),
    "dotted": ("with a dot in between", "/media/./{path}"),
    "parent": ("through another folder and back", "/media/avatar_images/../{path}"),
    "encoded_parent": (
        "through another folder and back, encoded",
        "/media/avatar_images/%2e%2e/{path}",
    ),
    "inner_doubled": ("with a doubled stroke before the name", "/media/{folder}//{name}"),
    "inner_dotted": ("with a dot before the name", "/media/{folder}/./{name}"),
    "encoded_stroke": ("with an encoded stroke", "/media/%2F{path}"),
    "encoded_dot": ("with an encoded dot", "/media/%2e/{path}"),
    "twice_encoded": ("encoded twice", "/media/%252e/{path}"),
    "backslash": ("with a backslash", "/media/.\\{path}"),
    "upper": ("in capital letters", "/media/{upper}/{name}"),
    "trailing": ("with a stroke at the end", "/media/{path}/"),
    "zero": ("with a zero byte", "/media/{path}%00.txt"),
    "space": ("with a space before it", "/media/%20{path}"),
}


def _path_rows() -> None:
    for key, (how, pattern) in PATHS.items():

        def attempt(world: World, who: str, pattern: str = pattern) -> Any:
            found = []
            for path in closed_paths(world):
                folder, _, name = path.rpartition("/")
                address = pattern.format(
                    path=quote(path), folder=folder, name=quote(name), upper=folder.upper()
                )
                response = world.client(who).get(address)
                found += [response] if response.status_code == 200 else []
            return found

        attempt.__name__ = f"path_{key}"
        lookup(
            f"asks for the files of a draft {how}",
            "visitor" if key != "plain" else ALL,
            NORMALISED if key != "plain" else CLOSED,
            requirements="R8 R11",
            right=public_file,
        )(attempt)


def closed_paths(world: World) -> list[str]:
    return [
        world.secret_document.file.name,
        world.secret_image.file.name,
        world.secret_image.get_rendition("width-5").file.name,
        world.private_document.file.name,
    ]


_path_rows()


@lookup(
    "asks for the files of a draft where the web server sends the files",
    "visitor",
    NORMALISED,
    requirements="R8 R11",
    right=public_file,
)
def handed_to_the_web_server(world: World, who: str) -> Any:
    with override_settings(**{SETTING: {"MEDIA_REDIRECT": "/files/"}}):
        answers = [
            world.client(who).get(f"/media{between}{path}")
            for path in closed_paths(world)
            for between in ("//", "/./", "/")
        ]
    return [one.headers.get("X-Accel-Redirect", "") for one in answers]


@lookup("opens the document of a draft by its number", ALL, CLOSED, right=own_file)
def document_by_number(world: World, who: str) -> Any:
    return ask(world, who, world.secret_document.url)


@lookup(
    "opens the document of a draft by its number with another name", ALL, CLOSED, right=own_file
)
def document_by_wrong_name(world: World, who: str) -> Any:
    # Wagtail sends to the right name, which would tell it.
    return ask(world, who, f"/documents/{world.secret_document.pk}/gi-do.txt")


@lookup("opens the picture of a draft", ALL, CLOSED, right=own_file)
def picture_of_a_draft(world: World, who: str) -> Any:
    return ask(world, who, world.secret_image.get_rendition("width-5").url)


@lookup("opens the uncut picture of a public item", "visitor", CLOSED, right=public_file)
def original_of_the_cover(world: World, who: str) -> Any:
    return ask(world, who, f"/media/{world.cover.file.name}")


@lookup("opens the document of a page that the board closed", "visitor", CLOSED, right=own_file)
def document_of_a_private_page(world: World, who: str) -> Any:
    return ask(world, who, world.private_document.url)


@lookup(
    "opens a page that the board closed, without its password", "visitor", CLOSED, right=own_draft
)
def private_page(world: World, who: str) -> Any:
    return ask(world, who, world.private.get_url())


@lookup("finds a closed page in lists, feeds, the site map and the search", "visitor", CLOSED)
def private_page_in_lists(world: World, who: str) -> Any:
    index = world.board.index.get_url()
    addresses = (index, "/pbgdpl/rss.xml", "/sitemap.xml", "/pbgdpl/tim-kiem/?q=Tin")
    answers = [ask(world, who, address) for address in addresses]
    return [re.sub(rb"<input[^>]*>", b"", content_of(one)) for each in answers for one in each]


@lookup("finds drafts in lists, feeds, the site map and the search", "visitor", CLOSED)
def drafts_in_public(world: World, who: str) -> Any:
    index = world.board.index.get_url()
    addresses = (index, f"{index}?the=nhan", "/sitemap.xml", "/pbgdpl/tim-kiem/?q=Du+thao")
    return [one for address in addresses for one in ask(world, who, address)]


@lookup("opens the address of a draft", ALL, CLOSED)
def draft_by_address(world: World, who: str) -> Any:
    return ask(world, who, world.draft.get_url())


@lookup(
    "opens the files of the former unit after having moved to another one",
    "officer",
    "a file belongs to the pages that use it",
    right=own_file,
)
def files_after_moving(world: World, who: str) -> Any:
    _move(world)
    return ask(world, who, world.secret_image.get_rendition("width-5").url)


@lookup(
    "opens the files that a new colleague uploaded in another unit",
    "stranger",
    "a file belongs to the pages that use it",
    right=own_file,
)
def files_of_a_new_colleague(world: World, who: str) -> Any:
    _move(world)
    address = str(named("wagtailimages_chooser:chosen", world.secret_image.pk))
    picture = world.secret_image.get_rendition("width-5").url
    return [*ask(world, who, address), *ask(world, who, picture)]


def _move(world: World) -> None:
    seats = Seat.objects.filter(user=world.people["officer"])
    seats.update(starts_on=today() - 90 * DAY, ends_on=today() - DAY)
    SeatFactory(role="contact_officer", user=world.people["officer"], unit=world.other_unit)


# Pages, by the addresses of the admin that are about one.


def _pages(name: str) -> Any:
    return lambda world, page: named(f"wagtailadmin_pages:{name}", page.pk)


def _first(page: Any) -> int:
    return int(Revision.objects.filter(object_id=str(page.pk)).order_by("pk")[0].pk)


ABOUT_ONE: dict[str, tuple[str, Any]] = {
    "edit": ("the editor", _pages("edit")),
    "view_draft": ("the view of the draft", _pages("view_draft")),
    "history": ("the history", _pages("history")),
    "history_results": ("the rows of the history", _pages("history_results")),
    "workflow_history": ("the history of the workflow", _pages("workflow_history")),
    "usage": ("the use", _pages("usage")),
    "copy": ("the form of the copy", _pages("copy")),
    "move": ("the form of the move", _pages("move")),
    "delete": ("the form of the deletion", _pages("delete")),
    "unpublish": ("the form of taking down", _pages("unpublish")),
    "privacy": ("the form of who may read it", _pages("set_privacy")),
    "cancellation": ("the form of stopping", _pages("confirm_workflow_cancellation")),
    "revision": (
        "a version by its number",
        lambda world, page: named("wagtailadmin_pages:revisions_view", page.pk, _first(page)),
    ),
    "revert": (
        "the form of going back to a version",
        lambda world, page: named("wagtailadmin_pages:revisions_revert", page.pk, _first(page)),
    ),
    "compare": (
        "the comparison of versions",
        lambda world, page: f"/admin/pages/{page.pk}/revisions/compare/earliest...latest/",
    ),
    "explore": (
        "the explorer",
        lambda world, page: named("wagtailadmin_explore", page.pk),
    ),
    "choose_below": (
        "the chooser below it",
        lambda world, page: named("wagtailadmin_choose_page_child", page.pk),
    ),
    "admin_api": (
        "the admin's API",
        lambda world, page: f"/admin/api/main/pages/{page.pk}/",
    ),
    "translate": (
        "the form of a translation",
        lambda world, page: named("simple_translation:submit_page_translation", page.pk),
    ),
    "item": ("the page of decisions", lambda world, page: named("pbgdpl_item", page.pk)),
}
#: Ways of writing a number that Python's ``int`` reads.
NUMBERS = {
    "plain": ("", "{}"),
    "space": (" with a space before the number", "%20{}"),
    "plus": (" with a plus before it", "%2B{}"),
    "underscore": (" with an underscore in it", "_{}"),
    "arabic": (" in Arabic digits", "arabic"),
    "fullwidth": (" in wide digits", "wide"),
    "newline": (" with a new line behind it", "{}%0A"),
}


def written(number: int, style: str) -> str:
    digits = str(number)
    if style == "arabic":
        return quote("".join(chr(0x0660 + int(one)) for one in digits))
    if style == "wide":
        return quote("".join(chr(0xFF10 + int(one)) for one in digits))
    if style.startswith("_"):
        return f"{digits[0]}_{digits[1:]}" if len(digits) > 1 else f"0_{digits}"
    return style.format(digits)


def _page_rows() -> None:
    for key, (where, address) in ABOUT_ONE.items():

        def attempt(world: World, who: str, address: Any = address) -> Any:
            pages = (world.draft, world.changed)
            return [one for page in pages for one in ask(world, who, str(address(world, page)))]

        attempt.__name__ = f"page_{key}"
        lookup(f"opens a draft of the unit in {where}", "stranger operator", MIDDLEWARE)(attempt)
    for key, (how, style) in NUMBERS.items():

        def chosen(world: World, who: str, style: str = style) -> Any:
            number = written(world.draft.pk, style)
            name = "wagtailadmin_choose_page_chosen_multiple"
            return ask(world, who, f"{reverse(name)}?id={number}")

        def in_bulk(world: World, who: str, style: str = style) -> Any:
            number = written(world.draft.pk, style)
            args = ["wagtailcore", "page", "publish"]
            return ask(world, who, f"{reverse('wagtail_bulk_action', args=args)}?id={number}")

        chosen.__name__, in_bulk.__name__ = f"chosen_{key}", f"bulk_{key}"
        lookup(f"asks the page chooser for a draft{how}", "stranger", MIDDLEWARE)(chosen)
        lookup(f"asks a bulk action for a draft{how}", "stranger", MIDDLEWARE)(in_bulk)


_page_rows()


@lookup("asks for the preview of a draft", OTHERS, MIDDLEWARE)
def preview(world: World, who: str) -> Any:
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[world.draft.pk])
    world.client(who).post(address, form_of(world.draft))
    return ask(world, who, f"{address}?mode=")


@lookup("asks for the preview of a step, with the number of its task", OTHERS, MIDDLEWARE)
def preview_of_a_step(world: World, who: str) -> Any:
    step = Matter.objects.waiting().get(subject=world.at_approval.pk).place
    state = TaskState.objects.get(pk=step)
    args = [world.at_approval.pk, state.task_id]
    detail = [world.at_approval.pk, state.workflow_state_id]
    return [
        *ask(world, who, reverse("wagtailadmin_pages:workflow_preview", args=args)),
        *ask(world, who, reverse("wagtailadmin_pages:workflow_history_detail", args=detail)),
    ]


@lookup("asks for the form of a step with an own page and a foreign step", OTHERS, MIDDLEWARE)
def form_of_a_step(world: World, who: str) -> Any:
    state = Matter.objects.waiting().get(subject=world.at_approval.pk).place
    name = "wagtailadmin_pages:collect_workflow_action_data"
    pages = (world.foreign_draft, world.at_approval)
    return [
        one
        for page in pages
        for one in ask(world, who, reverse(name, args=[page.pk, "approve", state]))
    ]


@lookup("compares an own draft with a version of another page", "stranger", "versions of the page")
def foreign_version(world: World, who: str) -> Any:
    page, number = world.foreign_draft, world.draft.latest_revision_id
    compared = f"/admin/pages/{page.pk}/revisions/compare/earliest...{number}/"
    viewed = reverse("wagtailadmin_pages:revisions_view", args=[page.pk, number])
    reverted = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, number])
    return [one for address in (compared, viewed, reverted) for one in ask(world, who, address)]


LISTS: dict[str, tuple[str, Any, str]] = {
    "home": ("the home page", lambda world: reverse("wagtailadmin_home"), POLICY),
    "explorer": (
        "the explorer",
        lambda world: named("wagtailadmin_explore", world.board.index.pk),
        POLICY,
    ),
    "search": ("the search", lambda world: reverse("wagtailadmin_pages:search") + "?q=Tin", POLICY),
    "page_chooser": (
        "the page chooser",
        lambda world: named("wagtailadmin_choose_page_child", world.board.index.pk),
        HOOK,
    ),
    "page_chooser_search": (
        "the search of the page chooser",
        lambda world: reverse("wagtailadmin_choose_page_search") + "?q=Tin",
        HOOK,
    ),
    "site_history": (
        "the history of the site",
        lambda world: reverse("wagtailadmin_reports:site_history"),
        POLICY,
    ),
    "site_history_file": (
        "the history of the site as a file",
        lambda world: reverse("wagtailadmin_reports:site_history") + "?export=csv",
        POLICY,
    ),
    "workflows": (
        "the report of workflows",
        lambda world: reverse("wagtailadmin_reports:workflow"),
        POLICY,
    ),
    "tasks": (
        "the report of tasks",
        lambda world: reverse("wagtailadmin_reports:workflow_tasks"),
        POLICY,
    ),
    "locked": (
        "the report of locked pages",
        lambda world: reverse("wagtailadmin_reports:locked_pages"),
        POLICY,
    ),
    "aging": (
        "the report of aging pages",
        lambda world: reverse("wagtailadmin_reports:aging_pages"),
        POLICY,
    ),
    "types": (
        "the report of page types",
        lambda world: reverse("wagtailadmin_reports:page_types_usage"),
        MIDDLEWARE,
    ),
    "of_a_type": (
        "the pages of a type",
        lambda world: named("wagtailadmin_pages:type_use", "wagtail_pbgdpl_pages", "newspage"),
        POLICY,
    ),
    "api_pages": ("the admin's API of pages", lambda world: "/admin/api/main/pages/", POLICY),
    "all_in_bulk": (
        "a bulk action on all",
        lambda world: (
            named("wagtail_bulk_action", "wagtailcore", "page", "publish", query="?id=all&childOf=")
            + str(world.board.index.pk)
        ),
        MIDDLEWARE,
    ),
    "decisions": (
        "the journal of decisions",
        lambda world: reverse("pbgdpl_decisions"),
        "own rows",
    ),
    "decisions_file": (
        "the journal of decisions as a file",
        lambda world: reverse("pbgdpl_decisions") + "?export=csv",
        "own rows",
    ),
    "ledger": ("the ledger", lambda world: reverse("pbgdpl_ledger"), "own rows"),
    "notices": (
        "the subjects of notices",
        lambda world: reverse("pbgdpl_notices"),
        "subjects without titles",
    ),
    "notices_file": (
        "the subjects of notices as a file",
        lambda world: reverse("pbgdpl_notices") + "?export=csv",
        "subjects without titles",
    ),
    "waiting": ("the list of what waits", lambda world: reverse("pbgdpl_waiting"), "own rows"),
}


def _list_rows() -> None:
    for key, (where, address, stopped_by) in LISTS.items():

        def attempt(world: World, who: str, address: Any = address) -> Any:
            return ask(world, who, str(address(world)))

        attempt.__name__ = f"list_{key}"
        lookup(
            f"looks for drafts in {where}", "stranger operator", stopped_by, right=for_the_board
        )(attempt)


_list_rows()


# Images and documents, in choosers and their API.

MEDIA: dict[str, tuple[str, Any]] = {
    "image_chosen": (
        "the image chooser by number",
        lambda world: named("wagtailimages_chooser:chosen", world.secret_image.pk),
    ),
    "document_chosen": (
        "the document chooser by number",
        lambda world: named("wagtaildocs_chooser:chosen", world.secret_document.pk),
    ),
    "images_chosen": (
        "the image chooser by several numbers",
        lambda world: named(
            "wagtailimages_chooser:chosen_multiple", query=f"?id={world.secret_image.pk}"
        ),
    ),
    "documents_chosen": (
        "the document chooser by several numbers",
        lambda world: named(
            "wagtaildocs_chooser:chosen_multiple", query=f"?id={world.secret_document.pk}"
        ),
    ),
    "select_format": (
        "the choice of a format",
        lambda world: named("wagtailimages_chooser:select_format", world.secret_image.pk),
    ),
    "image_chooser": ("the image chooser", lambda world: named("wagtailimages_chooser:choose")),
    "image_results": (
        "the rows of the image chooser",
        lambda world: named("wagtailimages_chooser:choose_results"),
    ),
    "image_search": (
        "the search of the image chooser",
        lambda world: named("wagtailimages_chooser:choose_results", query="?q=anh"),
    ),
    "document_results": (
        "the rows of the document chooser",
        lambda world: named("wagtaildocs_chooser:choose_results"),
    ),
    "document_search": (
        "the search of the document chooser",
        lambda world: named("wagtaildocs_chooser:choose_results", query="?q=tep"),
    ),
    "api_image": (
        "the admin's API by the number of an image",
        lambda world: f"/admin/api/main/images/{world.secret_image.pk}/",
    ),
    "api_document": (
        "the admin's API by the number of a document",
        lambda world: f"/admin/api/main/documents/{world.secret_document.pk}/",
    ),
    "api_images": ("the admin's API of images", lambda world: "/admin/api/main/images/"),
    "api_documents": ("the admin's API of documents", lambda world: "/admin/api/main/documents/"),
    "api_find_image": (
        "the admin's API that finds an image",
        lambda world: f"/admin/api/main/images/find/?id={world.secret_image.pk}",
    ),
    "api_find_document": (
        "the admin's API that finds a document",
        lambda world: f"/admin/api/main/documents/find/?id={world.secret_document.pk}",
    ),
    "image_edit": (
        "the form of an image",
        lambda world: named("wagtailimages:edit", world.secret_image.pk),
    ),
    "image_delete": (
        "the form of deleting an image",
        lambda world: named("wagtailimages:delete", world.secret_image.pk),
    ),
    "image_usage": (
        "where an image is used",
        lambda world: named("wagtailimages:image_usage", world.secret_image.pk),
    ),
    "image_preview": (
        "the preview of an image",
        lambda world: named("wagtailimages:preview", world.secret_image.pk, "width-5"),
    ),
    "image_address": (
        "the address of an image's cut",
        lambda world: named("wagtailimages:url_generator_output", world.secret_image.pk),
    ),
    "image_list": ("the list of images", lambda world: named("wagtailimages:index")),
    "image_list_search": (
        "the search of images",
        lambda world: named("wagtailimages:index_results", query="?q=anh"),
    ),
    "image_bulk": (
        "a bulk action on an image",
        lambda world: named(
            "wagtail_bulk_action",
            "wagtailimages",
            "image",
            "delete",
            query=f"?id={world.secret_image.pk}",
        ),
    ),
    "document_edit": (
        "the form of a document",
        lambda world: named("wagtaildocs:edit", world.secret_document.pk),
    ),
    "document_delete": (
        "the form of deleting a document",
        lambda world: named("wagtaildocs:delete", world.secret_document.pk),
    ),
    "document_usage": (
        "where a document is used",
        lambda world: named("wagtaildocs:document_usage", world.secret_document.pk),
    ),
    "document_list": ("the list of documents", lambda world: named("wagtaildocs:index")),
    "document_list_search": (
        "the search of documents",
        lambda world: named("wagtaildocs:index_results", query="?q=tep"),
    ),
    "document_bulk": (
        "a bulk action on a document",
        lambda world: named(
            "wagtail_bulk_action",
            "wagtaildocs",
            "document",
            "delete",
            query=f"?id={world.secret_document.pk}",
        ),
    ),
}

#: Those of the same kind as others are tried by one person alone.
MANY = frozenset(
    {"api_images", "api_documents", "image_chosen", "document_chosen", "image_bulk", "image_edit"}
)


def _media_rows() -> None:
    for key, (where, address) in MEDIA.items():

        def attempt(world: World, who: str, address: Any = address) -> Any:
            return ask(world, who, str(address(world)))

        attempt.__name__ = f"media_{key}"
        by = OTHERS if key in MANY else "stranger"
        lookup(f"looks for the files of drafts in {where}", by, POINT, right=own_choice)(attempt)


_media_rows()


@lookup("sends the choice of a format for a foreign image", "stranger operator", POINT)
def format_sent(world: World, who: str) -> Any:
    form = {
        "image-chooser-insertion-format": "left",
        "image-chooser-insertion-image_is_decorative": "on",
        "image-chooser-insertion-alt_text": "",
    }
    name = "wagtailimages_chooser:select_format"
    return said(post(world, who, name, world.secret_image.pk, **form))


# Foreign things in one's own draft.


def own(world: World, who: str, **values: Any) -> Any:
    """Save foreign numbers in the own draft, and read all that the own draft then shows."""
    page = fresh(world.foreign_draft)
    saved = post(world, who, "wagtailadmin_pages:edit", page.pk, **form_of(page, **values))
    shown = [*ask(world, who, reverse("wagtailadmin_pages:edit", args=[page.pk]))]
    shown += ask(world, who, reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    world.client(who).post(address, form_of(page, **values))
    shown += ask(world, who, f"{address}?mode=")
    files = [
        *ask(world, who, world.secret_document.url),
        *ask(world, who, world.secret_image.get_rendition("width-5").url),
    ]
    return [saved, *shown, *files]


def one_block(kind: str, **value: Any) -> dict[str, Any]:
    head = {"deleted": "", "order": "0", "type": kind, "id": ""}
    form = {f"body-0-{name}": text for name, text in head.items()}
    values = {f"body-0-value{name and '-' + name}": text for name, text in value.items()}
    return {**EMPTY, "body-count": "1", **form, **values}


def rich(**entity: Any) -> str:
    """What the editor of rich text sends: a text with one entity."""
    block = {
        "key": "abcde",
        "text": "liên kết",
        "type": "unstyled",
        "depth": 0,
        "inlineStyleRanges": [],
        "entityRanges": [{"offset": 0, "length": 8, "key": 0}],
    }
    return json.dumps({"blocks": [block], "entityMap": {"0": {"mutability": "MUTABLE", **entity}}})


@lookup("names a foreign image as the cover of the own draft", "stranger", POINT, right=own_choice)
def cover_of_others(world: World, who: str) -> Any:
    return own(world, who, cover=world.secret_image.pk)


@lookup("names a foreign document in a list of files", "stranger", POINT, right=own_choice)
def listed_document(world: World, who: str) -> Any:
    item = "documents-0-"
    value = {
        "title": "Tệp",
        "documents-count": "1",
        f"{item}deleted": "",
        f"{item}order": "0",
        f"{item}id": "",
        f"{item}value-document": world.secret_document.pk,
        f"{item}value-title": "",
    }
    return own(world, who, **one_block("document_list", **value))


@lookup("names a foreign image in a block", "stranger", POINT, right=own_choice)
def image_block(world: World, who: str) -> Any:
    value = {
        "image-image": world.secret_image.pk,
        "image-alt_text": "Ảnh",
        "image-decorative": "",
        "caption": "",
        "source": "",
    }
    return own(world, who, **one_block("image", **value))


@lookup("links to a foreign document in rich text", "stranger", POINT, right=own_choice)
def document_link(world: World, who: str) -> Any:
    text = rich(
        type="DOCUMENT", data={"id": world.secret_document.pk, "url": "/x", "filename": "x"}
    )
    return own(world, who, **one_block("rich_text", **{"": text}))


@lookup("links to a foreign draft in rich text", "stranger", POINT, right=own_choice)
def page_link(world: World, who: str) -> Any:
    text = rich(type="LINK", data={"id": world.draft.pk, "url": "/x", "parentId": 1})
    return own(world, who, **one_block("rich_text", **{"": text}))


@lookup("asks the admin's API of pages for fields of a foreign page", OTHERS, POLICY)
def api_fields(world: World, who: str) -> Any:
    number = world.draft.pk
    queries = (f"?id={number}&fields=*", f"?ancestor_of={number}&fields=*", "?search=thao&fields=*")
    return [one for query in queries for one in ask(world, who, f"/admin/api/main/pages/{query}")]


@lookup("types the beginning of a tag", OTHERS, "tags of what is public")
def tags(world: World, who: str) -> Any:
    names = [
        reverse("wagtailadmin_tag_autocomplete"),
        reverse("wagtailadmin_tag_model_autocomplete", args=["wagtail_pbgdpl", "contenttag"]),
    ]
    return [one for address in names for one in ask(world, who, f"{address}?term=nhan")]


@lookup(
    "opens the accounts of others with their e-mail addresses",
    "stranger ungrouped officer",
    "permissions of the operator",
    requirements="R10 R11",
    succeeded=lambda world, found: _names_the_chief(world, found),
    right=proofs.account,
)
def accounts(world: World, who: str) -> Any:
    chief = world.people["chief"].pk
    return [
        *ask(world, who, reverse("wagtailusers_users:index")),
        *ask(world, who, reverse("wagtailusers_users:edit", args=[chief])),
        *ask(world, who, reverse("wagtailusers_users:history", args=[chief])),
    ]


def _names_the_chief(world: World, found: Any) -> bool:
    email = world.people["chief"].email
    return any(email in content_of(one).decode() for one in found if hasattr(one, "headers"))


@lookup("sends a beat of an editor that is open on a foreign page", OTHERS, MIDDLEWARE)
def beat(world: World, who: str) -> Any:
    args = ["wagtail_pbgdpl_pages", "newspage", str(world.draft.pk), 1]
    return said(post(world, who, "wagtailadmin_editing_sessions:ping", *args))


@lookup("asks for the use of a workflow and of its tasks", OTHERS, "permissions of the operator")
def workflow_usage(world: World, who: str) -> Any:
    workflow = world.at_approval.current_workflow_state.workflow_id
    names = ("wagtailadmin_workflows:usage", "wagtailadmin_workflows:usage_results")
    return [one for name in names for one in ask(world, who, reverse(name, args=[workflow]))]


@lookup("asks Wagtail 8's API for a draft, its list and its versions", ALL, POLICY)
def api_of_pages(world: World, who: str) -> Any:
    page = world.draft
    paths = (
        f"pages/{page.pk}/",
        "pages/",
        f"pages/{page.pk}/revisions/",
        f"pages/{page.pk}/revisions/{page.latest_revision_id}/",
        f"pages/{page.pk}/?version=draft",
    )
    return said(*(api(world, who, path, "get") for path in paths))


@lookup(
    "gets letters about an item after the own seat has ended",
    "officer",
    "letters to those who may read",
    succeeded=lambda world, letters: any(SECRET in f"{one.subject} {one.body}" for one in letters),
    right=lambda world: _told_of_the_return(world),
)
def letters_after_the_end(world: World, who: str) -> Any:
    seats = Seat.objects.filter(user=world.people[who])
    seats.update(starts_on=today() - 90 * DAY, ends_on=today() - DAY)
    return list(_letters_of(world, who))


def _letters_of(world: World, who: str) -> Iterator[Any]:
    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        decide(
            world,
            "chief",
            world.at_approval,
            "return",
            grounds=[GROUND],
            explanation="Thiếu số liệu.",
        )
    address = world.people[who].email
    yield from (letter for letter in mail.outbox if address in letter.to)


def _told_of_the_return(world: World) -> bool:
    """The writer whose seat holds is told."""
    return bool(list(_letters_of(world, "officer")))
