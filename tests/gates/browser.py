"""What people do in the admin, by address: forms as a browser sends them, and crafted ones."""

from __future__ import annotations

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.factories import ImageFactory
from tests.gates.world import MADE_UP, World
from tests.workflows.board import fresh
from wagtail_pbgdpl.login.notes import follow
from wagtail_pbgdpl.notices.outbox import deliver_due

NEW_PASSWORD = "Mat-khau-khac-2026"
EMPTY = {"body-count": "0", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}


def post(world: World, who: str, name: str, /, *args: Any, query: str = "", **data: Any) -> Any:
    """Send values to an address in the session of ``who``; nothing else is filled in."""
    try:
        address = reverse(name, args=args)
    except NoReverseMatch:
        return None
    return world.client(who).post(address + query, data)


def fields_in(content: bytes, address: str = "") -> dict[str, Any]:
    """Return what a browser would send of the longest form of a page that is sent by POST."""
    soup = BeautifulSoup(content, "lxml")
    forms = [form for form in soup.find_all("form") if form.get("method", "").lower() == "post"]
    forms = [form for form in forms if "logout" not in form.get("action", "")]
    found: dict[str, Any] = {}
    for tag in max(forms, key=lambda form: len(str(form)), default=soup).find_all(
        ["input", "select", "textarea"]
    ):
        _take(found, tag)
    found.pop("csrfmiddlewaretoken", None)
    return found


def _take(found: dict[str, Any], tag: Tag) -> None:
    name, kind = tag.get("name"), str(tag.get("type", ""))
    if not name or tag.has_attr("disabled") or kind in ("file", "submit", "button"):
        return
    if tag.name == "textarea":
        found[name] = tag.get_text().removeprefix("\n")
    elif tag.name == "select":
        chosen = [
            one.get("value", "") for one in tag.find_all("option") if one.has_attr("selected")
        ]
        found[name] = chosen if tag.has_attr("multiple") else (chosen or [""])[0]
    elif kind in ("checkbox", "radio"):
        if tag.has_attr("checked"):
            found.setdefault(name, []).append(tag.get("value", "on"))
    else:
        found[name] = tag.get("value", "")


def fill(world: World, who: str, name: str, /, *args: Any, query: str = "", **values: Any) -> Any:
    """Send the form of an address with some values changed.

    Whoever does not get the form knows its fields all the same: then it is filled in as a superuser
    sees it.
    """
    try:
        address = reverse(name, args=args)
    except NoReverseMatch:
        return None
    sent: dict[str, Any] = {}
    for reader in (who, "superuser"):
        response = world.client(reader).get(address + query)
        if response.status_code == 200 and "html" in response.headers["Content-Type"]:
            sent = fields_in(response.content)
            break
    return world.client(who).post(address + query, {**sent, **values})


# Pages.


def form_of(page: Any, **values: Any) -> dict[str, Any]:
    """The fields that the editor of a news page sends; the text of its blocks is left out."""
    return {
        "title": page.title,
        "slug": page.slug or "tin-moi",
        "summary": page.summary,
        "author": page.author,
        "source": page.source,
        "unit": page.unit_id or "",
        "cover": page.cover_id or "",
        **EMPTY,
        **values,
    }


def save(world: World, who: str, page: Any, **values: Any) -> Any:
    """Save the page in the editor, as it is with some values changed."""
    return post(world, who, "wagtailadmin_pages:edit", page.pk, **form_of(page, **values))


def bulk(world: World, who: str, kind: str, action: str, *rows: Any, **values: Any) -> Any:
    """Carry out a bulk action; ``kind`` is such as ``wagtailcore.page``."""
    app_label, model = kind.split(".")
    keys = "&".join(f"id={row.pk}" for row in rows)
    name = "wagtail_bulk_action"
    return post(world, who, name, app_label, model, action, query=f"?{keys}", **values)


