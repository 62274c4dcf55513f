"""News in bulk: 20,000 items in a minute, where ``add_child`` would take ten."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page

from wagtail_pbgdpl.pages.models import ContentPage, NewsPage
from wagtail_pbgdpl.serving import process_cache

BATCH = 500
PAGE_COLUMNS = [field.attname for field in Page._meta.concrete_fields if field.name != "id"]
PARAGRAPH = (
    "<p>Sáng nay, Sở Tư pháp phối hợp với Ủy ban nhân dân xã tổ chức hội nghị phổ biến, giáo dục "
    "pháp luật cho người dân trên địa bàn. Báo cáo viên pháp luật cấp tỉnh giới thiệu những điểm "
    "mới của Luật Đất đai, Luật Hòa giải ở cơ sở và trả lời câu hỏi của người dự.</p>"
)
BODY = json.dumps([{"type": "rich_text", "value": PARAGRAPH * 6, "id": "0" * 36}])
SUMMARY = "Hội nghị giới thiệu những điểm mới của pháp luật về đất đai và hòa giải ở cơ sở."


def bulk_news(parent: Any, count: int, *, live: bool = True) -> list[NewsPage]:
    """Add ``count`` news items below an index page, one published each hour up to now.

    The rows of the three tables are written as they are, with explicit tree paths: no revision,
    no search index, no log.
    """
    parent.refresh_from_db()
    content_type = ContentType.objects.get_for_model(NewsPage)
    now = timezone.now()
    step = datetime.timedelta(hours=1)
    first = parent.numchild + 1
    items = [
        NewsPage(
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            numchild=0,
            content_type=content_type,
            title=f"Hội nghị phổ biến, giáo dục pháp luật lần thứ {number}",
            draft_title=f"Hội nghị phổ biến, giáo dục pháp luật lần thứ {number}",
            slug=f"hoi-nghi-{number}",
            url_path=f"{parent.url_path}hoi-nghi-{number}/",
            locale_id=parent.locale_id,
            live=live,
            first_published_at=now - step * (first + count - number),
            last_published_at=now - step * (first + count - number),
            category=parent.category,
            listed_in=parent.pk,
            published_at=now - step * (first + count - number),
            summary=SUMMARY,
            author="Nông Thị Hoa",
            source="Sở Tư pháp",
            body=BODY,
        )
        for number in range(first, first + count)
    ]
    for start in range(0, count, BATCH):
        batch = items[start : start + BATCH]
        rows = [Page(**{name: getattr(item, name) for name in PAGE_COLUMNS}) for item in batch]
        for item, row in zip(batch, Page.objects.bulk_create(rows), strict=True):
            item.pk = item.page_ptr_id = item.contentpage_ptr_id = row.pk
        for model in (ContentPage, NewsPage):
            # bulk_create refuses models with a parent table; here that is written already.
            columns = model._meta.local_concrete_fields
            model._base_manager._insert(batch, fields=columns, using="default")
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + count)
    process_cache.forget()
    return items
