"""Files to download."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, ListBlock
from wagtail.documents.blocks import DocumentChooserBlock

from .base import GROUP_DATA, LabelledStructBlock, PortalStructBlock

__all__ = ["ATTACHMENT_KINDS", "AttachmentBlock", "DocumentListBlock"]

# The signed original stands beside the text: BP20 Điều 9.1c (D4). None is preset: whoever attaches
# a file must say that it is the signed one.
ATTACHMENT_KINDS = [
    ("original", _("Signed original (scanned or digitally signed)")),
    ("full_text", _("Full text")),
    ("annex", _("Annex")),
    ("form", _("Form to fill in")),
    ("explanation", _("Explanatory file")),
    ("other", _("Other")),
]


class AttachmentBlock(PortalStructBlock):
    """A file that belongs to a document, with what it is. Clause: BP20 Điều 9.1c (D4)."""

    title = CharBlock(
        label=_("Title"),
        required=False,
        max_length=255,
        help_text=_("Leave it empty to show the title of the file."),
    )
    document = DocumentChooserBlock(label=_("File"))
    kind = ChoiceBlock(label=_("What it is"), choices=ATTACHMENT_KINDS)
    note = CharBlock(label=_("Remark"), required=False, max_length=255)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> Any:
        context = super().get_context(value, parent_context)
        context["kind_label"] = _kind_label(value)
        return context

    def get_preview_context(self, value: Any, parent_context: Any = None) -> Any:
        context = super().get_preview_context(value, parent_context)
        context["kind_label"] = _kind_label(value)
        return context

    class Meta:
        icon = "doc-full-inverse"
        label = _("Attachment")
        group = GROUP_DATA
        description = _("A file to download: the signed original, an annex, a form.")
        template = "wagtail_pbgdpl/blocks/attachment.html"
        preview_template = "wagtail_pbgdpl/block_previews/attachment.html"
        preview_value = {
            "title": "Quyết định số 17/2018/QĐ-UBND",
            "document": None,
            "kind": "original",
            "note": "Bản ký số",
        }


def _kind_label(value: Any) -> Any:
    return dict(ATTACHMENT_KINDS).get(value.get("kind"), "")


class ListedDocumentBlock(LabelledStructBlock):
    document = DocumentChooserBlock(label=_("File"))
    title = CharBlock(
        label=_("Title"),
        required=False,
        max_length=255,
        help_text=_("Leave it empty to show the title of the file."),
    )

    class Meta:
        icon = "doc-full"
        label = _("File")


class DocumentListBlock(PortalStructBlock):
    title = CharBlock(label=_("Title"), required=False, max_length=255)
    documents = ListBlock(ListedDocumentBlock(), label=_("Files"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("List of files")
        group = GROUP_DATA
        description = _("Files to download, with type and size.")
        template = "wagtail_pbgdpl/blocks/document_list.html"
        preview_template = "wagtail_pbgdpl/block_previews/document_list.html"
        preview_value = {"title": "Tài liệu tải về", "documents": []}
