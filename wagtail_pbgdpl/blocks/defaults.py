"""The blocks that the package offers."""

from __future__ import annotations

from .quotation import QuotationBlock
from .registry import BlockSource, Registry
from .rich_text import PortalRichTextBlock

__all__ = ["DEFAULTS", "register_defaults"]

USES = (
    "body",
    "attachments",
    "contacts",
    "organisation_chart",
    "figures",
    "members",
    "references",
    "outcome",
    "links",
    "questions",
)

DEFAULTS: dict[str, list[tuple[str, BlockSource]]] = {
    use: [
        ("rich_text", PortalRichTextBlock),
        ("quotation", QuotationBlock),
        ("chart", QuotationBlock),
    ]
    for use in USES
}


def register_defaults(target: Registry) -> None:
    """Register the shipped blocks. The package's registry calls it by itself at first need."""
    for use, blocks in DEFAULTS.items():
        for name, block in blocks:
            target.register(name, block, use=use)
