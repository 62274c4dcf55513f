"""What editors' actions do, for commands and programs that act in their place."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..matters.publications import Move
from ..workflows import guard, journal


@transaction.atomic
def add_draft(parent: Any, page: Any, *, user: Any = None) -> Any:
    """Add ``page`` below ``parent`` as a draft with its first revision; return it.

    A taken address gives way to the next free one; what only publication needs may be missing.
    Raises ``django.core.exceptions.ValidationError`` where the parent does not take the type or the
    title is missing.
    """
    if not type(page).can_exist_under(parent):
        raise ValidationError(
            _("«%(type)s» does not belong below «%(parent)s».")
            % {"type": page._meta.verbose_name, "parent": parent}
        )
    page.live = False
    page.owner = user
    parent.add_child(instance=page)
    with guard.as_program():
        page.save_revision(user=user, log_action=True, clean=False)
    return page


@transaction.atomic
def publish(page: Any, *, user: Any = None, at: datetime.datetime | None = None) -> Any:
    """Publish the latest content of ``page``; return the live page.

    For set-up and imports: the entry of the journal says that no board decided it.

    ``at`` is the time of first publication of something that was public elsewhere before; it
    changes nothing where the page was published here already. Raises
    ``django.core.exceptions.ValidationError`` where the content is not complete, and
    ``ValueError`` for a time that is not aware or lies in the future.
    """
    if at is not None and timezone.is_naive(at):
        raise ValueError("The time of first publication must be aware of its time zone.")
    if at is not None and at > timezone.now():
        raise ValueError("The time of first publication lies in the future.")
    if at is not None and page.first_published_at is None:
        page.first_published_at = at
    with guard.as_program():
        revision = page.save_revision(user=user)
    journal.enter(page, Move.ENTERED, by=user, revision=revision, clears=True)
    revision.publish(user=user, skip_permission_checks=True)
    live = type(page)._default_manager.get(pk=page.pk)
    live.full_clean()
    return live
