"""A regulation played as people play it: from the first draft to the public page, by address.

It knows no page type of the package and no factory, so that a site with a base page of its own can
be played too, from outside the test runner.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Collection

from wagtail_pbgdpl.authority.rules import OF_A_UNIT
from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.content.indexes import PortalMixin
from wagtail_pbgdpl.content.required import required_fields
from wagtail_pbgdpl.core.discovery import concrete_models, root_model
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.organisation.models import Seat, Unit
from wagtail_pbgdpl.provisioning.access import portal_collections
from wagtail_pbgdpl.reference.models import IssuingBody
from wagtail_pbgdpl.regulations import BOARD, Step, Workflow
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.workflows.models import StepTask
from wagtail_pbgdpl.worktime.active import today

HOST = "localhost"
# What people type, by the name of the field.
WRITTEN = {
    "summary": "Tóm tắt nội dung của tin, bài.",
    "author": "Nông Thị Hoa",
    "source": "Sở Tư pháp",
    "place": "Hội trường UBND tỉnh",
    "event_start": "2026-03-02 08:00",
    "document_number": "17/2018/QĐ-UBND",
    "document_abstract": "Về việc ban hành Quy chế",
    "signer": "Lý Thái Hải",
    "issued_on": "2018-07-31",
    "effective_on": "2018-08-10",
}
# As many as the full text of a document needs (D3).
WORDS = "Ban hành Quy chế này. "
PARAGRAPH = {
    "blocks": [{"key": "a", "text": f"Điều 1. {WORDS * 25}", "type": "unstyled", "depth": 0}],
    "entityMap": {},
}
A_FILE = {"type": "attachment", "value-document": "", "value-kind": "original"}
# The blocks that they put in, as a script of the editor sends them.
BLOCKS = {
    "body": {"type": "rich_text", "value": json.dumps(PARAGRAPH)},
    "files": A_FILE,
    "attachments": A_FILE,
    "contacts": {
        "type": "contact_list",
        "value-contacts-count": "1",
        "value-contacts-0-order": "0",
        "value-contacts-0-deleted": "",
        "value-contacts-0-value-name": "Nguyễn Văn A",
    },
}


@dataclass
class People:
    """A person for each role of the regulation in force, the unit of two of them, and its file."""

    unit: Unit
    document: Any
    by_role: dict[str, Any]

    def browser(self, role: str) -> Client:
        """Return a browser in which the person is signed in."""
        client = Client(HTTP_HOST=HOST)
        client.force_login(self.by_role[role])
        return client


def sorts_of_content() -> list[tuple[Any, type[Any]]]:
    """Index pages with a type of page that they take, no two that ask for the same."""
    portal = root_model(PortalMixin).objects.get()
    found: dict[Any, tuple[Any, type[Any]]] = {}
    for page in portal.get_children().specific():
        for model in concrete_models(ContentMixin):
            if model.can_create_at(page):
                found.setdefault((model, required_fields(page.category)), (page, model))
    return list(found.values())


def seat_everybody() -> People:
    """Give each role of the regulation in force to a person of its own."""
    everything = list(get_regulation().categories)
    unit = Unit.objects.create(code="so-tu-phap", name="Sở Tư pháp", categories=everything)
    found = {}
    for role in get_regulation().roles:
        user = get_user_model()._default_manager.create_user(role, f"{role}@example.vn", "mat-khau")
        of_the_board = role in BOARD
        Seat.objects.create(
            user=user,
            role=role,
            unit=unit if role in OF_A_UNIT else None,
            categories=everything if role == "member" else [],
            decision_number="12/QĐ-UBND" if of_the_board else "",
            decided_on=today() if of_the_board else None,
        )
        found[str(role)] = get_user_model()._default_manager.get(pk=user.pk)
    IssuingBody.objects.get_or_create(code="ubnd-tinh", defaults={"name": "UBND tỉnh"})
    return People(unit, upload(found["contact_officer"]), found)


def upload(user: Any) -> Any:
    """Store a file in the first collection of the portal, as the user's."""
    collection = Collection.objects.get(pk=portal_collections()[0])
    return get_document_model().objects.create(
        title="Bản gốc",
        file=ContentFile(b"%PDF-1.4", name="ban-goc.pdf"),
        collection=collection,
        uploaded_by_user=user,
    )


def read(client: Client, address: str) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return BeautifulSoup(response.content, "lxml")


def fields_of(form: Any) -> dict[str, Any]:
    """Return what a browser sends of a form that nobody has touched."""
    found: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name]"):
        kind = field.get("type", "")
        ticked = kind not in ("checkbox", "radio") or field.has_attr("checked")
        if ticked and kind not in ("submit", "file"):
            text = field.get_text() if field.name == "textarea" else field.get("value", "")
            found.setdefault(field["name"], text.strip())
    for field in form.select("select[name]"):
        chosen = field.select_one("option[selected]") or field.select_one("option")
        found[field["name"]] = chosen.get("value", "") if chosen else ""
    return found


def filled_in(html: BeautifulSoup, model: type[Any], document: Any) -> dict[str, Any]:
    """Return what a browser sends of the editor's form once it is filled in."""
    form = fields_of(html.select_one("#page-edit-form"))
    form |= {name: value for name, value in WRITTEN.items() if name in form}
    for field in html.select("#page-edit-form select[name][required]"):
        form[field["name"]] = field.select("option")[1]["value"]
    for field in model._meta.get_fields():
        if isinstance(field, StreamField):
            form |= stream_of(field.name, document)
    return form


