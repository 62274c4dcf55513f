"""C2: Tin hoạt động PBGDPL (BK21 Điều 9.2; BP20 Điều 5.5)."""

from __future__ import annotations

from .base import BodyMixin, panels
from .events import EVENT_PANEL, EventMixin


class NewsMixin(EventMixin, BodyMixin):
    """News and events with place and date; images and video stand in the body."""

    category_kinds = ("C2",)
    page_template = "wagtail_pbgdpl/pages/news_page.html"
    content_panels = panels(EVENT_PANEL)

    class Meta:
        abstract = True
