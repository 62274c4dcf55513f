"""The ledger of publication (sổ theo dõi đăng tải): all that is written of the matters of pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..core.accounts import User
from ..core.looking import looked_at
from ..worktime import limits, working_days_between
from ..worktime.active import get_calendar
from ..worktime.deadline import local_day
from . import clock, record
from .models import Matter
from .pages import RecordedPage
from .publications import ON_ITS_WAY, PAGE, PUBLICATION, Move, Outcome, State
from .record import due_of, govern, note, text_of

# What a draft may change of an open row.
FACTS = ("title", "category", "unit_id", "profile", "rule", "clause", "started_on", "started_at")

# Where a page carries the matter that an act holds.
HELD = "_held_matter"

CLOCK = frozenset({"rule", "started_on", "started_at", "category"})


def of_page(page: RecordedPage) -> Matter | None:
    """Return the matter of a page with its open emergency, or ``None``; one query.

    Of a page whose matter is ``held`` that one, without a query; in a request that changes nothing
    one query for each page.
    """
    if is_held(page):
        return page.__dict__[HELD]
    return looked_at(("matter", page.pk), lambda: _of_page(page))


def _of_page(page: RecordedPage) -> Matter | None:
    rows = Matter.objects.of_page(page.pk).select_related("to_review", "unit")
    return rows.order_by("pk").first()


def lock(page: RecordedPage) -> Matter | None:
    """Return the matter of a page, held until the present transaction ends; one query."""
    if is_held(page):
        return of_page(page)
    rows = Matter.objects.of_page(page.pk).select_related("to_review", "unit")
    return rows.select_for_update(of=("self",)).order_by("pk").first()


def hold(page: RecordedPage) -> None:
    """Hold the matter of ``page`` for an act: it is read once, and goes with this object.

    Inside of a transaction, for a ``page`` that was read in it and ends with it.
    """
    page.__dict__[HELD] = lock(page)


@contextmanager
def held(page: RecordedPage) -> Iterator[None]:
    """Hold the matter of ``page``, an object that lives on, until the end of the block."""
    if is_held(page):
        yield
        return
    with transaction.atomic(savepoint=False):
        hold(page)
        try:
            yield
        finally:
            del page.__dict__[HELD]


def is_held(page: RecordedPage) -> bool:
    return HELD in page.__dict__


@transaction.atomic(savepoint=False)
def keep(
    page: RecordedPage, by: User | None = None, writers: Iterable[int] | None = None
) -> Matter:
    """Enter a draft, or what changed of one; return its row.

    The clock runs from the event, not from the writing. That of what was published is not touched.
    ``writers``: those who wrote what stands now, where they may have changed.
    """
    row = _locked(page, by, writers)
    if _follow(row, page, by, writers):
        row.save()
    return row


def _locked(page: RecordedPage, by: User | None, writers: Iterable[int] | None) -> Matter:
    """Return the matter of a page as ``lock`` does, made where there is none."""
    row = lock(page)
    if row is None:
        row = _begin(page, by, writers)
        if is_held(page):
            page.__dict__[HELD] = row
    return row


def _begin(page: RecordedPage, by: User | None, writers: Iterable[int] | None) -> Matter:
    counts = is_counted(page)
    row = Matter(
        kind=PUBLICATION if counts else PAGE,
        subject=page.pk,
        state=State.PUBLISHED if page.live else State.DRAFT,
        writers=None if writers is None else sorted(writers),
        **_facts(page, counts),
    )
    row.due_at = due_of(row) if counts else None
    row.save()
    if counts:
        note(row, Move.BEGUN, by, due_at=text_of(row.due_at))
    return row


def _follow(
    row: Matter, page: RecordedPage, by: User | None, writers: Iterable[int] | None
) -> bool:
    """Let ``row``, which the caller saves, say what its page says; return whether it changed."""
    before = row.due_at
    changed = _changed(row, page)
    if writers is not None and row.writers != sorted(writers):
        changed["writers"] = sorted(writers)
    for name, value in changed.items():
        setattr(row, name, value)
    if row.is_open and CLOCK & changed.keys():
        row.due_at = due_of(row)
    if row.due_at != before:
        note(row, Move.MOVED, by, before=text_of(before), after=text_of(row.due_at))
    return bool(changed)


def _changed(row: Matter, page: RecordedPage) -> dict[str, object]:
    counts = is_counted(page)
    facts = _facts(page, counts)
    if not row.is_open:
        facts = {name: facts[name] for name in ("title", "category", "unit_id")}
    if page.live:
        # Its row says whose it is, until a new version is public.
        del facts["unit_id"]
    changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
    if counts and row.kind == PAGE:
        changed["kind"] = PUBLICATION
    return _without_silence(changed) if changed and row.is_open and was_owed(row) else changed


@transaction.atomic(savepoint=False)
def published(
    page: RecordedPage,
    *,
    by: User | None = None,
    authority: str = "",
    emergency: bool = False,
    writers: Iterable[int] | None = None,
) -> Matter:
    """Enter that the page was published; the first time closes its row.

    Later publications, of corrections or after it was taken down, are events of the same row.
    ``writers``: those who wrote what stands now, beside what became public.
    """
    # Locked until the end of this transaction.
    row = _locked(page, by, writers)
    _follow(row, page, by, writers)
    detail: dict[str, object] = {"authority": authority, "emergency": emergency}
    if row.is_published:
        detail |= _change(row, page)
    else:
        record.close(
            row,
            Outcome.EMERGENCY if emergency else Outcome.PUBLISHED,
            getattr(page, "unit_id", None),
            at=page.first_published_at,
            by=by,
            authority=authority,
        )
    row.unit_id = getattr(page, "unit_id", None)
    if row.state not in ON_ITS_WAY:
        leave(row, page)
    row.save()
    note(row, Move.PUBLISHED, by, **detail)
    return row


def _change(row: Matter, page: RecordedPage) -> dict[str, object]:
    """When a change of what is public was decided, and the working days until it was shown (T1).

    Empty where the page names no such day since its first publication: BK21 Điều 12.1a speaks of
    each change that was decided, and whoever corrects a letter decides none.
    """
    rule = clock.rule_of(row.category, row.rule)
    day: datetime.date | None = getattr(page, clock.USUAL_FIELD, None)
    if rule is None or rule.limit.unit is not limits.Unit.IMMEDIATE or day is None:
        return {}
    known = set(row.events.values_list("detail__changed_on", flat=True))
    if day < local_day(row.closed_at) or day.isoformat() in known:
        return {}
    days = working_days_between(clock.counted_from(day), timezone.now(), get_calendar())
    return {"changed_on": day.isoformat(), "working_days": days}


def withdrawn(page: RecordedPage, *, by: User | None = None, grounds: str = "") -> None:
    """Enter that the page was taken down; that it was published stays written."""
    row = of_page(page)
    if row is not None:
        note(row, Move.UNPUBLISHED, by, grounds=grounds)


@transaction.atomic
def lost(page_id: int) -> None:
    """Enter that a page was deleted before it was published.

    What was owed before anything was written is owed again, and its clock goes on; what began with
    the draft ends with it. Rows of published pages stay as they are.
    """
    row = Matter.objects.select_for_update().of_page(page_id).first()
    if row is None:
        return
    if not row.is_open:
        leave(row)
        row.to_review = None
        row.save()
    elif row.kind != PUBLICATION:
        close(row, Outcome.GIVEN_UP)
    elif was_owed(row):
        leave(row)
        row.subject, row.state = None, State.OWED
        row.save()
        note(row, Move.OWED_AGAIN, deleted=page_id)
    else:
        close(row, Outcome.GIVEN_UP)
        note(row, Move.GIVEN_UP, reason=_("The draft was deleted."))


def add_writer(matter: Matter, key: int) -> None:
    """Count somebody among those who wrote or sent what stands now."""
    if matter.writers is not None and key not in matter.writers:
        matter.writers = sorted({key, *matter.writers})
        matter.save(update_fields=["writers"])


# What says where a version is on its way.
WHERE = ("state", "action", "role", "step", "place", "round", "since", "sender_id", "writers")


def leave(row: Matter, page: RecordedPage | None = None) -> None:
    """Nothing of ``row``, which is saved by the caller, is at a step any longer."""
    if page is None or not page.live:
        row.state = State.DRAFT
    else:
        row.state = State.EMERGENCY if row.to_review_id else State.PUBLISHED
    row.action = row.role = row.step = ""
    row.place = row.since = row.sender = None


def off_its_way(page_id: int | None) -> None:
    """Whatever step the page with this key was at, it is at none any longer."""
    Matter.objects.of_page(page_id).waiting().update(
        state=State.DRAFT, action="", role="", step="", place=None, since=None, sender=None
    )


def close(row: Matter, outcome: str) -> None:
    """Close a row that is about nothing any longer."""
    leave(row)
    record.close(row, outcome, row.unit_id)
    row.save()


def enter_past(page: RecordedPage) -> Matter | None:
    """Enter a page that was public before the ledger was kept; return the row if there was none.

    Who approved it is not known.
    """
    known = of_page(page)
    if not page.live or (known is not None and known.kind == PUBLICATION):
        return None
    return published(page)


def was_owed(row: Matter) -> bool:
    """Whether the row was entered before anything was written."""
    return row.events.filter(move=Move.OWED).exists()


def is_counted(page: RecordedPage) -> bool:
    """Whether a page is an item of its own, with a clock."""
    return bool(getattr(page, "counts_in_ledger", False))


def _without_silence(changed: dict[str, object]) -> dict[str, object]:
    """What was owed stays owed where the draft that took it up says nothing of it."""
    said = {name: value for name, value in changed.items() if value not in (None, "")}
    if "category" in said:
        # Another category has other rules.
        said |= {name: changed[name] for name in ("rule", "clause") if name in changed}
    if "started_on" in said and "started_at" in changed:
        said["started_at"] = changed["started_at"]
    return said


def _facts(page: RecordedPage, counts: bool) -> dict[str, object]:
    category = getattr(page, "category", "") or ""
    row = Matter(
        title=(page.draft_title or page.title)[:255],
        category=category,
        unit_id=getattr(page, "unit_id", None),
    )
    if counts:
        chosen = getattr(page, "deadline_rule", "")
        rule = clock.rule_of(category, chosen)
        if rule is not None:
            row.started_on, row.started_at = clock.split(clock.start_of(page, rule))
        govern(row, chosen)
    return {name: getattr(row, name) for name in FACTS}
