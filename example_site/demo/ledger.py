"""Documents that were issued and are not on the portal yet, so that the board has work."""

from __future__ import annotations

import datetime
from typing import Any

from wagtail_pbgdpl.matters import obligations
from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.organisation.models import Unit

from .sources import office_day

# Title, code of the unit, days since it was issued: late, soon due, with time left (T2).
OWED = (
    ("Công văn về việc rà soát tủ sách pháp luật ở cơ sở", "so-tu-phap", 21),
    ("Kế hoạch kiểm tra công tác hòa giải ở cơ sở", "phong-pbgdpl", 13),
    ("Hướng dẫn tổ chức Ngày Pháp luật tại xã, phường", "phong-pbgdpl", 2),
)


def load_ledger(today: datetime.date, by: Any) -> None:
    """Enter what is missing among ``OWED``; days count from ``today``."""
    for title, unit, days in OWED:
        if not Matter.objects.filter(title=title).exists():
            obligations.owe(
                title=title,
                category="C3",
                start=office_day(today, days),
                unit=Unit.objects.get(code=unit),
                by=by,
            )
