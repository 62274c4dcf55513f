"""What browsers may load and run on the pages of a site: the header ``Content-Security-Policy``.

Needs django-csp, which the extra ``production`` brings; without the middleware nothing imports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import NoReverseMatch, reverse

from ..conf import settings

Directives = dict[str, list[str]]


class PolicyMiddleware(CSPMiddleware):
    """Send a strict policy with every answer, and one that Wagtail can work under in its admin.

    What stands in ``CONTENT_SECURITY_POLICY["DIRECTIVES"]`` of django-csp is allowed besides, in
    both; its ``EXCLUDE_URL_PREFIXES``, its decorators and a header that a view set hold as there.
    """

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if parts.config is None and not report_only:
            own = admin_directives() if is_admin(request) else public_directives()
            parts.config = own | {
                name: [*own.get(name, []), *_listed(values)] for name, values in _allowed_besides()
            }
        return parts


def public_directives() -> Directives:
    """Return what a public page of the portal needs: no script and no style but those of files.

    Frames are those of :attr:`~wagtail_pbgdpl.conf.Settings.VIDEO_HOSTS` alone. The page itself may
    be framed by the site, as the preview of the editor does.
    """
    static, media = _host_of(django_settings.STATIC_URL), _host_of(django_settings.MEDIA_URL)
    return {
        "default-src": [SELF],
        "script-src": [SELF, *static],
        "style-src": [SELF, *static],
        "font-src": [SELF, *static],
        "img-src": [SELF, *static, *media],
        "media-src": [SELF, *media],
        "frame-src": [*settings.VIDEO_HOSTS] or [NONE],
        "object-src": [NONE],
        "base-uri": [SELF],
        # A search in a linked system is a plain form that leads there.
        "form-action": [SELF, *settings.SEARCH_HOSTS],
        "frame-ancestors": [SELF],
    }


def admin_directives() -> Directives:
    """Return the same with what Wagtail needs: inline scripts and styles, previews, uploads."""
    public = public_directives()
    return public | {
        "form-action": [SELF],
        "frame-src": [SELF, *settings.VIDEO_HOSTS],
        "script-src": [*public["script-src"], UNSAFE_INLINE],
        "style-src": [*public["style-src"], UNSAFE_INLINE],
        "img-src": [*public["img-src"], "data:", "blob:"],
    }


def is_admin(request: HttpRequest) -> bool:
    """Whether the address is one of Wagtail's admin."""
    try:
        return request.path.startswith(reverse("wagtailadmin_home"))
    except NoReverseMatch:
        return False


def _allowed_besides() -> Iterator[tuple[str, Any]]:
    policy = getattr(django_settings, "CONTENT_SECURITY_POLICY", None) or {}
    yield from policy.get("DIRECTIVES", {}).items()


def _listed(values: Any) -> list[Any]:
    return list(values) if isinstance(values, (list, tuple, set)) else [values]


def _host_of(address: str | None) -> list[str]:
    """Return the origin of an address with another host; nothing for one of this site."""
    parts = urlsplit(address or "")
    return [f"{parts.scheme or 'https'}://{parts.netloc}"] if parts.netloc else []
