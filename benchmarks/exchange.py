"""How long 20,000 items take out of a portal and into another, in seconds of one processor.

Run from the root of the project: ``python -m benchmarks.exchange [--database sqlite] [--items
20000]``. One database is filled with news, documents and answers, each with a version that the
board decided on, its matter and seven events; a quarter shows one of 200 images. It is exported,
taken into another database that only the set-up has touched, taken in a second time, and exported
from there: the two packages must be equal. PostgreSQL is found as by ``benchmarks.pages``; what its
server does is not among the seconds of the process, but among those of the clock.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.pages import ROOT, database, environment, run

GOAL = 120  # seconds
IMAGES = 200
SHARES = (("NewsPage", "C2", 0.7), ("LegalDocumentPage", "C7", 0.15), ("AnswerPage", "C6", 0.15))
MOVES = ("begun", "submitted", "passed", "passed", "passed", "passed", "published")


def fill(count: int) -> None:
    from django.db import transaction
    from wagtail.images import get_image_model

    from tests.factories import ImageFactory, LegalFieldFactory, UnitFactory, seated
    from wagtail_pbgdpl.pages import models

    with transaction.atomic():
        units = UnitFactory.create_batch(40)
        people = [(seated("contact_officer", unit=unit), unit) for unit in units]
        ImageFactory.create_batch(IMAGES)
        LegalFieldFactory.create_batch(10)
        images = list(get_image_model().objects.values_list("pk", flat=True))
        for name, code, share in SHARES:
            some = int(count * share)
            for start in range(0, some, 500):
                write(getattr(models, name), code, min(500, some - start), people, images)


def write(model: Any, code: str, count: int, people: list[Any], images: list[int]) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.utils import timezone
    from wagtail.models import Page, Revision

    from benchmarks.content import PARAGRAPH, SUMMARY
    from tests.exchange.full import index, stream
    from wagtail_pbgdpl.exchange import tables
    from wagtail_pbgdpl.exchange.files import Files
    from wagtail_pbgdpl.matters.models import Event, Matter
    from wagtail_pbgdpl.reference.models import LegalField

    parent, kind = index(code), ContentType.objects.get_for_model(model)
    base = ContentType.objects.get_for_model(Page)
    first, chance = parent.numchild + 1, random.Random(parent.numchild)  # noqa: S311
    now = timezone.now()
    pages: list[Any] = []
    named: list[set[tuple[str, int]]] = []
    for number in range(first, first + count):
        person, unit = people[number % len(people)]
        blocks: list[tuple[str, Any]] = [("rich_text", PARAGRAPH * 6)]
        named.append(set())
        if number % 4 == 0:
            image = {"image": chance.choice(images), "decorative": True, "alt_text": ""}
            named[-1].add(("image", image["image"]))
            blocks.append(("image", {"image": image, "caption": "", "credit": ""}))
        pages.append(
            model(
                path=Page._get_path(parent.path, parent.depth + 1, number),
                depth=parent.depth + 1,
                content_type=kind,
                title=f"Hội nghị phổ biến, giáo dục pháp luật lần thứ {number}",
                draft_title=f"Hội nghị phổ biến, giáo dục pháp luật lần thứ {number}",
                slug=f"muc-{number}",
                url_path=f"{parent.url_path}muc-{number}/",
                locale_id=parent.locale_id,
                live=True,
                first_published_at=now,
                last_published_at=now,
                latest_revision_created_at=now,
                published_at=now,
                category=code,
                listed_in=parent.pk,
                summary=SUMMARY,
                author="Nông Thị Hoa",
                source="Sở Tư pháp",
                unit=unit,
                body=stream(*blocks),
                owner=person,
            )
        )
    keys = tables.reserve(Page, count)
    versions, shown = [], {}
    field = LegalField.objects.first()
    for page, key, number in zip(pages, keys, tables.reserve(Revision, count), strict=True):
        tables.set_key(page, key)
        page.live_revision_id = page.latest_revision_id = number
        held = json.loads(page.to_json()) | {"tagged_items": []}
        if code != "C2":
            held["legal_fields"] = [field.pk]
        shown[number] = named[len(versions)]
        versions.append(
            Revision(
                pk=number, content_type=kind, base_content_type=base, object_id=str(key),
                created_at=now, user=page.owner, object_str=page.title, content=held,
            )
        )  # fmt: skip
    tables.insert(pages)
    tables.insert(versions)
    if code != "C2":
        through = model.legal_fields.field.remote_field.through
        mine = model.legal_fields.field.m2m_field_name()
        through.objects.bulk_create(
            through(**{f"{mine}_id": page.pk, "legalfield": field}) for page in pages
        )
    matters = Matter.objects.bulk_create(
        Matter(
            subject=page.pk, title=page.title, category=code, unit=page.unit, state="published",
            outcome="published", closed_at=now, unit_at_close=page.unit, writers=[page.owner_id],
        )
        for page in pages
    )  # fmt: skip
    files = Files()
    digests = [files.contents(version.content, shown[version.pk]) for version in versions]
    events = [
        Event(
            matter=matter, subject=page.pk, title=page.title, category=code, unit=page.unit,
            revision=page.live_revision_id, move=move, by=page.owner, by_name="Nông Thị Hoa",
            clears=order == 5, digest=digest if move in ("submitted", "passed") else "",
        )
        for matter, page, digest in zip(matters, pages, digests, strict=True)
        for order, move in enumerate(MOVES)
    ]  # fmt: skip
    Event.objects.bulk_create(events)
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)


def inside(what: str, count: int, folder: Path) -> dict[str, Any]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from django.test.utils import override_settings

    from tests.exchange.full import contents
    from wagtail_pbgdpl.exchange.exporting import Export
    from wagtail_pbgdpl.exchange.importing import Import
    from wagtail_pbgdpl.matters import seals

    key = Ed25519PrivateKey.from_private_bytes(b"benchmarks".ljust(32))
    package, again = folder / "package.zip", folder / "again.zip"
    found: dict[str, Any] = {}

    def export(path: Path) -> None:
        with path.open("w+b") as file:
            Export(key).write(file)

    with override_settings(MEDIA_ROOT=str(folder / what)):
        if what == "from":
            fill(count)
            seals.seal_new()
            found["export"] = measured(lambda: export(package))
            found["size"] = package.stat().st_size
        else:
            take = Import(package, key.public_key()).run
            found["import"] = measured(take)
            found["import again"] = measured(take)
            found["faults"] = len(list(seals.faults()))
            found["export again"] = measured(lambda: export(again))
            found["equal"] = contents(package) == contents(again)
    found["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def measured(act: Any) -> tuple[float, float]:
    """Return the seconds of the processor and those of the clock."""
    processor, clock = time.process_time(), time.perf_counter()
    act()
    return time.process_time() - processor, time.perf_counter() - clock


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--inside", choices=["from", "into"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        import django

        django.setup()
        print(json.dumps(inside(options.inside, options.items, Path(options.folder))))
        return
    with tempfile.TemporaryDirectory(prefix="pbgdpl-bench-") as directory:
        folder = Path(directory)
        for what in ("from", "into"):
            with database(options.database, folder) as settings:
                env = environment("benchmarks.settings", settings, PYTHONPATH=str(ROOT))
                run(["-m", "django", "migrate", "--verbosity", "0"], ROOT, env)
                run(["-m", "django", "pbgdpl_setup"], ROOT, env)
                arguments = ["-m", "benchmarks.exchange", "--inside", what, "--folder", directory]
                said = run([*arguments, "--items", str(options.items)], ROOT, env)
            say(json.loads(said.splitlines()[-1]), options.items)


def say(found: dict[str, Any], items: int) -> None:
    for name, value in found.items():
        if isinstance(value, list):
            processor, clock = value
            goal = "" if processor <= GOAL else f", over the goal of {GOAL} s"
            print(f"{name}, {items:,} items: {processor:.1f} s of one core, {clock:.1f} s{goal}")
        else:
            print(f"{name}: {value:,}" if type(value) is int else f"{name}: {value}")


if __name__ == "__main__":
    main()
