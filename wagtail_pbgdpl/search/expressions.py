"""What is asked of the index: tokens joined by and and or. Each database writes it its own way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from .tokens import TOKEN


@dataclass(frozen=True, slots=True)
class Has:
    """Entries that have a token, or with ``is_beginning`` any token that begins with it."""

    token: str
    is_beginning: bool = False

    def __post_init__(self) -> None:
        # FTS5 parts text at other signs, and a quotation mark would end what is asked.
        if not TOKEN.fullmatch(self.token):
            raise ValueError(f"Not a token: {self.token!r}")


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Expression, ...]


Expression: TypeAlias = Has | All | Any


def every(parts: Iterable[Expression]) -> Expression:
    """Return what has all of ``parts``, at least one."""
    return _joined(All, parts)


def some(parts: Iterable[Expression]) -> Expression:
    """Return what has any of ``parts``, at least one."""
    return _joined(Any, parts)


def has(*tokens: str) -> Expression:
    return every(Has(token) for token in tokens)


def _joined(kind: type[All] | type[Any], parts: Iterable[Expression]) -> Expression:
    found = tuple(dict.fromkeys(parts))
    if not found:
        raise ValueError("An expression has at least one part.")
    return found[0] if len(found) == 1 else kind(found)


def for_postgres(expression: Expression) -> str:
    """Return it as the text of a ``tsquery``."""
    match expression:
        case Has(token, True):
            return f"'{token}':*"
        case Has(token, False):
            return f"'{token}'"
        case All(parts):
            return f"({' & '.join(map(for_postgres, parts))})"
        case Any(parts):
            return f"({' | '.join(map(for_postgres, parts))})"
    raise TypeError(expression)


def for_sqlite(expression: Expression) -> str:
    """Return it as what FTS5 matches."""
    match expression:
        case Has(token, True):
            return f'"{token}" *'
        case Has(token, False):
            return f'"{token}"'
        case All(parts):
            return f"({' AND '.join(map(for_sqlite, parts))})"
        case Any(parts):
            return f"({' OR '.join(map(for_sqlite, parts))})"
    raise TypeError(expression)
