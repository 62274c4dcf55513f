"""The reader of legal text: from the words of a document to articles that have an address.

``parse(source)`` returns a ``LegalText``, ``to_stream(text)`` the raw data of a page's body.
"""

from .parser import parse
from .stream import to_stream
from .structure import Article, Clause, Heading, Item, LegalText, Part, Prose

__all__ = [
    "Article",
    "Clause",
    "Heading",
    "Item",
    "LegalText",
    "Part",
    "Prose",
    "parse",
    "to_stream",
]
