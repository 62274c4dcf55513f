"""Messages on their way: several receivers at once, to each one message after another.

A message is claimed by one conditional update and sent while no transaction is open; what came of
it is written afterwards. A process that ends in between leaves its message to a later one, with the
same identifier. Only the exchanges run in threads; the database is asked by one.
"""

from __future__ import annotations

import datetime
import logging
import random
import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from ..core.encrypted import Unreadable
from ..sources.posting import Answered, post
from ..sources.reasons import SourceError
from . import receivers, signing
from .messages import prepare, trial
from .models import OPEN, WebhookAttempt, WebhookDelivery, WebhookReceiver

logger = logging.getLogger(__name__)
State = WebhookDelivery.State

#: How long a message is left alone after each attempt that failed; then it is given up.
PAUSES = tuple(
    datetime.timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 360, 720, 1440, 1440)
)
#: Beyond what an exchange may take: a message that is being sent is nobody else's.
CLAIM = datetime.timedelta(minutes=10)
AT_ONCE = 8
GONE, BUSY = 410, (429, 503)
REDIRECTS = range(300, 400)


class Result(NamedTuple):
    sent: int
    failed: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """``reason`` is empty where the message was taken; ``wait``: seconds that were asked for."""

    reason: str = ""
    details: str = ""
    status: int | None = None
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Letter:
    """What is sent, as a thread takes it: nothing of the database."""

    address: str
    content: bytes
    headers: dict[str, str]


def send_due(seconds: float = 60) -> Result:
    """Write and send what is due to every receiver, for about ``seconds``; the rest comes next.

    A receiver that does not answer keeps one of ``AT_ONCE`` places, for the time of one exchange.
    """
    end = time.monotonic() + seconds
    on = WebhookReceiver.objects.filter(is_on=True)
    # Those that failed before come behind those that are well.
    order = (F("failing_since").asc(nulls_first=True), "succeeded_at", "pk")
    turns = deque(on.order_by(*order).values_list("pk", flat=True))
    sent = failed = given_up = 0
    running: dict[Future[Outcome], WebhookDelivery] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        while True:
            while turns and len(running) < AT_ONCE and time.monotonic() < end:
                if (delivery := _take(turns.popleft())) is not None:
                    running[_begun(pool, delivery)] = delivery
            if not running:
                break
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                delivery = running.pop(future)
                outcome = future.result()
                given_up += _settle(delivery, outcome)
                failed += bool(outcome.reason)
                sent += not outcome.reason
                if not outcome.reason:
                    # There may be more for it.
                    turns.append(delivery.receiver_id)
    return Result(sent, failed, given_up)


def send_by_hand(delivery: WebhookDelivery) -> Outcome:
    """Send a message at once, whatever its state, and write down what came of it."""
    # Else a run might send it at the same moment.
    mine = WebhookDelivery.objects.filter(pk=delivery.pk, state=State.WAITING)
    mine.exclude(number=None).update(next_attempt_at=timezone.now() + CLAIM)
    letter = _letter(delivery)
    outcome = letter if isinstance(letter, Outcome) else _exchange(letter)
    _settle(delivery, outcome, by_hand=True)
    return outcome


def send_trial(receiver: WebhookReceiver) -> Outcome:
    """Send a message that says nothing, whether the receiver is switched on or not."""
    return send_by_hand(trial(receiver))


def _take(pk: int) -> WebhookDelivery | None:
    """Return the message of a receiver that is due, claimed; ``None`` where there is none."""
    receiver = WebhookReceiver.objects.select_related("site").filter(pk=pk, is_on=True).first()
    if receiver is None:
        return None
    waiting = receiver.deliveries.filter(number__isnull=False, state=State.WAITING)
    delivery: WebhookDelivery | None = waiting.first() or prepare(receiver)
    if delivery is None:
        return None
    now = timezone.now()
    # The count goes up before the attempt: one that ends the process is an attempt too.
    mine = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=State.WAITING, next_attempt_at__lte=now
    )
    if not mine.update(tries=F("tries") + 1, next_attempt_at=now + CLAIM):
        return None
    return WebhookDelivery.objects.get(pk=delivery.pk)


