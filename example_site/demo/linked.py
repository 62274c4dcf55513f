"""Two linked systems of the demo, from recorded answers: one is well, one has long been down."""

from __future__ import annotations

import datetime

from django.utils import timezone

from wagtail_pbgdpl.sources import syncing
from wagtail_pbgdpl.sources.models import ExternalSource
from wagtail_pbgdpl.sources.shipped import enter

WELL, DOWN = "cong-bao", "pbgdpl-bo-tu-phap"
KIND = "recorded"
RECORDED = {
    WELL: {"file": "cong_bao.rss", "title": "slug"},
    DOWN: {"file": "pbgdpl.rss"},
}
LINKS = ("cong-phap-luat", "tu-sach")


def load_linked() -> None:
    """Enter the systems that the package knows; read two of them; let the second go down."""
    if ExternalSource.objects.exists():
        return
    enter()
    ExternalSource.objects.filter(code__in=LINKS).update(is_on=True)
    for code, mapping in RECORDED.items():
        # What it would be read from is kept for whoever tries it with the Internet.
        rows = ExternalSource.objects.filter(code=code)
        rows.update(kind=KIND, mapping=mapping, is_on=True)
        syncing.sync(rows.get())
    days_ago = timezone.now() - datetime.timedelta(days=3)
    broken = ExternalSource.objects.filter(code=DOWN)
    broken.update(mapping={"file": "khong-tra-loi.rss"})
    syncing.sync(broken.get())
    broken.update(succeeded_at=days_ago, failing_since=days_ago + datetime.timedelta(hours=1))
