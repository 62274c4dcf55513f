"""What can be wrong with a profile, said so that its author can mend it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import AppRegistryNotReady, ImproperlyConfigured
from django.utils.translation import gettext


def mark(message: str) -> str:
    """Mark a text for translation by ``say``; Django's own marker needs configured settings."""
    return message


def say(message: str, **values: Any) -> str:
    """Return the translation of ``message`` with its named placeholders filled in.

    Profiles are also read where Django is not configured, or not yet: then the text is English.
    """
    with contextlib.suppress(AppRegistryNotReady, ImproperlyConfigured):
        message = gettext(message)
    return message % values


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: the file in which the entry was written, its dotted key, and the reason."""

    file: Path
    key: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(filter(None, [str(self.file), self.key, self.reason]))


class RegulationError(ValueError):
    """A profile cannot be used. ``problems`` holds every fault that was found, never none."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))
