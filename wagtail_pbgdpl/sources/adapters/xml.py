"""XML of others, looked through before any parser works on it."""

from __future__ import annotations

import re
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import parseString

from ..reasons import SourceError

_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def checked(text: str) -> bytes:
    """Return the XML of ``text`` in UTF-8.

    Raises ``SourceError`` for what is broken, and for entities, whatever they stand for.
    """
    body = _DECLARATION.sub("", text, count=1).lstrip().encode()
    try:
        parseString(body, ContentHandler(), forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise SourceError("hostile", type(error).__name__) from None
    except (SAXException, ValueError) as error:
        raise SourceError("broken", str(error)[:200]) from None
    return body
