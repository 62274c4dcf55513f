"""The blocks that the package offers, use by use."""

from __future__ import annotations

from .audio import AudioBlock
from .call_out import CallOutBlock
from .chart import ChartBlock
from .contacts import ContactListBlock
from .documents import AttachmentBlock, DocumentListBlock
from .feed import FeedBlock
from .heading import HeadingBlock
from .home import AnswersPart, BandBlock, DirectoryPart, DocumentsPart, DraftsPart, NewsPart
from .images import CaptionedImageBlock, GalleryBlock
from .in_short import InShortBlock
from .legal import LegalArticleBlock, LegalHeadingBlock
from .legal_basis import LegalBasisBlock
from .links import LinkPanelsBlock
from .members import MembersBlock
from .named_blocks import BlockSource, Registry
from .organisation import OrganisationChartBlock
from .outcome import OutcomeBlock
from .question import QuestionAnswerBlock
from .quotation import QuotationBlock
from .references import ReferencesBlock
from .relation import RelationBlock
from .rich_text import PortalRichTextBlock
from .table import TableBlock
from .timeline import TimelineBlock
from .video import EmbeddedVideoBlock, VideoBlock

__all__ = ["DEFAULTS", "register_defaults"]

DEFAULTS: dict[str, list[tuple[str, BlockSource]]] = {
    "body": [
        ("rich_text", PortalRichTextBlock),
        ("heading", HeadingBlock),
        ("quotation", QuotationBlock),
        ("call_out", CallOutBlock),
        ("in_short", InShortBlock),
        ("question_answer", QuestionAnswerBlock),
        ("timeline", TimelineBlock),
        ("image", CaptionedImageBlock),
        ("gallery", GalleryBlock),
        ("video", VideoBlock),
        ("embedded_video", EmbeddedVideoBlock),
        ("audio", AudioBlock),
        ("document_list", DocumentListBlock),
        ("table", TableBlock),
        ("chart", ChartBlock),
        ("legal_heading", LegalHeadingBlock),
        ("legal_article", LegalArticleBlock),
        ("organisation_chart", OrganisationChartBlock),
        ("contact_list", ContactListBlock),
        ("feed", FeedBlock),
        ("link_panels", LinkPanelsBlock),
    ],
    "attachments": [("attachment", AttachmentBlock)],
    "contacts": [("contact_list", ContactListBlock)],
    "organisation_chart": [("organisation_chart", OrganisationChartBlock)],
    "figures": [("table", TableBlock), ("chart", ChartBlock)],
    # A list of hundreds is pasted as a table rather than typed member by member.
    "members": [("members", MembersBlock), ("table", TableBlock)],
    "references": [("references", ReferencesBlock)],
    "outcome": [("rich_text", PortalRichTextBlock), ("outcome", OutcomeBlock)],
    "links": [("link_panels", LinkPanelsBlock)],
    "questions": [("question_answer", QuestionAnswerBlock)],
    "legal_basis": [("legal_basis", LegalBasisBlock)],
    "relations": [("relation", RelationBlock)],
    "home": [
        ("band", BandBlock),
        ("drafts", DraftsPart),
        ("answers", AnswersPart),
        ("news", NewsPart),
        ("documents", DocumentsPart),
        ("directory", DirectoryPart),
        ("rich_text", PortalRichTextBlock),
        ("call_out", CallOutBlock),
        ("link_panels", LinkPanelsBlock),
    ],
}


def register_defaults(target: Registry) -> None:
    """Register the shipped blocks. The package's registry calls it by itself at first need."""
    for use, blocks in DEFAULTS.items():
        for name, block in blocks:
            target.register(name, block, use=use)
