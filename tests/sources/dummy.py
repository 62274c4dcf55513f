"""An adapter of a site's own: records parted by commas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail_pbgdpl.sources.adapters.base import Adapter, Answer, Record


class Dummy(Adapter):
    label = "Dummy"
    keys = frozenset({"fails"})

    def rows(self, answer: Answer, mapping: Mapping[str, Any]) -> Sequence[Any]:
        if mapping.get("fails"):
            raise RuntimeError("a mistake of the adapter")
        return answer.text.split(",")

    def record(self, row: Any, answer: Answer, mapping: Mapping[str, Any]) -> Record:
        return Record(row, f"https://dummy.example/{row}")
