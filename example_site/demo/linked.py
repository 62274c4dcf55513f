"""Linked systems of the demo, from recorded answers: two are well, one has long been down.

Of what the national database says one document is not on the portal yet, and two are there with
another validity.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from wagtail_pbgdpl.content.differences import follow_all
from wagtail_pbgdpl.sources import syncing
from wagtail_pbgdpl.sources.models import ExternalSource
from wagtail_pbgdpl.sources.shipped import enter

WELL, DATABASE, DOWN = "cong-bao", "csdl-vbpl", "pbgdpl-bo-tu-phap"
RECORDED: dict[str, dict[str, Any]] = {
    WELL: {"kind": "recorded", "mapping": {"file": "cong_bao.rss", "title": "slug"}},
    DATABASE: {
        "kind": "recorded_json",
        "mapping": {
            "file": "csdl_vbpl.json",
            "records": "data.items",
            "title": "{docType.name} số {docNum}",
            "link": "https://vbpl.vn/van-ban/chi-tiet/{id}",
            "summary": "title",
            "published": "issueDate",
            "number": "docNum",
            "type": "docType.name",
            "issuer": "organ",
            "issued": "issueDate",
            "effective": "effFrom",
            "expired": "effTo",
            "validity": "effStatus.code",
        },
        # Nobody publishes how its search is asked: this one is for the picture.
        "search_address": "https://vbpl.vn/tim-kiem?keyword={query}",
    },
    DOWN: {"kind": "recorded", "mapping": {"file": "pbgdpl.rss"}},
}
LINKS = ("cong-phap-luat", "tu-sach")


def load_linked(logo: Any) -> None:
    """Enter the systems that the package knows; read three of them; let the last go down.

    ``logo``: an image that stands for one of theirs.
    """
    if ExternalSource.objects.exists():
        return
    enter()
    ExternalSource.objects.filter(code__in=LINKS).update(is_on=True)
    for code, values in RECORDED.items():
        # What it would be read from is kept for whoever tries it with the Internet.
        rows = ExternalSource.objects.filter(code=code)
        rows.update(is_on=True, **values)
        syncing.sync(rows.get())
    database = ExternalSource.objects.get(code=DATABASE)
    database.logo = logo
    database.save()
    days_ago = timezone.now() - datetime.timedelta(days=3)
    broken = ExternalSource.objects.filter(code=DOWN)
    broken.update(mapping={"file": "khong-tra-loi.rss"})
    syncing.sync(broken.get())
    broken.update(succeeded_at=days_ago, failing_since=days_ago + datetime.timedelta(hours=1))
    follow_all()
