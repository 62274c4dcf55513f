"""C15: Thông tin khác (BK21 Điều 9.15)."""

from __future__ import annotations

from .base import BodyMixin, panels


class OtherMixin(BodyMixin):
    """Any other page that the Government, the province or the law asks for."""

    category_kinds = ("C15",)
    content_panels = panels()

    class Meta:
        abstract = True
