"""What becomes of each record: made, brought up to date, left as it is, kept or refused.

A record that this portal has as the package has it is left. One that came before and was not
changed here since is brought up to date. Of one that was changed on both sides, or that may be
another thing of the same name, nobody here can say what is right: it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..core.portable import Portable, Same, kind_named
from .canonical import Record, digest
from .taking import Fate, Taking


class Stands(NamedTuple):
    """A record as this portal would write it now. ``without_persons``: the same of a row that came
    without what is about persons, and has nothing of the sort yet."""

    record: Record
    without_persons: Record | None = None

    def is_as(self, made: str) -> bool:
        """Whether it is what it was when it came, by its digest of then."""
        return made != "" and made in (
            digest(self.record),
            self.without_persons and digest(self.without_persons),
        )


#: Given keys of rows, yields what stands there.
Local = Callable[[Iterable[object]], Iterable[Stands]]

NOTHING = Stands({})


def decide(taking: Taking, kind: str, local: Local, serving: Collection[str] = frozenset()) -> None:
    """Give each record of a kind its fate, by its identifier.

    ``serving``: identifiers of records in whose place those of this portal serve as well.
    """
    known, keys = taking.known(kind), taking.ids.keys(kind)
    unsure = {}
    for uid, scanned in taking.scanned[kind].items():
        called = taking.ids.called(kind, uid)
        if taking.ids.falls_together(kind, uid):
            taking.is_fate(kind, uid, Fate.KEPT)
        elif called not in keys:
            taking.is_fate(kind, uid, Fate.CREATED)
        elif called in known and known[called].taken == scanned.digest:
            taking.is_fate(kind, uid, Fate.UNCHANGED)
        else:
            unsure[uid] = keys[called]
    if not unsure:
        return
    here = {one.record["id"]: one for one in local(unsure.values())}
    for uid in unsure:
        stands = here.get(taking.ids.called(kind, uid), NOTHING)
        _compare(taking, kind, uid, stands, serves=uid in serving)


def _compare(taking: Taking, kind: str, uid: str, here: Stands, *, serves: bool) -> None:
    called, scanned = taking.ids.called(kind, uid), taking.scanned[kind][uid]
    known, spec = taking.known(kind).get(called), kind_named(kind)
    if digest(here.record) == scanned.digest:
        # Not the fate of what came before: it is remembered from now on.
        taking.is_fate(kind, uid, Fate.UNCHANGED)
    elif known is not None and here.is_as(known.made):
        taking.is_fate(kind, uid, Fate.UPDATED)
    elif called != uid or uid in taking.ids.renamed.get(kind, {}):
        taking.is_fate(kind, uid, Fate.KEPT)
    elif taking.empty and kind != "account":
        taking.is_fate(kind, uid, Fate.UPDATED)
    elif serves or spec.same is Same.SERVES:
        taking.is_fate(kind, uid, Fate.KEPT)
    else:
        taking.refuse(kind, scanned.line, uid, _words(spec))


def _words(spec: Portable) -> str:
    if spec.same is not Same.PERHAPS:
        return _("It was changed both here and where it comes from.")
    if spec.kind == "account":
        return _(
            "There is an account of this name with another person's name: say with --map-users "
            "under which account the person goes here."
        )
    return _(
        "There is a unit with this code that is described otherwise: say with --map-units which it "
        "is here, or give it a new code."
    )
