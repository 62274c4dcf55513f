"""The only place that writes into the ledger."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..core.history import name_of
from ..regulations.active import get_regulation
from ..worktime import VIETNAM, working_days_between
from ..worktime.active import get_calendar
from ..worktime.deadline import local_day
from ..worktime.limits import Unit
from . import clock
from .models import Publication, PublicationEvent

Kind = PublicationEvent.Kind
# What a draft may change of an open row.
FACTS = ("title", "category", "unit_id", "profile", "rule", "clause", "started_on", "started_at")


def note(row: Publication, kind: str, by: Any = None, **detail: Any) -> None:
    """Write an event; ``detail`` holds what JSON can."""
    by = by if by is not None and by.pk else None
    PublicationEvent.objects.create(
        publication=row,
        kind=kind,
        by=by,
        by_name=name_of(by),
        detail=detail,
    )


@transaction.atomic
def keep(page: Any, by: Any = None) -> Publication:
    """Enter a draft, or what changed of one; return its row.

    The clock runs from the event, not from the writing. What was published is not touched.
    """
    row = Publication.objects.select_for_update().filter(page_id=page.pk).first()
    if row is not None and not row.is_open:
        return row
    facts = _facts(page)
    if row is None:
        row = Publication(page_id=page.pk, **facts)
        row.due_at = _due(row)
        row.save()
        note(row, Kind.BEGUN, by, due_at=text_of(row.due_at))
        return row
    changed = {name: value for name, value in facts.items() if getattr(row, name) != value}
    if changed and was_owed(row):
        changed = _without_silence(changed)
    if not changed:
        return row
    before = row.due_at
    for name, value in changed.items():
        setattr(row, name, value)
    if {"rule", "started_on", "started_at", "category"} & changed.keys():
        row.due_at = _due(row)
    row.save()
    if row.due_at != before:
        note(row, Kind.MOVED, by, before=text_of(before), after=text_of(row.due_at))
    return row


@transaction.atomic
def published(
    page: Any, *, by: Any = None, authority: str = "", emergency: bool = False
) -> Publication:
    """Enter that the page was published; the first time closes its row.

    Later publications, of corrections or after it was taken down, are events of the same row.
    """
    # Locked until the end of this transaction.
    row = keep(page, by)
    at = page.first_published_at or timezone.now()
    detail: dict[str, Any] = {"authority": authority, "emergency": emergency}
    if row.first_published_at is not None:
        detail |= _change(row, page)
    else:
        row.first_published_at = at
        row.approved_by = by
        row.authority = authority
        row.emergency = emergency
        row.save()
    note(row, Kind.PUBLISHED, by, **detail)
    return row


def _change(row: Publication, page: Any) -> dict[str, Any]:
    """When a change of what is public was decided, and the working days until it was shown (T1).

    Empty where the page names no such day since its first publication: BK21 Điều 12.1a speaks of
    each change that was decided, and whoever corrects a letter decides none.
    """
    rule = clock.rule_of(row.category, row.rule)
    day: datetime.date | None = getattr(page, clock.USUAL_FIELD, None)
    if rule is None or rule.limit.unit is not Unit.IMMEDIATE or day is None:
        return {}
    known = set(row.events.values_list("detail__changed_on", flat=True))
    if day < local_day(row.first_published_at) or day.isoformat() in known:
        return {}
    days = working_days_between(clock.counted_from(day), timezone.now(), get_calendar())
    return {"changed_on": day.isoformat(), "working_days": days}


def withdrawn(page: Any, *, by: Any = None, grounds: str = "") -> None:
    """Enter that the page was taken down; that it was published stays written."""
    row = Publication.objects.filter(page_id=page.pk).first()
    if row is not None:
        note(row, Kind.WITHDRAWN, by, grounds=grounds)


@transaction.atomic
def owe(
    *,
    title: str,
    category: str,
    start: clock.Start,
    unit: Any = None,
    rule: str = "",
    by: Any = None,
    remark: str = "",
) -> Publication:
    """Enter something that must be published and is not yet written; its clock runs.

    ``start``: the event, a date or an aware datetime. Raises ``ValidationError`` for a category or
    rule that the regulation does not have.
    """
    if category not in get_regulation().categories:
        raise ValidationError({"category": _("The regulation has no such category.")})
    if rule and clock.code_of(category, rule) != rule:
        raise ValidationError({"rule": _("This rule does not govern the category.")})
    row = Publication(title=title, category=category, unit=unit, note=remark)
    row.started_on, row.started_at = clock.split(start)
    govern(row, rule)
    row.due_at = _due(row)
    row.full_clean(exclude=["page_id"])
    row.save()
    note(row, Kind.OWED, by, due_at=text_of(row.due_at))
    return row


@transaction.atomic
def take_up(row: Publication, page: Any, *, by: Any = None) -> Publication:
    """Let ``page`` be what was owed: the clock of the row goes on.

    Raises ``ValidationError`` where the row is closed or has a page already, or lies in another
    category.
    """
    row = Publication.objects.select_for_update().get(pk=row.pk)
    if not row.is_open or row.page_id is not None:
        raise ValidationError(_("This entry of the ledger is no longer open."))
    if row.category != page.category:
        raise ValidationError(_("The page belongs to another category."))
    # A draft has a row of its own from its first save.
    own = Publication.objects.select_for_update().filter(page_id=page.pk).first()
    if own is not None and not own.is_open:
        raise ValidationError(_("The page was published already."))
    if own is not None and was_owed(own):
        raise ValidationError(_("The page belongs to another entry of the ledger."))
    if own is not None:
        own.page_id = None
        own.cancelled_at = timezone.now()
        own.save()
        note(own, Kind.CANCELLED, by, reason=f"→ {row.pk}")
    row.page_id = page.pk
    row.save()
    note(row, Kind.CHANGED, by, page=page.pk)
    return row


@transaction.atomic
def give_up(row: Publication, *, reason: str, by: Any = None) -> Publication:
    """Close an open row without publication. Raises ``ValidationError`` where it is closed."""
    row = Publication.objects.select_for_update().get(pk=row.pk)
    if not row.is_open:
        raise ValidationError(_("This entry of the ledger is no longer open."))
    row.cancelled_at = timezone.now()
    row.save()
    note(row, Kind.CANCELLED, by, reason=reason)
    return row


@transaction.atomic
def lost(page_id: int) -> None:
    """Enter that a page was deleted before it was published.

    What was owed before anything was written is owed again, and its clock goes on; what began with
    the draft ends with it. Rows of published pages stay as they are.
    """
    row = Publication.objects.select_for_update().open().filter(page_id=page_id).first()
    if row is None:
        return
    if was_owed(row):
        row.page_id = None
        row.save()
        note(row, Kind.CHANGED, deleted=page_id)
    else:
        row.cancelled_at = timezone.now()
        row.save()
        note(row, Kind.CANCELLED, reason=_("The draft was deleted."))


def enter_past(page: Any) -> Publication | None:
    """Enter a page that was public before the ledger was kept; return the row if there was none.

    Who approved it is not known.
    """
    if not page.live or Publication.objects.filter(page_id=page.pk).exists():
        return None
    return published(page)


def was_owed(row: Publication) -> bool:
    """Whether the row was entered before anything was written."""
    return row.events.filter(kind=Kind.OWED).exists()


def _without_silence(changed: dict[str, Any]) -> dict[str, Any]:
    """What was owed stays owed where the draft that took it up says nothing of it."""
    said = {name: value for name, value in changed.items() if value not in (None, "")}
    if "category" in said:
        # Another category has other rules.
        said |= {name: changed[name] for name in ("rule", "clause") if name in changed}
    if "started_on" in said and "started_at" in changed:
        said["started_at"] = changed["started_at"]
    return said


def _facts(page: Any) -> dict[str, Any]:
    row = Publication(
        title=page.title[:255], category=page.category, unit_id=getattr(page, "unit_id", None)
    )
    chosen = getattr(page, "deadline_rule", "")
    rule = clock.rule_of(page.category, chosen)
    if rule is not None:
        row.started_on, row.started_at = clock.split(clock.start_of(page, rule))
    govern(row, chosen)
    return {name: getattr(row, name) for name in FACTS}


def govern(row: Publication, chosen: str) -> None:
    """Write into ``row``, which is not saved, what the regulation in force says of it."""
    rule = clock.rule_of(row.category, chosen)
    row.profile = get_regulation().name
    row.rule = clock.code_of(row.category, chosen)
    row.clause = rule.cited[:255] if rule else ""


def _due(row: Publication) -> datetime.datetime | None:
    return clock.due_at(clock.rule_of(row.category, row.rule), row.start, get_calendar())


def text_of(moment: datetime.datetime | None) -> str | None:
    return moment.astimezone(VIETNAM).isoformat() if moment else None
