"""The kind «difference»: a linked system says something else of a document than we do (D2)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from ..core.base_page import page_of
from ..matters import kinds
from ..matters.stood_in import OfAUnitOrNone
from ..regulations import DeadlineRule
from ..worktime import moment
from .lifecycle import DIFFERENCE, OPEN
from .models import DOCUMENT_DIFFERENCE, FIELD, Difference, in_words

#: Stores a new version of the document with their value, in the name of a person. Raises
#: ``ValidationError`` where the person may not, or the value does not fit.
Write = Callable[[Difference, Any], None]


class DocumentDifference(OfAUnitOrNone):
    code: ClassVar[str] = DOCUMENT_DIFFERENCE
    name: ClassVar[object] = gettext_lazy("difference from a linked system")
    lifecycle = DIFFERENCE
    is_clocked: ClassVar[bool] = False

    def __init__(self, write: Write | None = None) -> None:
        self._write = write

    def rule_of(self, matter: Any) -> DeadlineRule | None:
        return None

    def details(self, matter: Any) -> Sequence[tuple[object, object]]:
        return list(_details(difference_of(matter)))

    def offers(self, matter: Any, user: Any) -> Sequence[kinds.Offer]:
        page = page_of(difference_of(matter).page)
        if matter.state not in OPEN or page is None:
            return []
        if not page.permissions_for_user(user).can_edit():
            return []
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        says = (
            _("Submit the new version for moderation there.") if matter.state == "adopting" else ""
        )
        return [kinds.Offer(_("Open the document"), address, says=says)]

    def detail(self, deed: Any) -> dict[str, object]:
        difference = difference_of(deed.matter)
        theirs = deed.values.get("theirs", difference.theirs)
        return facts_of(difference, theirs, deed.values.get("ours", difference.ours))

    def story(self, event: Any) -> str:
        return _told(event.detail) if "field" in event.detail else ""

    def effect(self, deed: Any) -> None:
        difference = difference_of(deed.matter)
        if deed.move.code == "adopt" and self._write is not None:
            self._write(difference, deed.user)
        for name in ("theirs", "ours", "link"):
            setattr(difference, name, deed.values.get(name, getattr(difference, name)))
        difference.is_open = not deed.outcome
        difference.is_disputed = deed.outcome == "disputed"
        difference.save()


def register(write: Write) -> None:
    kinds.register(DocumentDifference(write))


def difference_of(matter: Any) -> Difference:
    found: Difference = Difference.objects.select_related("source").get(pk=matter.subject)
    return found


def facts_of(difference: Difference, theirs: str, ours: str) -> dict[str, object]:
    """Return what an event keeps, for ever: none of it is personal."""
    return {
        "source": difference.source.name,
        "field": difference.field,
        "ours": ours,
        "theirs": theirs,
    }


def _told(facts: Mapping[str, Any]) -> str:
    field = facts["field"]
    return _("%(source)s: %(field)s %(theirs)s; ours: %(ours)s") % {
        "source": facts["source"],
        "field": FIELD.get(field, field),
        "theirs": in_words(field, facts["theirs"]),
        "ours": in_words(field, facts["ours"]),
    }


def _details(difference: Difference) -> Iterator[tuple[object, object]]:
    page = page_of(difference.page)
    if page is not None and page.live and page.get_url():
        yield pgettext("law", "document"), _outside(page.get_url(), page.title)
    yield _("what differs"), difference.get_field_display()
    yield _("what the portal says"), in_words(difference.field, difference.ours)
    said = in_words(difference.field, difference.theirs)
    yield _("what the source says"), _outside(difference.link, said)
    source: Any = difference.source
    yield (
        _("source"),
        _("%(name)s, copy of %(at)s")
        % {
            "name": source.name,
            "at": moment(source.succeeded_at),
        },
    )


def _outside(address: str, words: str) -> str:
    return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', address, words)
