"""Ask for every address of the site as several people, and write down what they get."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from press.models import ArticlePage
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.utils import generate_signature
from wagtail.models import Page

PEOPLE = (None, "moderators", "quan-tri")
LISTED = Path("addresses.json")
HEADERS = ("Content-Type", "Content-Length", "Location", "Cache-Control", "Vary", "Last-Modified")


def write(name: str) -> None:
    """Those addresses count that were there at the first visit, of the admin with something."""
    first = not LISTED.exists()
    listed = (
        {"public": public(), "admin": list(of_the_admin())}
        if first
        else json.loads(LISTED.read_text())
    )
    found = dict(answers(listed))
    Path(name).write_text(json.dumps(found))
    if first:
        there = {asked.partition(" ")[2] for asked, one in found.items() if one["status"] != 404}
        listed["admin"] = [address for address in listed["admin"] if address in there]
        LISTED.write_text(json.dumps(listed))


def answers(listed: dict[str, list[str]]) -> Iterator[tuple[str, Any]]:
    for person in PEOPLE:
        client = Client(HTTP_HOST="localhost", raise_request_exception=False)
        if person:
            client.force_login(User.objects.get(username=person))
        for address in listed["public"]:
            yield f"{person} {address}", answer(client, address, whole=person is None)
        for address in listed["admin"] if person else ():
            yield f"{person} {address}", answer(client, address, whole=False)


def answer(client: Client, address: str, *, whole: bool) -> Any:
    """Status and headers; the body where it is not the admin's, whose menu has more by now."""
    response = client.get(address)
    if response.status_code == 404:
        # With DEBUG, Django lists its patterns there.
        return {"status": 404}
    body = b"".join(response.streaming_content) if response.streaming else response.content
    found = {"status": response.status_code}
    if whole or address.startswith(settings.MEDIA_URL):
        found |= {name: response.headers.get(name) for name in HEADERS}
        found["body"] = body.decode() if address == "/sitemap.xml" else sha256(body).hexdigest()
    else:
        found["Location"] = response.headers.get("Location")
    return found


def public() -> list[str]:
    pages = [page.get_url() for page in Page.objects.filter(depth__gt=1)]
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    media = [
        settings.MEDIA_URL + path.relative_to(settings.MEDIA_ROOT).as_posix() for path in files
    ]
    return sorted(
        {
            *pages,
            *media,
            *(document.url for document in Document.objects.all()),
            *(document.file.url for document in Document.objects.all()),
            *(redirect.old_path for redirect in Redirect.objects.all()),
            *(
                reverse(
                    "wagtailimages_serve", args=[generate_signature(pk, "width-9"), pk, "width-9"]
                )
                for pk in Image.objects.values_list("pk", flat=True)
            ),
            "/sitemap.xml",
            "/tim-kiem/?query=sẵn",
            "/robots.txt",
            "/khong-co/",
            f"{settings.MEDIA_URL}images/khong-co.png",
        }
    )


def of_the_admin() -> Iterator[str]:
    """Every address that takes nothing, or the key of a page, file or account."""
    key = ArticlePage.objects.get(slug="tin-tuc", locale__language_code="vi").pk
    keys = ([], [1], [key])
    for name in sorted(set(names(get_resolver()))):
        for arguments in keys:
            try:
                address = reverse(name, args=arguments)
            except NoReverseMatch:
                continue
            if address.startswith("/admin/") and "logout" not in address:
                yield address
    for kind in "publish", "unpublish", "delete", "move":
        address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", kind])
        yield f"{address}?id=all&childOf={key}"
        yield f"{address}?id={key}"


def names(resolver: Any, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from names(pattern, inner)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name))
