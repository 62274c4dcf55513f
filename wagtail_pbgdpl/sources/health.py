"""How linked systems do, in words; and the one snapshot of them that public pages show."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ..serving.process_cache import of_version
from . import logos
from .adapters.registry import has_list
from .models import ExternalSource, SourceItem
from .search_form import SearchForm, form_of

WELL, FAILING, DOWN, NEW, LINK = "well", "failing", "down", "new", "link"
#: The most that a block shows of one source.
MOST = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """A linked system as the public sees it."""

    code: str
    name: str
    link: str
    is_on: bool
    state: str
    checked_at: datetime.datetime | None
    copy_of: datetime.datetime | None
    items: tuple[SourceItem, ...]
    logo: logos.Logo | None = None
    search: SearchForm | None = None

    @property
    def newest(self) -> tuple[SourceItem, ...]:
        """The three newest items, for a table of all systems."""
        return self.items[:3]

    @property
    def is_failing(self) -> bool:
        return self.state in (FAILING, DOWN)

    @property
    def words(self) -> str:
        """What a citizen is told of the system."""
        return in_words(self.state)


def in_words(state: str) -> str:
    if state == WELL:
        return _("It answers, and what is shown here is up to date.")
    if state == FAILING:
        return _("It did not answer at the last attempt. What is shown here may not be the newest.")
    if state == DOWN:
        return _("It has not answered for a long time. Please use its own address.")
    if state == NEW:
        return _("It has not been asked yet.")
    return _("The portal leads there and reads nothing from it.")


def state_of(source: ExternalSource, lists: bool, now: datetime.datetime) -> str:
    """Return one of ``WELL``, ``FAILING``, ``DOWN``, ``NEW``, ``LINK``."""
    if not lists:
        return LINK
    if source.failing_since is not None:
        return DOWN if is_down(source, now) else FAILING
    return WELL if source.succeeded_at else NEW


def is_down(source: ExternalSource, now: datetime.datetime) -> bool:
    """Whether a source has failed for longer than it may (``down_after_minutes``)."""
    limit = datetime.timedelta(minutes=source.down_after_minutes)
    return source.failing_since is not None and source.failing_since <= now - limit


def linked_systems() -> tuple[Shown, ...]:
    """Return every system that is switched on, with its newest items; at most a second old.

    Two queries a second in each process, whatever is asked.
    """
    return tuple(one for one in _known() if one.is_on)


def names() -> list[tuple[str, str]]:
    """Return code and name of every system, those that are switched off too."""
    return [(one.code, one.name) for one in _known()]


def linked_system(code: str) -> Shown | None:
    return next((one for one in linked_systems() if one.code == code), None)


def _known() -> tuple[Shown, ...]:
    return of_version(("sources",), _read)


def _read() -> tuple[Shown, ...]:
    now = timezone.now()
    sources: list[Any] = list(logos.with_logos(ExternalSource.objects.all()))
    newest: dict[int, list[SourceItem]] = {one.pk: [] for one in sources if one.is_on}
    for item in _newest(list(newest)):
        newest[item.source_id].append(item)
    return tuple(
        Shown(
            source.code,
            source.name,
            source.link,
            source.is_on,
            state_of(source, has_list(source.kind), now),
            source.checked_at,
            source.succeeded_at,
            tuple(newest.get(source.pk, ())),
            logos.logo_of(source),
            form_of(source.search_address),
        )
        for source in sources
    )


def _newest(keys: list[int]) -> list[SourceItem]:
    """Return the newest of each source; the index gives them to each in its order."""
    order = ("-listed_at", "position")
    wanted = Q(pk=None)
    for key in keys:
        rows = SourceItem.objects.filter(source=key, gone_at=None).order_by(*order)
        wanted |= Q(pk__in=rows.values("pk")[:MOST])
    return list(SourceItem.objects.filter(wanted).order_by(*order)) if keys else []
