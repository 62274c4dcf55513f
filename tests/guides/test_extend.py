"""``add-a-block.md`` and ``add-a-page-type.md`` to the letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.guides.pages import code, last_line, write_files

pytestmark = pytest.mark.wheel

NEWS = """
from wagtail_pbgdpl.content.actions import add_draft, publish
from wagtail_pbgdpl.pages.models import CategoryIndexPage, NewsPage
index = CategoryIndexPage.objects.get(category="C2")
page = NewsPage(title="Tin", author="Tác giả", source="Nguồn")
page.body = [
    ("hotline", {"label_text": "Hỏi đáp", "number": "1900 1234"}),
    ("quotation", {"text": "Thần linh pháp quyền", "person": "", "source": ""}),
]
print(publish(add_draft(index, page)).url)
assert "chart" not in NewsPage.body.field.stream_block.child_blocks
"""
CONTEST = """
import datetime
from contests.models import ContestPage
from wagtail_pbgdpl.content.actions import add_draft, publish
from wagtail_pbgdpl.pages.models import CategoryIndexPage
index = CategoryIndexPage.objects.get(category="C15")
page = ContestPage(title="Cuộc thi", author="Tác giả", source="Nguồn",
    ends_on=datetime.date(2026, 11, 9))
print(publish(add_draft(index, page)).url)
"""
CAMPAIGN = """
from myportal.models import CampaignPage
from wagtail.models import Site
page = CampaignPage(title="Chiến dịch")
page.body = [("hotline", {"label_text": "Hỏi đáp", "number": "1900 5678"})]
Site.objects.get().root_page.add_child(instance=page)
print(page.url)
"""


def test_a_block_of_ones_own(portal_site: Any, guides: Path) -> None:
    page = guides / "add-a-block.md"
    portal_site.run(code(page, "sh", "startapp"))
    portal_site.add_settings(code(page, "python", "INSTALLED_APPS"))
    written = write_files(page, portal_site.root)
    assert {"myportal/blocks.py", "myportal/apps.py", "myportal/models.py"} <= set(written)
    assert "no issues" in portal_site.manage("check")
    # Blocks stay out of the migrations of the package.
    dry = portal_site.manage("makemigrations", "--check", "--dry-run", "wagtail_pbgdpl_pages")
    assert "No changes" in dry
    shown = portal_site.fetch(last_line(portal_site.python(NEWS)))
    assert 'class="hotline"' in shown
    assert "1900 1234" in shown
    assert '<blockquote class="our-quotation">Thần linh pháp quyền' in shown
    portal_site.run(code(page, "sh", "makemigrations"))
    assert "1900 5678" in portal_site.fetch(last_line(portal_site.python(CAMPAIGN)))


def test_a_page_type_of_ones_own(portal_site: Any, guides: Path) -> None:
    page = guides / "add-a-page-type.md"
    portal_site.run(code(page, "sh", "startapp"))
    portal_site.add_settings(code(page, "python", "INSTALLED_APPS"))
    assert write_files(page, portal_site.root)
    portal_site.run(code(page, "sh", "migrate"))
    assert "no issues" in portal_site.manage("check")
    migration = (portal_site.root / "contests/migrations/0001_initial.py").read_text()
    assert "wagtail_pbgdpl_pages" in migration
    assert "CharBlock" not in migration
    shown = portal_site.fetch(last_line(portal_site.python(CONTEST)))
    assert "<dd>09/11/2026</dd>" in shown
