"""Elements and attributes of WordprocessingML by their local names, in both of its namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_PREFIXES = tuple(f"{{{one}}}" for one in (_TRANSITIONAL, _STRICT))
#: What is true unless an attribute says otherwise.
_OFF = frozenset({"0", "false", "off"})


def local(element: Element) -> str:
    """Return the name of an element of Word; of another namespace it begins with «:»."""
    tag = element.tag
    if tag.startswith(_PREFIXES):
        return tag.rpartition("}")[2]
    return f":{tag.rpartition('}')[2]}"


def attribute(element: Element, name: str) -> str:
    """Return the value of an attribute of Word; empty for none."""
    for prefix in _PREFIXES:
        if (value := element.get(f"{prefix}{name}")) is not None:
            return value
    return ""


def embedded(element: Element) -> str:
    """Return by what name the text calls the part that an element shows; empty for none."""
    return next((value for name, value in element.items() if name.endswith("}embed")), "")


def children(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element if local(one) == name)


def child(element: Element | None, *names: str) -> Element | None:
    """Return the first element at a path of names below one; ``None`` for none."""
    for name in names:
        if element is None:
            return None
        element = next(children(element, name), None)
    return element


def value_of(element: Element | None, *names: str) -> str:
    """Return the attribute ``val`` of the first element at a path; empty for none."""
    found = child(element, *names)
    return attribute(found, "val") if found is not None else ""


def is_on(element: Element | None, name: str) -> bool | None:
    """Return whether a switch below an element is on; ``None`` where it is not set."""
    found = child(element, name)
    return None if found is None else attribute(found, "val").lower() not in _OFF


def outermost(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name that stand in none of that name, outside fallbacks."""
    for one in element:
        if local(one) == name:
            yield one
        elif local(one) == ":Fallback":
            continue
        else:
            yield from outermost(one, name)


def is_math(element: Element) -> bool:
    """Whether an element of a formula has text."""
    return element.tag.endswith("}t")


def sign(code: str) -> str:
    """Return a sign of a symbol font by its code; the place for signs of such fonts is private."""
    try:
        place = int(code, 16)
    except ValueError:
        return ""
    return chr(place) if 0x20 <= place < 0xD800 or 0xE000 <= place < 0x10000 else ""
