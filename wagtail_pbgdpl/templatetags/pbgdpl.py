"""What the templates ask for beyond their context; a theme that leaves it out saves its cost."""

from __future__ import annotations

import datetime
from collections.abc import Hashable
from contextlib import suppress
from typing import Any
from urllib.parse import urljoin

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from ..asking import entry as _asking
from ..blocks.kept import is_same_for_everybody
from ..content import document_text as _document_text
from ..content.consultations import open_consultations as _open_consultations
from ..content.indexes import DRAFTS_ON_HOME
from ..corpus import diagram as _diagram
from ..corpus import resolving as _resolving
from ..eli import addresses as _addresses
from ..face import covers as _covers
from ..face import glyphs as _glyphs
from ..face import neighbours as _neighbours
from ..face import structured_data as _structured_data
from ..legal.relations import PASSIVE, Relation
from ..search.alike import Alike, alike
from ..serving import fragments
from ..site.languages import written

register = template.Library()

#: What others show of a page without a picture, 1200 by 630 pixels.
SHARED_PICTURE = "wagtail_pbgdpl/share.png"


@register.simple_tag
def neighbours(page: Any) -> _neighbours.Neighbours:
    """The items around ``page`` in its category; one query."""
    return _neighbours.neighbours(page)


@register.simple_tag(takes_context=True)
def piece(context: template.Context, template_name: str, **shown: Hashable) -> SafeString:
    """The template, drawn with ``shown`` and the portal alone, and kept for a second."""
    return fragments.draw(context, template_name, shown)


@register.simple_tag(takes_context=True)
def page_piece(context: template.Context, template_name: str, **shown: Any) -> SafeString:
    """The template, drawn with the page, the portal and ``shown``; kept while they are the same."""
    return fragments.draw_of_page(context, template_name, shown)


@register.simple_tag(takes_context=True)
def page_body(context: template.Context) -> SafeString:
    """The body of the page; kept where all its blocks are the same for everybody.

    Where the public may comment, each article says how many have.
    """
    page = context["page"]
    keeps = not context.get("commenting") and is_same_for_everybody(page.body)
    with context.push(**({} if keeps else {"stamp": None})):
        return fragments.draw_of_page(context, page.body_template, {})


@register.simple_tag
def document_text(page: Any) -> _document_text.Shown:
    """The head of a document, and its text without that head; no query."""
    return _document_text.shown(page)


@register.simple_tag
def drawn_cover(item: Any, css_class: str) -> SafeString:
    """A drawing in the portal's colours for an item without picture; no query."""
    return _covers.cover_of(item, css_class)


@register.simple_tag
def small_cover(item: Any, css_class: str) -> SafeString:
    """The cover of an item as lists show it, or a drawing where it has none."""
    return _covers.small_cover(item, css_class)


@register.simple_tag
def reading_of(page: Any) -> str:
    """The anchor of the recording in which the page is read aloud; empty where it has none."""
    for block in getattr(getattr(page, "body", None), "raw_data", ()):
        if block["type"] == "audio" and block["value"].get("is_reading") and block.get("id"):
            return f"nghe-{block['id']}"
    return ""


@register.simple_tag(takes_context=True)
def share_image(context: template.Context) -> str:
    """The address, with its host, of the picture that others show: the cover, else a drawing.

    Empty where the page has no address and there is no request.
    """
    request, page = context.get("request"), context.get("page")
    base = context.get("address") or (request and request.build_absolute_uri("/"))
    if not base:
        return ""
    cover = getattr(page, "cover", None)
    picture = cover.get_rendition(_structured_data.COVER).url if cover else static(SHARED_PICTURE)
    return urljoin(base, picture)


@register.filter
def file_size(document: Any) -> int | None:
    """The size of a document's file in bytes, without a write; ``None`` where nothing says it."""
    if document.file_size is None:
        # From before sizes were kept. Whoever remembers the document remembers this too.
        with suppress(OSError):
            document.file_size = document.file.size
    return document.file_size


@register.filter
def open_graph_locale(code: str) -> str:
    """A language as OpenGraph writes it, with the country: ``vi_VN``."""
    language, _dash, country = code.partition("-")
    country = country or {"vi": "VN", "en": "GB"}.get(language, "VN")
    return f"{language}_{country.upper()}"


@register.simple_tag
def glyph(name: str) -> SafeString:
    """The lines of a sign, for an ``<svg viewBox="0 0 24 24">``."""
    return _glyphs.glyph(name)


@register.filter
def day(moment: datetime.datetime) -> SafeString:
    """``moment`` as a ``<time>`` element that shows its day, as the language writes it."""
    local = localtime(moment)
    shown = f'<time datetime="{local.isoformat(timespec="seconds")}">{written(local)}</time>'
    return mark_safe(shown)  # noqa: S308


@register.simple_tag(takes_context=True)
def open_consultations(context: template.Context, count: int = DRAFTS_ON_HOME) -> tuple[Any, ...]:
    """The consultations that take comments today, the first to close first; at most one query."""
    return _open_consultations(count, shown=context.get("shown"))


@register.simple_tag
def look_alikes(text: str, count: int = 5) -> list[Alike]:
    """The public answers that look like ``text``; no query where there is none."""
    return alike(text or "", count)


@register.simple_tag(takes_context=True)
def structured_data(context: template.Context) -> SafeString:
    """The JSON-LD of the page of the context; no query where the settings are warm."""
    return _structured_data.as_script(
        _structured_data.structured_data(
            context.get("page"),
            context.get("request"),
            context.get("address"),
            context.get("portal"),
            context.get("breadcrumb") or (),
        )
    )


@register.simple_tag
def law_address(page: Any) -> str:
    """The permanent address of a document, without a host; empty where it has none."""
    return _addresses.address_of(page)


@register.simple_tag
def ask_address(kind: str = "question") -> str:
    """Where the public sends a question, feedback or a petition; empty where none is taken."""
    return _asking.address_of(kind)


@register.simple_tag
def relations_diagram(page: Any, related: Any, briefs: Any, described_by: str) -> SafeString:
    """The relations of a document, and what introduces it (D5), as a drawing."""
    boxes: dict[bool, list[_diagram.Box]] = {True: [], False: []}
    for group in related:
        for one in group.items:
            name = one.page.title if one.page else one.name
            boxes[one.acts].append(_diagram.Box(name, _sentence(one.words), one.provisions))
    introduced = _sentence(PASSIVE[Relation.INTRODUCES])
    boxes[False] += [_diagram.Box(brief.title, introduced) for brief in briefs or ()]
    return _diagram.draw(page.title, boxes[False], boxes[True], described_by)


def _sentence(words: Any) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


class LawLinksNode(template.Node):
    def __init__(self, nodes: template.NodeList) -> None:
        self.nodes = nodes

    def render(self, context: template.Context) -> SafeString:
        page = context.get("page")
        drawn = self.nodes.render(context)
        # A preview of what was never saved has no language yet.
        return _resolving.linked(drawn, page) if getattr(page, "pk", None) else drawn


@register.tag
def lawlinks(parser: Any, token: Any) -> LawLinksNode:
    """Draws what stands within, with links where it cites documents of the portal."""
    nodes = parser.parse(("endlawlinks",))
    parser.delete_first_token()
    return LawLinksNode(nodes)
