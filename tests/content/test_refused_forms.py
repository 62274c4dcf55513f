"""I6: a form that is refused says so, and never beside it that something was saved."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.messages import ERROR, SUCCESS, get_messages
from django.test import Client
from django.urls import reverse

from tests.editing import posted, save
from tests.factories import UnitFactory, factory_for
from wagtail_pbgdpl.content.obligations import index_page_of
from wagtail_pbgdpl.pages.models import NewsPage
from wagtail_pbgdpl.reference.admin import LegalFieldAdmin
from wagtail_pbgdpl.reference.models import LegalField

pytestmark = pytest.mark.usefixtures("portal")

SAVED = re.compile(r"[Đđ]ã (?:được )?(?:lưu|tạo|cập nhật|đăng|gửi)")
NO_DAY = "31/02/2026"


def told(response: Any) -> list[tuple[int, str]]:
    return [(one.level, str(one)) for one in get_messages(response.wsgi_request)]


def is_refused(response: Any) -> bool:
    """Whether the form came back with words of refusal alone."""
    messages = told(response)
    assert {level for level, _text in messages} <= {ERROR}, messages
    assert not [text for _level, text in messages if SAVED.search(text)], messages
    return response.status_code == 200 and bool(messages)


@pytest.mark.parametrize("button", ["", "action-submit", "action-publish"])
def test_a_page(admin_client: Client, button: str) -> None:
    page = factory_for(NewsPage)(parent=index_page_of("C2"), live=False)
    pressed = {button: "1"} if button else {}
    assert is_refused(save(admin_client, page, information_on=NO_DAY, **pressed))
    assert is_refused(save(admin_client, page, title="", **pressed))


def test_a_new_page(admin_client: Client) -> None:
    place = ["wagtail_pbgdpl_pages", "newspage", index_page_of("C2").pk]
    address = reverse("wagtailadmin_pages:add", args=place)
    data = posted(admin_client.get(address).context["form"])
    assert is_refused(admin_client.post(address, data | {"title": ""}))
    assert is_refused(admin_client.post(address, data | {"title": "Tin", "information_on": NO_DAY}))
    done = admin_client.post(address, data | {"title": "Tin"})
    assert done.status_code == 302, done.context["form"].errors
    assert [level for level, _text in told(done)] == [SUCCESS]


@pytest.mark.parametrize("is_new", [True, False])
def test_a_snippet(admin_client: Client, is_new: bool) -> None:
    """A unit, in Wagtail's views of models; a legal field, in those of modeladmin."""
    unit, field, units = UnitFactory(), LegalField.objects.first(), "pbgdpl_units"
    helper = LegalFieldAdmin().url_helper
    forms = [
        (reverse(f"{units}:add"), reverse(f"{units}:edit", args=[unit.pk])),
        (helper.create_url, helper.get_action_url("edit", field.pk)),
    ]
    for new, there in forms:
        assert is_refused(admin_client.post(new if is_new else there, {"name": "", "code": "?"}))
