"""The languages of the portal: Vietnamese first, others through Wagtail's locales (I6).

A site with one locale is asked for nothing here. Where there are several, each page is drawn in its
own language, and what stands outside the tree in the language of its address.
"""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.conf.urls.i18n import is_language_prefix_patterns_used
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import translation
from django.utils.dateformat import format as format_date
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

from ..core.base_page import base_page_model
from ..core.text import nfc
from ..regulations.active import get_regulation
from ..serving.listing import public
from ..serving.process_cache import of_version

if TYPE_CHECKING:
    from ..regulations import Category

# The regulation, and so the names of its categories, are Vietnamese.
REGULATION = "vi"
# Vietnamese: 02/03/2026.
OTHER_DATES = "j F Y"


@dataclasses.dataclass(frozen=True, slots=True)
class Language:
    """A language that a page can be read in, named by itself."""

    code: str
    name: str
    url: str
    is_current: bool


def locales() -> dict[str, Any]:
    """Return the primary keys of the site's locales by language code, at most a second old.

    Empty where there are not several.
    """
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return {}
    found = of_version(
        "locales", lambda: dict(Locale.objects.order_by("pk").values_list("language_code", "pk"))
    )
    return found if len(found) > 1 else {}


def active_code() -> str:
    """Return the content language that texts are in now; empty where it is none of them."""
    try:
        return get_supported_content_language_variant(translation.get_language() or "")
    except LookupError:
        return ""


def code_of(page: Any) -> str:
    """Return the language code of a page; empty where the site has one language."""
    return next((code for code, pk in locales().items() if pk == page.locale_id), "")


def in_active_language(pages: Any) -> Any:
    """Return the pages of a queryset that are in the language that texts are in now."""
    locale_id = locales().get(active_code())
    return pages if locale_id is None else pages.filter(locale_id=locale_id)


def languages_of(page: Any, request: HttpRequest | None = None) -> list[Language]:
    """Return the languages in which everybody can read ``page``, its own among them.

    Empty where it can be read in one only. One query where the site has several locales, none
    where it has one.
    """
    known = locales()
    if not known or not page.pk:
        return []
    versions = public(base_page_model()._default_manager.all()).filter(
        translation_key=page.translation_key, locale_id__in=known.values()
    )
    by_locale = {version.locale_id: version for version in versions.select_related("locale")}
    found = [
        Language(
            code=code,
            name=own_name(code),
            url=by_locale[pk].get_full_url(request) or "",
            is_current=pk == page.locale_id,
        )
        for code, pk in known.items()
        if pk in by_locale
    ]
    return found if len(found) > 1 else []


def own_name(code: str) -> str:
    """Return the name of a language in that language, such as «Tiếng Việt»."""
    try:
        # Django has some of them decomposed (I7).
        name = nfc(translation.get_language_info(code)["name_local"])
    except KeyError:
        # Of most peoples of Vietnam Django knows nothing; the settings name their languages.
        return str(dict(settings.LANGUAGES).get(code, code))
    return name[:1].upper() + name[1:]


def answer(page: Any, request: Any, serve: Callable[[], Any]) -> Any:
    """Return what ``serve`` returns for ``page``, drawn in the page's language.

    Where the address names another language, lead on to the address of the page: a page that is
    not translated has no English address.
    """
    code = code_of(page)
    if not code or code == active_code():
        return serve()
    if not getattr(request, "is_preview", False) and address_language(request):
        return redirect(page.get_url(request))
    with translation.override(code):
        response = serve()
        # It would be drawn after the language is given back.
        if hasattr(response, "render") and callable(response.render):
            response.render()
    return response


def address_language(request: HttpRequest) -> str:
    """Return the language that the address begins with, or nothing."""
    urlconf = getattr(request, "urlconf", settings.ROOT_URLCONF)
    if not is_language_prefix_patterns_used(urlconf)[0]:
        return ""
    return translation.get_language_from_path(request.path_info) or ""


class AddressLanguageMiddleware:
    """Speak the language of the address: ``/en/…`` English, any other the site's own.

    In place of Django's ``LocaleMiddleware``, which also asks cookies and the browser, so that an
    answer would not be the same for everybody and no cache could keep it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        code = address_language(request) or settings.LANGUAGE_CODE
        with translation.override(code):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


def translated_settings(portal: Any, portal_page: Any) -> Any:
    """Return the ``PortalSettings`` for a branch of the site in another language.

    They are written once, in the language of the site: the name is then that of the branch's
    portal page, and ``language`` says which language the rest is in.
    """
    if portal is None or portal_page is None:
        return portal
    own = get_supported_content_language_variant(settings.LANGUAGE_CODE)
    if code_of(portal_page) in ("", own):
        return portal
    found = copy.copy(portal)
    found.name = portal_page.title
    found.language = own
    return found


def categories_of(index_pages: Iterable[Any]) -> list[Category]:
    """Return the categories of the regulation, named as the given index pages are.

    A category without a page has its Vietnamese name; in another language it is left out.
    """
    titles = {page.category: page.title for page in index_pages if getattr(page, "category", "")}
    is_own = not locales() or active_code() == REGULATION
    return [
        dataclasses.replace(category, name=titles.get(code, category.name))
        for code, category in get_regulation().categories.items()
        if code in titles or is_own
    ]


def written(day: Any) -> str:
    """Write a date as the active language does: 02/03/2026, 2 March 2026."""
    code = (translation.get_language() or "").partition("-")[0]
    return f"{day:%d/%m/%Y}" if code == "vi" else str(format_date(day, OTHER_DATES))
