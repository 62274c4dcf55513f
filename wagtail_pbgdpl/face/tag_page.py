"""What bears a tag, across all categories; each category with its number."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..conf import settings
from ..content.cards import note_cards
from ..content.tags import ContentTag
from ..serving.listing import published, with_covers
from ..serving.page_cache import mark_public
from ..site.languages import categories_of, in_active_language
from .frame import frame

TEMPLATE = "wagtail_pbgdpl/pages/tag_page.html"
CATEGORY = "chuyen-muc"


@require_safe
def tag_page(request: HttpRequest, slug: str) -> HttpResponse:
    """List what is public and bears the tag, newest first; ``?chuyen-muc=`` narrows it.

    Raises ``Http404`` for a tag that nothing public bears.
    """
    tag = ContentTag.objects.filter(slug=slug).first()
    items = in_active_language(published()).filter(tags__slug=slug)
    counts = dict(items.order_by().values_list("category").annotate(count=Count("pk")))
    if tag is None or not counts:
        raise Http404
    context = frame(request)
    chosen = request.GET.get(CATEGORY, "")
    if chosen in counts:
        items = items.filter(category=chosen)
    else:
        chosen = ""
    named = {one.code: one.name for one in categories_of(context.get("menu", ()))}
    listed = Paginator(with_covers(items), settings.ITEMS_PER_PAGE).get_page(
        request.GET.get("trang")
    )
    note_cards(listed)
    context |= {
        "tag": tag,
        "chosen": chosen,
        "categories": [(code, named.get(code, code), count) for code, count in counts.items()],
        "total": sum(counts.values()),
        "query_prefix": f"{CATEGORY}={chosen}&" if chosen else "",
        "page_of_items": listed,
    }
    return mark_public(render(request, TEMPLATE, context))
