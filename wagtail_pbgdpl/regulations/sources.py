"""Profiles as files: where they are, what they extend, and who wrote which entry."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .problems import Problem, RegulationError, say
from .problems import mark as _

SCHEMA = 1
PROFILES = Path(__file__).parent / "profiles"

KeyPath = tuple[str, ...]


def shipped_profiles() -> list[str]:
    """Return the names of the profiles that come with the package, in alphabetical order."""
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


def locate(profile: str | os.PathLike[str], beside: Path | None = None) -> Path | None:
    """Return the file of a shipped profile's name or of a path, or ``None`` if there is none.

    What looks like a path (a ``Path``, or a text with a separator or ending in ``.toml``) is one,
    relative to the directory ``beside`` or else to the working directory.
    """
    text = os.fspath(profile)
    if isinstance(profile, str) and not text.endswith(".toml") and Path(text).name == text:
        return PROFILES / f"{text}.toml" if text in shipped_profiles() else None
    path = ((beside or Path()) / text).resolve()
    return path if path.is_file() else None


@dataclass
class Source:
    """A profile's tables, merged with those that it extends.

    ``origins`` says for each key path in which file it was written, ``removed`` which file removed
    it, ``portals`` how the portal was called once a file was laid over those that it extends. Not
    checked yet, except that the files could be read.
    """

    file: Path
    sections: frozenset[str]
    entry_sections: frozenset[str]
    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[KeyPath, Path] = field(default_factory=dict)
    removed: dict[KeyPath, Path] = field(default_factory=dict)
    portals: dict[Path, dict[str, Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def report(self, path: KeyPath, message: str, **values: Any) -> None:
        """Note a fault at the key ``path``, in the file where that key was written."""
        self.problems.append(Problem(self.origin(path), dotted(path), say(message, **values)))

    def report_unknown(self, path: KeyPath, known: Iterable[str]) -> None:
        """Note a key that does not exist, with the one that was probably meant."""
        if near := difflib.get_close_matches(path[-1], known := sorted(known), n=1):
            self.report(path, _("is not a known key; did you mean %(near)r?"), near=near[0])
        else:
            names = ", ".join(known)
            self.report(path, _("is not a known key; known are %(known)s"), known=names)

    def tables(self, section: str) -> dict[str, dict[str, Any]]:
        """Return the entries of a section that are tables, as they were written."""
        entries = self.values.get(section)
        if not isinstance(entries, dict):
            return {}
        return {code: table for code, table in entries.items() if isinstance(table, dict)}

    def origin(self, path: KeyPath) -> Path:
        for length in range(len(path), 0, -1):
            if file := self.origins.get(path[:length]):
                return file
        return self.file

    def remover(self, path: KeyPath) -> Path | None:
        """Return the file that removed the entry or its whole table, if one did."""
        return self.removed.get(path) or self.removed.get(path[:1])

    def merge(self, own: dict[str, Any], file: Path) -> None:
        """Lay the tables of ``file`` over what is there: a few keys change, ``false`` removes."""
        self.file = file
        self._merge(self.values, own, file, ())
        portal = self.values.get("portal")
        self.portals[file] = dict(portal) if isinstance(portal, dict) else {}

    def _merge(self, base: dict[str, Any], own: dict[str, Any], file: Path, at: KeyPath) -> None:
        for key, value in own.items():
            path = (*at, key)
            below = base.get(key)
            if value is False and self._is_removable(path):
                self._remove(base, key, file, path)
                continue
            self.removed.pop(path, None)
            if isinstance(value, dict):
                if not isinstance(below, dict):
                    base[key] = below = {}
                    self.origins[path] = file
                self._merge(below, value, file, path)
            else:
                base[key] = value
                self.origins[path] = file

    def _is_removable(self, path: KeyPath) -> bool:
        # Deeper down, false is the ordinary value of a yes-or-no key.
        return path[0] in (self.sections if len(path) == 1 else self.entry_sections) and (
            len(path) <= 2
        )

    def _remove(self, base: dict[str, Any], key: str, file: Path, path: KeyPath) -> None:
        if isinstance(base.get(key), dict):
            del base[key]
            self.removed[path] = file
        else:
            self.problems.append(
                Problem(file, dotted(path), say(_("there is nothing here that could be removed")))
            )


def dotted(path: KeyPath) -> str:
    return ".".join(path).replace(".[", "[")


def read(
    profile: str | os.PathLike[str], sections: frozenset[str], entry_sections: frozenset[str]
) -> Source:
    """Read a profile and those that it extends, the farthest first.

    Raises ``RegulationError`` if one of the files is missing, is no TOML, has another schema or
    extends itself.
    """
    file = locate(profile)
    if file is None:
        raise RegulationError([Problem(Path(profile), "", _not_found(profile))])
    source = Source(file, sections, entry_sections)
    for path, tables in reversed(_lineage(file)):
        source.merge(tables, path)
    return source


def _lineage(file: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Return the files of a profile with their tables: itself, its parent, and so on."""
    lineage: list[tuple[Path, dict[str, Any]]] = []
    while True:
        tables = _read_file(file)
        parent = tables.pop("extends", None)
        lineage.append((file, tables))
        if parent is None:
            return lineage
        found = locate(parent, file.parent) if parent and isinstance(parent, str) else None
        if found is None:
            raise RegulationError([Problem(file, "extends", _not_found(parent))])
        chain = [path for path, _tables in lineage]
        if found in chain:
            names = " → ".join(path.name for path in [*chain[chain.index(found) :], found])
            reason = say(_("the profile extends itself: %(chain)s"), chain=names)
            raise RegulationError([Problem(file, "extends", reason)])
        file = found


def _read_file(file: Path) -> dict[str, Any]:
    """Return the tables of one file without ``schema``, which is checked here."""
    try:
        # Windows editors begin a file with a byte order mark.
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise RegulationError([Problem(file, "", say(_("is not encoded in UTF-8")))]) from None
    except OSError as error:
        reason = say(_("cannot be read: %(error)s"), error=error.strerror)
        raise RegulationError([Problem(file, "", reason)]) from None
    except tomllib.TOMLDecodeError as error:
        reason = say(_("is not valid TOML: %(error)s"), error=error)
        raise RegulationError([Problem(file, "", reason)]) from None
    schema = tables.pop("schema", None)
    if schema != SCHEMA or isinstance(schema, bool):
        reason = say(_("must be %(schema)d, the format that this version reads"), schema=SCHEMA)
        raise RegulationError([Problem(file, "schema", reason)])
    return tables


def _not_found(profile: object) -> str:
    return say(
        _("there is no profile %(profile)s; give the path of a TOML file or one of: %(names)s"),
        profile=repr(os.fspath(profile) if isinstance(profile, os.PathLike) else profile),
        names=", ".join(shipped_profiles()),
    )
