"""From the page of a draft to its consultation, and back (C12)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ..consultations import cases, rules
from ..consultations.models import Consultation
from ..consultations.provisions import provisions, questions_in
from ..consultations.states import LABELS, ConsultationState
from ..serving.process_cache import of_version
from ..worktime.active import today
from .facets import OfTypes, Value

S = ConsultationState


def consultation_of(page: Any) -> Consultation | None:
    """Return the consultation of a page, of a copy that of its original; one query."""
    key = page.alias_of_id or page.pk
    found: Consultation | None = Consultation.objects.filter(page=key).first() if key else None
    return found


def questions_of(page: Any) -> list[str]:
    return questions_in(page.questions)


def note_states(items: Iterable[Any]) -> None:
    """Let each item of a list that is a consultation say where it stands today.

    One query; none for the same items while they are remembered.
    """
    listed = {item.pk: item for item in items}
    rows = Consultation.objects.filter(page__in=listed)
    for one in of_version(("consultations", *listed), lambda: tuple(rows)):
        state = one.state()
        label = str(one.words.states[state])
        if state is S.OPEN:
            left = one.days_left or 0
            days = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
            label = f"{label} ({days})"
        listed[one.page].consultation_label = label


def follow_publication(*, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """A version of a draft was published."""
    if instance.counts_in_ledger and instance.opens_on:
        cases.follow_page(_draft(instance, getattr(revision, "pk", None)))


def begin_missing(models: Iterable[Any]) -> int:
    """Begin the consultations of public pages from before there were any; return how many."""
    known = Consultation.objects.values("page")
    found = 0
    for model in models:
        pages = model._default_manager.live().filter(opens_on__isnull=False, alias_of=None)
        for page in pages.exclude(pk__in=known):
            if page.counts_in_ledger:
                cases.follow_page(_draft(page, page.live_revision_id))
                found += 1
    return found


def _draft(page: Any, revision: int | None) -> cases.Draft:
    return cases.Draft(
        page=page.pk,
        title=page.title,
        category=page.category,
        unit=page.unit,
        opens_on=page.opens_on,
        closes_on=page.closes_on or rules.closing_day(page.opens_on),
        short_because=page.short_because,
        sort=page.sort,
        held_at=page.held_at if page.is_dialogue else None,
        guests=page.guests if page.is_dialogue else "",
        revision=revision,
        provisions=provisions(page.body, questions_of(page), page.is_dialogue),
    )


def follow_loss(*, instance: Any, **kwargs: Any) -> None:
    """The page was deleted."""
    cases.lost(instance.pk)


def keep_dates(models: Iterable[Any], consultation: Consultation) -> None:
    """Let the page and its latest version have the dates of a consultation that was prolonged."""
    dates = {"opens_on": consultation.opens_on, "closes_on": consultation.closes_on}
    for model in models:
        model._default_manager.filter(pk=consultation.page).update(**dates)
        page = model._default_manager.filter(pk=consultation.page).first()
        for revision in [page.latest_revision, page.live_revision] if page else []:
            if revision is not None:
                revision.content |= {name: day.isoformat() for name, day in dates.items()}
                revision.save(update_fields=["content"])


class State(OfTypes):
    """Where a consultation stands today: before, open, closed, summarised, issued."""

    def __init__(self) -> None:
        super().__init__("tinh-trang", _("State"), "opens_on", chips=True)

    def read(self, text: str) -> str:
        return text if text in ORDER else ""

    def narrow(self, pages: Any, value: str) -> Any:
        wanted = Q(pk__in=())
        for model in self.models:
            wanted |= Q(pk__in=self._in(model._default_manager.order_by(), value).values("pk"))
        return pages.filter(wanted)

    def values(self, pages: Any) -> Iterator[Value]:
        for state in ORDER:
            count = sum(self._in(rows, state).count() for rows in self._rows(pages))
            if count:
                yield Value(state.value, str(LABELS[state]), count)

    def _in(self, rows: Any, state: str) -> Any:
        issued = Consultation.objects.filter(issued_on__isnull=False).values("page")
        done = Consultation.objects.filter(summarised_on__isnull=False, issued_on=None)
        if state == S.ISSUED:
            return rows.filter(pk__in=issued)
        if state == S.SUMMARISED:
            return rows.filter(pk__in=done.values("page"))
        rows = rows.exclude(pk__in=issued).exclude(pk__in=done.values("page"))
        return rows.filter(_by_the_clock(state))


def _by_the_clock(state: str) -> Q:
    day = today()
    begun = Q(opens_on__lte=day) | Q(opens_on=None)
    lasts = Q(closes_on__gte=day) | Q(closes_on=None)
    dated = Q(opens_on__isnull=False) | Q(closes_on__isnull=False)
    match state:
        case S.UPCOMING:
            return Q(opens_on__gt=day)
        case S.OPEN:
            return dated & begun & lasts
    return begun & Q(closes_on__lt=day)


ORDER = (S.UPCOMING, S.OPEN, S.CLOSED, S.SUMMARISED, S.ISSUED)
STATE = State()
