"""System checks: where the app stands, and which settings it needs beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.utils.formats import get_format
from django.utils.translation import gettext as _
from wagtail.admin.localization import get_available_admin_languages
from wagtail.admin.widgets.datetime import DEFAULT_DATE_FORMAT, DEFAULT_DATETIME_FORMAT

LABEL = "wagtail_vietnamese"
FORMATS = "wagtail_pbgdpl.vietnamese.formats"
#: Where an app has words of its own for what this one translates, the earlier one is heard.
TRANSLATED = frozenset(
    {"wagtail", "wagtail_modeladmin", "taggit", "treebeard", "modelsearch", "axes"}
    | {"django_filters", "django"}
)


@register(Tags.translation)
def check_order(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W001: an app stands before this one, so that its own words are heard."""
    before = list(_before())
    if not before:
        return []
    return [
        Warning(
            _("In INSTALLED_APPS, %(apps)s before wagtail_pbgdpl.vietnamese: the earlier is heard.")
            % {"apps": ", ".join(before)},
            hint=_("Move wagtail_pbgdpl.vietnamese before all apps of Wagtail and Django."),
            id=f"{LABEL}.W001",
        )
    ]


def _before() -> Iterator[str]:
    for config in apps.get_app_configs():
        if config.label == LABEL:
            return
        if config.name.partition(".")[0] in TRANSLATED:
            yield config.name


@register(Tags.translation)
def check_formats(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W002: dates are written in several ways, or read with the month first."""
    problems = []
    path = settings.FORMAT_MODULE_PATH or []
    if FORMATS not in ([path] if isinstance(path, str) else path):
        problems.append(f'FORMAT_MODULE_PATH = "{FORMATS}"')
    for name, wagtails, read in (
        ("WAGTAIL_DATE_FORMAT", DEFAULT_DATE_FORMAT, "DATE_INPUT_FORMATS"),
        ("WAGTAIL_DATETIME_FORMAT", DEFAULT_DATETIME_FORMAT, "DATETIME_INPUT_FORMATS"),
    ):
        if getattr(settings, name, wagtails) == wagtails:
            problems.append(f'{name} = "{get_format(read, lang="vi")[0]}"')
    if not problems:
        return []
    return [
        Warning(
            _("Dates and numbers are not everywhere written as in Vietnamese."),
            hint=_("Set %(settings)s.") % {"settings": "; ".join(problems)},
            id=f"{LABEL}.W002",
        )
    ]


@register(Tags.translation)
def check_language(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W003: editors cannot choose Vietnamese."""
    if any(code == "vi" for code, _name in get_available_admin_languages()):
        return []
    return [
        Warning(
            _("WAGTAILADMIN_PERMITTED_LANGUAGES does not offer Vietnamese to editors."),
            hint=_("Add ('vi', 'Tiếng Việt') to it, or remove the setting."),
            id=f"{LABEL}.W003",
        )
    ]
