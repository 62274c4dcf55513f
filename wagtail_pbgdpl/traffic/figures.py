"""Sums for readers: a handful of numbers and the pages that are read most."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum, Window
from django.db.models.functions import RowNumber, TruncMonth
from django.utils import timezone

from ..serving.listing import published
from ..site.languages import active_code, in_active_language
from ..worktime.active import today
from ..worktime.calendar import VIETNAM
from .models import TrafficDay, TrafficMinute, TrafficPage

SECONDS_FRESH = 60
ONLINE_MINUTES = 5
_KEY = "pbgdpl:traffic:figures"
_READING_KEY = "pbgdpl:traffic:reading:2"
MOST_READ = 10
MOST_READ_OF_A_CATEGORY = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Views today, this month and since counting began; ``online`` is an estimate of people.

    Days and months are those of Asia/Ho_Chi_Minh; ``at`` is when the figures were taken.
    """

    online: int
    today: int
    month: int
    total: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read: views of each category, and (page, views) of what is read most this month.

    ``by_month``: the first day of each of the last twelve full months with its views, the oldest
    first.

    The empty code stands for pages outside the categories.
    """

    month: dict[str, int]
    total: dict[str, int]
    most_read: list[tuple[int, int]]
    most_read_of_each: dict[str, list[tuple[int, int]]]
    by_month: list[tuple[date, int]]


def seconds_fresh() -> int:
    """For how long figures may be shown that are taken now: never past midnight."""
    now = timezone.now().astimezone(VIETNAM)
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), VIETNAM)
    return min(SECONDS_FRESH, math.ceil((midnight - now).total_seconds()))


def public_figures() -> Figures:
    """Return the figures, at most ``SECONDS_FRESH`` old and of the present day (C14)."""
    found: Any = cache.get_or_set(f"{_KEY}:{today()}", _take, SECONDS_FRESH)
    return found


def _take() -> Figures:
    now, day = timezone.now(), today()
    sums = TrafficDay.objects.aggregate(
        today=Sum("views", filter=Q(date=day), default=0),
        month=Sum("views", filter=Q(date__gte=day.replace(day=1), date__lte=day), default=0),
        total=Sum("views", default=0),
    )
    return Figures(online=online(now), at=now, **sums)


def online(now: datetime) -> int:
    """Estimate how many people read at ``now``, without knowing any of them.

    A browser in which a page is in view gives one sign of life a minute. So their average over the
    last ``ONLINE_MINUTES`` is the number of such browsers; it is rounded up.
    """
    minute = now.replace(second=0, microsecond=0)
    beats = TrafficMinute.objects.filter(
        minute__gt=minute - timedelta(minutes=ONLINE_MINUTES), minute__lte=minute
    ).aggregate(beats=Sum("beats", default=0))["beats"]
    return math.ceil(beats / ONLINE_MINUTES)


def reading() -> Reading:
    """Return what is read, at most ``SECONDS_FRESH`` old and of the present day (C14).

    Views are those of all languages, pages those of the active one.
    A page that was taken from the public since then may be among it.
    """
    found: Any = cache.get_or_set(
        f"{_READING_KEY}:{today()}:{active_code()}", _take_reading, SECONDS_FRESH
    )
    return found


def _take_reading() -> Reading:
    month = today().replace(day=1)
    return Reading(
        views_by_category(month),
        views_by_category(),
        most_read(month, MOST_READ),
        most_read_of_each(month, MOST_READ_OF_A_CATEGORY),
        views_by_month(month),
    )


def views_by_month(month: date) -> list[tuple[date, int]]:
    """Return the views of the twelve months before ``month``, the oldest first.

    Months before counting began are left out.
    """
    rows = (
        TrafficDay.objects.filter(date__gte=month.replace(year=month.year - 1), date__lt=month)
        .annotate(month=TruncMonth("date"))
        .values_list("month")
        .annotate(total=Sum("views"))
    )
    return sorted(rows)


def views_by_category(since: date | None = None) -> dict[str, int]:
    """Return the views of each category, the empty code for pages outside them."""
    days = TrafficDay.objects.filter(date__gte=since) if since else TrafficDay.objects.all()
    return dict(days.values_list("category").annotate(total=Sum("views")).order_by("-total"))


def most_read(month: date, count: int) -> list[tuple[int, int]]:
    """Return (page, views) of the content read most in the month of ``month``, most first."""
    pages = _public_pages(month).order_by("-total", "page_id")[:count]
    return [(page_id, total) for page_id, total, _category in pages]


def most_read_of_each(month: date, count: int) -> dict[str, list[tuple[int, int]]]:
    """Return ``most_read`` of each category: the one that an item belongs to now."""
    found: dict[str, list[tuple[int, int]]] = {}
    place = Window(RowNumber(), partition_by="now", order_by=[F("total").desc(), F("page_id")])
    pages: Iterable[tuple[int, int, str, int]] = (
        _public_pages(month).annotate(place=place).filter(place__lte=count).order_by("place")
    )
    for page_id, total, category, _place in pages:
        found.setdefault(category, []).append((page_id, total))
    return found


def _public_pages(month: date) -> QuerySet:
    """Return (page, views, category) of what everybody may read, with all its categories' views."""
    content = in_active_language(published()).filter(pk=OuterRef("page_id")).order_by()
    return (
        TrafficPage.objects.filter(month=month.replace(day=1))
        .annotate(now=Subquery(content.values("category")[:1]))
        .filter(now__isnull=False)
        .values("page_id", "now")
        .annotate(total=Sum("views"))
        .values_list("page_id", "total", "now")
    )
