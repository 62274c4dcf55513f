"""What is owed before anything is written: entered, taken up by a page, given up."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ..core.accounts import User
from ..organisation.models import Unit
from ..regulations.active import get_regulation
from . import clock, record
from .ledger import WHERE, close, lock, was_owed
from .models import Matter
from .pages import CountedPage
from .publications import Move, Outcome, State
from .record import due_of, govern, note, text_of


@transaction.atomic
def owe(
    *,
    title: str,
    category: str,
    start: clock.Start,
    unit: Unit | None = None,
    rule: str = "",
    by: User | None = None,
    remark: str = "",
) -> Matter:
    """Enter something that must be published and is not yet written; its clock runs.

    ``start``: the event, a date or an aware datetime. Raises ``ValidationError`` for a category or
    rule that the regulation does not have.
    """
    if category not in get_regulation().categories:
        raise ValidationError({"category": _("The regulation has no such category.")})
    if rule and clock.code_of(category, rule) != rule:
        raise ValidationError({"rule": _("This rule does not govern the category.")})
    row = Matter(title=title, category=category, unit=unit, note=remark, state=State.OWED)
    row.started_on, row.started_at = clock.split(start)
    govern(row, rule)
    row.due_at = due_of(row)
    row.full_clean(exclude=["subject"])
    row.save()
    note(row, Move.OWED, by, due_at=text_of(row.due_at))
    return row


@transaction.atomic
def take_up(row: Matter, page: CountedPage, *, by: User | None = None) -> Matter:
    """Let ``page`` be what was owed: the clock of the row goes on.

    Raises ``ValidationError`` where the row is closed or has a page already, or lies in another
    category.
    """
    row = Matter.objects.select_for_update().get(pk=row.pk)
    if not row.is_open or row.subject is not None:
        raise ValidationError(_("This entry of the ledger is no longer open."))
    if row.category != page.category:
        raise ValidationError(_("The page belongs to another category."))
    # A draft has a row of its own from its first save.
    own = lock(page)
    if own is not None and not own.is_open:
        raise ValidationError(_("The page was published already."))
    if own is not None and was_owed(own):
        raise ValidationError(_("The page belongs to another entry of the ledger."))
    row.state = State.DRAFT
    if own is not None:
        for name in WHERE:
            setattr(row, name, getattr(own, name))
        own.subject = None
        close(own, Outcome.GIVEN_UP)
        note(own, Move.GIVEN_UP, by, reason=f"→ {row.pk}")
    row.subject = page.pk
    row.save()
    note(row, Move.CHANGED, by, page=page.pk)
    return row


@transaction.atomic
def give_up(row: Matter, *, reason: str, by: User | None = None) -> Matter:
    """Close an open row without publication. Raises ``ValidationError`` where it is closed."""
    row = Matter.objects.select_for_update().get(pk=row.pk)
    if not row.is_open:
        raise ValidationError(_("This entry of the ledger is no longer open."))
    record.close(row, Outcome.GIVEN_UP, row.unit_id)
    row.save()
    note(row, Move.GIVEN_UP, by, reason=reason)
    return row
