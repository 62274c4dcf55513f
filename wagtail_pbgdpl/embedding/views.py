"""The pages for frames of other sites, and the page that shows the code to copy."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..face.frame import frame, portal_of
from ..serving import conditional
from ..site.languages import translated_settings
from ..site.portal import PortalSettings
from .codes import codes_of
from .framing import allow_frames
from .sections import Shown, all_sections, section_of

HELPER = "wagtail_pbgdpl/embedding/helper.html"
SCRIPT = "wagtail_pbgdpl/embedding/section.js"
# For how long a browser shows a section without asking whether it is new.
A_MINUTE = 60
AN_HOUR = 3600


@require_safe
def section(request: HttpRequest, word: str, key: str = "") -> HttpResponse:
    """Show a section, made for a frame. Raises ``Http404`` where there is no such section.

    The same for everybody: no session, no cookie, and no count of readers.
    """
    portal_page = portal_of(request)
    found = section_of(word)
    shown = found and portal_page and found.show(request, portal_page, key)
    if not shown:
        raise Http404(_("There is no such section."))
    settings = PortalSettings.for_request(request)
    with translation.override(shown.language or translation.get_language()):
        portal = translated_settings(settings, portal_page)
        response = render(request, shown.template, _context(shown, portal, portal_page))
    origins = settings.embedding_origins
    answer = conditional.answer(request, response, A_MINUTE, *origins)
    # A browser takes the headers of a 304 for those of the page that it has.
    return allow_frames(answer, origins)


def _context(shown: Shown, portal: Any, portal_page: Any) -> dict[str, Any]:
    return {"shown": shown, "portal": portal, "portal_page": portal_page, **shown.context}


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """Lead to the script, whose own address may change with each version of the package."""
    response = redirect(static(SCRIPT))
    patch_cache_control(response, public=True, max_age=AN_HOUR)
    return response


@require_safe
def helper(request: HttpRequest) -> HttpResponse:
    """Show the code of each section to copy. Raises ``Http404`` where the site has no portal."""
    portal_page = portal_of(request)
    if portal_page is None:
        raise Http404(_("There is no portal here."))
    groups = [(one, codes_of(one, request, portal_page)) for one in all_sections()]
    # What somebody has come to choose stands first.
    groups.sort(key=lambda group: not (group[0].hint and group[1]))
    return render(request, HELPER, {**frame(request), "groups": groups})
