"""System checks: a wrong configuration is explained, never a traceback.

The identifiers are listed in ``docs/reference/checks.md``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from django.apps import apps
from django.conf import settings as django_settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.forms import DateField
from django.template import Context, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode
from django.urls import URLPattern, get_resolver
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin.localization import get_available_admin_languages
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet
from wagtail.images.views.serve import ServeView

from . import conf, regulations
from .provisioning.outsiders import advice, groups_with_reach
from .regulations import RegulationError, get_regulation

TAG = "wagtail_pbgdpl"
READING = "wagtail_pbgdpl.workflows.middleware.ReadingMiddleware"
TIME_ZONES = ("Asia/Ho_Chi_Minh", "Asia/Saigon")
FORMATS = "wagtail_pbgdpl.vietnamese.formats"
NEEDED_APPS = (
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.settings",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.snippets",
    "wagtail_modeladmin",
    "modelcluster",
    "taggit",
)
# Libraries whose backends refuse after too many wrong passwords.
LIMITERS = ("axes", "ratelimitbackend")
VENDORS = ("postgresql", "sqlite")
# The API of Wagtail 8, whose views are functions.
API_V3 = "wagtailapi_v3"
LISTS_OF_V3 = ("list_images", "list_documents")


@register(TAG)
def check_settings(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """E001: a key of ``WAGTAIL_PBGDPL`` that does not exist; E002: a value that it cannot have."""
    known = {field.name for field in fields(conf.Settings)}
    return [
        Error(
            f"{conf.SETTING}[{key!r}]: {reason}." if key else f"{conf.SETTING}: {reason}.",
            hint=_("Until then the default stands in for it."),
            id="wagtail_pbgdpl.E002" if key in known or not key else "wagtail_pbgdpl.E001",
        )
        for key, reason in conf.problems(getattr(django_settings, conf.SETTING, {}))
    ]


@register(TAG)
def check_vendor(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """E014: the database is none of those that the package is written for and tested on."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.vendor in VENDORS:
        return []
    return [
        Error(
            _("The package does not work on %(name)s.") % {"name": connection.display_name},
            hint=_("Use PostgreSQL, or SQLite."),
            id="wagtail_pbgdpl.E014",
        )
    ]


