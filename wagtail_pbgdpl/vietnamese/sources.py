"""What the installed Wagtail, and what it builds on, can say: every message of the source.

Packages that ship an ``en`` catalogue are read from that, the others from their code. Reading
catalogues needs polib, which developers have and sites do not.
"""

from __future__ import annotations

import ast
import importlib.metadata
import importlib.util
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LOCALE = Path(__file__).parent / "locale"
DOMAINS = ("django", "djangojs")
OWN = "wagtail_pbgdpl.vietnamese"

#: Folders below which every ``locale`` counts, by the distribution that they come from.
WHOLE = {
    "wagtail": "wagtail",
    "wagtail-modeladmin": "wagtail_modeladmin",
    "django-taggit": "taggit",
}
#: Of Django what an admin can show: its own Vietnamese is heard where it has some.
DJANGO = (
    "django.conf",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
)
#: Wagtail calls its filters without asking for the app, so that its Vietnamese is not heard.
BORROWED = ("django.contrib.humanize",)
#: Those without an ``en`` catalogue.
CODE = {
    "django-filter": "django_filters",
    "django-treebeard": "treebeard",
    "modelsearch": "modelsearch",
    "django-axes": "axes",
    "wagtail-pbgdpl": OWN,
}

#: How many texts each function takes, and whether a context comes first.
FUNCTIONS = {
    "_": (1, False),
    "gettext": (1, False),
    "gettext_lazy": (1, False),
    "gettext_noop": (1, False),
    "ngettext": (2, False),
    "ngettext_lazy": (2, False),
    "pgettext": (1, True),
    "pgettext_lazy": (1, True),
    "npgettext": (2, True),
    "npgettext_lazy": (2, True),
}
TAG = re.compile(r"""{%\s*(?:trans|translate)\s+(?P<quote>["'])(?P<text>.*?)(?P=quote)\s*%}""")
NOT_SHOWN = frozenset({"tests", "test", "migrations"})

Key = tuple[str, str, str]


@dataclass
class Message:
    """One text of the source; ``context`` is empty where it has none, ``plural`` likewise."""

    domain: str
    context: str
    text: str
    plural: str = ""
    apps: list[str] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.domain, self.context, self.text


def catalogue(path: Path) -> Any:
    """Return the ``.po`` file at ``path``.

    Raises:
        ImportError: polib is not installed.
    """
    import polib

    return polib.pofile(str(path), wrapwidth=0)


def translated(locale: Path, domain: str) -> dict[Key, Any]:
    """Return what a ``locale`` folder says in Vietnamese, by message."""
    path = locale / "vi" / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return {}
    return {
        (domain, entry.msgctxt or "", entry.msgid): entry
        for entry in catalogue(path)
        if entry.translated() and not entry.obsolete
    }


def versions() -> dict[str, str]:
    """Return the version of each distribution that is read and installed."""
    found = {}
    for name in (*WHOLE, "Django", *CODE):
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def messages() -> dict[Key, Message]:
    """Return every message of the installed packages, each with the apps that have it."""
    found: dict[Key, Message] = {}
    for app, message in _all():
        found.setdefault(message.key, message).apps.append(app)
    return found


def locales() -> Iterator[tuple[str, Path]]:
    """Yield the name and the ``locale`` folder of each app that ships an ``en`` catalogue."""
    for package in WHOLE.values():
        for root in _folders(package):
            for locale in sorted(root.rglob("locale")):
                if (locale / "en").is_dir() and not NOT_SHOWN & set(locale.parts):
                    below = locale.parent.relative_to(root.parent)
                    yield ".".join(below.parts), locale
    for app in (*DJANGO, *BORROWED):
        for root in _folders(app):
            yield app, root / "locale"


def _all() -> Iterator[tuple[str, Message]]:
    for app, locale in locales():
        for domain in DOMAINS:
            known = translated(locale, domain) if app in DJANGO else {}
            for message in _in_catalogue(locale / "en" / "LC_MESSAGES" / f"{domain}.po", domain):
                if message.key not in known:
                    yield app, message
    for app in CODE.values():
        for root in _folders(app):
            for message in _in_code(root):
                yield app, message


def _folders(package: str) -> Iterator[Path]:
    spec = importlib.util.find_spec(package.partition(".")[0])
    for place in (spec and spec.submodule_search_locations) or ():
        folder = Path(place).joinpath(*package.split(".")[1:])
        if folder.is_dir():
            yield folder


def _in_catalogue(path: Path, domain: str) -> Iterator[Message]:
    if path.exists():
        for entry in catalogue(path):
            if not entry.obsolete:
                yield Message(domain, entry.msgctxt or "", entry.msgid, entry.msgid_plural)


def _in_code(root: Path) -> Iterator[Message]:
    found = {}
    for path in sorted(root.rglob("*")):
        if NOT_SHOWN & set(path.relative_to(root).parts):
            continue
        if path.suffix == ".py":
            read = _in_python(path)
        elif path.suffix == ".html":
            read = _in_template(path)
        else:
            continue
        for message in read:
            found.setdefault(message.key, message)
    yield from found.values()


def _in_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts, has_context = FUNCTIONS.get(name, (0, False))
        wanted = node.args[: texts + has_context]
        given: list[Any] = [one.value for one in wanted if isinstance(one, ast.Constant)]
        if texts and len(given) == texts + has_context:
            context = given.pop(0) if has_context else ""
            yield Message("django", context, *given)


def _in_template(path: Path) -> Iterator[Message]:
    for match in TAG.finditer(path.read_text(encoding="utf-8")):
        yield Message("django", "", match["text"])