def look(world: World, who: str, page: Any) -> dict[str, str]:
    """Open the page on which an item is decided; return its hidden fields."""
    response = world.client(who).get(reverse("pbgdpl_item", args=[page.pk]))
    if response.status_code != 200:
        return {}
    soup = BeautifulSoup(response.content, "lxml")
    return {
        str(tag["name"]): str(tag.get("value", "")) for tag in soup.select("input[type=hidden]")
    }


def decide(
    world: World, who: str, page: Any, way: str, seen: dict[str, str] | None = None, **values: Any
) -> Any:
    """Decide about an item, having looked at it now, or before: then ``seen`` is what was there."""
    seen = look(world, who, page) if seen is None else seen
    hidden = {name: value for name, value in seen.items() if name.startswith(f"{way}-")}
    typed = {f"{way}-{name}": value for name, value in values.items()}
    return post(world, who, "pbgdpl_item", page.pk, **{**hidden, **typed, "way": way})


def pass_on(world: World, page: Any, *people: str) -> Any:
    """Let each of the people pass the item on at its step."""
    for who in people:
        decide(world, who, page, "pass")
    return fresh(page)


def send(world: World, who: str, page: Any) -> Any:
    """Send what was saved last, as the editor's button does."""
    return world.board.send(page, world.user(who))


# Files.


def new_text(words: str = MADE_UP) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{words}.txt", f"{words} tep".encode(), "text/plain")


def new_picture() -> SimpleUploadedFile:
    picture = ImageFactory.build(file__color="blue", file__width=20, file__height=20).file
    return SimpleUploadedFile(f"{MADE_UP}.png", picture.read(), "image/png")


def media_form(media: Any, **values: Any) -> dict[str, Any]:
    return {"title": media.title, "collection": media.collection_id, "tags": "", **values}


def change_document(world: World, who: str, document: Any, **values: Any) -> Any:
    return post(world, who, "wagtaildocs:edit", document.pk, **media_form(document, **values))


def change_image(world: World, who: str, image: Any, **values: Any) -> Any:
    return post(world, who, "wagtailimages:edit", image.pk, **media_form(image, **values))


# Accounts.


def account_form(user: Any, **values: Any) -> dict[str, Any]:
    return {
        "username": user.username,
        "email": user.email,
        "first_name": "Ngọc",
        "last_name": "Đàm",
        "is_active": "on",
        "groups": [str(pk) for pk in user.groups.values_list("pk", flat=True)],
        **values,
    }


def change_account(world: World, who: str, user: Any, **values: Any) -> Any:
    return post(world, who, "wagtailusers_users:edit", user.pk, **account_form(user, **values))


def new_password(password: str = NEW_PASSWORD) -> dict[str, str]:
    return {"password1": password, "password2": password}


def sign_in(user: Any, password: str = NEW_PASSWORD) -> Client | None:
    """Sign in at the door; ``None`` for whoever is not let in."""
    client = Client()
    data = {"username": user.get_username(), "password": password}
    response = client.post(reverse("wagtailadmin_login"), data)
    return client if response.status_code == 302 else None


def become(world: World, who: str, password: str = NEW_PASSWORD) -> bool:
    """Whether somebody signs in as ``who`` with the password; later acts are in that session."""
    return sign_in(world.user(who), password) is not None


def forget_password(client: Client, address: str) -> None:
    """Ask for a link as who has forgotten the password of an account."""
    client.post(reverse("wagtailadmin_password_reset"), {"email": address})
    follow()


LINK = re.compile(r"https?://[^/\s]+(/admin/password_reset/confirm/\S+)")


def take_link(address: str) -> Client | None:
    """Set a password by the link in the last letter that ``address`` received."""
    # Nothing is committed here, so nothing goes at once.
    deliver_due()
    letters = [letter for letter in mail.outbox if address in letter.to]
    found = [match for letter in letters for match in LINK.findall(str(letter.body))]
    if not found:
        return None
    client = Client()
    response = client.get(found[-1], follow=True)
    names = {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD}
    client.post(response.request["PATH_INFO"], names)
    return client
