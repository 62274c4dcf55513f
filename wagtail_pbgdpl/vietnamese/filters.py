"""Filters of the admin's lists that could not be read, such as a day that no calendar has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.active_filters import ActiveFilter
from wagtail.admin.views.generic.base import BaseListingView


def name_unread_filters() -> None:
    """Let each list say above its rows which filter it could not read, and why.

    Wagtail shows all rows then, as if nothing had been asked for.
    """
    read = BaseListingView.active_filters.func
    if read.__module__ == __name__:
        return  # Apps can be made ready more than once.

    def active_filters(view: Any) -> list[ActiveFilter]:
        return [*read(view), *_unread(view)]

    patched = cached_property(active_filters)
    patched.__set_name__(BaseListingView, "active_filters")
    BaseListingView.active_filters = patched


def _unread(view: Any) -> Iterator[ActiveFilter]:
    if not view.filters:
        return
    form = view.filters.form
    for name in [name for name in form.errors if name in form.fields]:
        field = form[name]
        query = view.request.GET.copy()
        for key in [key for key in query if key == name or key.startswith(f"{name}_")]:
            del query[key]
        query.pop(view.page_kwarg, None)
        query["_w_filter_fragment"] = 1
        without = f"{view.index_results_url.split('?')[0]}?{query.urlencode()}"
        yield ActiveFilter(field.auto_id, field.label, " ".join(field.errors), without)
