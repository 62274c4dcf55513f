"""JSON of services (CSDL quốc gia về VBPL, Cổng Pháp luật quốc gia)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ..facts import FACTS, read
from ..reasons import SourceError
from ..texts import instant, plain, web_address
from .base import LONGEST_SUMMARY, LONGEST_TITLE, Adapter, Answer, Record

#: Keys at the top of an answer that say, with status 200, that something went wrong.
ERRORS = ("error", "errors")


class JsonAdapter(Adapter):
    """Paths are names parted by dots, numbers for places in lists: «data.items», «docType.name».

    A value may be a pattern instead: «{docType.name} số {docNum}», «https://…/{id}».
    """

    label = _("JSON")
    keys = frozenset({"records", "title", "link", "key", "summary", "published", "errors", *FACTS})
    needed = frozenset({"title", "link"})
    accept = "application/json"

    def rows(self, answer: Answer, mapping: Mapping[str, Any]) -> Sequence[Any]:
        try:
            data = json.loads(answer.text)
        except (ValueError, RecursionError) as error:
            raise SourceError("broken", str(error)[:200]) from None
        for key in mapping.get("errors", ERRORS):
            if said := find(data, key):
                raise SourceError("error", plain(json.dumps(said, ensure_ascii=False), 200))
        if isinstance(data, dict) and data.get("success") is False:
            raise SourceError("error", plain(data.get("message"), 200))
        rows = find(data, mapping.get("records", ""))
        if not isinstance(rows, list):
            raise SourceError("mapping", str(mapping.get("records", "")))
        return rows

    def record(self, row: Any, answer: Answer, mapping: Mapping[str, Any]) -> Record:
        link = web_address(value(row, mapping["link"]), answer.address, 1000)
        return Record(
            title=plain(value(row, mapping["title"]), LONGEST_TITLE),
            link=link,
            key=str(value(row, mapping.get("key", " ")) or link),
            summary=plain(value(row, mapping.get("summary", " ")), LONGEST_SUMMARY),
            published_at=instant(value(row, mapping.get("published", " "))),
            facts=read(lambda name: value(row, mapping.get(name, " "))),
        )


def find(data: Any, path: str) -> Any:
    """Return what stands at ``path``; ``None`` where nothing does."""
    for name in filter(None, path.split(".")):
        if isinstance(data, dict):
            data = data.get(name)
        elif isinstance(data, list) and name.isdigit() and int(name) < len(data):
            data = data[int(name)]
        else:
            return None
    return data


def value(row: Any, written: str) -> Any:
    """Return the value at a path, or a pattern with the values of its paths put in."""
    if "{" not in written:
        return find(row, written) if written.strip() else ""
    parts = []
    for piece in written.split("{"):
        path, closed, rest = piece.partition("}")
        if closed:
            found = find(row, path)
            if found is None:
                raise ValueError(path)
            parts += [str(found), rest]
        else:
            parts.append(piece)
    return "".join(parts)
