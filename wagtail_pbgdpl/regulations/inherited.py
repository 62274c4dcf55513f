"""What a profile took over from another province without meaning to.

A profile that extends another one states the differences alone; what it does not state goes on in
the words of the other. That is no fault of form, so it is said and not refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..core.text import nfc
from .problems import Problem, say
from .problems import mark as _
from .sources import KeyPath, Source, dotted

# Beside whole numbers: what a limit is made of.
MEASURES = frozenset({"unit", "before"})


def advice(source: Source) -> list[Problem]:
    """Return what ``source`` inherited that speaks of another province than its own.

    Each names the file in which the text stands, its key, and what to write in the own profile.
    """
    return [*_other_provinces(source), *_other_clauses(source)]


def _other_provinces(source: Source) -> Iterator[Problem]:
    strange = _strange_files(source)
    for path, value in _leaves(source.values):
        file = source.origin(path)
        if isinstance(value, str) and file in strange:
            text = nfc(value).casefold()
            for word in strange[file]:
                if word.casefold() in text:
                    message = _("still speaks of «%(word)s»; write this text in your own profile")
                    yield Problem(file, dotted(path), say(message, word=word))
                    break


def _other_clauses(source: Source) -> Iterator[Problem]:
    strange = _strange_files(source)
    for path, value in _leaves(source.values):
        is_number = isinstance(value, int) and not isinstance(value, bool)
        if not (is_number or path[-1] in MEASURES) or (file := source.origin(path)) in strange:
            continue
        table = path[:2] if len(path) > 2 else path[:1]
        clause, stands_in = (
            _value(source.values, (*table, "clause")),
            source.origin((*table, "clause")),
        )
        if clause and stands_in in strange:
            message = _("the number is new, but its clause «%(clause)s» is that of %(file)s")
            reason = say(message, clause=clause, file=stands_in.name)
            yield Problem(file, dotted(path), reason)


def _strange_files(source: Source) -> dict[Path, list[str]]:
    """The files of the lineage that speak for another province, with the words that show it."""
    own = _identity(source.portals[source.file])
    return {
        file: words
        for file, portal in source.portals.items()
        if (theirs := _identity(portal))[:1] != own[:1]
        and (words := [word for word in theirs if word and word not in own])
    }


def _identity(portal: dict[str, Any]) -> tuple[str, ...]:
    """The province of a portal, its host and its e-mail address; empty where they are not told."""
    province, url, email = (
        nfc(value.strip()) if isinstance(value := portal.get(key), str) else ""
        for key in ("province", "url", "email")
    )
    return province, urlsplit(url).hostname or "", email


def _leaves(table: dict[str, Any], at: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*at, key))
        elif isinstance(value, list):
            yield from _leaves({f"[{n}]": item for n, item in enumerate(value, 1)}, (*at, key))
        else:
            yield (*at, key), value


def _value(table: Any, path: KeyPath) -> Any:
    for key in path:
        table = table.get(key) if isinstance(table, dict) else None
    return table
