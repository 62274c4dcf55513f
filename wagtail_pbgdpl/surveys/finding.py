"""The survey of a public page, by the numbers of page and block."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from ..core.base_page import base_page_model
from ..serving.listing import public
from .blocks import SurveyBlock


class Found(NamedTuple):
    page: Any
    block: str
    value: Any


def find(page_id: int, block: str) -> Found | None:
    """Return the survey as the public version of its page has it; ``None`` where it has none."""
    if page_id > 2**31 - 1:
        return None
    page = public(base_page_model()._default_manager.filter(pk=page_id)).first()
    if page is None:
        return None
    page = page.specific
    return next((one for one in _surveys(page) if one.block == block), None)


def _surveys(page: Any) -> Iterator[Found]:
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            yield from _within(page, getattr(page, field.name))


def _within(page: Any, stream: StreamValue) -> Iterator[Found]:
    for child in stream:
        if isinstance(child.block, SurveyBlock) and child.id:
            yield Found(page, child.id, child.value)
