"""The version of the public site: one value in the cache that all processes share.

Whatever visitors can see is as new as this stamp. It changes when a page is published, taken down,
moved or deleted, and when anything else that pages show is saved; not when a draft is. Changes that
send no signal (``QuerySet.update``, SQL) do not change it: what was kept under it lives a minute.
"""

from __future__ import annotations

import logging
import time
import uuid
from typing import Any

from django.core.cache import cache, caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction

from . import process_cache

KEY = "wagtail_pbgdpl.stamp"
#: For so long a cache that failed is not asked for the version again, in seconds.
PATIENCE = 60

_silent_until = 0.0

logger = logging.getLogger(__name__)


def new_stamp() -> str:
    return uuid.uuid4().hex


def renew() -> None:
    """Give the site a new version, once the transaction is committed.

    Earlier, another process could keep what it still reads from before under the new stamp.
    """
    transaction.on_commit(_renew)


def _renew() -> None:
    try:
        cache.set(KEY, new_stamp(), timeout=None)
    except Exception:
        # A publication must not fail for want of the cache; what it keeps lives a minute.
        logger.exception("The cache does not answer; cached pages may be a minute old.")


def read() -> str | None:
    """Return the stamp, or ``None`` where there is none yet."""
    return cache.get(KEY)


def read_with(key: str) -> tuple[str, Any]:
    """Return the stamp and the value at ``key``, in one question to the cache.

    Makes the stamp where there is none.
    """
    found = cache.get_many([KEY, key])
    stamp = found.get(KEY)
    if stamp is None:
        # Of two processes that find none, the second takes the stamp of the first.
        stamp = cache.get_or_set(KEY, new_stamp, timeout=None)
    return str(stamp), found.get(key)


def is_shared() -> bool:
    """Say whether the default cache is one that the processes of the site share."""
    return not isinstance(caches["default"], LocMemCache | DummyCache)


def keep_up() -> None:
    """Have this process forget what is older than the version of the site; asks once a second.

    Where the processes share no cache, or it does not answer, what they remember lives a second.
    """
    global _silent_until
    now = time.monotonic()
    if process_cache.knows_version() or now < _silent_until or not is_shared():
        return
    try:
        stamp = cache.get_or_set(KEY, new_stamp, timeout=None)
    except Exception:
        _silent_until = now + PATIENCE
        logger.exception("The cache does not answer; the site is read anew each second.")
        return
    process_cache.follow(str(stamp), is_shared=True)
