"""The kind «review of an item»: one that cites law that has changed (R16: BP20 Điều 13.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..core.base_page import page_of
from ..matters import kinds
from ..matters.stood_in import OfAUnitOrNone
from ..regulations import DeadlineRule, Event
from ..regulations.active import get_regulation
from ..worktime import Limit, Unit
from .lifecycle import OPEN, REVIEW
from .models import ANSWER_REVIEW, LawChange, Review, words_for


class AnswerReview(OfAUnitOrNone):
    code: ClassVar[str] = ANSWER_REVIEW
    name: ClassVar[object] = gettext_lazy("review of an item")
    lifecycle = REVIEW

    def rule_of(self, matter: Any) -> DeadlineRule:
        ours = get_regulation().reviews
        return DeadlineRule(
            code="review",
            name=_("Review of an item that cites law which has changed"),
            clause=ours.clause,
            inferred=ours.inferred,
            limit=Limit(Unit.WORKING_DAY, ours.working_days),
            starts=Event.CHANGED,
        )

    def details(self, matter: Any) -> Sequence[tuple[object, object]]:
        return list(_details(Review.objects.get(pk=matter.subject)))

    def offers(self, matter: Any, user: Any) -> Sequence[kinds.Offer]:
        page = page_of(Review.objects.get(pk=matter.subject).page)
        if matter.state not in OPEN or page is None:
            return []
        if not page.permissions_for_user(user).can_edit():
            return []
        address = reverse("wagtailadmin_pages:edit", args=[page.pk])
        says = _("An amended item that is published, or taking the page down, closes the review.")
        return [kinds.Offer(_("Amend the item"), address, says=says)]

    def detail(self, deed: Any) -> dict[str, object]:
        changes: list[LawChange] = deed.values.get("changes", [])
        return {"changes": [facts_of(one) for one in changes]} if changes else {}

    def story(self, event: Any) -> str:
        return "; ".join(map(_told, event.detail.get("changes", ())))

    def effect(self, deed: Any) -> None:
        review = Review.objects.get(pk=deed.matter.subject)
        for change in deed.values.get("changes", ()):
            change.review = review
            change.save()
        if deed.outcome:
            review.is_open = False
            review.save()


def register() -> None:
    kinds.register(AnswerReview())


def facts_of(change: LawChange) -> dict[str, str]:
    """Return what an event keeps of a change, for ever: none of it is personal."""
    facts = {
        "law": change.cited,
        "before": change.before,
        "after": change.after,
        "since": change.since.isoformat(),
    }
    by = {"relation": change.relation, "by": change.by}
    return facts | {name: text for name, text in by.items() if text}


def _told(facts: Mapping[str, str]) -> str:
    became = words_for(
        facts["before"], facts["after"], facts.get("relation", ""), facts.get("by", "")
    )
    return f"{facts['law']}: {became}"


def _details(review: Review) -> Iterator[tuple[object, object]]:
    page = page_of(review.page)
    if page is not None and page.live and page.get_url():
        link = format_html(
            '<a href="{}" target="_blank" rel="noopener">{}</a>', page.get_url(), page.title
        )
        yield _("public item"), link
    for change in review.changes.all():
        said = _("%(became)s since %(day)s; before: %(before)s") % {
            "became": change.became,
            "day": f"{change.since:%d/%m/%Y}",
            "before": change.get_before_display(),
        }
        yield change.cited, said
