"""What a linked system says of a document, put beside what a page of ours says (D2).

Compared is what both can say: of what a source is silent nothing follows. Clauses: QT24 Điều 5.1a.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..core.text import fold
from ..differences.models import Difference
from ..legal.numbers import key_of
from ..legal.validity import Validity
from ..sources.models import SourceItem

Field = Difference.Field
#: Fields of a page by the names of facts.
OF_FACTS = {
    "number": Field.NUMBER,
    "issued": Field.ISSUED,
    "effective": Field.EFFECTIVE,
    "expired": Field.EXPIRED,
    "validity": Field.VALIDITY,
}


class Beside(NamedTuple):
    """A field with what the source and we say of it; days as ISO dates, validity as its code."""

    field: str
    theirs: str
    ours: str

    @property
    def differs(self) -> bool:
        return not _same(self.field, self.theirs, self.ours)


def beside(page: Any, item: SourceItem, day: datetime.date) -> Iterator[Beside]:
    """Yield what an item says, each with what ``page`` says on a day in Asia/Ho_Chi_Minh."""
    for name, field in OF_FACTS.items():
        if theirs := item.facts.get(name):
            yield Beside(field, theirs, ours(page, field, day))
    if item.summary and item.source.documents == item.source.Documents.DATABASE:
        # A feed has there whatever its editors wrote.
        yield Beside(Field.ABSTRACT, item.summary, ours(page, Field.ABSTRACT, day))


def ours(page: Any, field: str, day: datetime.date) -> str:
    """Return what a page says of a field; of validity what it comes to on the day."""
    if field == Field.VALIDITY:
        return page.validity_on(day) or Validity.IN_FORCE.value
    value = getattr(page, field)
    return value.isoformat() if isinstance(value, datetime.date) else str(value or "")


def value_of(field: str, text: str) -> Any:
    """Return what the page gets for a value as it is kept."""
    if field in (Field.ISSUED, Field.EFFECTIVE, Field.EXPIRED):
        return datetime.date.fromisoformat(text)
    return text


def _same(field: str, theirs: str, ours: str) -> bool:
    if field == Field.NUMBER:
        return key_of(theirs) == key_of(ours)
    if field == Field.ABSTRACT:
        return _words(theirs) == _words(ours)
    return theirs == ours


def _words(text: str) -> list[str]:
    """Return the words without accents: «hoà» and «hòa» are spelt by taste, signs set by chance."""
    return re.findall(r"\w+", fold(text).lower())
