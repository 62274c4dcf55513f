"""Parts of a page that are the same for everybody, drawn once a second in each process.

The menu, the foot and the sections of the home page stand on thousands of answers unchanged. A
piece sees the portal and what it is told, neither the request nor the page around it: so it cannot
show to one reader what was meant for another.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from django.http import HttpRequest
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Site

from .process_cache import of_version

#: What pieces see of the context of the page; the key has what tells one from another.
FRAME = ("portal", "portal_page", "menu", "base_template")


def draw(context: Context, template_name: str, shown: Mapping[str, Hashable]) -> SafeString:
    """Return the template drawn with ``shown``, at most a second old.

    ``shown`` must tell one drawing from the other: pages, keys, tuples of them.
    """
    site = Site.find_for_request(context.get("request"))
    portal_page = context.get("portal_page")
    key = (
        "piece",
        template_name,
        get_language(),
        site and site.pk,
        portal_page and portal_page.pk,
        *shown.items(),
    )
    return of_version(key, lambda: _draw(context, template_name, shown, site))


def _draw(
    context: Context, template_name: str, shown: Mapping[str, Hashable], site: Site | None
) -> SafeString:
    # Links are made for the site of a request; this one tells nothing else.
    request = HttpRequest()
    request._wagtail_site = site  # type: ignore[attr-defined]
    frame = {name: context[name] for name in FRAME if name in context}
    drawn = context.template.engine.get_template(template_name)  # type: ignore[union-attr]
    return drawn.render(Context({"request": request, **frame, **shown}))
