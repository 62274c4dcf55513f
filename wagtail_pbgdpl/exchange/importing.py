"""Takes a package into a portal: all of it, or nothing."""

from __future__ import annotations

import logging
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from ..content.base import ContentMixin
from ..core.discovery import root_model
from ..core.portable import kind_named
from ..matters import seals
from ..questions.models import Question
from . import aftermath, history_taking, page_taking, row_taking, taking
from .canonical import Record, digest
from .history_taking import Histories
from .ids import Ids
from .models import Exchanged
from .package import LARGEST, PERSONS, PERSONS_KEY, Package
from .page_records import portals
from .page_taking import Pages
from .problems import Refused
from .secrecy import Key
from .taking import Fate, Taking

logger = logging.getLogger(__name__)

BATCH = 1000
#: Rows that name pages in their own tables, which must be there then.
AFTER_PAGES = ("workflow_state", "task_state")


class Done(NamedTuple):
    """How many records of each kind went which way; ``renamed``: new addresses and names of
    files."""

    counts: dict[str, Counter[str]]
    adjusted: int
    #: When and where the package was made, as its signature says.
    statement: Record


class Import:
    """``units``, ``accounts``: by which code or user name of this portal those of the package go.

    ``number_prefix``: what numbers of questions begin with here. ``key``: opens what is about
    persons; ``without_persons`` leaves it closed. ``is_trial``: nothing is changed in the end.
    """

    def __init__(
        self,
        file: Any,
        sender: Any,
        *,
        units: Mapping[str, str] | None = None,
        accounts: Mapping[str, str] | None = None,
        number_prefix: str = "",
        key: Key | None = None,
        without_persons: bool = False,
        is_trial: bool = False,
        largest: int = LARGEST,
        told: Callable[[int, int], None] | None = None,
    ) -> None:
        self.file, self.sender, self.largest = file, sender, largest
        self.renamed = {"unit": dict(units or {}), "account": dict(accounts or {})}
        self.number_prefix, self.key = number_prefix, key
        self.without_persons, self.is_trial = without_persons, is_trial
        self.told = told or (lambda done, all_: None)

    def run(self) -> Done:
        """Raises ``Refused`` for a package that is not taken at all, ``NotTaken`` for records.

        In both cases nothing was changed.
        """
        package = Package(self.file, self.sender, largest=self.largest)
        package.check()
        with tempfile.TemporaryFile() as opened:
            persons = self._persons(package, opened)
            try:
                with transaction.atomic():
                    done, here, pages = self._take(package, persons)
            except (IntegrityError, DataError) as error:
                raise Refused(
                    _("The database does not take the records: %(error)s") % {"error": error}
                ) from error
        if not self.is_trial:
            try:
                aftermath.let_find(here, pages)
            except Exception:
                # The records are here for good; what is found can follow.
                logger.exception("The search index did not follow: run update_index.")
        return done

    def _persons(self, package: Package, opened: Any) -> Package | None:
        if PERSONS not in package.parts or self.without_persons:
            return None
        if self.key is None:
            raise Refused(
                _("The package holds personal data: give the key, or say --without-persons.")
            )
        locked = b""
        if PERSONS_KEY in package.parts:
            with package.open(PERSONS_KEY) as file:
                locked = file.read(taking_limit := 64 * 1024)
                if len(locked) >= taking_limit:
                    raise Refused(_("%(part)s is too large.") % {"part": PERSONS_KEY})
        with package.open(PERSONS) as closed:
            self.key.decrypt(closed, opened, locked)
        inner = Package(opened, largest=self.largest)
        inner.check()
        return inner

    def _take(self, package: Package, persons: Package | None) -> tuple[Done, Taking, Pages]:
        taking.lock()
        if not portals():
            raise Refused(_("There is no portal: run pbgdpl_setup."))
        self._check_names()
        seals.seal_new()
        here = Taking(
            package,
            persons,
            Ids(gives=True, renamed=self.renamed),
            empty=is_empty(),
            is_trial=self.is_trial,
            number_prefix=self.number_prefix,
            told=self.told,
        )
        pages = Pages(here)
        try:
            done = self._write(here, pages)
        except (AttributeError, KeyError, TypeError, ValueError, ValidationError) as error:
            here.forget_files()
            raise Refused(
                _("The package holds records of a wrong form: %(error)s") % {"error": repr(error)}
            ) from error
        except BaseException:
            here.forget_files()
            raise
        if self.is_trial:
            transaction.set_rollback(True)
        return done._replace(statement=package.statement), here, pages

    def _check_names(self) -> None:
        for code in self.renamed["unit"].values():
            field: Any = kind_named("unit").model()._meta.get_field("code")
            try:
                field.clean(code, None)
            except ValidationError as error:
                raise Refused(f"{code}: {' '.join(error.messages)}") from error

    def _write(self, here: Taking, pages: Pages) -> Done:
        here.scan()
        kinds = here.kinds()
        plain = [kind for kind in kinds if kind not in (page_taking.KIND, history_taking.KIND)]
        histories = Histories(here, pages.digests)
        # Trees make their rows at once: others name them.
        for kind in sorted(plain, key=lambda one: kind_named(one).create is None):
            row_taking.settle(here, kind)
            if kind_named(kind).create is not None:
                row_taking.write(here, kind)
        if page_taking.KIND in kinds:
            pages.settle()
        if history_taking.KIND in kinds:
            histories.settle()
        here.stop_at_problems()
        for kind in plain:
            if kind_named(kind).create is None and kind not in AFTER_PAGES:
                row_taking.write(here, kind)
        if page_taking.KIND in kinds:
            pages.write()
        here.stop_at_problems()
        for kind in AFTER_PAGES:
            if kind in kinds:
                row_taking.write(here, kind)
        if history_taking.KIND in kinds:
            histories.write()
        here.stop_at_problems()
        history_taking.seal(histories.new_events)
        aftermath.follow(here, pages)
        _remember(here)
        counts = {kind: Counter(map(str, fates.values())) for kind, fates in here.fates.items()}
        return Done(counts, len(here.adjusted), {})