def stream_of(name: str, document: Any) -> dict[str, str]:
    block = BLOCKS.get(name)
    of_a_file = block is not None and "value-document" in block
    if block is None or (of_a_file and document is None):
        return {f"{name}-count": "0"}
    if of_a_file:
        block = block | {"value-document": str(document.pk)}
    whole = {"order": "0", "deleted": "", "id": "", **block}
    return {f"{name}-count": "1"} | {f"{name}-0-{key}": value for key, value in whole.items()}


def write(people: People, role: str, index: Any, model: type[Any], title: str) -> int:
    """Write a draft in the form for a new page; return its number."""
    client = people.browser(role)
    meta = model._meta
    address = reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, index.pk])
    form = filled_in(read(client, address), model, people.document)
    response = client.post(address, {**form, "title": title})
    assert response.status_code == 302, shown_errors(response)
    number = re.search(r"/pages/(\d+)/edit/", response["Location"])
    assert number, response["Location"]
    return int(number[1])


def send(people: People, role: str, model: type[Any], page_id: int) -> None:
    """Press «send for approval» in the editor."""
    client = people.browser(role)
    address = reverse("wagtailadmin_pages:edit", args=[page_id])
    html = read(client, address)
    assert html.select_one("[name=action-submit]"), "nothing to send it with"
    form = filled_in(html, model, people.document)
    response = client.post(address, {**form, "action-submit": "1"})
    assert response.status_code == 302, shown_errors(response)


def shown_errors(response: Any) -> list[str]:
    html = BeautifulSoup(response.content, "lxml")
    return [one.get_text(" ", strip=True) for one in html.select(".error-message, .messages, h1")]


def offers(client: Client, page_id: int) -> dict[str, dict[str, Any]]:
    """Return the forms of decision that the item's page shows; none to who may not read it."""
    response = client.get(reverse("pbgdpl_item", args=[page_id]))
    if response.status_code != 200:
        assert response["Location"] == reverse("wagtailadmin_home")
        return {}
    html = BeautifulSoup(response.content, "lxml")
    return {
        str(form.select_one("input[name=way]")["value"]): fields_of(form)
        for form in html.select("form:has(input[name=way])")
    }


def decide(client: Client, page_id: int, way: str, **values: Any) -> str:
    """Fill in one of the forms of the item and send it; return what is said afterwards."""
    form = offers(client, page_id)[way] | {f"{way}-{name}": one for name, one in values.items()}
    response = client.post(reverse("pbgdpl_item", args=[page_id]), form, follow=True)
    assert response.status_code == 200, shown_errors(response)
    return " ".join(str(message) for message in response.context["messages"])


def waits_for(client: Client, title: str) -> bool:
    return title in read(client, reverse("pbgdpl_waiting")).get_text()


def is_public(address: str, title: str) -> bool:
    response = Client(HTTP_HOST=HOST).get(address)
    return response.status_code == 200 and title in response.content.decode()


def play(people: People, workflow: Workflow, index: Any, model: type[Any], title: str) -> int:
    """Play an item through every step of a workflow that governs ``index``; return its number.

    At each step it waits for who passes it, no other role can, and nothing is public before the
    last. ``AssertionError`` says where it does not go on.
    """
    first, *others = workflow.steps
    page_id = write(people, first.role, index, model, title)
    send(people, first.role, model, page_id)
    address = model._default_manager.get(pk=page_id).get_url()
    for step in others:
        assert not is_public(address, title), step.name
        _look(people, step, page_id, title)
        assert title in decide(people.browser(step.role), page_id, "pass"), step.name
    assert is_public(address, title)
    assert not any(waits_for(people.browser(role), title) for role in people.by_role)
    return page_id


def _look(people: People, step: Step, page_id: int, title: str) -> None:
    assert StepTask.objects.filter(name=step.name, role=step.role).exists()
    able = {role for role in people.by_role if "pass" in offers(people.browser(role), page_id)}
    roles = get_regulation().roles.values()
    wanted = {role.code for role in roles if step.role in {role.code, *role.passes_steps_of}}
    assert able == wanted, (step.name, able)
    for role in people.by_role.keys() - able:
        # Whoever was offered nothing may still send it.
        people.browser(role).post(reverse("pbgdpl_item", args=[page_id]), {"way": "pass"})
    assert Matter.objects.waiting().get(subject=page_id).step == step.name
    client = people.browser(step.role)
    assert waits_for(client, title)
    # They read what they decide on, as it will be seen and in the editor, with its files.
    for name in ("view_draft", "edit"):
        read(client, reverse(f"wagtailadmin_pages:{name}", args=[page_id]))
    assert client.get(people.document.url).status_code == 200


def hurry(people: People, workflow: Workflow, index: Any, model: type[Any], title: str) -> None:
    """Play an item in the same way, with nobody looking on."""
    first, *others = workflow.steps
    page_id = write(people, first.role, index, model, title)
    send(people, first.role, model, page_id)
    for step in others:
        address = reverse("pbgdpl_item", args=[page_id])
        assert people.browser(step.role).post(address, {"way": "pass"}).status_code == 302
    assert is_public(model._default_manager.get(pk=page_id).get_url(), title)
