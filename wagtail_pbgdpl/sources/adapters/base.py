"""What every adapter is."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from ..facts import Facts
from ..texts import decoded

LONGEST_TITLE = 500
LONGEST_SUMMARY = 1000


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source answered: its bytes, unpacked, and from which address they came in the end."""

    body: bytes
    address: str
    content_type: str = ""

    @property
    def text(self) -> str:
        """Raises ``SourceError`` where the characters cannot be read."""
        return decoded(self.body, self.content_type)


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it is kept. ``key`` tells it from the others, whatever its length.

    ``facts``: what it says of a document, as ``facts.read`` returns it.
    """

    title: str
    link: str
    key: str = ""
    summary: str = ""
    published_at: datetime.datetime | None = field(default=None)
    facts: Facts = field(default_factory=dict)


class Adapter:
    """Reads the answers of one kind of source.

    A site's own extends this class and is named in the setting ``SOURCE_ADAPTERS``.
    """

    #: What the admin calls the kind, lazily translated.
    label: ClassVar[Any] = ""
    #: Whether there is an answer to read: a plain link has none.
    fetches: ClassVar[bool] = True
    #: Whether there are records at all.
    lists: ClassVar[bool] = True
    #: The keys that a mapping may have, and those that it must.
    keys: ClassVar[frozenset[str]] = frozenset()
    needed: ClassVar[frozenset[str]] = frozenset()
    #: What the answer may be, for the header ``Accept``.
    accept: ClassVar[str] = "*/*"

    def wrong_in(self, mapping: Mapping[str, Any]) -> str:
        """Say what is wrong with a mapping; empty where nothing is."""
        from django.utils.translation import gettext as _

        if unknown := sorted(mapping.keys() - self.keys):
            return _("Unknown: %(keys)s. Known are: %(known)s.") % {
                "keys": ", ".join(unknown),
                "known": ", ".join(sorted(self.keys)) or "–",
            }
        if missing := sorted(self.needed - mapping.keys()):
            return _("Missing: %(keys)s.") % {"keys": ", ".join(missing)}
        return ""

    def rows(self, answer: Answer, mapping: Mapping[str, Any]) -> Sequence[Any]:
        """Return the raw records. Raises ``SourceError`` where the answer is none of this kind."""
        return ()

    def record(self, row: Any, answer: Answer, mapping: Mapping[str, Any]) -> Record:
        """Return one record. Whatever it raises, the others are read."""
        raise NotImplementedError
