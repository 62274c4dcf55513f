"""The pages that add a block, a page type, a report or a kind of matter, to the letter."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.guides.pages import code, shell, write_files

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
page = publish(add_draft(index, page))
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
page = publish(add_draft(index, page))
"""
CAMPAIGN = """
from myportal.models import CampaignPage
from wagtail.models import Site
page = CampaignPage(title="Chiến dịch")
page.body = [("hotline", {"label_text": "Hỏi đáp", "number": "1900 5678"})]
Site.objects.get().root_page.add_child(instance=page)
"""
TALKS = """
import datetime
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from outreach.models import Talk
from wagtail import hooks
from wagtail_pbgdpl.organisation.models import Unit
from wagtail_pbgdpl.worktime import VIETNAM
unit = Unit.objects.create(code="so", name="=Sở Tư pháp", email="so@example.vn")
for month, listeners in ((3, 1200), (4, 80)):
    at = datetime.datetime(2026, month, 1, 0, 30, tzinfo=VIETNAM)
    Talk.objects.create(title=f"Luật {month}", unit=unit, held_at=at, listeners=listeners)
group = Group.objects.create(name="Tuyên truyền")
group.permissions.add(Permission.objects.get(codename="access_admin"))
user = get_user_model().objects.create_user("an", "an@example.vn")
user.groups.add(group)
client = Client(HTTP_HOST="localhost", raise_request_exception=True)
client.force_login(user)
address = reverse("outreach_talks")
assert reverse("outreach_talks_results") == f"{address}results/"
assert client.get(address).status_code == 302
assert address not in client.get("/admin/").content.decode()
offered = [found for one in hooks.get_hooks("register_permissions") for found in one()]
(permission,) = [one for one in offered if one.codename == "view_talk"]
group.permissions.add(permission)
assert address in client.get("/admin/").content.decode()
shown = client.get(address, {"month": "2026-03"}).content.decode()
assert "01/03/2026 00:30" in shown and "Luật 4" not in shown and "so@example.vn" not in shown
print(address)
print(b"".join(client.get(address, {"export": "csv"})).decode("utf-8-sig"))
"""
SPEAKERS = """
from django.contrib.auth import get_user_model
from django.test import Client
from speakers.kinds import ask
from wagtail_pbgdpl.organisation.models import Unit
unit = Unit.objects.create(code="so", name="Sở Tư pháp")
user = get_user_model().objects.create_superuser("an", "an@example.vn")
matter = ask("Luật Hòa giải ở cơ sở", "Nhà văn hóa xã Yên Cư", unit, user)
client = Client(HTTP_HOST="localhost", raise_request_exception=True)
client.force_login(user)
shown = client.get(matter.address).content.decode()
assert "Chờ thư ký xem xét" in shown and "Nhà văn hóa xã Yên Cư" in shown
assert "15/KH-UBND" in shown and matter.due_at
listed = client.get("/admin/reports/pbgdpl/matters/", {"export": "csv"})
print(b"".join(listed).decode("utf-8-sig"))
"""


def test_a_block_of_ones_own(portal_site: Any, guides: Path) -> None:
    page = guides / "add-a-block.md"
    portal_site.run(code(page, "sh", "startapp"))
    portal_site.add_settings(code(page, "python", "INSTALLED_APPS"))
    written = write_files(page, portal_site.root)
    assert {"myportal/blocks.py", "myportal/apps.py", "myportal/models.py"} <= set(written)
    # Blocks stay out of the migrations of the package.
    dry = ["makemigrations", "--check", "--dry-run", "wagtail_pbgdpl_pages"]
    said = portal_site.in_turn(["check"], dry)
    assert "no issues" in said
    assert "No changes" in said
    shown = portal_site.fetch_made(NEWS)
    assert 'class="hotline"' in shown
    assert "1900 1234" in shown
    assert '<blockquote class="our-quotation">Thần linh pháp quyền' in shown
    portal_site.run(code(page, "sh", "makemigrations"))
    assert "1900 5678" in portal_site.fetch_made(CAMPAIGN)


def test_a_page_type_of_ones_own(portal_site: Any, guides: Path) -> None:
    page = guides / "add-a-page-type.md"
    portal_site.run(code(page, "sh", "startapp"))
    portal_site.add_settings(code(page, "python", "INSTALLED_APPS"))
    assert write_files(page, portal_site.root)
    made = shell(code(page, "sh", "migrate"))
    assert made
    assert "no issues" in portal_site.in_turn(*made, ["check"])
    migration = (portal_site.root / "contests/migrations/0001_initial.py").read_text()
    assert "wagtail_pbgdpl_pages" in migration
    assert "CharBlock" not in migration
    shown = portal_site.fetch_made(CONTEST)
    assert "<dd>09/11/2026</dd>" in shown


def test_a_report_of_ones_own(portal_site: Any, guides: Path) -> None:
    page = guides / "add-a-report.md"
    portal_site.run(code(page, "sh", "startapp"))
    portal_site.add_settings(code(page, "python", "INSTALLED_APPS"))
    assert write_files(page, portal_site.root)
    made = shell(code(page, "sh", "makemigrations"))
    assert made
    assert "no issues" in portal_site.in_turn(*made, ["check"])
    said = portal_site.python(TALKS).strip().splitlines()
    assert said[-4:] == [
        "/admin/reports/outreach/talks/",
        "Thời điểm,Nội dung,Đơn vị,E-mail của đơn vị,Số người dự",
        "01/04/2026 00:30,Luật 4,'=Sở Tư pháp,so@example.vn,80",
        "01/03/2026 00:30,Luật 3,'=Sở Tư pháp,so@example.vn,1200",
    ]


def test_a_kind_of_matter_of_ones_own(portal_site: Any, guides: Path) -> None:
    page = guides / "add-a-kind.md"
    portal_site.run(code(page, "sh", "startapp"))
    portal_site.add_settings(code(page, "python", "INSTALLED_APPS"))
    assert write_files(page, portal_site.root)
    portal_site.run(code(page, "sh", "makemigrations"))
    assert "no issues" in portal_site.manage("check")
    said = portal_site.python(SPEAKERS)
    assert "Luật Hòa giải ở cơ sở,Đề nghị cử báo cáo viên,Tin hoạt động,Sở Tư pháp" in said
