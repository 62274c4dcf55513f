"""Invented access figures, so that the reports and the statistics page of the demo show something.

The same for every run on the same day.
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.models import Page

from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.traffic import store
from wagtail_pbgdpl.traffic.models import TrafficDay

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
DAYS = 400
# Views on an ordinary working day; a page that is new is read more often.
OF_THE_HOME_PAGE = 160
OF_AN_INDEX_PAGE = 24
OF_AN_ITEM = 9
WEEKEND = 0.45
# In November everybody prepares the day of the law, in the month of Tết nobody does.
SEASONS = {1: 0.9, 2: 0.6, 11: 1.6, 12: 1.1}
# In a month: how often, and whether nothing is found.
SEARCHED = {
    "đăng ký khai sinh": (41, False),
    "hòa giải ở cơ sở": (33, False),
    "luật đất đai": (28, False),
    "trợ giúp pháp lý": (24, False),
    "sổ đỏ": (19, True),
    "bạo lực gia đình": (12, False),
    "xin tách thửa": (7, True),
}


def load_visits(portal: Any, today: datetime.date) -> bool:
    """Count visits of the ``DAYS`` days up to ``today``; return whether there were none yet."""
    if TrafficDay.objects.exists():
        return False
    chance = random.Random(f"{today:%Y%m%d}")  # noqa: S311
    batch = store.Batch(views=Counter())
    for page in Page.objects.descendant_of(portal, inclusive=True).live().specific():
        usual, first = _usual(page, portal, today)
        liking = chance.uniform(0.4, 1.8)
        for ago in range(DAYS, -1, -1):
            day = today - datetime.timedelta(days=ago)
            if day < first:
                continue
            fresh = 1 + 6 / (1 + (day - first).days / 4) if isinstance(page, ContentMixin) else 1
            rest = WEEKEND if day.weekday() >= 5 else 1
            mean = usual * liking * fresh * rest * SEASONS.get(day.month, 1) * (1 - ago / 900)
            if views := round(mean * chance.uniform(0.6, 1.4)):
                batch.views[day, page.pk, getattr(page, "category", "")] = views
    month = today.replace(day=1)
    for words, (searches, is_empty) in SEARCHED.items():
        batch.searches[month, words, is_empty] = searches
    store.write(batch)
    return True


def _usual(page: Any, portal: Any, today: datetime.date) -> tuple[int, datetime.date]:
    """Return the views on an ordinary day, and the first day of the page."""
    beginning = today - datetime.timedelta(days=DAYS)
    if isinstance(page, ContentMixin):
        return OF_AN_ITEM, max(beginning, page.published_at.astimezone(VIETNAM).date())
    return (OF_THE_HOME_PAGE if page.pk == portal.pk else OF_AN_INDEX_PAGE), beginning
