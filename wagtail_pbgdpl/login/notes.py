"""What was typed at the log-in page: written down there, seen to by the timed command (X1)."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from wagtail.admin.views.account import get_password_reset_form

from ..changes.accounts import has_access, locked_today, login_locked
from ..core.text import nfc
from ..notices.models import Notice
from ..workflows.passwords import ASKED, PASSWORD, put_link
from .models import LENGTH, LoginNote

logger = logging.getLogger(__name__)

# So many notes wait at most: nobody fills the database.
MOST = 10_000
# After a link to set the password, however it was asked for, the account is sent no other.
REST = datetime.timedelta(minutes=15)
# So many links that were asked for at the log-in page are sent in an hour, to all together.
IN_AN_HOUR = 60
HOUR = datetime.timedelta(hours=1)
# What could not be sent for so long, for there were too many, is dropped.
KEPT = datetime.timedelta(days=1)


def write_down(kind: str, typed: str) -> None:
    """Keep what was typed for the next ``follow``: the same two queries whatever it is."""
    if LoginNote.objects.count() >= MOST:
        logger.warning("Too many notes of the log-in page wait; is pbgdpl_tick run?")
        return
    note = LoginNote(kind=kind, typed=nfc(typed)[:LENGTH])
    LoginNote.objects.bulk_create([note], ignore_conflicts=True)


def follow() -> int:
    """See to all notes; return how many links were sent.

    Several processes may do so at once: each note is taken by one.
    """
    LoginNote.objects.filter(at__lt=timezone.now() - KEPT).delete()
    for note in LoginNote.objects.filter(kind=LoginNote.Kind.LOCKED).order_by("pk"):
        with transaction.atomic():
            if _take(note):
                _tell_of_lock(note.typed)
    return _send_links()


def _send_links() -> int:
    asked = Notice.objects.of(PASSWORD, ASKED).filter(created_at__gt=timezone.now() - HOUR)
    left = IN_AN_HOUR - asked.count()
    sent = waiting = 0
    for note in LoginNote.objects.filter(kind=LoginNote.Kind.FORGOTTEN).order_by("pk"):
        # By Django's rule of who gets one.
        users = list(get_password_reset_form()().get_users(note.typed))
        if users and sent >= left:
            waiting += 1
            continue
        with transaction.atomic():
            if _take(note):
                sent += sum(map(_send_link_to, users))
    if waiting:
        logger.warning("So many ask for a new password that %d have to wait.", waiting)
    return sent


def _take(note: LoginNote) -> bool:
    """Whether the note is for this process, of several, to see to: the deletion decides."""
    return bool(LoginNote.objects.filter(pk=note.pk).delete()[0])


def _send_link_to(user: Any) -> int:
    # Another process may have come by another note to the same account.
    get_user_model()._default_manager.select_for_update().get(pk=user.pk)
    now = timezone.now()
    links = Notice.objects.of(PASSWORD).filter(recipient=user)
    if not user.email or links.filter(created_at__gt=now - REST).exists():
        return 0
    put_link(user, about=ASKED, stage=f"{now.timestamp():.0f}")
    return 1


def _tell_of_lock(name: str) -> None:
    """Enter that the log-in of somebody of the portal was locked, once a day."""
    model: Any = get_user_model()
    user = model._default_manager.filter(**{model.USERNAME_FIELD: name}).first()
    if user is not None and has_access(user) and not locked_today(user):
        login_locked(user)
