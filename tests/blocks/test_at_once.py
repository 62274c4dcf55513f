"""Threads of one server share the blocks; who saves a draft changes nothing for who publishes."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from wagtail_pbgdpl.blocks.field import OfferedBlockField
from wagtail_pbgdpl.pages.models import NewsPage

TIMES = 60


@pytest.fixture
def impatient() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def field(*, is_draft: bool) -> OfferedBlockField:
    found = NewsPage._meta.get_field("body").formfield()
    found.is_deferred_validation = is_draft
    return found


def test_drafts_and_publications(impatient: None) -> None:
    block = field(is_draft=True).block
    lacking: Any = block.to_python([{"type": "quotation", "value": {"text": ""}}])
    wrong: list[object] = []

    def save(is_draft: bool) -> None:
        mine = field(is_draft=is_draft)
        for _ in range(TIMES):
            try:
                mine.clean(lacking)
            except ValidationError:
                if is_draft:
                    wrong.append("a draft was refused")
            except Exception as error:
                wrong.append(error)
            else:
                if not is_draft:
                    wrong.append("what lacks its text was taken")

    threads = [threading.Thread(target=save, args=[way]) for way in (True, True, False)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
