"""How long look-alikes take with 20,000 answers, and how often the right one stands first.

Run from the root of the project: ``python -m benchmarks.alike`` or, for the other database,
``python -m benchmarks.alike --database sqlite``. It fills an empty portal with 20,000 answers made
of the titles of ``tests/search``, whose syllables and pairs are as frequent as in those, and asks
in one process. What is found is measured on the titles alone. PostgreSQL is found as by
``benchmarks.pages``.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from benchmarks.in_process import main, measure_acts

ANSWERS = 20_000
NAMES = {
    "short": "a few words",
    "sentence": "one of the 120 questions, each in turn",
    "typing": "the same with a typing error in each",
    "long": "500 letters",
    "common": "words that thousands of answers have",
    "save": "what saving an answer costs more, its words being the same",
}


def enter(count: int, first: int = 1) -> None:
    """Enter answers: titles of two halves, and the edited question in a sentence or two.

    ``first``: the number of the first.
    """
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page

    from benchmarks.content import BATCH, PAGE_COLUMNS
    from tests.search.written import TITLES
    from wagtail_pbgdpl.content.indexes import CategoryIndexMixin
    from wagtail_pbgdpl.core.discovery import concrete_models
    from wagtail_pbgdpl.pages.models import AnswerPage, ContentPage

    chance = random.Random(2026)  # noqa: S311
    (parent,) = (
        page
        for model in concrete_models(CategoryIndexMixin)
        for page in model.objects.filter(category="C6", locale__language_code="vi")
    )
    kind = ContentType.objects.get_for_model(AnswerPage)
    below = parent.numchild - first + 1
    pages = []
    for number in range(first, first + count):
        one, other, third = chance.sample(TITLES, 3)
        pages.append(
            AnswerPage(
                path=Page._get_path(parent.path, parent.depth + 1, below + number),
                depth=parent.depth + 1,
                numchild=0,
                content_type=kind,
                title=f"{one.rstrip('?')} và {other[0].lower()}{other[1:]}"[:255],
                draft_title=one,
                slug=f"hoi-dap-{number}",
                url_path=f"{parent.url_path}hoi-dap-{number}/",
                locale_id=parent.locale_id,
                live=True,
                category=parent.category,
                listed_in=parent.pk,
                question_text=f"{third} {one}",
            )
        )
    for start in range(0, count, BATCH):
        batch = pages[start : start + BATCH]
        rows = [Page(**{name: getattr(page, name) for name in PAGE_COLUMNS}) for page in batch]
        for page, row in zip(batch, Page.objects.bulk_create(rows), strict=True):
            page.pk = page.page_ptr_id = page.contentpage_ptr_id = row.pk
        for model in (ContentPage, AnswerPage):
            columns = model._meta.local_concrete_fields
            model._base_manager._insert(batch, fields=columns, using="default")
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)


def fill(count: int) -> None:
    """Enter answers, and the words by which they are found."""
    from django.db import connection

    from wagtail_pbgdpl.search import keeping

    enter(count)
    keeping.mend()
    keeping.count()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def acts() -> dict[str, Callable[[], Any]]:
    from tests.search.written import MEASURED, TUNING
    from wagtail_pbgdpl.pages.models import AnswerPage
    from wagtail_pbgdpl.search import keeping
    from wagtail_pbgdpl.search.alike import LONGEST_TEXT, alike

    texts = [text for text, _title in (*TUNING, *MEASURED)]
    turns = {name: iter(texts * 50) for name in ("sentence", "typing")}
    long = (" ".join(texts) * 2)[:LONGEST_TEXT]
    page = AnswerPage.objects.last()

    def wrong() -> Any:
        words = next(turns["typing"]).split()
        words[len(words) // 2] += "q"
        return alike(" ".join(words))

    return {
        "short": lambda: alike("ly hon don phuong"),
        "sentence": lambda: alike(next(turns["sentence"])),
        "typing": wrong,
        "long": lambda: alike(long),
        "common": lambda: alike("đất nhà con tiền giấy phạt đăng ký có được không"),
        "save": lambda: keeping.follow([page.pk]),
    }


def shares() -> str:
    """Return how often the right answer is the first, and among the first three and five."""
    from django.db import transaction

    from tests.search.written import MEASURED, TITLES, TUNING, Titles, places, share_of_first
    from wagtail_pbgdpl.search import keeping, sources
    from wagtail_pbgdpl.search.models import AlikeTerm

    lines = []
    kept = dict(sources._sources)
    with transaction.atomic():
        AlikeTerm.objects.all().delete()
        sources._sources.clear()
        sources.register("titles", Titles(TITLES))
        keeping.mend()
        keeping.count()
        for name, pairs in (("chosen by", TUNING), ("measured", MEASURED)):
            found = places(pairs)
            figures = [f"{share_of_first(count, found):.0%}" for count in (1, 3, 5)]
            lines.append(f"{name}, {len(pairs)} pairs of {len(TITLES)} answers: {figures}")
            found = places_of_search(pairs, TITLES)
            figures = [f"{share_of_first(count, found):.0%}" for count in (1, 3, 5)]
            lines.append(f"{name}, asked of the search of the portal: {figures}")
        transaction.set_rollback(True)
    sources._sources.update(kept)
    return "\n".join(lines)


def places_of_search(pairs: Any, titles: list[str]) -> dict[str, int]:
    """Return at which place the search of the portal has the right answer, 0 for none."""
    from django.utils import timezone

    from wagtail_pbgdpl.search import entries, index
    from wagtail_pbgdpl.search.engine import OwnEngine, Query
    from wagtail_pbgdpl.search.index_models import SearchEntry

    class Answers:
        def marks(self) -> Any:
            return [(key, "") for key in range(1, len(titles) + 1)]

        def entries(self, keys: Any) -> Any:
            now = timezone.now()
            for key in keys:
                yield entries.Entry(key, "answer", titles[key - 1], now, "vi")

        def addresses(self, keys: Any) -> Any:
            return dict.fromkeys(keys, "/")

    kept = dict(entries._sources)
    entries._sources.clear()
    entries.register("titles", Answers())
    for _count in index.rebuild():
        pass
    found = {}
    for text, right in pairs:
        keys = OwnEngine().search(Query(text, "vi", {"kind": "answer"})).keys
        shown = dict(SearchEntry.objects.filter(key__in=keys).values_list("key", "title"))
        order = [shown[key] for key in keys]
        found[text] = order.index(right) + 1 if right in order else 0
    index.drop_all_but("titles", [])
    entries._sources.clear()
    entries._sources.update(kept)
    return found


def measure(rounds: int) -> dict[str, dict[str, Any]]:
    import sys

    print(shares(), file=sys.stderr)
    fill(ANSWERS)
    return measure_acts(acts(), rounds)


if __name__ == "__main__":
    main("alike", __doc__, NAMES, f"{ANSWERS:,} answers", measure)