@register(TAG)
def check_search_engine(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """E017: the engine of the search cannot be found, and that of the package stands in."""
    path = conf.settings.SEARCH_ENGINE
    try:
        import_string(path)
    except ImportError as error:
        return [
            Error(
                _("The engine of the search cannot be found: %(reason)s") % {"reason": error},
                hint=_("Correct %(setting)s, or remove it.")
                % {"setting": f"{conf.SETTING}['SEARCH_ENGINE']"},
                id="wagtail_pbgdpl.E017",
            )
        ]
    return []


@register(TAG)
def check_profile(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """E003: the regulation profile cannot be used; one error for each problem in it."""
    try:
        get_regulation()
    except RegulationError as error:
        hint = _("Mend the profile, or name another one in %(setting)s.") % {
            "setting": f"{conf.SETTING}['PROFILE']"
        }
        return [
            Error(f"{problem}.", hint=hint, id="wagtail_pbgdpl.E003") for problem in error.problems
        ]
    return []


@register(TAG)
def check_inherited(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W013: the profile goes on in the words, or with the clauses, of another province."""
    try:
        found = regulations.advice(conf.settings.PROFILE)
    except RegulationError:
        return []  # E003 says why
    return [
        Warning(
            f"{problem}.",
            hint=_("Write the entry in your own profile, as your signed paper has it."),
            id="wagtail_pbgdpl.W013",
        )
        for problem in found
    ]


@register(TAG)
def check_base_template(
    app_configs: Sequence[Any] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """E013: the template that every page extends, or a parent of it, is not there or broken."""
    name = conf.settings.BASE_TEMPLATE
    try:
        _read_with_parents(name)
    except TemplateDoesNotExist as error:
        reason = _("there is no template %(name)s") % {"name": error}
        if str(error) != name:
            reason = f"{name}: {reason}"
    except TemplateSyntaxError as error:
        reason = f"{name}: {error}"
    else:
        return []
    return [
        Error(
            f"{conf.SETTING}['BASE_TEMPLATE']: {reason}.",
            hint=_("Every page of the portal would answer with an error. Correct the name."),
            id="wagtail_pbgdpl.E013",
        )
    ]


def _read_with_parents(name: str) -> None:
    """Load a template and those that it extends, as Django does when it draws it.

    A parent that only the page at hand can name is left out, and so are other template languages.
    """
    template = getattr(get_template(name), "template", None)
    context = Context()
    while isinstance(template, Template):
        extends: list[Any] = [*template.nodelist.get_nodes_by_type(ExtendsNode)]
        if not extends or not isinstance(extends[0].parent_name.var, str):
            return
        with context.bind_template(template):
            template = extends[0].get_parent(context)


@register(TAG)
def check_apps(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """E004: an app that the package builds on is not installed."""
    return [
        Error(
            _("%(app)s is missing from INSTALLED_APPS.") % {"app": name},
            hint=_("Add it: wagtail_pbgdpl builds on it."),
            id="wagtail_pbgdpl.E004",
        )
        for name in NEEDED_APPS
        if not apps.is_installed(name)
    ]


@register(TAG)
def check_time_zone(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W001: pages would show other times than those by which the deadlines are counted."""
    problems = []
    if not django_settings.USE_TZ:
        problems.append(_("USE_TZ is False, so that stored times have no time zone."))
    if django_settings.TIME_ZONE not in TIME_ZONES:
        problems.append(
            _("TIME_ZONE is %(zone)s, but deadlines are counted in Vietnamese time.")
            % {"zone": django_settings.TIME_ZONE}
        )
    hint = _("Set USE_TZ = True and TIME_ZONE = %(zone)r.") % {"zone": TIME_ZONES[0]}
    return [Warning(problem, hint=hint, id="wagtail_pbgdpl.W001") for problem in problems]


@register(TAG)
def check_languages(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W002: citizens or editors do not get Vietnamese (I6: BK21 Điều 8.1, BK18 Điều 3.2)."""
    return [
        Warning(message, hint=hint, id="wagtail_pbgdpl.W002")
        for message, hint in _language_problems()
    ]


def _language_problems() -> Iterator[tuple[str, str]]:
    if not _is_vietnamese(django_settings.LANGUAGE_CODE):
        yield (
            _("LANGUAGE_CODE is %(code)s, but the language of the portal is Vietnamese.")
            % {"code": django_settings.LANGUAGE_CODE},
            _("Set LANGUAGE_CODE = 'vi'."),
        )
    # Wagtail's own list contains Vietnamese where the app for it is installed.
    if not any(_is_vietnamese(code) for code, _name in get_available_admin_languages()):
        yield (
            _("WAGTAILADMIN_PERMITTED_LANGUAGES does not offer Vietnamese to editors."),
            _("Set WAGTAILADMIN_PERMITTED_LANGUAGES = [('vi', 'Tiếng Việt'), ('en', 'English')]."),
        )


@register(TAG)
def check_dates(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W008: an editor's third of April is stored as the fourth of March."""
    wrong = [code for code, _name in get_available_admin_languages() if _month_first(code)]
    if not wrong:
        return []
    return [
        Warning(
            _("Forms in %(languages)s read 03/04/2026 as the fourth of March.")
            % {"languages": ", ".join(wrong)},
            hint=_("Set FORMAT_MODULE_PATH = %(path)r.") % {"path": FORMATS},
            id="wagtail_pbgdpl.W008",
        )
    ]


def _month_first(language: str) -> bool:
    with override(language):
        try:
            return DateField().to_python("03/04/2026") == datetime.date(2026, 3, 4)
        except ValidationError:
            return False


@register(TAG)
def check_documents(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W003: documents are addressed where the web server hands them to everybody."""
    if getattr(django_settings, "WAGTAILDOCS_SERVE_METHOD", None) != "direct":
        return []
    return [
        Warning(
            _("WAGTAILDOCS_SERVE_METHOD is 'direct': documents of drafts are open to everybody."),
            hint=_("Remove the setting: documents then go through the view that heeds drafts."),
            id="wagtail_pbgdpl.W003",
        )
    ]


@register(TAG)
def check_reading(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W004: a unit's people could see the drafts of others (R11: BK18 Điều 6.1b)."""
    return [
        Warning(message, hint=hint, id="wagtail_pbgdpl.W004")
        for message, hint in _reading_problems()
    ]


def _reading_problems() -> Iterator[tuple[str, str]]:
    if READING not in django_settings.MIDDLEWARE:
        yield (
            _("MIDDLEWARE lacks %(name)s: the admin shows drafts by guessed addresses.")
            % {"name": READING},
            _("Add it after Django's middleware of authentication and messages."),
        )
    if not getattr(django_settings, "WAGTAILADMIN_PAGE_SEARCH_FILTER_BY_PERMISSIONS", True):
        yield (
            _("WAGTAILADMIN_PAGE_SEARCH_FILTER_BY_PERMISSIONS is False: search shows all drafts."),
            _("Remove the setting."),
        )


@register(TAG)
def check_workflows(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W005: nobody could approve anything (R8: BK21 Điều 10.4)."""
    try:
        regulation = get_regulation()
    except RegulationError:
        return []  # E003 says why
    if regulation.workflows:
        return []
    return [
        Warning(
            _("The profile %(name)s has no workflow: nothing can be published.")
            % {"name": regulation.name},
            hint=_("Add roles and a workflow in a profile of your own that extends it."),
            id="wagtail_pbgdpl.W005",
        )
    ]


@register(TAG)
def check_storage(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W007: an upload could take the place of an approved file of the same name (R12)."""
    # Of django-storages and others; Django's own storages never write over a file.
    if not getattr(default_storage, "file_overwrite", False):
        return []
    return [
        Warning(
            _("The default storage writes over files: an upload could replace an approved one."),
            hint=_("Set file_overwrite to False in the OPTIONS of STORAGES['default']."),
            id="wagtail_pbgdpl.W007",
        )
    ]


@register(TAG, deploy=True)
def check_login(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W014: passwords can be guessed without limit (X1: BK18 Điều 8.1)."""
    if any(_limits(name) for name in django_settings.AUTHENTICATION_BACKENDS):
        return []
    return [
        Warning(
            _("Nothing limits wrong passwords: AUTHENTICATION_BACKENDS has no backend that does."),
            hint=_(
                "Set django-axes up as docs/how-to/run-in-production.md says. Where something else "
                "limits them, add wagtail_pbgdpl.W014 to SILENCED_SYSTEM_CHECKS."
            ),
            id="wagtail_pbgdpl.W014",
        )
    ]


def _limits(backend: str) -> bool:
    """Whether a backend is one of those that refuse, or of a class made from one."""
    try:
        classes = import_string(backend).__mro__
    except (ImportError, AttributeError):
        return False
    return any(cls.__module__.partition(".")[0] in LIMITERS for cls in classes)


@register(TAG, deploy=True)
def check_addresses(app_configs: Sequence[Any] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """W020, W021: an address hands out, or lists, images and documents of drafts (R8, R11)."""
    found: dict[str, list[str]] = {}
    for address, names, pattern in _patterns(get_resolver().url_patterns):
        view = pattern.callback
        if _is_as_wagtail_has_it(getattr(view, "view_class", None), "get", ServeView):
            found.setdefault("wagtail_pbgdpl.W020", []).append(address)
        elif (API_V3 in names and pattern.name in LISTS_OF_V3) or _is_as_wagtail_has_it(
            getattr(view, "cls", None), "get_queryset", ImagesAPIViewSet, DocumentsAPIViewSet
        ):
            found.setdefault("wagtail_pbgdpl.W021", []).append(address)
    texts = {
        "wagtail_pbgdpl.W020": (
            _("The address %(address)s hands an image to whoever has its signature, drafts too."),
            _("Take wagtail.images.urls out of the addresses, or let a view of your own decide."),
        ),
        "wagtail_pbgdpl.W021": (
            _("The API at %(address)s lists the images or documents of the portal, drafts too."),
            _("Take it out of the addresses, or give it a view set that narrows get_queryset."),
        ),
    }
    return [
        Warning(
            texts[name][0] % {"address": ", ".join(dict.fromkeys(addresses))},
            hint=texts[name][1],
            id=name,
        )
        for name, addresses in sorted(found.items())
    ]


def _patterns(
    patterns: Iterable[Any], before: str = "/", names: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], URLPattern]]:
    """Yield each address of the site, the namespaces that it is in, and its pattern."""
    for one in patterns:
        address = before + str(one.pattern).removeprefix("^")
        if isinstance(one, URLPattern):
            yield address, names, one
        else:
            inner = (*names, one.namespace) if one.namespace else names
            yield from _patterns(one.url_patterns, address, inner)


def _is_as_wagtail_has_it(view: Any, method: str, *bases: type[Any]) -> bool:
    """Whether a class is one of Wagtail's, and decides in the same way who gets what."""
    return isinstance(view, type) and any(
        issubclass(view, base) and getattr(view, method) is getattr(base, method) for base in bases
    )


@register(TAG, Tags.database)
def check_groups(
    app_configs: Sequence[Any] | None = None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """W006: a group of no role reaches into the portal (R8, R10)."""
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        found = groups_with_reach()
    except DatabaseError:
        return []  # before the first migration
    hint = _(
        "The portal heeds seats. Where a site has permission policies of its own, whoever is in "
        "the group changes files and images past the board."
    )
    return [
        Warning(advice(group, reach), hint=hint, id="wagtail_pbgdpl.W006") for group, reach in found
    ]


def _is_vietnamese(code: str) -> bool:
    return code.lower().partition("-")[0] == "vi"
