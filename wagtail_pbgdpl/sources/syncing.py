"""The run of a source: claimed, asked, read, kept, written down; and when it comes again."""

from __future__ import annotations

import datetime
import logging
import random
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ..serving import process_cache, site_version
from . import letters
from .adapters.base import LONGEST_TITLE, Answer, Record
from .adapters.registry import adapter_of, has_list
from .fetching import Fetched, fetch
from .keeping import keep
from .models import LONGEST_ADDRESS, ExternalSource, SourceRun
from .reasons import SourceError
from .texts import web_address

logger = logging.getLogger(__name__)

Result = SourceRun.Result
#: Beyond what an exchange may take: reading and keeping what came.
STUCK_AFTER = datetime.timedelta(minutes=10)
#: After so many failures in a row the circuit is open: one trial in six hours.
OPENS_AFTER = 5
OPEN_FOR = datetime.timedelta(hours=6)
MOST_RECORDS = 1000


@dataclass(slots=True)
class Read:
    """What came of asking a source, before anything is kept."""

    records: list[Record] = field(default_factory=list)
    skipped: int = 0
    fetched: Fetched | None = None

    @property
    def is_unchanged(self) -> bool:
        return self.fetched is not None and self.fetched.answer is None


def sync_due(seconds: float = 60) -> Iterator[SourceRun]:
    """Read every source whose time has come, for about ``seconds``; the others come next time."""
    end = time.monotonic() + seconds
    due = ExternalSource.objects.filter(is_on=True, next_run_at__lte=timezone.now())
    for source in due.order_by("next_run_at", "pk"):
        if time.monotonic() > end:
            break
        if (run := sync(source, due_only=True)) is not None:
            yield run
    letters.tell_of_the_down()


def sync(source: ExternalSource, *, due_only: bool = False) -> SourceRun | None:
    """Read one source now; return the run, or ``None`` where another one is at it.

    With ``due_only`` a source that was read in the meantime is left alone. Raises nothing that a
    source may bring about.
    """
    if not has_list(source.kind):
        return None
    started = timezone.now()
    key = _claim(source, started, due_only)
    if not key:
        return None
    source.refresh_from_db()
    try:
        read = ask(source)
    except SourceError as error:
        return _end_badly(source, key, started, error)
    except Exception as error:
        logger.exception("Source %s", source.code)
        unexpected = SourceError("unexpected", f"{type(error).__name__}: {error}"[:200])
        return _end_badly(source, key, started, unexpected)
    return _end_well(source, key, started, read)


def ask(source: ExternalSource) -> Read:
    """Fetch and read a source, and keep nothing. Raises ``SourceError``."""
    adapter = adapter_of(source.kind)
    fetched = None
    answer = Answer(b"", source.address)
    if adapter.fetches:
        same = source.read_as == source.reading
        fetched = fetch(
            source.address,
            source.hosts,
            accept=adapter.accept,
            etag=source.etag if same else "",
            last_modified=source.last_modified if same else "",
        )
        if fetched.answer is None:
            return Read(fetched=fetched)
        answer = fetched.answer
    read = Read(fetched=fetched)
    rows = adapter.rows(answer, source.mapping)[:MOST_RECORDS]
    for row in rows:
        try:
            record = adapter.record(row, answer, source.mapping)
            _check(record)
        except Exception:
            read.skipped += 1
        else:
            read.records.append(record)
    if rows and not read.records:
        raise SourceError("records", str(len(rows)), size=fetched.size if fetched else 0)
    return read


def _check(record: Record) -> None:
    """Raise ``ValueError`` for what cannot be stored or shown, whichever adapter it comes from."""
    web_address(record.link, "", LONGEST_ADDRESS)
    texts = record.title + record.summary
    if not record.title or len(record.title) > LONGEST_TITLE or "\0" in texts:
        raise ValueError("no title that fits")
    texts.encode()
    at = record.published_at
    # Beyond these, no time zone can be put on it.
    if at is not None and (at.tzinfo is None or not 1900 <= at.year <= 2200):
        raise ValueError("no sensible date")


