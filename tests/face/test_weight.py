"""An article asks for at most 40 kB of styles, scripts and fonts, before images."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.test import Client
from fontTools.ttLib import TTFont

from tests.factories import NewsFactory

MOST_BYTES = 40_000
VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz"
)


def found(address: str) -> Path:
    path = finders.find(address.removeprefix("/static/"))
    assert path, address
    return Path(str(path))


def over_the_wire(path: Path) -> int:
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data))


def fonts(stylesheet: Path) -> set[Path]:
    names = re.findall(r'url\("([^"]+\.woff2)"\)', stylesheet.read_text())
    return {stylesheet.parent / name for name in names}


def test_an_article_is_light(index_of: Any, client: Client) -> None:
    page = NewsFactory(parent=index_of("C2"))
    soup = BeautifulSoup(client.get(page.url).content, "lxml")
    styles = {found(str(link["href"])) for link in soup.select("link[rel=stylesheet]")}
    scripts = {found(str(script["src"])) for script in soup.select("script[src]")}
    typefaces = {font for style in styles for font in fonts(style)}
    assert len(typefaces) == 2
    assert scripts
    assert sum(map(over_the_wire, styles | scripts | typefaces)) <= MOST_BYTES


def test_the_typeface_has_every_vietnamese_letter() -> None:
    """I7: no letter falls back to another typeface."""
    wanted = {ord(char) for char in VIETNAMESE + VIETNAMESE.upper() + "0123456789«»“”–…/%₫§"}
    for font in fonts(found("/static/theme/theme.css")):
        assert wanted <= set(TTFont(font).getBestCmap())