def _begun(pool: ThreadPoolExecutor, delivery: WebhookDelivery) -> Future[Outcome]:
    letter = _letter(delivery)
    if isinstance(letter, Letter):
        return pool.submit(_exchange, letter)
    known: Future[Outcome] = Future()
    known.set_result(letter)
    return known


def _letter(delivery: WebhookDelivery) -> Letter | Outcome:
    now = timezone.now()
    content = delivery.body.encode()
    try:
        keys = delivery.receiver.signing_secrets(now)
    except Unreadable:
        keys = []
    if not keys:
        return Outcome("secret")
    headers = signing.headers(keys, str(delivery.key), int(now.timestamp()), content)
    return Letter(delivery.receiver.address, content, headers)


def _exchange(letter: Letter) -> Outcome:
    try:
        answered = post(letter.address, letter.content, letter.headers)
    except SourceError as error:
        return Outcome(error.reason, error.details[:255])
    except Exception as error:
        logger.exception("A message to %s", letter.address)
        return Outcome("unexpected", f"{type(error).__name__}: {error}"[:255])
    return _judged(answered)


def _judged(answered: Answered) -> Outcome:
    status = answered.status
    if 200 <= status < 300:
        return Outcome(status=status)
    reason = "status"
    if status == GONE:
        reason = "gone"
    elif status in BUSY:
        reason = "busy"
    elif status in REDIRECTS:
        reason = "moved"
    return Outcome(reason, str(status), status, answered.wait)


def _settle(delivery: WebhookDelivery, outcome: Outcome, *, by_hand: bool = False) -> bool:
    """Write down what came of an attempt; return whether the receiver was given up for it."""
    now = timezone.now()
    receiver = delivery.receiver
    with transaction.atomic():
        WebhookAttempt.objects.create(
            delivery=delivery,
            at=now,
            status=outcome.status,
            reason=outcome.reason,
            details=outcome.details,
            by_hand=by_hand,
        )
        if not outcome.reason:
            _taken(delivery, now)
            return False
        # It was taken before: nothing waits for it.
        if not WebhookDelivery.objects.filter(pk=delivery.pk, state__in=OPEN).exists():
            return False
        if delivery.is_trial:
            _trial_failed(delivery)
            return False
        WebhookReceiver.objects.filter(pk=receiver.pk).update(
            failing_since=Coalesce("failing_since", now)
        )
        if outcome.reason == "gone" or (not by_hand and delivery.tries > len(PAUSES)):
            return receivers.stop(receiver, delivery, now)
        WebhookDelivery.objects.filter(pk=delivery.pk, state=State.WAITING).update(
            next_attempt_at=now + _pause(delivery.tries, outcome.wait)
        )
    return False


def _taken(delivery: WebhookDelivery, now: datetime.datetime) -> None:
    values = {"state": State.DELIVERED, "delivered_at": now, "next_attempt_at": None}
    WebhookDelivery.objects.filter(pk=delivery.pk, delivered_at=None).update(**values)
    if not delivery.is_trial:
        WebhookReceiver.objects.filter(pk=delivery.receiver_id).update(
            succeeded_at=now, failing_since=None
        )


def _trial_failed(delivery: WebhookDelivery) -> None:
    rows = WebhookDelivery.objects.filter(pk=delivery.pk)
    rows.update(state=State.GIVEN_UP, next_attempt_at=None)


def _pause(tries: int, wanted: int) -> datetime.timedelta:
    """Return how long a message is left alone: longer each time, with jitter."""
    pause = PAUSES[min(max(tries, 1), len(PAUSES)) - 1]
    # So that those that failed together do not come together.
    pause *= 1 + random.random() / 5  # noqa: S311
    return max(pause, datetime.timedelta(seconds=wanted))
