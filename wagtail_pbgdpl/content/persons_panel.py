"""Points out in the editor what in an answer may tell who asked (Q7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from ..core.text import LazyText, nfc
from ..intake.finders import identifiers
from ..intake.labels import IDENTIFIERS
from ..questions.anonymous import named_in
from ..questions.models import Question

OF_THE_ASKER = _("of who asked")
FIELDS = ("title", "summary", "question_text")


class PointedOut(NamedTuple):
    kind: LazyText
    text: str


def pointed_out(page: Any) -> list[PointedOut]:
    """Return what in the version of ``page`` may tell who somebody is, each once."""
    asker = Question.objects.filter(pk=page.question_number).first()
    found: dict[str, PointedOut] = {}
    for text in map(nfc, _texts(page)):
        for words in named_in(asker, text) if asker else ():
            found.setdefault(words, PointedOut(OF_THE_ASKER, words))
        for one in identifiers(text):
            found.setdefault(one.text, PointedOut(IDENTIFIERS[one.kind], one.text))
    return list(found.values())


def _texts(page: Any) -> Iterator[str]:
    yield from (getattr(page, name) or "" for name in FIELDS)
    yield from page.body.stream_block.get_searchable_content(page.body)


class PersonsPanel(Panel):
    """Stands above the question, and only where there is something to point out."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_pbgdpl/admin/persons_panel.html"

        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.found = pointed_out(self.instance) if self.instance.pk else []

        def is_shown(self) -> bool:
            return bool(self.found) and super().is_shown()
