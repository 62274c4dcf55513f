"""What the shipped blocks share."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock

__all__ = ["GROUP_DATA", "GROUP_LAW", "GROUP_LINKS", "GROUP_MEDIA", "GROUP_PEOPLE", "GROUP_TEXT"]
__all__ += ["LabelledStructBlock", "PortalStructBlock", "require_extension"]

GROUP_TEXT = _("Text")
GROUP_LAW = _("Legal text")
GROUP_MEDIA = _("Images, video and sound")
GROUP_DATA = _("Documents and figures")
GROUP_PEOPLE = _("People and units")
GROUP_LINKS = _("Links and news")


class LabelledStructBlock(StructBlock):
    """A part of a block that has parts itself, or what all blocks of several parts are."""

    def render_basic(self, value: Any, context: Any = None) -> str:
        """Name what is filled in by its label: so a comparison of versions shows it."""
        filled = [
            (self.child_blocks[name].label, part)
            for name, part in value.items()
            if part not in (None, "")
        ]
        rows = format_html_join("\n", "<dt>{}:</dt>\n<dd>{}</dd>", filled)
        return format_html("<dl>\n{}\n</dl>", rows)


class PortalStructBlock(LabelledStructBlock):
    """A block of several parts that shows its ``Meta.preview_value`` in the picker.

    Subclasses give ``Meta.template`` and ``Meta.preview_value``.
    """

    #: Whether ``leads`` is asked at all.
    may_lead: ClassVar[bool] = False

    def leads(self, value: Any) -> bool:
        """Whether it stands above the text, wherever editors have put it."""
        return False

    class Meta:
        preview_template = "wagtail_pbgdpl/block_previews/base.html"


def require_extension(document: object, extensions: tuple[str, ...]) -> None:
    """Raise ``ValidationError`` unless a chosen document has one of ``extensions`` (lower case)."""
    extension = getattr(document, "file_extension", "").lower()
    if document and extension not in extensions:
        raise ValidationError(
            _("Choose a file of one of these types: %(types)s."),
            code="file_type",
            params={"types": ", ".join(extensions)},
        )
