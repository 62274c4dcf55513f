"""What a linked system lists, kept as its run would keep it: no server is needed for it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from wagtail_pbgdpl.sources.adapters.base import Record
from wagtail_pbgdpl.sources.keeping import keep
from wagtail_pbgdpl.sources.models import ExternalSource

HOST = "https://vbpl.vn/van-ban"
DECREE = {
    "number": "278/2025/NĐ-CP",
    "type": "Nghị định",
    "issuer": "Chính phủ",
    "issued": "2025-10-22",
    "effective": "2025-12-10",
    "validity": "CHL",
}
ABSTRACT = "Quy định chi tiết một số điều của Luật Phổ biến, giáo dục pháp luật"


def source_of(documents: str = "database", **values: Any) -> ExternalSource:
    number = ExternalSource.objects.count()
    made: ExternalSource = ExternalSource.objects.create(
        **{
            "name": "Cơ sở dữ liệu quốc gia",
            "code": f"nguon-{number}",
            "kind": "json",
            "address": "https://vbpl.vn/a",
            "home": "https://vbpl.vn/",
            "documents": documents,
            "succeeded_at": timezone.now(),
            "is_on": True,
            **values,
        }
    )
    return made


def record(key: str = "1", title: str = "Nghị định 278/2025/NĐ-CP", **facts: str) -> Record:
    summary = facts.pop("summary", ABSTRACT)
    said = {name: text for name, text in {**DECREE, **facts}.items() if text}
    return Record(title, f"{HOST}/{key}", key, summary, timezone.now(), said)


def lists(source: ExternalSource, *records: Record) -> list[Any]:
    """Let the source list these and nothing else; return what is kept of them, in this order."""
    source.takes_loss = True
    keep(source, records, timezone.now())
    return list(source.items.filter(gone_at=None).order_by("position"))
