"""Parts of a page that are the same for everybody, drawn once and kept in each process.

The menu, the foot and the sections of the home page stand on thousands of answers unchanged. A
piece sees the portal and what it is told, neither the request nor the page around it: so it cannot
show to one reader what was meant for another. A piece of a page sees that page beside, and is told
from others by what the row of the page says: what is not published cannot be taken for what is.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.models import Site

from .process_cache import drawn_of_version, of_version

#: What pieces see of the context of the page; the key has what tells one from another.
FRAME = ("portal", "portal_page", "menu", "base_template")
#: What pieces of a page see besides. All else of the context may be of one visitor.
OF_THE_PAGE = ("page", "address", "page_of_items")


def draw(context: Context, template_name: str, shown: Mapping[str, Hashable]) -> SafeString:
    """Return the template drawn with ``shown``, at most a second old.

    ``shown`` must tell one drawing from the other: pages, keys, tuples of them.
    """
    site = _site(context)
    key = (*_key(context, template_name, site), *shown.items())
    return of_version(key, lambda: _draw(context, template_name, shown, FRAME, site))


def draw_of_page(context: Context, template_name: str, shown: Mapping[str, Hashable]) -> SafeString:
    """Return the template drawn for the page of the context with ``shown``.

    It is drawn anew where ``stamp`` is missing or ``shown`` cannot be told from another. ``stamp``,
    of the context, tells all that the row of the page says; a preview has none.
    """
    stamp, site = context.get("stamp"), _site(context)
    told = _told(shown)
    if stamp is None or told is None:
        with context.push(**shown):
            drawn: SafeString = _template(context, template_name).render(context)
        return drawn
    key = (
        *_key(context, template_name, site),
        context["page"].pk,
        stamp,
        context.get("address"),
        *told,
    )
    names = (*FRAME, *OF_THE_PAGE)
    return drawn_of_version(key, lambda: _draw(context, template_name, shown, names, site))


def _told(shown: Mapping[str, Any]) -> tuple[Hashable, ...] | None:
    told = tuple(
        (name, tuple(value) if isinstance(value, list) else value) for name, value in shown.items()
    )
    try:
        hash(told)
    except TypeError:
        return None
    return told


def _site(context: Context) -> Site | None:
    return Site.find_for_request(context.get("request"))


def _key(context: Context, template_name: str, site: Site | None) -> tuple[Hashable, ...]:
    portal_page = context.get("portal_page")
    return (
        "piece",
        template_name,
        get_language(),
        # «Three days left», «in force»: a day that ends, ends at once.
        timezone.localdate(),
        site and site.pk,
        portal_page and portal_page.pk,
    )


def _template(context: Context, template_name: str) -> Any:
    return context.template.engine.get_template(template_name)  # type: ignore[union-attr]


def _draw(
    context: Context,
    template_name: str,
    shown: Mapping[str, Any],
    names: tuple[str, ...],
    site: Site | None,
) -> SafeString:
    # Links are made for the site of a request; this one tells nothing else.
    request = HttpRequest()
    request._wagtail_site = site  # type: ignore[attr-defined]
    frame = {name: context[name] for name in names if name in context}
    drawn: SafeString = _template(context, template_name).render(
        Context({"request": request, **frame, **shown})
    )
    return drawn
