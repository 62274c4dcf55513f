"""Groups in line with the seats of today, before anything in the admin asks for them (R10).

Days end without a signal, and the hourly command may be late. Policies that ask groups, such as
those of images or of the tables, would let somebody go on whose seat ended yesterday.
"""

from __future__ import annotations

import datetime

from ..core.accounts import Visitor
from ..organisation.membership import follow_seats
from ..worktime.active import today

# On which day this process last looked at a person.
seen: dict[int, datetime.date] = {}

# Where Django's and Wagtail's ways to ask keep what they found.
CACHES = (
    "_perm_cache",
    "_user_perm_cache",
    "_group_perm_cache",
    "_collection_permission_cache",
    "_page_permission_cache",
    "_explorable_root_page_cache",
)


def follow_today(user: Visitor) -> None:
    """Put the user into the groups of today's seats, once a day in each process; three queries."""
    if not user.is_authenticated or seen.get(user.pk) == today():
        return
    seen[user.pk] = today()
    if follow_seats(user):
        for name in CACHES:
            if hasattr(user, name):
                # The request has the user behind a proxy, which passes this on.
                delattr(user, name)
