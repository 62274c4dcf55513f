"""What no browser sends: forms that were put together by hand, and what was stored of them.

A form of Wagtail's editor that cannot be read is answered as a bad request. Running text that names
a page, a document or an image by no number is shown without the link, to readers and editors.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks.base import BlockWidget
from wagtail.images.formats import get_image_formats

from ..core.wrapping import wrap_once
from ..workflows.keys import as_key

LINKS = ("page", "document")
EMBEDS = ("image",)


def refuse_forged_forms() -> None:
    """Let the widgets of streams and of running text answer 400 to what they cannot read.

    Fields and blocks make their widgets of these classes, so that one place serves all.
    """
    for widget in (BlockWidget, DraftailRichTextArea):
        wrap_once(widget, "value_from_datadict", _refusing)


def _refusing(read: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(read)
    def value_from_datadict(self: Any, data: Any, files: Any, name: str) -> Any:
        try:
            return read(self, data, files, name)
        # A part that is missing, a number that is none, JSON of another shape: whatever it is, the
        # form is not one that the editor made.
        except Exception as error:
            raise BadRequest(f"The field {name} cannot be read.") from error

    return value_from_datadict


def is_sound(kind: str, attrs: Any) -> bool:
    """Whether a link or an embed of running text names something by a number, as Wagtail does."""
    if as_key(attrs.get("id")) is None:
        return False
    formats = [known.name for known in get_image_formats()]
    return kind != "image" or attrs.get("format") in formats


def mend_rich_text(features: Any) -> None:
    """Let readers of running text pass over what is not sound.

    Registered to run after Wagtail's own hooks, and those of the site.
    """
    for kinds, handlers in ((LINKS, features.link_types), (EMBEDS, features.embed_types)):
        for kind in kinds:
            if kind in handlers:
                handlers[kind] = _careful(kind, handlers[kind])


def _careful(kind: str, handler: Any) -> Any:
    class Careful(handler):
        @classmethod
        def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
            sound = [is_sound(kind, attrs) for attrs in attrs_list]
            asked = [attrs for attrs, is_one in zip(attrs_list, sound, strict=True) if is_one]
            found = iter(super().get_many(asked))
            return [next(found) if is_one else None for is_one in sound]

        @classmethod
        def extract_references(cls, attrs: dict[str, Any]) -> Any:
            return super().extract_references(attrs) if is_sound(kind, attrs) else ()

    return Careful
