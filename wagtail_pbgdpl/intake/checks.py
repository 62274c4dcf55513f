"""System checks of how what the public sends in is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.core import checks
from django.utils.translation import gettext as _

from ..core.encrypted import DEFAULT_SALT, salts
from .storage import private_storage

TAG = "wagtail_pbgdpl"
_LEAST_SALT = 16


@checks.register(TAG, deploy=True)
def check_salt(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """W022: ``SALT_KEY`` is missing, or one that can be guessed (X1: BK18 Điều 8.1)."""
    written_with = salts()[0]
    if written_with != DEFAULT_SALT and len(written_with) >= _LEAST_SALT:
        return []
    return [
        checks.Warning(
            _("SALT_KEY is missing or short: who sends something in is encrypted with less."),
            hint=_(
                "Set SALT_KEY to at least %(count)d random characters and keep it as SECRET_KEY. "
                "Where rows are encrypted already: SALT_KEY = ['the new one', %(former)r]."
            )
            % {"count": _LEAST_SALT, "former": written_with},
            id="wagtail_pbgdpl.W022",
        )
    ]


@checks.register(TAG)
def check_folder(app_configs: Any = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """E015: files of the public lie in a folder that the web server hands out (X1, X5)."""
    location = getattr(private_storage(), "location", None)
    if not location:
        return []
    place = Path(location).resolve()
    return [
        checks.Error(
            _("Files of the public lie in %(folder)s, inside %(setting)s.")
            % {"folder": place, "setting": name},
            hint=_("Name a folder in INTAKE_FOLDER that no web server hands out."),
            id="wagtail_pbgdpl.E015",
        )
        for name, open_place in _open_places()
        if open_place == place or open_place in place.parents
    ]


def _open_places() -> Iterator[tuple[str, Path]]:
    for name in ("MEDIA_ROOT", "STATIC_ROOT"):
        if folder := getattr(django_settings, name, None):
            yield name, Path(folder).resolve()
