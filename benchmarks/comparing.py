"""How well and how fast comments on a draft are carried on, put into groups and written down (C12).

Run from the root of the project: ``python -m benchmarks.comparing``. No database, no network;
processor time of one core. The drafts are made of clauses of the shipped regulations.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from time import process_time

import django

DRAFTS = 40
EDITED = (0.0, 0.25, 0.6)
CORPORA = 10
ROWS = 500


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    _versions()
    _copies()
    _table()


def _versions() -> None:
    from tests.comparing import drafts
    from wagtail_pbgdpl.comparing.versions import carry, compare

    least, wrong, longest = 1.0, 0, 0.0
    for seed, edited in ((seed, edited) for seed in range(DRAFTS) for edited in EDITED):
        before = drafts.first(seed)
        old = before.passages()
        after = drafts.second(before, seed, edited=edited)
        new = after.passages()
        begun = process_time()
        places = compare(old, new)
        longest = max(longest, process_time() - begun)
        made = drafts.comments(before, seed)
        carried = carry([comment for comment, _part in made], old, new, places)
        staying = [one for one in made if one[1] in after.places]
        right = sum(carried.places.get(one.key) in after.places[part] for one, part in staying)
        at_wrong = sum(
            one.key in carried.places and carried.places[one.key] not in after.places.get(part, ())
            for one, part in made
        )
        least, wrong = min(least, right / len(staying)), max(wrong, at_wrong)
    print(
        f"{DRAFTS * len(EDITED)} drafts: at least {least:.1%} of 1,000 comments right, "
        f"at most {wrong} wrong, up to {longest:.2f} s"
    )


def _copies() -> None:
    from tests.comparing.campaigns import corpus
    from wagtail_pbgdpl.comparing.copies import groups_of

    precision, recall, longest = 1.0, 1.0, 0.0
    for seed in range(1, CORPORA + 1):
        made = corpus(seed)
        begun = process_time()
        groups = groups_of((key, text) for key, (_campaign, text) in enumerate(made))
        longest = max(longest, process_time() - begun)
        group_of = {key: first for first, keys in groups.items() for key in keys}
        both = _pairs((made[key][0], first) for key, first in group_of.items())
        precision = min(precision, both / _pairs(group_of.values()))
        recall = min(recall, both / _pairs(campaign for campaign, _text in made))
    print(
        f"{CORPORA} sets of 5,000 comments: precision at least {precision:.6f}, recall at least "
        f"{recall:.4f} of pairs, up to {longest:.2f} s"
    )


def _pairs(keys: Iterable[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(keys).values())


def _table() -> None:
    from tests.comparing.campaigns import corpus
    from wagtail_pbgdpl.comparing.opinions import Head, Row
    from wagtail_pbgdpl.comparing.opinions_sheet import as_sheet
    from wagtail_pbgdpl.comparing.opinions_word import as_word

    rows = [
        Row(f"khoản {at // 5 + 1} Điều 1", "Nông Văn Bảo", "Cổng", text, "Tiếp thu", text[:300])
        for at, (_campaign, text) in enumerate(corpus(1, of=(), single=ROWS))
    ]
    head = Head("Sở Tư pháp", "Quyết định ban hành Quy chế")
    for name, write in (("Word", as_word), ("workbook", as_sheet)):
        begun = process_time()
        size = len(write(head, rows))
        print(f"{ROWS} rows as {name}: {process_time() - begun:.2f} s, {size:,} bytes")


if __name__ == "__main__":
    main()
