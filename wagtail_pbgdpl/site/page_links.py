"""Links to pages in running text.

Wagtail reads each page whole, in two queries, for the address alone. Here one query reads what an
address needs; only pages whose type has addresses of its own, and those that are shown in another
language, go Wagtail's way. A link to a page that is not public any more leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.rich_text.pages import PageLinkHandler

from ..core.base_page import base_page_model
from ..media.forged import is_sound
from ..serving.prepared import PreparedQuery, in_parts, places
from .addresses import addresses_of
from .languages import active_code, locales

#: What a page type with addresses of its own has another of.
OF_ADDRESSES = ("localized", "url", "get_url", "get_url_parts")


class PageLinks(PageLinkHandler):
    """Takes the place of Wagtail's handler where a site has none of its own."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        wanted = [int(one["id"]) if is_sound("page", one) else None for one in attrs_list]
        found, others = _read(key for key in wanted if key is not None)
        rest = [one for one, key in zip(attrs_list, wanted, strict=True) if key in others]
        of_wagtail = iter(super().expand_db_attributes_many(rest) if rest else ())
        return [next(of_wagtail) if key in others else _tag(found.get(key)) for key in wanted]


def _tag(address: str | None) -> str:
    return f'<a href="{escape(address)}">' if address else "<a>"


def _read(keys: Iterable[int]) -> tuple[dict[int | None, str | None], set[int]]:
    """Return the addresses of public pages, and the keys of those that go Wagtail's way."""
    active = locales().get(active_code())
    usual, others = [], set()
    for part in in_parts(dict.fromkeys(keys)):
        for pk, url_path, locale, content_type in _rows(**part):
            if _has_usual_addresses(content_type) and active in (None, locale):
                usual.append((pk, url_path, locale))
            else:
                others.add(pk)
    return dict(addresses_of(usual)), others


def _public() -> Any:
    model = base_page_model()
    pages = model._default_manager.filter(pk__in=places(model._meta.pk), live=True).order_by()
    return pages.values_list("pk", "url_path", "locale_id", "content_type_id")


_rows = PreparedQuery(_public)


@cache
def _has_usual_addresses(content_type: int) -> bool:
    model = ContentType.objects.get_for_id(content_type).model_class()
    base = base_page_model()
    return model is None or all(getattr(model, one) is getattr(base, one) for one in OF_ADDRESSES)


def answer_links(features: Any) -> None:
    """Register the handler; to run after Wagtail's own hooks."""
    if features.link_types.get("page") is PageLinkHandler:
        features.register_link_type(PageLinks)
