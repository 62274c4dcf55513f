"""What a message about waiting items says, in the language of the portal."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext
from wagtail.admin.utils import get_admin_base_url

from ..regulations.active import category_name, get_regulation
from ..reports import moment
from .models import Pending

TEMPLATE = "wagtail_pbgdpl/mail/waiting.txt"
# In full; the others are counted, and shown by the list in the admin.
LISTED = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """An item at a step; ``days`` are the working days for which it has waited there."""

    row: Pending
    days: int

    @property
    def category(self) -> str:
        return category_name(self.row.category)

    @property
    def since(self) -> str:
        return moment(self.row.since)

    @property
    def waited(self) -> str:
        return ngettext("%(days)d working day", "%(days)d working days", self.days) % {
            "days": self.days
        }

    @property
    def address(self) -> str:
        return absolute(reverse("pbgdpl_item", args=[self.row.page_id]))


class Mail:
    """One message to one person; ``nobody``: about an item whose step nobody can pass; without
    ``titles`` where the person may not read the item."""

    def __init__(
        self, to: Any, now: datetime.datetime, *, nobody: bool = False, titles: bool = True
    ) -> None:
        self.to, self.now, self.nobody, self.titles = to, now, nobody, titles
        self.entries: list[Entry] = []

    def add(self, entry: Entry) -> None:
        self.entries.append(entry)

    def written(self) -> tuple[str, str]:
        """Return subject and text."""
        with translation.override(settings.LANGUAGE_CODE):
            return self._subject(), self._text()

    def _subject(self) -> str:
        if self.nobody and not self.titles:
            return gettext("Nobody can decide an item at «%(step)s»") % {
                "step": self.entries[0].row.step
            }
        if self.nobody:
            title = self.entries[0].row.title
            return gettext("Nobody can decide «%(title)s»") % {"title": title}
        count = len(self.entries)
        return ngettext(
            "%(count)d item has waited long at its step",
            "%(count)d items have waited long at their steps",
            count,
        ) % {"count": count}

    def _text(self) -> str:
        return render_to_string(
            TEMPLATE,
            {
                "name": self.to.get_full_name() or self.to.get_username(),
                "portal": get_regulation().portal.name,
                "moment": moment(self.now),
                "nobody": self.nobody,
                "titles": self.titles,
                "entries": self.entries[:LISTED],
                "more": max(0, len(self.entries) - LISTED),
                "list": absolute(reverse("pbgdpl_waiting")),
            },
        )


def absolute(address: str) -> str:
    return f"{(get_admin_base_url() or '').rstrip('/')}{address}"