def _claim(source: ExternalSource, now: datetime.datetime, due_only: bool) -> str:
    """Make the run one's own; return its key, or nothing where another run has it."""
    stuck = ExternalSource.objects.filter(pk=source.pk, running_since__lte=now - STUCK_AFTER)
    before = stuck.values_list("running_since", flat=True).first()
    free = Q(running_since=None) | Q(running_since__lte=now - STUCK_AFTER)
    rows = ExternalSource.objects.filter(free, pk=source.pk)
    if due_only:
        rows = rows.filter(is_on=True, next_run_at__lte=now)
    key = uuid.uuid4().hex
    if not rows.update(running_since=now, running_key=key):
        return ""
    if before is not None:
        SourceRun.objects.create(
            source=source, started_at=before, ended_at=now, result=Result.STUCK, reason="stuck"
        )
    return key


def _end_well(
    source: ExternalSource, key: str, started: datetime.datetime, read: Read
) -> SourceRun | None:
    now = timezone.now()
    values: dict[str, Any] = {
        "succeeded_at": now,
        "failing_since": None,
        "failures": 0,
        "takes_loss": False,
        "read_as": source.reading,
        "next_run_at": now + _jitter(datetime.timedelta(minutes=source.interval_minutes)),
    }
    if read.fetched is not None and not read.is_unchanged:
        values |= {"etag": read.fetched.etag, "last_modified": read.fetched.last_modified}
    size = read.fetched.size if read.fetched else 0
    count = len(read.records)
    try:
        with transaction.atomic():
            held = _held(source, key)
            if held is None:
                return None
            is_shown = held.failing_since is not None
            if read.is_unchanged:
                result = Result.SAME
                count = held.items.filter(gone_at=None).count()
            else:
                is_changed = keep(held, read.records, now)
                is_shown = is_shown or is_changed
                result = Result.NEW if is_changed else Result.SAME
            if is_shown:
                process_cache.forget()
                site_version.renew()
            return _write(
                held, started, now, values, result, count=count, skipped=read.skipped, bytes=size
            )
    except SourceError as error:
        error.size = size
        return _end_badly(source, key, started, error, refused=True, count=count)
    except Exception as error:
        logger.exception("Source %s", source.code)
        unexpected = SourceError("unexpected", f"{type(error).__name__}: {error}"[:200], size=size)
        return _end_badly(source, key, started, unexpected, count=count)


def _end_badly(
    source: ExternalSource,
    key: str,
    started: datetime.datetime,
    error: SourceError,
    *,
    refused: bool = False,
    count: int = 0,
) -> SourceRun | None:
    """Write down the failure; what was kept stays as it is."""
    now = timezone.now()
    with transaction.atomic():
        held = _held(source, key)
        if held is None:
            return None
        failures = held.failures + 1
        wait = max(_wait(held, failures), datetime.timedelta(seconds=error.wait))
        values = {
            "failures": failures,
            "failing_since": held.failing_since or now,
            "next_run_at": now + wait,
        }
        run = _write(
            held,
            started,
            now,
            values,
            Result.REFUSED if refused else Result.FAILED,
            reason=error.reason,
            details=error.details[:255],
            count=count,
            bytes=error.size,
        )
        if refused:
            letters.tell_of_a_loss(held, run)
    return run


def _held(source: ExternalSource, key: str) -> ExternalSource | None:
    """Lock the source; ``None`` where the run is no longer one's own."""
    rows = ExternalSource.objects.select_for_update()
    held: ExternalSource | None = rows.filter(pk=source.pk, running_key=key).first()
    return held


def _write(
    source: ExternalSource,
    started: datetime.datetime,
    now: datetime.datetime,
    values: dict[str, Any],
    result: str,
    **others: Any,
) -> SourceRun:
    ExternalSource.objects.filter(pk=source.pk).update(
        checked_at=now, running_since=None, running_key="", **values
    )
    run: SourceRun = SourceRun.objects.create(
        source=source, started_at=started, ended_at=now, result=result, **others
    )
    return run


def _wait(source: ExternalSource, failures: int) -> datetime.timedelta:
    """Return how long a source that fails is left alone: twice as long each time, with jitter."""
    interval = datetime.timedelta(minutes=source.interval_minutes)
    if failures >= OPENS_AFTER:
        return _jitter(max(interval, OPEN_FOR))
    return _jitter(min(interval * 2 ** (failures - 1), OPEN_FOR))


def _jitter(wait: datetime.timedelta) -> datetime.timedelta:
    # So that all portals of a country do not ask at the same minute.
    return wait * (1 + random.random() / 5)  # noqa: S311


def take_loss(source: ExternalSource) -> None:
    """Let the next run take over a list that lost records, and come at once."""
    ExternalSource.objects.filter(pk=source.pk).update(takes_loss=True, next_run_at=timezone.now())
