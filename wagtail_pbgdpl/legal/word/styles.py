"""What paragraphs and characters have from their styles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from xml.etree.ElementTree import Element

from .names import attribute, child, is_on, local, value_of

_DEEPEST = 20
_HEADINGS = 9


@dataclass(frozen=True)
class Look:
    """What of the look of characters is kept or changes what is printed; ``None``: not said."""

    font: str | None = None
    is_caps: bool | None = None
    is_hidden: bool | None = None
    is_struck: bool | None = None
    is_bold: bool | None = None
    is_italic: bool | None = None

    def over(self, below: Look) -> Look:
        """Return this look where it says something, and ``below`` where it does not."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(below, **{name: value for name, value in said.items() if value is not None})


@dataclass
class Style:
    look: Look
    based_on: str = ""
    numbered_by: str = ""
    is_default: bool = False
    #: The level of a heading, from 1 on; 0 for none.
    outline: int = 0


class Styles:
    """The styles of a file, by their identifier."""

    def __init__(self, elements: Iterable[Element] = ()) -> None:
        self.styles: dict[str, Style] = {}
        self.ground = Look()
        self.default = ""
        for one in elements:
            if local(one) == "docDefaults":
                self.ground = look_of(child(one, "rPrDefault", "rPr"))
            elif local(one) == "style":
                self._add(one)

    def _add(self, element: Element) -> None:
        key = attribute(element, "styleId")
        self.styles[key] = Style(
            look_of(child(element, "rPr")),
            value_of(element, "basedOn"),
            value_of(child(element, "pPr"), "numPr", "numId"),
            outline=outline_of(child(element, "pPr")),
        )
        if attribute(element, "type") == "paragraph" and attribute(element, "default") == "1":
            self.default = key

    def look(self, key: str, below: Look | None = None) -> Look:
        """Return the look of a style over another, by default over that of the file."""
        found = below or self.ground
        for one in reversed(self._chain(key)):
            found = one.look.over(found)
        return found

    def outline(self, key: str) -> int:
        """Return the level of the heading that a paragraph style makes; 0 for none."""
        return next((one.outline for one in self._chain(key) if one.outline), 0)

    def list_of(self, key: str) -> tuple[str, str]:
        """Return the list of a paragraph style, and the style that names it; empty for none."""
        seen = key
        for _step in range(_DEEPEST):
            one = self.styles.get(seen)
            if one is None:
                return "", ""
            if one.numbered_by:
                return one.numbered_by, seen
            seen = one.based_on
        return "", ""

    def _chain(self, key: str) -> list[Style]:
        found = []
        while key in self.styles and len(found) < _DEEPEST:
            found.append(self.styles[key])
            key = self.styles[key].based_on
        return found


def outline_of(properties: Element | None) -> int:
    # The tenth level is that of running text.
    level = value_of(properties, "outlineLvl")
    return int(level) + 1 if level.isdecimal() and int(level) < _HEADINGS else 0


def look_of(properties: Element | None) -> Look:
    if properties is None:
        return Look()
    fonts = child(properties, "rFonts")
    font = (attribute(fonts, "ascii") or attribute(fonts, "hAnsi")) if fonts is not None else ""
    struck = (is_on(properties, "strike"), is_on(properties, "dstrike"))
    return Look(
        font=font or None,
        is_caps=is_on(properties, "caps"),
        is_hidden=is_on(properties, "vanish"),
        is_struck=None if struck == (None, None) else any(struck),
        is_bold=is_on(properties, "b"),
        is_italic=is_on(properties, "i"),
    )
