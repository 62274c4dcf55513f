"""The parts of a portal's home page, which the province puts in the order that it wants.

What a part shows it takes from the context of the page (``sections``: each index page with its
newest items), so that a part costs no query that the page has not asked. Clause: BK21 Điều 9.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    PageChooserBlock,
    URLBlock,
)

from .base import PortalStructBlock
from .links import OneTargetBlock

__all__ = ["ActBlock", "HomePart"]

GROUP_HOME = _("Home page")
# Most parts have nothing to show without the page around them.
PREVIEW = "wagtail_pbgdpl/block_previews/home_part.html"
EXAMPLES = 3
ACTS = 4


class HomePart(PortalStructBlock):
    """A part with a heading of its own; ``Meta.wide``: over both columns of a wide screen."""

    title = CharBlock(
        label=_("Heading"),
        required=False,
        max_length=80,
        help_text=_("Without one the part has its usual heading."),
    )

    class Meta:
        group = GROUP_HOME
        wide = False
        preview_value = {"title": ""}


class ActBlock(OneTargetBlock):
    """One of the large tiles: what somebody comes to do, and where that is done."""

    icon = ChoiceBlock(
        label=_("Icon"),
        choices=[
            ("ask", _("Question mark")),
            ("aid", _("Scales")),
            ("find", _("Document")),
            ("comment", _("Pen")),
            ("call", _("Telephone")),
            ("learn", _("Open book")),
        ],
        default="learn",
    )
    verb = CharBlock(
        label=_("What is done"),
        max_length=40,
        help_text=_("Begin with a verb: «Ask a question», «Find a document»."),
    )
    page = PageChooserBlock(label=_("Page of this portal"), required=False)
    url = URLBlock(label=_("Address of another site"), required=False)

    class Meta:
        icon = "link"
        label = _("Tile")


class BandBlock(HomePart):
    """The band at the top: one line, the search, what people come for."""

    title = CharBlock(label=_("Line at the top"), required=False, max_length=120)
    examples = ListBlock(
        CharBlock(label=_("What is searched for"), max_length=60),
        label=_("Examples of searches"),
        max_num=EXAMPLES,
        default=[],
        help_text=_("Up to three. Without any the portal has its own."),
    )
    acts = ListBlock(
        ActBlock(),
        label=_("Tiles"),
        max_num=ACTS,
        default=[],
        help_text=_("Up to four. Without any: ask, free legal aid, find a document, comment."),
    )

    class Meta:
        icon = "home"
        label = _("Band with search and tiles")
        description = _("What people come for: it belongs first.")
        template = "wagtail_pbgdpl/blocks/home_band.html"
        wide = True
        preview_value = {"title": "Hỏi, tìm hiểu và góp ý về pháp luật", "examples": [], "acts": []}


class DraftsPart(HomePart):
    class Meta:
        icon = "comment"
        label = _("Drafts open for comments")
        description = _("The drafts that take comments today, with the days left.")
        template = "wagtail_pbgdpl/blocks/home_drafts.html"
        preview_template = PREVIEW


class AnswersPart(HomePart):
    class Meta:
        icon = "help"
        label = _("Newest answers")
        description = _("The newest answers to questions, with date and unit.")
        template = "wagtail_pbgdpl/blocks/home_answers.html"
        preview_template = PREVIEW


class NewsPart(HomePart):
    class Meta:
        icon = "doc-full"
        label = _("News")
        description = _("The newest item with its picture, and four more.")
        template = "wagtail_pbgdpl/blocks/home_news.html"
        wide = True
        preview_template = PREVIEW


class DocumentsPart(HomePart):
    class Meta:
        icon = "list-ul"
        label = _("Newest documents")
        description = _("A table of the documents that were issued last.")
        template = "wagtail_pbgdpl/blocks/home_documents.html"
        wide = True
        preview_template = PREVIEW


class DirectoryPart(HomePart):
    class Meta:
        icon = "folder-open-inverse"
        label = _("All categories")
        description = _("All categories in the order of the regulation.")
        template = "wagtail_pbgdpl/blocks/home_directory.html"
        wide = True