def is_empty() -> bool:
    """Whether nothing was published or asked here yet: what the set-up made gives way then."""
    content = root_model(ContentMixin)._base_manager
    return not content.exists() and not Question.objects.exists()


def _remember(here: Taking) -> None:
    """Write down of each record by what it is known, and how it stood when it came."""
    for kind, fates in here.fates.items():
        known, keys = here.known(kind), here.ids.keys(kind)
        # Rows of this portal were given identifiers meanwhile.
        given = set(Exchanged.objects.filter(kind=kind).values_list("uid", flat=True))
        new: list[Exchanged] = []
        for uid, fate in fates.items():
            called, taken = here.ids.called(kind, uid), here.scanned[kind][uid].digest
            if fate is Fate.KEPT or called not in keys:
                continue
            if called not in given:
                new.append(
                    Exchanged(kind=kind, uid=called, row=keys[called], taken=taken, made=taken)
                )
            elif called not in known or known[called].taken != taken:
                Exchanged.objects.filter(kind=kind, uid=called).update(taken=taken, made=taken)
        Exchanged.objects.bulk_create(new, batch_size=BATCH)
    for (kind, called), made in _made(here).items():
        Exchanged.objects.filter(kind=kind, uid=called).update(made=made)


def _made(here: Taking) -> dict[tuple[str, str], str]:
    """Return digests of the records that stand here otherwise than they came, as called here."""
    found: dict[tuple[str, str], str] = {}
    kinds = {kind for kind, _uid in here.adjusted}
    for kind in kinds:
        names = {here.ids.called(kind, uid) for one, uid in here.adjusted if one == kind}
        keys = [here.ids.keys(kind)[one] for one in names if one in here.ids.keys(kind)]
        for record in _local(here, kind, keys):
            if record["id"] in names:
                found[kind, record["id"]] = digest(record)
    return found


def _local(here: Taking, kind: str, keys: Iterable[Any]) -> Iterator[Record]:
    if kind == page_taking.KIND:
        return page_taking.local_records(keys)
    if kind == history_taking.KIND:
        return history_taking.local_records(keys)
    persons = here.persons is not None
    stands = row_taking.local_records(kind_named(kind), keys, persons=persons)
    return (one.record for one in stands)
