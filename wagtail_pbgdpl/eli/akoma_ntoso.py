"""A legal document as Akoma Ntoso 3.0 (OASIS LegalDocML), from the blocks of its page.

Phần, Chương, Mục, Tiểu mục, Điều, khoản and điểm are part, chapter, section, subsection, article,
paragraph and point; a phụ lục and what a plan divides itself into are containers of their own. What
has no such structure (letterhead, recipients, tables) comes as paragraphs of text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from wagtail.blocks import RichTextBlock

from ..blocks.heading import HeadingBlock
from ..blocks.legal import LegalArticleBlock, LegalHeadingBlock
from ..blocks.outline import OutlineEntry, positions
from ..blocks.rich_text import lines_of
from ..legal.anchors import Clause, anchor_of, read_clauses, unique
from ..site.menu import locale_of
from .addresses import parts_of

MEDIA_TYPE = "application/akn+xml"
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# Rank, element, and the word in identifiers, as the naming convention of Akoma Ntoso has them.
LEVELS = {
    "phan": (1, "part", "part"),
    "phu-luc": (1, "hcontainer", "annex"),
    "chuong": (2, "chapter", "chp"),
    "muc": (3, "section", "sec"),
    "tieu-muc": (4, "subsection", "subsec"),
}
# Languages by ISO 639-2, which the standard asks for.
LANGUAGES = {"vi": "vie", "en": "eng"}


def as_akoma_ntoso(page: Any, address: str) -> bytes:
    """Return the document of a page as XML (UTF-8).

    ``address``: its permanent address, with the host. Raises ``ValueError`` where it has none.
    """
    parts = parts_of(page)
    if parts is None:
        raise ValueError("The document has no permanent address.")
    root = ET.Element("akomaNtoso", xmlns=NAMESPACE)
    act = ET.SubElement(root, "act", name=parts["kind"], contains="originalVersion")
    _meta(ET.SubElement(act, "meta"), page, parts, address)
    preface = ET.SubElement(act, "preface")
    _paragraphs(preface, filter(None, (page.title, page.document_number, page.document_abstract)))
    text = _Text(page)
    if text.preamble:
        _paragraphs(ET.SubElement(act, "preamble"), text.preamble)
    act.append(text.body)
    if text.conclusions:
        _paragraphs(ET.SubElement(act, "conclusions"), text.conclusions)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def identifiers(page: Any) -> dict[str, str]:
    """Return the identifier (eId) in the XML of each anchor of the page, articles and below."""
    return _Text(page).identifiers


# Metadata


def _meta(meta: ET.Element, page: Any, parts: dict[str, Any], address: str) -> None:
    day = page.issued_on.isoformat()
    work = f"/akn/vn/act/{parts['kind']}/{parts['issuer']}/{day}/{parts['number']}"
    language = LANGUAGES.get(locale_of(page).language_code.partition("-")[0], "und")
    expression = f"{work}/{language}@{day}"
    identification = ET.SubElement(meta, "identification", source="#cong")
    one = _properties(identification, "FRBRWork", work, page.issued_on, "#co-quan-ban-hanh")
    # Its place is after the address itself.
    one.insert(2, ET.Element("FRBRalias", value=address, name="eli"))
    ET.SubElement(one, "FRBRcountry", value="vn")
    ET.SubElement(one, "FRBRnumber", value=page.document_number)
    ET.SubElement(one, "FRBRname", value=page.title)
    one = _properties(identification, "FRBRExpression", expression, page.issued_on, "#cong")
    ET.SubElement(one, "FRBRlanguage", language=language)
    changed = page.last_published_at or page.published_at
    made = changed.date() if changed else page.issued_on
    _properties(identification, "FRBRManifestation", f"{expression}.xml", made, "#cong")
    _life(meta, page)
    references = ET.SubElement(meta, "references", source="#cong")
    for key, name in (("co-quan-ban-hanh", str(page.issuing_body)), ("cong", page.source)):
        ET.SubElement(
            references,
            "TLCOrganization",
            eId=key,
            href=f"/akn/ontology/organization/vn/{key}",
            showAs=name or "—",
        )
    ET.SubElement(
        references,
        "TLCConcept",
        eId="hieu-luc",
        href="/akn/ontology/concept/vn/hieu-luc",
        showAs="Hiệu lực",
    )


def _properties(parent: ET.Element, name: str, uri: str, day: Any, author: str) -> ET.Element:
    found = ET.SubElement(parent, name)
    stem, dot, ending = uri.partition(".xml")
    ET.SubElement(found, "FRBRthis", value=f"{stem}/!main{dot}{ending}")
    ET.SubElement(found, "FRBRuri", value=uri)
    ET.SubElement(found, "FRBRdate", date=day.isoformat(), name=name.removeprefix("FRBR").lower())
    ET.SubElement(found, "FRBRauthor", href=author)
    return found


def _life(meta: ET.Element, page: Any) -> None:
    """The days of issue, of effect and of its end; since when and until when it is in force."""
    life = ET.SubElement(meta, "lifecycle", source="#cong")
    days = {
        "ban-hanh": (page.issued_on, "generation"),
        "co-hieu-luc": (page.effective_on, "generation"),
        "het-hieu-luc": (page.expired_on, "repeal"),
    }
    for key, (day, kind) in days.items():
        if day:
            ET.SubElement(
                life, "eventRef", eId=key, date=day.isoformat(), type=kind, source="#cong"
            )
    if page.effective_on:
        times = ET.SubElement(meta, "temporalData", source="#cong")
        group = ET.SubElement(times, "temporalGroup", eId="tmpg_1")
        interval = {"refersTo": "#hieu-luc", "start": "#co-hieu-luc"}
        if page.expired_on:
            interval["end"] = "#het-hieu-luc"
        ET.SubElement(group, "timeInterval", interval)


# The text


class _Text:
    """The body, what stands before its first article, and what stands after its last."""

    def __init__(self, page: Any) -> None:
        self.body = ET.Element("body")
        self.preamble: list[str] = []
        self.conclusions: list[str] = []
        self.identifiers: dict[str, str] = {}
        self._taken: set[str] = set()
        # The containers that are open, each with its rank; the body is below all.
        self._open: list[tuple[int, ET.Element]] = [(0, self.body)]
        self._division: ET.Element | None = None
        self._waiting: list[str] = []
        self._read(page)

    def _read(self, page: Any) -> None:
        places = positions(page.body)
        for index, child in enumerate(page.body):
            if isinstance(child.block, LegalArticleBlock):
                self._flush()
                self._article(child.value, places[index].anchor)
            elif isinstance(child.block, LegalHeadingBlock):
                self._flush()
                self._heading(child.value, places[index])
            elif isinstance(child.block, HeadingBlock) and len(self.body):
                self._flush()
                self._begin_division(places[index].title)
            else:
                self._waiting += _lines(child)
        if not len(self.body):
            # A text without articles is a body all the same.
            self._division = self._container("text")
            self.body.append(self._division)
            self._waiting = self._waiting or [page.title]
        elif self._division is None and not self._in_annex():
            self.conclusions, self._waiting = self._waiting, []
        self._flush()

    def _in_annex(self) -> bool:
        return any(one.get("name") == "annex" for _rank, one in self._open)

    def _flush(self) -> None:
        """Put the running text that waits where it stands in the document."""
        lines, self._waiting = self._waiting, []
        division, self._division = self._division, None
        if not lines:
            return
        if division is not None:
            _paragraphs(ET.SubElement(division, "content"), lines)
        elif not len(self.body):
            self.preamble += lines
        else:
            one = self._container("text")
            _paragraphs(ET.SubElement(one, "content"), lines)
            self._open[-1][1].append(one)

    def _container(self, name: str) -> ET.Element:
        return ET.Element("hcontainer", name=name, eId=self._eid(f"hcontainer_{name}"))

    def _eid(self, wanted: str, anchor: str = "") -> str:
        eid = unique(wanted, self._taken)
        if anchor:
            self.identifiers[anchor] = eid
        return eid

    def _begin_division(self, title: str) -> None:
        one = self._container("division")
        ET.SubElement(one, "heading").text = title
        self._open[-1][1].append(one)
        self._division = one

    def _heading(self, value: Any, place: OutlineEntry) -> None:
        rank, tag, word = LEVELS.get(value.get("level") or "", LEVELS["chuong"])
        while self._open[-1][0] >= rank:
            self._open.pop()
        number = value.get("number") or ""
        eid = self._eid("_".join(filter(None, (word, anchor_of(number)))), place.anchor)
        one = ET.SubElement(self._open[-1][1], tag, eId=eid)
        if tag == "hcontainer":
            one.set("name", word)
        ET.SubElement(one, "num").text = place.label
        if place.title:
            ET.SubElement(one, "heading").text = place.title
        self._open.append((rank, one))

    def _article(self, value: Any, anchor: str) -> None:
        number, prefix = value.get("number") or "", value.get("prefix") or ""
        eid = self._eid("__".join(filter(None, (prefix, f"art_{anchor_of(number)}"))), anchor)
        one = ET.SubElement(self._open[-1][1], "article", eId=eid)
        ET.SubElement(one, "num").text = f"Điều {number}"
        if title := value.get("title"):
            ET.SubElement(one, "heading").text = title
        lead = [line for line in (value.get("lead") or "").splitlines() if line.strip()]
        pairs = [(c.get("number") or "", c.get("text") or "") for c in value.get("clauses") or []]
        clauses = read_clauses(pairs, anchor)
        if not clauses:
            _paragraphs(ET.SubElement(one, "content"), lead)
            return
        if lead:
            _paragraphs(ET.SubElement(one, "intro"), lead)
        for clause in clauses:
            self._clause(one, eid, clause)

    def _clause(self, article: ET.Element, above: str, clause: Clause) -> None:
        number = anchor_of(clause.number) or "1"
        eid = self._eid(f"{above}__para_{number}", clause.anchor)
        one = ET.SubElement(article, "paragraph", eId=eid)
        if clause.number:
            ET.SubElement(one, "num").text = clause.number
        if not clause.points:
            _paragraphs(ET.SubElement(one, "content"), clause.paragraphs)
            return
        if clause.paragraphs:
            _paragraphs(ET.SubElement(one, "intro"), clause.paragraphs)
        for point in clause.points:
            below = self._eid(f"{eid}__point_{anchor_of(point.letter)}", point.anchor)
            child = ET.SubElement(one, "point", eId=below)
            ET.SubElement(child, "num").text = point.letter
            _paragraphs(ET.SubElement(child, "content"), point.paragraphs)


def _paragraphs(parent: ET.Element, lines: Any) -> None:
    for line in [*lines] or [""]:
        ET.SubElement(parent, "p").text = _readable(line)


def _readable(text: str) -> str:
    # Word leaves signs in pasted text that XML cannot hold.
    return "".join(char if char >= " " or char in "\t\n" else " " for char in text)


def _lines(child: Any) -> Iterator[str]:
    """Yield the paragraphs of a block that has no legal structure."""
    if isinstance(child.block, RichTextBlock) and child.value:
        yield from lines_of(child.value.source)
        return
    for text in child.block.get_searchable_content(child.value):
        yield from filter(None, map(str.strip, str(text).splitlines()))
