"""From a row of a table to a draft: what it says is looked up, what is wrong with it is told."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from ..authority.rules import Item
from ..content.consultations import ConsultationMixin
from ..content.documents import DocumentMixin, LegalDocumentMixin, Scope
from ..content.legal_metadata import is_usual_number
from ..content.obligations import index_page_of
from ..content.taking_over import category_to_take_over
from ..core.discovery import concrete_models
from ..core.text import fold
from ..legal.numbers import key_of
from ..legal.parser import parse
from ..legal.stream import to_stream
from ..organisation.models import Seat, Unit
from ..reference.models import DocumentType, IssuingBody, LegalField
from ..workflows.rights import Act, may_add, may_on
from ..worktime.active import today
from .columns import BY_KEY
from .known import Known, KnownDocument
from .tables import TableRow

LONGEST_TITLE = 255
LONGEST = {"number": 100, "signer": 255, "author": 255, "source": 255, "title": LONGEST_TITLE}
DAYS = ("issued_on", "effective_on", "expired_on")
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_FIRST_YEAR, _LAST_YEAR = 1945, 2200


@dataclass
class Note:
    """Something to say of a row; ``page``: the key of a page that it is about."""

    text: str
    page: int | None = None


@dataclass
class Entry:
    """A row with what came of it: a draft that can be made, or reasons why none is."""

    place: int
    number: str = ""
    title: str = ""
    errors: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    parent: Any = None
    page: Any = None
    legal_fields: list[LegalField] = field(default_factory=list)


class Checker:
    """Checks row after row; asks the reference tables, the units and the index pages once.

    ``user``: in whose name the drafts are made; ``None``: a program's, which may all.
    """

    def __init__(self, user: Any, known: Known) -> None:
        self.user = user
        self.known = known
        self.types = _by_name(DocumentType.objects.filter(is_active=True))
        self.bodies = _by_name(IssuingBody.objects.filter(is_active=True))
        self.fields = _by_name(LegalField.objects.filter(is_active=True))
        self.units = _by_name(Unit.objects.on(today()))
        self.places: dict[str, tuple[Any, Any] | str] = {}
        self.own_units = _units_of(user) if user is not None else []

    def check(self, row: TableRow) -> Entry:
        cells = row.cells
        entry = Entry(row.place, cells.get("number", ""))
        entry.errors = [Note(text) for text in row.problems]
        for key, most in LONGEST.items():
            if len(cells.get(key, "")) > most:
                _refuse(entry, _("«%(column)s» may have up to %(most)d signs."), key, most=most)
        kind = self._found(entry, cells, "type", self.types)
        body = self._found(entry, cells, "issuing_body", self.bodies)
        days = {key: self._day(entry, cells, key) for key in DAYS}
        entry.legal_fields = self._fields(entry, cells)
        entry.title = _title(cells, kind)
        if not entry.title:
            entry.errors.append(Note(_("There is neither a number nor an abstract nor a title.")))
        self._say_what_is_odd(entry, cells)
        place = self._place(cells.get("category") or category_to_take_over())
        if isinstance(place, str):
            entry.errors.append(Note(place))
        unit = self._unit(entry, cells, place)
        address = self._address(entry, cells)
        self._refuse_what_is_there(entry, body, days["issued_on"])
        if entry.errors or isinstance(place, str):
            return entry
        entry.parent, model = place
        entry.page = model(
            title=entry.title,
            document_number=entry.number,
            document_type=kind,
            issuing_body=body,
            document_abstract=cells.get("abstract", ""),
            signer=cells.get("signer", ""),
            national_database_url=address,
            unit=unit,
            author=cells.get("author") or (body.name if body else ""),
            source=cells.get("source") or (body.name if body else ""),
            **days,
        )
        if issubclass(model, LegalDocumentMixin) and body is not None:
            is_central = body.level == IssuingBody.Level.CENTRAL
            entry.page.scope = Scope.CENTRAL if is_central else Scope.LOCAL
        if text := cells.get("full_text"):
            entry.page.body = to_stream(parse(text))
        self._check_days(entry)
        self.known.add(_document(entry, body, days["issued_on"]), entry)
        return entry

    # Cells

    def _found(self, entry: Entry, cells: dict[str, str], key: str, table: dict[str, Any]) -> Any:
        name = cells.get(key, "")
        found = table.get(_spelt(name)) if name else None
        if name and found is None:
            _refuse(
                entry,
                _("«%(column)s»: «%(name)s» is not in the reference table. Add it there first."),
                key,
                name=name[:80],
            )
        return found

    def _fields(self, entry: Entry, cells: dict[str, str]) -> list[LegalField]:
        names = [name.strip() for name in re.split(r"[;\n]", cells.get("legal_fields", ""))]
        one = {"legal_fields": ""}
        found = (
            self._found(entry, one | {"legal_fields": name}, "legal_fields", self.fields)
            for name in names
            if name
        )
        return [field for field in found if field is not None]

    def _day(self, entry: Entry, cells: dict[str, str], key: str) -> datetime.date | None:
        text = cells.get(key, "")
        if not text:
            return None
        try:
            if match := _DAY.fullmatch(text):
                day = datetime.date(int(match[3]), int(match[2]), int(match[1]))
            else:
                day = datetime.date.fromisoformat(text)
        except ValueError:
            _refuse(
                entry,
                _("«%(column)s»: «%(said)s» is no day. Write day/month/year, such as 31/07/2018."),
                key,
                said=text[:40],
            )
            return None
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            text = _("«%(column)s»: the year %(year)d cannot be right.")
            _refuse(entry, text, key, year=day.year)
            return None
        return day

    def _address(self, entry: Entry, cells: dict[str, str]) -> str:
        address = cells.get("national_database_url", "")
        try:
            if address:
                URLValidator(schemes=["http", "https"])(address)
            if len(address) > 500:
                raise ValidationError("")
        except ValidationError:
            _refuse(
                entry,
                _("«%(column)s»: this is no address of a page on the Internet."),
                "national_database_url",
            )
        return address

    def _check_days(self, entry: Entry) -> None:
        """What the form of the editor refuses, the file cannot bring either."""
        try:
            entry.page.clean()
        except ValidationError as error:
            entry.errors += [Note(text) for text in error.messages]

    def _say_what_is_odd(self, entry: Entry, cells: dict[str, str]) -> None:
        if not entry.number:
            entry.warnings.append(Note(_("There is no number.")))
        elif not is_usual_number(entry.number):
            text = _("The number has no form in which documents are numbered.")
            entry.warnings.append(Note(text))
        for key in ("type", "issuing_body", "issued_on", "abstract"):
            if not cells.get(key):
                text = _("«%(column)s» is empty; it is asked for before publication.")
                entry.warnings.append(Note(text % {"column": BY_KEY[key].heading}))

    # Where it goes, and whose it is

    def _place(self, category: str) -> tuple[Any, Any] | str:
        """Return index page and page type of a category, or why nothing can be added there."""
        if category not in self.places:
            self.places[category] = self._found_place(category)
        return self.places[category]

    def _found_place(self, category: str) -> tuple[Any, Any] | str:
        index = index_page_of(category)
        models = [
            model
            for model in concrete_models(DocumentMixin)
            if index is not None
            and not issubclass(model, ConsultationMixin)
            and model.can_create_at(index)
        ]
        if not models:
            return _("The category «%(code)s» takes no documents.") % {"code": category[:20]}
        if self.user is not None and not may_import(self.user, category):
            return _("You may not add documents to the category «%(code)s».") % {"code": category}
        return index, models[0]

    def _unit(self, entry: Entry, cells: dict[str, str], place: Any) -> Unit | None:
        name = cells.get("unit", "")
        if isinstance(place, str):
            return None
        category = place[0].category
        unit: Unit | None = self._found(entry, cells, "unit", self.units)
        if self.user is None or (name and unit is None):
            return unit
        own = [one for one in self.own_units if self._may(category, one)]
        if unit is None:
            return own[0] if own else None
        if not self._may(category, unit):
            _refuse(entry, _("«%(column)s»: you do not supply for this unit."), "unit")
        return unit

    def _may(self, category: str, unit: Unit | None) -> bool:
        item = Item(category=category, unit=unit.pk if unit else None)
        return bool(may_on(self.user, Act.ADD, item)) or bool(
            may_on(self.user, Act.ADD, Item(category=category, unit=None))
        )

    # What is there

    def _refuse_what_is_there(
        self, entry: Entry, body: IssuingBody | None, issued: datetime.date | None
    ) -> None:
        wanted = _document(entry, body, issued)
        if not wanted.number:
            return
        same = self.known.same(wanted)
        if same is not None:
            said = (
                _("There is a page of this document already.")
                if isinstance(same, int)
                else _("Row %(row)d has this document already.") % {"row": same.place}
            )
            entry.errors.append(Note(said, same if isinstance(same, int) else None))
            return
        for other in self.known.of_number(wanted.number):
            text = _("Another document has this number, of another body or day.")
            entry.warnings.append(Note(text, other if isinstance(other, int) else None))


def may_import(user: Any, category: str) -> bool:
    """Whether somebody may add documents to a category by the rules of authority."""
    return bool(category) and user.is_active and may_add(user, SimpleNamespace(category=category))


def _units_of(user: Any) -> list[Unit]:
    seats = Seat.objects.filter(user=user).on(today()).select_related("unit").order_by("pk")
    return [seat.unit for seat in seats if seat.unit is not None]


def _by_name(rows: Iterable[Any]) -> dict[str, Any]:
    """Return rows by name and code; a name that two of them bear leads to none of these."""
    listed = list(rows)
    names = [_spelt(row.name) for row in listed]
    found = {name: row for name, row in zip(names, listed, strict=True) if names.count(name) == 1}
    return found | {_spelt(row.code): row for row in listed}


def _spelt(name: str) -> str:
    return " ".join(fold(name).lower().split())


def _title(cells: dict[str, str], kind: DocumentType | None) -> str:
    if title := cells.get("title"):
        return title
    name = kind.name.partition(" (")[0] if kind else ""
    whole = " ".join(filter(None, (name, cells.get("number"), cells.get("abstract"))))
    if not (cells.get("number") or cells.get("abstract")):
        return ""
    tidied = " ".join(whole.split())
    if len(tidied) <= LONGEST_TITLE:
        return tidied
    return f"{tidied[: LONGEST_TITLE - 1].rpartition(' ')[0]}…"


def _refuse(entry: Entry, text: str, key: str, **values: Any) -> None:
    entry.errors.append(Note(text % {"column": BY_KEY[key].heading, **values}))


def _document(
    entry: Entry, body: IssuingBody | None, issued: datetime.date | None
) -> KnownDocument:
    return KnownDocument(key_of(entry.number), body.pk if body else None, issued)
