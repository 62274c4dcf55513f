"""How long lists of the read API take with 1,000 and with 100,000 objects, deep in them too.

Run from the root of the project: ``python -m benchmarks.api`` or, for the other database,
``python -m benchmarks.api --database sqlite``. It fills an empty portal with news, documents and
answers over ten years, two thirds of them news, and with their changes in the log, and asks in one
process, without a network. PostgreSQL is found as by ``benchmarks.pages``.
"""

from __future__ import annotations

import base64
import datetime
import gc
import json
from collections.abc import Callable
from typing import Any

from benchmarks.in_process import growth, main, measure_acts

FEW, MANY = 1_000, 100_000
UNITS = 120
# Of six objects: one document, one answer, and news.
SHARES = {"LegalDocumentPage": ("C7", 6), "AnswerPage": ("C6", 6), "NewsPage": ("C2", 1)}
ACTS = {
    "items": "objects of all categories, first page",
    "items_deep": "the same, nine tenths down",
    "category": "objects of one category, first page",
    "category_deep": "the same, nine tenths down",
    "documents": "documents, first page",
    "documents_deep": "the same, nine tenths down",
    "answers": "answers, first page",
    "answers_deep": "the same, nine tenths down",
    "changes": "changes, from the beginning",
    "changes_deep": "changes, nine tenths down",
    "units": "units, first page",
    "document": "one document with its text",
    "categories": "categories with their figures, counted before",
    "enter": "what entering one change in the log costs",
    "all": "comparing all that is public with the log",
}
NAMES = {
    f"{act} {count}": f"{title}, {count:,}" for act, title in ACTS.items() for count in (FEW, MANY)
}


def fill(count: int, before: int) -> None:
    from django.db import connection

    from tests.factories import UnitFactory
    from wagtail_pbgdpl.api import log
    from wagtail_pbgdpl.organisation.models import Unit
    from wagtail_pbgdpl.pages import models

    if not Unit.objects.exists():
        UnitFactory.create_batch(UNITS)
    left = count - before
    for name, (code, part) in SHARES.items():
        here = (count - before) // part if part > 1 else left
        left -= here
        enter(getattr(models, name), code, here)
    log.settle_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def enter(model: Any, code: str, count: int) -> None:
    """Write rows of one type below the page of a category, with explicit tree paths."""
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page

    from benchmarks.content import BATCH, BODY, PAGE_COLUMNS, SUMMARY
    from wagtail_pbgdpl.content.indexes import CategoryIndexMixin
    from wagtail_pbgdpl.core.discovery import concrete_models
    from wagtail_pbgdpl.organisation.models import Unit
    from wagtail_pbgdpl.pages.models import ContentPage

    (parent,) = (
        page
        for kind in concrete_models(CategoryIndexMixin)
        for page in kind.objects.filter(category=code, locale__language_code="vi")
    )
    content_type = ContentType.objects.get_for_model(model)
    units = list(Unit.objects.values_list("pk", flat=True))
    now, first = timezone.now(), parent.numchild + 1
    for start in range(first, first + count, BATCH):
        batch = []
        for number in range(start, min(start + BATCH, first + count)):
            at = now - datetime.timedelta(days=3650) + datetime.timedelta(minutes=50 * number)
            title = f"Hội nghị phổ biến, giáo dục pháp luật lần thứ {number}"
            batch.append(
                model(
                    path=Page._get_path(parent.path, parent.depth + 1, number),
                    depth=parent.depth + 1,
                    numchild=0,
                    content_type=content_type,
                    title=title,
                    draft_title=title,
                    slug=f"muc-{number}",
                    url_path=f"{parent.url_path}muc-{number}/",
                    locale_id=parent.locale_id,
                    live=True,
                    first_published_at=at,
                    last_published_at=at,
                    published_at=at,
                    category=code,
                    listed_in=parent.pk,
                    summary=SUMMARY,
                    author="Nông Thị Hoa",
                    source="Sở Tư pháp",
                    unit_id=units[number % len(units)],
                    body=BODY,
                )
            )
        rows = [Page(**{name: getattr(page, name) for name in PAGE_COLUMNS}) for page in batch]
        for page, row in zip(batch, Page.objects.bulk_create(rows), strict=True):
            page.pk = page.page_ptr_id = page.contentpage_ptr_id = row.pk
        for table in (ContentPage, model):
            columns = table._meta.local_concrete_fields
            table._base_manager._insert(batch, fields=columns, using="default")
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)


