"""E-mails that are neither lost nor repeated.

A notice is a row, written in the same transaction as what it tells of: there is one if and only if
the other is there. It is delivered once that has been committed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from . import delivery
from .letters import is_passing
from .models import MailChoice, Notice

MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)
# Between an attempt and the next: together over three days, so that a server that fails on a
# Friday evening loses nothing. After the last pause there is one more attempt.
PAUSES = (MINUTE, 10 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR, 24 * HOUR, 48 * HOUR)
ATTEMPTS = len(PAUSES) + 1
# For as long an attempt has the row to itself. Far above any reasonable timeout of the server.
CLAIM = HOUR
# For as long nobody waits for a server that did not answer; ``deliver_due`` asks it all the same.
SILENCE = MINUTE
AT_ONCE = 1000
ROWS_AT_ONCE = 500


class Result(NamedTuple):
    sent: int
    failed: int
    #: Those of the failed that are not attempted again.
    given_up: int


#: A notice whose subject and text are written only if it is new.
Draft = tuple[Notice, Callable[[], tuple[str, str]]]


def put(drafts: Iterable[Draft]) -> int:
    """Send notices, each once for its key; return how many were not known.

    Nothing happens where the key is known, or there is no address, or nobody to be told at it
    (``Notice.has_reader``). The first attempt follows the commit of the present transaction; no
    fault of the mail server ever reaches the caller. A notice that is ``held`` waits for the letter
    of the day, if its reader has chosen that. Two queries for 500 notices, and one for the choices.
    """
    wanted = {one.key: (one, write) for one, write in drafts if one.address and one.has_reader}
    # In one order: of two who tell the same, none waits for the other in a circle.
    keys, count = sorted(wanted), 0
    for begin in range(0, len(keys), ROWS_AT_ONCE):
        some = keys[begin : begin + ROWS_AT_ONCE]
        known = set(Notice.objects.filter(key__in=some).values_list("key", flat=True))
        rows = [_written(*wanted[key]) for key in some if key not in known]
        _hold(rows)
        Notice.objects.bulk_create(rows, ignore_conflicts=True)
        for row in rows:
            if row.held:
                continue
            transaction.on_commit(partial(_deliver_at_once, row.key), robust=True)
        count += len(rows)
    return count


def _written(notice: Notice, write: Callable[[], tuple[str, str]]) -> Notice:
    subject, notice.text = write()
    # A header is one line.
    notice.subject = " ".join(subject.split())[:255]
    return notice


def _hold(rows: Iterable[Notice]) -> None:
    """Keep those that may wait for whoever wants one letter a day, and no others."""
    may_wait = [row for row in rows if row.held]
    daily = MailChoice.objects.daily(row.recipient_id for row in may_wait) if may_wait else set()
    for row in may_wait:
        row.held = row.recipient_id in daily
        if row.held:
            row.next_attempt_at = None


def deliver_due(now: datetime.datetime | None = None) -> Result:
    """Send what is unsent and due at ``now`` (aware; otherwise the present), oldest first.

    Several processes may do so at once: each row is claimed by one. A process that ends between
    sending and writing so down leaves its row to a later attempt, with the same ``Message-ID``;
    that is the one case in which a message may arrive twice. Where the server itself does not
    answer, the rest stays as it is for the next call.
    """
    sent = failed = given_up = 0
    waiting = Notice.objects.due(now or timezone.now()).order_by("next_attempt_at", "pk")
    for key in list(waiting.values_list("key", flat=True)[:AT_ONCE]):
        try:
            sent += _deliver(key, now or timezone.now())
        except delivery.NotSent as error:
            failed += 1
            given_up += error.given_up
            if isinstance(error, delivery.Silent):
                break
    return Result(sent, failed, given_up)


def came_back(notice: Notice, reason: str) -> bool:
    """Enter that a letter which was sent did not arrive; it is not sent again.

    ``reason``: the status that the mail server named, such as 5.1.1; empty for none. Return whether
    that was not known yet.
    """
    said = f"{delivery.CAME_BACK}: {reason}" if reason else delivery.CAME_BACK
    sent = Notice.objects.filter(pk=notice.pk, sent_at__isnull=False)
    return bool(sent.update(sent_at=None, next_attempt_at=None, last_error=said[:255]))


class _Server:
    """What this process knows of the mail server."""

    silent_at: datetime.datetime | None = None

    def is_silent(self, now: datetime.datetime) -> bool:
        return self.silent_at is not None and self.silent_at <= now < self.silent_at + SILENCE


server = _Server()


def _deliver_at_once(key: str) -> None:
    now = timezone.now()
    # Else a request that tells ten people waits ten times.
    if server.is_silent(now):
        return
    try:
        _deliver(key, now)
    except delivery.Refused:
        pass
    except delivery.Silent:
        server.silent_at = timezone.now()


def _deliver(key: str, now: datetime.datetime) -> bool:
    """Try to send a row; return whether it was sent. Raises ``NotSent`` once that is written."""
    notice = _claim(key, now)
    if notice is None:
        return False
    if not notice.has_reader:
        _write(notice, next_attempt_at=None, last_error=delivery.GONE)
        return False
    try:
        delivery.send(notice)
    except delivery.NotSent as error:
        last = notice.attempts >= ATTEMPTS
        _write(
            notice,
            next_attempt_at=None if last else now + PAUSES[notice.attempts - 1],
            last_error=str(error)[:255],
        )
        error.given_up = last
        raise
    _write(notice, sent_at=now, next_attempt_at=None, last_error="")
    return True


def _claim(key: str, now: datetime.datetime) -> Notice | None:
    """Take a due row, or return ``None`` where another process has it or sent it.

    One conditional update: it decides on every database, and no lock is held while the mail server
    takes its time.
    """
    due = Notice.objects.due(now).filter(key=key)
    # The count goes up before the attempt: one that ends the process is an attempt too.
    if not due.update(attempts=F("attempts") + 1, next_attempt_at=now + CLAIM):
        return None
    return Notice.objects.select_related("recipient").get(key=key)


def _write(notice: Notice, **values: Any) -> None:
    row = Notice.objects.filter(pk=notice.pk)
    if values["next_attempt_at"] is None and is_passing(notice.key):
        row.delete()
    else:
        row.update(**values)
