"""Random histories of a portal, and what a reader of its log should have been told.

What is public is found here by walking the tree page by page, as nobody does elsewhere. Each
history takes place in one transaction, which its caller rolls back.
"""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from wagtail_pbgdpl.api import log
from wagtail_pbgdpl.api.models import PublicChange
from wagtail_pbgdpl.content.indexes import CategoryIndexMixin
from wagtail_pbgdpl.matters.publications import Move
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.workflows import guard, journal

KINDS = {
    pages.NewsPage: "item",
    pages.LegalDocumentPage: "document",
    pages.AnswerPage: "answer",
}
CATEGORIES = {"C2": pages.NewsPage, "C7": pages.LegalDocumentPage, "C6": pages.AnswerPage}
Truth = dict[tuple[str, str, str], Any]


def publish(page: Any, **values: Any) -> None:
    """Publish the latest content of a page; far from what an editor sees, and soon done."""
    for name, value in values.items():
        setattr(page, name, value)
    with guard.as_program():
        revision = page.save_revision(clean=False)
    journal.enter(page, Move.ENTERED, revision=revision, clears=True)
    revision.publish(skip_permission_checks=True)


class History:
    """``doing`` runs what happens on commit, as at the end of a transaction."""

    def __init__(
        self,
        chance: random.Random,
        doing: Callable[[], AbstractContextManager[Any]],
    ) -> None:
        self.chance = chance
        self.doing = doing
        self.site = Site.objects.get(is_default_site=True)
        self.indexes: dict[str, Any] = {}
        for page in Page.objects.type(CategoryIndexMixin).specific():
            self.indexes[page.category] = page
        self.portal = Page.objects.get(pk=self.indexes["C2"].get_parent().pk).specific
        self.number = 0
        self.wanted: list[Counter[tuple[str, ...]]] = []
        self.read: list[PublicChange] = []
        for _ in range(3):
            self.add()
        log.settle_all()
        self.before = self.truth()
        self.place = log.end(self.site.pk)

    # What happens

    def happen(self, steps: int) -> None:
        acts = [
            *(self.add, self.add, self.edit, self.edit, self.draft, self.take_down, self.delete),
            *(self.restrict, self.open, self.open, self.open, self.move, self.move, self.both),
            *(self.close_section, self.open_section, self.open_section, self.rename_section),
            *(self.close_portal, self.open_portal, self.open_portal, self.expire, self.go_live),
            *(self.unit, self.unit, self.in_vain, self.lost),
        ]
        for _ in range(steps):
            act = self.chance.choice(acts)
            with self.doing():
                act()
            self.note()
            if not self.chance.randrange(3):
                self.poll()
        self.poll()

    def note(self) -> None:
        now = self.truth()
        told = dict.fromkeys(now.keys() - self.before.keys(), "created")
        told |= dict.fromkeys(self.before.keys() - now.keys(), "withdrawn")
        both = now.keys() & self.before.keys()
        told |= {one: "changed" for one in both if now[one] != self.before[one]}
        self.wanted.append(Counter((*one, change) for one, change in told.items()))
        self.before = now

    def poll(self) -> None:
        """Read on as a consumer does, by few or by many, to the end."""
        while True:
            limit = self.chance.choice((1, 2, 5, 100))
            found, self.place = log.read(self.site.pk, self.place, limit)
            self.read += found
            if len(found) < limit:
                return

    def one(self, **wanted: Any) -> Any:
        found = list(pages.ContentPage.objects.filter(**wanted).order_by("pk"))
        return self.chance.choice(found).specific if found else None

    def add(self) -> None:
        code = self.chance.choice(list(CATEGORIES))
        self.number += 1
        live = self.chance.random() < 0.8
        parent = Page.objects.get(pk=self.indexes[code].pk).specific
        made = CATEGORIES[code](title=f"Mục {self.number}", author="Hoa", source="Sở Tư pháp")
        made.live = False
        parent.add_child(instance=made)
        if live:
            publish(made)

    def edit(self) -> None:
        if page := self.one(live=True):
            publish(page, summary=f"Sửa lần {self.number}")

    def draft(self) -> None:
        if page := self.one():
            with guard.as_program():
                page.save_revision(clean=False)

    def take_down(self) -> None:
        if page := self.one(live=True):
            page.unpublish()

    def delete(self) -> None:
        if page := self.one():
            page.delete()

    def both(self) -> None:
        """Taken down and published again in one transaction: one change."""
        if page := self.one(live=True):
            page.unpublish()
            publish(self.one(pk=page.pk))

    def restrict(self) -> None:
        if page := self.one() if self.chance.random() < 0.6 else self.section():
            PageViewRestriction.objects.create(page=page.page_ptr, restriction_type="login")

    def open(self) -> None:
        if found := list(PageViewRestriction.objects.order_by("pk")):
            self.chance.choice(found).delete()

    def close_portal(self) -> None:
        portal = Page.objects.get(pk=self.portal.pk).specific
        if self.chance.random() < 0.5:
            PageViewRestriction.objects.create(page_id=portal.pk, restriction_type="login")
        elif portal.live:
            portal.unpublish()

    def open_portal(self) -> None:
        portal = Page.objects.get(pk=self.portal.pk).specific
        if not portal.live:
            publish(portal)
        for restriction in PageViewRestriction.objects.filter(page_id=portal.pk):
            restriction.delete()

    def section(self) -> Any:
        key = self.indexes[self.chance.choice(list(CATEGORIES))].pk
        return Page.objects.get(pk=key).specific

    def close_section(self) -> None:
        section = self.section()
        if section.live:
            section.unpublish()

    def open_section(self) -> None:
        publish(self.section())

    def rename_section(self) -> None:
        self.number += 1
        section = self.section()
        if section.live:
            publish(section, slug=f"chuyen-muc-{self.number}")

    def move(self) -> None:
        if page := self.one():
            page.move(self.section(), pos="last-child")

    def expire(self) -> None:
        if page := self.one(live=True):
            publish(page, expire_at=timezone.now() + datetime.timedelta(hours=1))
            Page.objects.filter(pk=page.pk).update(expire_at=timezone.now())
            call_command("publish_scheduled", verbosity=0)

    def go_live(self) -> None:
        page = self.one(live=False)
        if page is None or page.expire_at:
            return
        publish(page, go_live_at=timezone.now() + datetime.timedelta(hours=1))
        revision = Page.objects.get(pk=page.pk).specific.get_latest_revision()
        journal.enter(page, Move.ENTERED, revision=revision, clears=True)
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now())
        call_command("publish_scheduled", verbosity=0)

    def unit(self) -> None:
        found = list(Unit.objects.order_by("pk"))
        act = self.chance.randrange(3)
        if not found or act == 0:
            self.number += 1
            parent = self.chance.choice(found) if found else None
            Unit.objects.create(code=f"u-{self.number}", name="Đơn vị", parent=parent)
        elif act == 1:
            one = self.chance.choice(found)
            one.name = f"Đơn vị {self.number}"
            one.save()
        elif not (one := self.chance.choice(found)).children.exists():
            one.delete()

    def in_vain(self) -> None:
        """What is rolled back is told to nobody."""
        with transaction.atomic():
            self.chance.choice((self.add, self.take_down, self.delete, self.close_section))()
            transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()

    def lost(self) -> None:
        """The process ends before it has told; the timed command makes up for it."""
        if page := self.one(live=True):
            type(page).objects.filter(pk=page.pk).update(live=False)
        log.settle_all()

    # What should be told

    def truth(self) -> Truth:
        nodes = {page.path: page for page in Page.objects.select_related("locale")}
        closed = set(PageViewRestriction.objects.values_list("page__path", flat=True))
        root = nodes[Page.objects.get(pk=self.site.root_page_id).path]

        def is_open(path: str) -> bool:
            while len(path) >= len(root.path):
                if path in closed or not nodes[path].live:
                    return False
                path = path[:-4]
            return True

        found: Truth = {}
        for page in pages.ContentPage.objects.select_related("locale"):
            if page.path.startswith(root.path) and is_open(page.path):
                kind = KINDS[type(page.specific_deferred)]
                key = (kind, str(page.translation_key), page.locale.language_code)
                found[key] = (page.last_published_at, page.url_path)
        for section in self.indexes.values():
            page = Page.objects.get(pk=section.pk)
            if is_open(page.path):
                found["category", section.category, page.locale.language_code] = page.url_path
        for unit in Unit.objects.select_related("parent"):
            found["unit", unit.code, ""] = (unit.name, unit.parent and unit.parent.code)
        return found

    # What was told

    def verify(self) -> int:
        """Raise ``AssertionError`` unless each change was read once, in order; return how many."""
        told = [(one.kind, one.key, one.language, str(one.change)) for one in self.read]
        numbers = [one.sequence for one in self.read]
        assert numbers == sorted(set(numbers))
        for wanted in self.wanted:
            count = wanted.total()
            assert Counter(told[:count]) == wanted, (told[:count], wanted)
            told = told[count:]
        assert not told, told
        return len(numbers)