def acts(count: int) -> dict[str, Callable[[], Any]]:
    from django.test import Client
    from wagtail.models import Page

    from wagtail_pbgdpl.api import log, sources
    from wagtail_pbgdpl.api.models import PublicChange
    from wagtail_pbgdpl.pages import models

    base, client = "/api/pbgdpl/v1/", Client()

    def get(address: str) -> Callable[[], Any]:
        def ask() -> Any:
            response = client.get(base + address)
            assert response.status_code == 200, (address, response.content)
            return response.json()

        return ask

    def deep(address: str, rows: Any) -> Callable[[], Any]:
        """Go on behind the row that nine tenths of them stand before; a whole page is left."""
        scope = scope_of(get(address)()["cursor"])
        whole = rows.count()
        row = rows.order_by("-published_at", "-pk")[min(whole * 9 // 10, whole - 60)]
        place = [scope, int(row.published_at.timestamp() * 1_000_000), row.pk]
        return get(f"{address}&cursor={packed(place)}")

    content, news = models.ContentPage.objects, models.NewsPage.objects
    documents, answers = models.LegalDocumentPage.objects, models.AnswerPage.objects
    scope, *_place = unpacked(get("changes/?limit=50")()["cursor"])
    nine = PublicChange.objects.all()[PublicChange.objects.count() * 9 // 10]
    behind = packed([scope, *log.at(nine)])
    first = get("documents/?limit=1")()["items"][0]["id"]
    page = news.first()

    def one_change() -> int:
        Page.objects.filter(pk=page.pk).update(last_published_at=next(times))
        entered = log.settle(log._sources[sources.PAGES], {page.pk})
        assert entered == 1
        return entered

    start = page.last_published_at
    times = (start + datetime.timedelta(seconds=n) for n in range(1, 1_000_000))
    found = {
        "items": get("items/?limit=50"),
        "items_deep": deep("items/?limit=50", content),
        "category": get("items/?limit=50&category=C2"),
        "category_deep": deep("items/?limit=50&category=C2", news),
        "documents": get("documents/?limit=50"),
        "documents_deep": deep("documents/?limit=50", documents),
        "answers": get("answers/?limit=50"),
        "answers_deep": deep("answers/?limit=50", answers),
        "changes": get("changes/?limit=50"),
        "changes_deep": get(f"changes/?limit=50&cursor={behind}"),
        "units": get("units/?limit=50"),
        "document": get(f"documents/{first}/"),
        "categories": get("categories/"),
        "enter": one_change,
        "all": log.settle_all,
    }
    return {f"{name} {count}": act for name, act in found.items()}


def unpacked(cursor: str) -> list[Any]:
    place: list[Any] = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return place


def packed(place: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def scope_of(cursor: str) -> str:
    return str(unpacked(cursor)[0])


def measure(rounds: int) -> dict[str, dict[str, Any]]:
    found = {}
    before = 0
    for count in (FEW, MANY):
        fill(count, before)
        # What was filled in leaves objects behind, through which the process would look each time;
        # one that only answers has none.
        gc.collect()
        gc.freeze()
        found |= measure_acts(acts(count), rounds, (f"all {MANY}",))
        before = count
    return found


if __name__ == "__main__":
    size = f"{FEW:,} and {MANY:,} objects, {UNITS} units, pages of 50"
    main("api", __doc__, NAMES, size, measure, lambda found: growth(found, ACTS, FEW, MANY))
