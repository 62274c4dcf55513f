"""The reader of legal text: from the words of a document to articles that have an address.

``parse(source)`` returns a ``LegalText``.
"""

from .parser import parse
from .structure import Article, Clause, Heading, Item, LegalText, Part, Prose

__all__ = ["Article", "Clause", "Heading", "Item", "LegalText", "Part", "Prose", "parse"]
