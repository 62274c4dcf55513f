"""C2, C9: Tin hoạt động (BK21 Điều 9.2, 9.9; BP20 Điều 5.5)."""

from __future__ import annotations

from .base import BodyMixin, panels
from .events import EVENT_PANEL, EventMixin


class NewsMixin(EventMixin, BodyMixin):
    """News and events with place and date; images and video stand in the body."""

    # C9 begins with activities: «thông tin về hoạt động thực hiện …».
    category_kinds = ("C2", "C9")
    card_glyph = "news"
    page_template = "wagtail_pbgdpl/pages/news_page.html"
    content_panels = panels(EVENT_PANEL)

    class Meta:
        abstract = True
