"""A regulation that names no board, by address."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from tests.workflows.by_address import (
    People,
    is_public,
    offers,
    send,
    sorts_of_content,
    write,
)
from wagtail_pbgdpl.content.indexes import PortalMixin
from wagtail_pbgdpl.core.discovery import root_model
from wagtail_pbgdpl.provisioning.portal import set_up
from wagtail_pbgdpl.regulations import load, shipped_profiles
from wagtail_pbgdpl.regulations.active import get_regulation

pytestmark = pytest.mark.django_db

REGULATIONS = [load(name) for name in shipped_profiles()]


@pytest.mark.parametrize("profile", [one.name for one in REGULATIONS if not one.workflows])
def test_without_a_board_nothing_becomes_public(
    empty: Any, settings: Any, editor: Any, profile: str
) -> None:
    """LC19 is a plan: it names no board, and so nobody publishes (R8)."""
    settings.WAGTAIL_PBGDPL = {"PROFILE": profile}
    set_up(get_regulation(), empty)
    portal = root_model(PortalMixin).objects.get()
    for page in portal.get_descendants(inclusive=True).live():
        assert is_public(page.get_url(), page.title)
    people = People(None, None, {"superuser": editor})
    client = people.browser("superuser")
    for index, model in sorts_of_content():
        page_id = write(people, "superuser", index, model, f"Tin {index.slug}")
        # The site's own workflow may take it in; its last approval publishes nothing either.
        send(people, "superuser", model, page_id)
        assert "pass" not in offers(client, page_id)
        task = model.objects.get(pk=page_id).current_workflow_task_state
        approval = ("wagtailadmin_pages:workflow_action", [page_id, "approve", task.pk])
        client.post(reverse(approval[0], args=approval[1]))
        assert not model.objects.get(pk=page_id).live
