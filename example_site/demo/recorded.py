"""A kind of linked system that answers from a file: the demo needs no Internet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail_pbgdpl.sources.adapters.base import Answer
from wagtail_pbgdpl.sources.adapters.feed import FeedAdapter
from wagtail_pbgdpl.sources.reasons import SourceError

from .sources import DATA


class RecordedAdapter(FeedAdapter):
    label = "Bản ghi (trình diễn)"
    fetches = False
    keys = frozenset({"title", "file"})

    def rows(self, answer: Answer, mapping: Mapping[str, Any]) -> Sequence[Any]:
        path = DATA / "recorded" / str(mapping.get("file", ""))
        if not path.is_file():
            raise SourceError("connection", "recorded")
        return super().rows(Answer(path.read_bytes(), answer.address), mapping)
