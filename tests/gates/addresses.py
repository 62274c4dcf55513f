"""Wagtail's whole list of addresses below the admin, each filled with the numbers of others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

#: Addresses that are left out, and why; by name, or by the pattern where they have none.
LEFT_OUT = {
    "wagtailadmin_logout": "ends the session",
    "wagtailadmin_error_test": "raises an error on purpose",
    "admin/test404/": "answers 404 on purpose",
    "admin/^.*/$": "stands for every address that does not exist",
}
ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
NAMED_GROUP = re.compile(r"\(\?P<(?P<name>\w+)>(?:[^()]|\([^()]*\))*\)")
GROUP = re.compile(r"\((?:[^()?]|\([^()]*\))*\)")
#: What is no number: for each name of an argument what it may be. ``{app}`` and ``{model}`` stand
#: for the models of ``KINDS``.
WORDS = {
    "action": ("publish", "unpublish", "delete", "add_to_collection"),
    "action_name": ("approve", "reject", "copy", "publish"),
    "filter_spec": ("width-5",),
    "uidb64": ("MQ",),
    "token": ("set-password",),
}
KINDS = (
    ("wagtail_pbgdpl_pages", "newspage"),
    ("wagtailcore", "page"),
    ("wagtailimages", "image"),
    ("wagtaildocs", "document"),
    ("auth", "user"),
    ("wagtail_pbgdpl", "portalsettings"),
    ("wagtail_pbgdpl", "contenttag"),
)
APPS = frozenset({"app_label", "app_name", "content_type_app_name"})
MODELS = frozenset({"model_name", "content_type_model_name"})


@dataclass(frozen=True, slots=True)
class Address:
    """One pattern of the resolver: its whole path and its name with the namespaces before it."""

    path: str
    name: str

    def __str__(self) -> str:
        return self.path

    @property
    def why_left_out(self) -> str:
        return LEFT_OUT.get(self.name or self.path, "") or LEFT_OUT.get(self.path, "")

    def filled(self, numbers: list[int]) -> list[str]:
        """Return the addresses with each number in every place of one, and with each word."""
        found: dict[str, None] = {}
        for number in numbers:
            for app, model in self._kinds():
                for word in self._words():
                    found[self._fill(number, app, model, word)] = None
        return list(found)

    def _kinds(self) -> tuple[tuple[str, str], ...]:
        names = {match["name"] for match in ARGUMENT.finditer(self.path)}
        return KINDS if names & (APPS | MODELS) else KINDS[:1]

    def _words(self) -> tuple[str, ...]:
        for match in ARGUMENT.finditer(self.path):
            if match["name"] in WORDS:
                return WORDS[match["name"]]
        return ("",)

    def _fill(self, number: int, app: str, model: str, word: str) -> str:
        def value(name: str) -> str:
            if name in APPS:
                return app
            if name in MODELS:
                return model
            if name in WORDS:
                return word if word in WORDS[name] else WORDS[name][0]
            return str(number)

        path = NAMED_GROUP.sub(lambda match: value(match["name"]), self.path)
        path = ARGUMENT.sub(lambda match: value(match["name"]), path)
        path = GROUP.sub(str(number), path)
        return "/" + path.replace("^", "").replace("$", "").replace("\\", "")


def addresses() -> list[Address]:
    """Return every address below the admin, those of the packages with their own included."""
    below = reverse("wagtailadmin_home").lstrip("/")
    return [one for one in _walk(get_resolver(), "", ()) if one.path.startswith(below)]


def _walk(resolver: Any, path: str, names: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        below = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            name = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern, below, names + name)
        elif isinstance(pattern, URLPattern):
            yield Address(below, ":".join((*names, pattern.name)) if pattern.name else "")


def models_are_there() -> bool:
    """Whether each of ``KINDS`` is a model of the site: a word of ours for none tests nothing."""
    return all(
        ContentType.objects.filter(app_label=app, model=model).exists() for app, model in KINDS
    )
