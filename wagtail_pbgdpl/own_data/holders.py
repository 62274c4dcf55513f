"""What has to be known of whatever a request about one's own data is about.

The rooms whose people send something register a holder each, by the field of ``DataRequest``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from ..intake.sender import WAYS
from ..matters.models import Event, Matter
from .models import DataRequest

Rows = Sequence[tuple[object, object]]


class Wrote(NamedTuple):
    """A piece of what somebody sent, or was told, as a copy of their data shows it."""

    label: object
    text: str


class Holder:
    """``about`` is a row of what was sent, a ``Tracked`` with its matter.

    ``corrected``: the fields that can be corrected; ``kept``: those of them that are never emptied.
    ``must_be_reachable``: one way to reach the person stays.
    """

    name: ClassVar[str]
    model: ClassVar[type[Any]]
    corrected: ClassVar[tuple[str, ...]]
    kept: ClassVar[tuple[str, ...]] = ()
    must_be_reachable: ClassVar[bool] = False

    def details(self, about: Any) -> Rows:
        """Return what the page of a request shows of what it is about."""
        raise NotImplementedError

    def asked(self, request: DataRequest, matter: Matter, event: Event) -> None:
        """Tell the person that the request was received."""
        raise NotImplementedError

    def decided(self, request: DataRequest, matter: Matter, event: Event, erased: str) -> None:
        """Tell the person what was decided; ``erased``: the e-mail address that is erased now."""
        raise NotImplementedError

    def readdress(self, about: Any, before: str) -> None:
        """Let no letter keep an e-mail address that holds no longer."""
        raise NotImplementedError

    def letters(self, about: Any) -> Any:
        """Return all letters to the person."""
        raise NotImplementedError

    def wrote(self, about: Any) -> list[Wrote]:
        """Return what the person sent and was answered."""
        raise NotImplementedError

    def further(self, about: Any) -> Rows:
        """Return what else is known of the person, beside how they are reached."""
        return ()

    def check_erasure(self, about: Any) -> None:
        """Raises ``ValidationError`` where something has to be done before."""

    def erase(self, about: Any, user: Any) -> None:
        """Let the deed of ``user`` erase the person, once the request is decided."""
        raise NotImplementedError

    @property
    def removed(self) -> tuple[str, ...]:
        """The fields that can be emptied."""
        return tuple(name for name in self.corrected if name not in self.kept)

    def is_reachable(self, about: Any, changed: dict[str, str]) -> bool:
        ways = (changed.get(name, getattr(about, name)) for name in WAYS)
        return not self.must_be_reachable or any(ways)


_holders: dict[str, Holder] = {}


def register(holder: Holder) -> None:
    _holders[holder.name] = holder


def all_holders() -> list[Holder]:
    return list(_holders.values())


def holder_of(about: Any) -> Holder:
    """Return the holder of what was sent. Raises ``LookupError`` where no room registered one."""
    for holder in _holders.values():
        if isinstance(about, holder.model):
            return holder
    raise LookupError(type(about).__name__)
