"""A kind of linked system that answers from a file: the demo needs no Internet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail_pbgdpl.sources.adapters.base import Answer
from wagtail_pbgdpl.sources.adapters.feed import FeedAdapter
from wagtail_pbgdpl.sources.adapters.json import JsonAdapter
from wagtail_pbgdpl.sources.reasons import SourceError

from .sources import DATA


class RecordedAdapter(FeedAdapter):
    label = "Bản ghi RSS (trình diễn)"
    fetches = False
    keys = FeedAdapter.keys | {"file"}

    def rows(self, answer: Answer, mapping: Mapping[str, Any]) -> Sequence[Any]:
        return super().rows(_recorded(answer, mapping), mapping)


class RecordedJsonAdapter(JsonAdapter):
    label = "Bản ghi JSON (trình diễn)"
    fetches = False
    keys = JsonAdapter.keys | {"file"}

    def rows(self, answer: Answer, mapping: Mapping[str, Any]) -> Sequence[Any]:
        return super().rows(_recorded(answer, mapping), mapping)


def _recorded(answer: Answer, mapping: Mapping[str, Any]) -> Answer:
    path = DATA / "recorded" / str(mapping.get("file", ""))
    if not path.is_file():
        raise SourceError("connection", "recorded")
    return Answer(path.read_bytes(), answer.address)
