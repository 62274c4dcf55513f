"""Letters: the texts of all e-mails, each registered by the module that sends it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.utils import get_admin_base_url
from wagtail.models import Site

from ..core.history import name_of
from ..regulations.active import get_regulation

KEY_LENGTH = 200
# What every letter knows.
COMMON = "name: of who is written to, if they have an account; portal: its name"

LETTERS: dict[str, Letter] = {}


@dataclass(frozen=True, slots=True)
class Letter:
    """The text of an e-mail.

    ``label`` is what the report of notices shows, lazily translated; so is ``subject``, with
    named placeholders. The text is the template ``wagtail_pbgdpl/mail/<template>.txt``.
    ``variables``: what both may name beside ``COMMON``, with a word on each: «title: of the item;
    unit». ``sort`` is what the keys of its notices begin with. Both are the name of the letter
    unless given. ``regardless``: it goes out even where the account is switched off or gone.
    ``passing``: nothing of it is kept once it was sent, or given up. ``waits``: it may wait for the
    letter of the day, where its reader has chosen that; asked then with the notice and what the
    notice is about (as the key has it), whether it is still worth telling.
    """

    name: str
    label: Any
    subject: Any
    variables: str
    template: str = ""
    sort: str = ""
    regardless: bool = False
    passing: bool = False
    waits: Callable[[Any, str], bool] | None = None

    @property
    def path(self) -> str:
        return f"wagtail_pbgdpl/mail/{self.template or self.name}.txt"

    def begins(self, about: Any = "") -> str:
        """Return what the keys of the letter, or of those ``about`` something, begin with."""
        return "".join(f"{part}:" for part in (self.sort or self.name, _key(about)) if part)

    def key(self, to: Any, *, about: Any = "", stage: Any = "", day: Any = "") -> str:
        """Return the key under which ``to`` is told: of what, on which day, at what stage.

        ``to`` is a user or an address, ``about`` an object or a word. Raises ``ValueError`` for a
        key of more than 200 characters.
        """
        parts = map(str, (_key(about), day, recipient_key(to), stage))
        key = self.begins() + ":".join(filter(None, parts))
        if len(key) > KEY_LENGTH:
            raise ValueError(f"a key has up to {KEY_LENGTH} characters: {key!r}")
        return key

    def written(self, to: Any, variables: Callable[[], Mapping[str, Any]]) -> tuple[str, str]:
        """Return subject and text in the portal's language, in which ``variables`` are asked for.

        Raises ``TypeError`` where they are others than those of the letter.
        """
        with translation.override(settings.LANGUAGE_CODE):
            values = variables()
            if wrong := values.keys() ^ documented(self.variables).keys():
                raise TypeError(f"variables of the letter {self.name!r}: {sorted(wrong)}")
            name = "" if isinstance(to, str) else name_of(to)
            context = {"name": name, "portal": get_regulation().portal.name, **values}
            return self.subject % context, render_to_string(self.path, context)


def register(name: str, label: Any, subject: Any, variables: str, **others: Any) -> Letter:
    """Let the portal know a letter. Raises ``ValueError`` on a second of the same name."""
    if name in LETTERS:
        raise ValueError(f"there is a letter {name!r} already")
    return LETTERS.setdefault(name, Letter(name, label, subject, variables, **others))


@cache
def documented(variables: str) -> dict[str, str]:
    """Return the variables by name, with the word on each."""
    pairs = (one.partition(":") for one in variables.split("; "))
    return {name: words.strip() for name, _colon, words in pairs}


def sort_of(key: str) -> str:
    """Say in words that name no item what sort of letter has the key."""
    labels = {letter.begins(): letter.label for letter in LETTERS.values()}
    return str(labels.get(f"{key.partition(':')[0]}:", _("another notice")))


def is_worth_telling(notice: Any) -> bool:
    """Say of a ``Notice`` that waited for the letter of the day whether it still holds."""
    sort, _colon, rest = notice.key.partition(":")
    asked = [one.waits for one in LETTERS.values() if one.begins() == f"{sort}:" and one.waits]
    return all(ask(notice, rest.partition(":")[0]) for ask in asked)


def is_passing(key: str) -> bool:
    """Say whether a notice with the key is kept no longer than until it is delivered."""
    begins = f"{key.partition(':')[0]}:"
    return any(one.passing and one.begins() == begins for one in LETTERS.values())


def recipient_key(to: Any) -> str:
    """Return what stands in keys for a user or for an address, however it is spelled."""
    if isinstance(to, str):
        return hashlib.sha256(to.strip().lower().encode()).hexdigest()[:32]
    return str(to.pk)


def absolute(path: str) -> str:
    """Return the full address of a path of the admin."""
    return f"{(get_admin_base_url() or '').rstrip('/')}{path}"


def public(path: str) -> str:
    """Return the full address of a path as the public knows it, which the admin's may not be."""
    site = Site.objects.filter(is_default_site=True).first()
    return f"{site.root_url}{path}" if site else absolute(path)


def _key(about: Any) -> str:
    return str(getattr(about, "pk", about))
