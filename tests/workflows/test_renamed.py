"""R11: lists of what waits name an item as its latest version does."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.editing import save
from tests.workflows.board import make_board
from wagtail_pbgdpl.matters.models import Matter


@pytest.mark.usefixtures("portal")
def test_an_edit_at_a_step_renames_what_waits(index_of: Any) -> None:
    board = make_board(index_of("C2"))
    page = board.pass_on(board.sent(title="Tên cũ"), board.head)
    client = Client()
    client.force_login(board.secretary)
    answer = save(client, page, title="Tên đã sửa")
    assert answer.status_code == 302, answer.context["form"].errors
    assert Matter.objects.waiting().get(subject=page.pk).title == "Tên đã sửa"
    shown = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Tên đã sửa" in shown
    assert "Tên cũ" not in shown
