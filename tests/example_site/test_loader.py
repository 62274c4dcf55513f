"""The demo portal as a visitor and as the people of its roles find it."""

from __future__ import annotations

import datetime
import html
import io
import re
import wave
from io import StringIO
from typing import Any

import httpx
import pytest
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Site

from example_site.demo import outside
from example_site.demo.people import PASSWORD, PEOPLE
from example_site.demo.sources import FILES, entries, read
from example_site.demo.visits import DAYS, VIETNAM, load_visits
from tests.face.addresses import PAGES, STATES
from wagtail_pbgdpl.consultations.counting import tally
from wagtail_pbgdpl.consultations.models import Comment, Consultation
from wagtail_pbgdpl.consultations.states import ConsultationState
from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.content.documents import briefs_of
from wagtail_pbgdpl.content.indexes import CategoryIndexMixin
from wagtail_pbgdpl.core.discovery import concrete_models, root_model
from wagtail_pbgdpl.corpus.models import DocumentRecord
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.provisioning.outsiders import groups_with_reach
from wagtail_pbgdpl.regulations import RoleCode, get_regulation
from wagtail_pbgdpl.sources.models import ExternalSource, SourceRun
from wagtail_pbgdpl.traffic.models import TrafficDay, TrafficPage, TrafficSearch
from wagtail_pbgdpl.webhooks.models import WebhookDelivery
from wagtail_pbgdpl.workflows.rights import Act, may

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

WRITES = re.compile("INSERT|UPDATE|DELETE")
FIVE = [entry["slug"] for entry in read("documents.toml")["document"]]


def index(code):
    for model in concrete_models(CategoryIndexMixin):
        if found := model.objects.filter(category=code).first():
            return found
    raise LookupError(code)


def get(page) -> str:
    response = Client().get(page.url)
    assert response.status_code == 200, page.url
    return html.unescape(response.content.decode())


class TestRuns:
    def test_the_second_run_makes_nothing(self, demo):
        assert demo.first.made == len(entries())
        assert demo.first.present == 0
        assert (demo.second.made, demo.second.present) == (0, demo.first.made)
        assert demo.counts_after == demo.counts_between

    def test_the_command_says_who_can_log_in(self, settings):
        settings.WAGTAILADMIN_BASE_URL = "http://portal.example"
        out = StringIO()
        call_command("load_demo", stdout=out)

        assert f"0 pages made, {len(entries())} were there already." in out.getvalue()
        assert f"http://portal.example/admin/ · password: {PASSWORD}" in out.getvalue()
        assert all(person.username in out.getvalue() for person in PEOPLE)


class TestPortal:
    def test_the_default_site_begins_with_the_portal(self):
        root = Site.objects.get(is_default_site=True).root_page.specific

        assert isinstance(root, pages.PortalPage)
        assert "Phát động các hoạt động hưởng ứng Ngày Pháp luật" in get(root)

    @pytest.mark.parametrize("code", list(get_regulation().categories))
    def test_every_category_shows_something(self, code):
        """C1–C15."""
        page = index(code)
        shown = get(page)

        if code == "C13":
            assert all(
                address in shown
                for address in (
                    "vbpl.vn",
                    "congbao.chinhphu.vn",
                    "pbgdpl.gov.vn",
                    "phapluat.gov.vn",
                )
            )
        elif code == "C14":
            assert page.get_children().live().count() == 2
        else:
            children = page.get_children().live()
            documents = DocumentRecord.objects.values("page")
            assert len(children) >= 3
            # Documents stand in their table by their abstracts; what else there is is led to.
            assert all(one.url in shown for one in children.filter(pk__in=documents))
            others = children.exclude(pk__in=documents)
            if len(others) < len(children):
                assert not others or "?kieu=" in shown
            else:
                assert all(one.title in shown for one in others)

    @pytest.mark.parametrize("slug", [entry["slug"] for entry in entries()])
    def test_every_page_can_be_read(self, slug):
        page = pages.ContentPage.objects.get(slug=slug).specific
        shown = get(page)

        assert page.title in shown
        assert page.author in shown
        assert not re.search(r">\s*None\s*<", shown)

    def test_content_passes_the_checks_of_the_editor(self):
        for page in pages.ContentPage.objects.specific():
            page.full_clean()

    def test_it_was_published_by_the_chief_in_office_hours(self):
        """R2, R8: the Trưởng Ban publishes; T14: Monday to Friday, in office hours."""
        today = timezone.localdate()
        # Those that show the states of moderation move when they are loaded.
        moved = [item["slug"] for item in read("items.toml")["item"]]
        content = pages.ContentPage.objects.exclude(slug__in=moved)
        for page in content.select_related("live_revision__user", "owner"):
            assert page.live_revision.user.username == "truongban"
            assert page.owner.username == "canbodaumoi"
            local = timezone.localtime(page.published_at)
            assert local.weekday() < 5
            assert 8 <= local.hour < 12
            assert datetime.timedelta(0) < today - local.date() < datetime.timedelta(days=370)


class TestDocuments:
    @pytest.mark.parametrize("slug", FIVE)
    def test_d3_the_full_text_can_be_read_at_its_address(self, slug):
        page = pages.ContentPage.objects.get(slug=slug).specific

        assert "Cổng" in get(page) or "Website Sở" in get(page) or "TTĐT" in get(page)
        assert page.document_abstract in get(page)

    @pytest.mark.parametrize(
        ("slug", "anchors"),
        [
            (FIVE[0], ["quy-che-dieu-9-khoan-15", "quy-che-dieu-27", "quyet-dinh-dieu-3"]),
            (FIVE[1], ["quy-che-dieu-7-khoan-1-diem-dd", "quyet-dinh-dieu-2", "quy-che-chuong-v"]),
            (FIVE[2], ["dieu-9-khoan-3-diem-dd", "dieu-9-khoan-3-diem-f", "dieu-20"]),
            (FIVE[3], ["quy-che-dieu-4-khoan-2-diem-c", "quy-che-dieu-12", "quyet-dinh-dieu-1"]),
            (FIVE[4], ["i-muc-tieu", "ii-nhiem-vu-chu-yeu", "v-to-chuc-thuc-hien"]),
        ],
    )
    def test_articles_have_an_address_of_their_own(self, slug, anchors):
        shown = get(pages.ContentPage.objects.get(slug=slug))
        found = re.findall(r' id="([^"]+)"', shown)

        assert set(anchors) <= set(found)
        assert len(found) == len(set(found))

    def test_d5_introduction_and_press_release_stand_with_their_documents(self):
        law = pages.LegalDocumentPage.objects.get(document_number="91/2025/QH15")
        release = pages.LegalBriefPage.objects.get(brief_kind="press_release")

        assert [brief.brief_kind for brief in briefs_of(law)] == ["introduction"]
        assert release.document.specific.document_number == "11/2017/QH14"
        assert briefs_of(law)[0].title in get(law)

    def test_c12_a_consultation_in_each_state(self):
        found = Consultation.objects.in_bulk(field_name="page")
        states = {one.state() for one in found.values()}

        assert states == set(ConsultationState) - {ConsultationState.UNDATED}
        assert {one.sort for one in found.values()} == {"draft", "dialogue"}
        assert max(one.versions.count() for one in found.values()) == 2
        assert Comment.objects.filter(is_shown=True).count() >= 8
        assert all(one.comments.count() == tally(one).all for one in found.values())

    def test_c3_the_report_has_a_table_and_charts(self):
        report = pages.StatisticalReportPage.objects.get()

        assert {block.block_type for block in report.figures} == {"table", "chart"}
        assert "<svg" in get(report)


class TestMedia:
    """S7: sound and film; C2, C5: on items; D4: the signed original. Each can be fetched."""

    def fetched(self, slug: str, pattern: str) -> tuple[str, bytes]:
        shown = get(pages.ContentPage.objects.get(slug=slug))
        address = re.search(pattern, shown, re.DOTALL)
        assert address, pattern
        response = Client().get(address[1])
        assert response.status_code == 200
        return response["Content-Type"], b"".join(response.streaming_content)

    @pytest.mark.parametrize(
        "slug", ["phim-ba-viec-can-nho-khi-hoa-giai", "tap-huan-hoa-giai-vien-o-co-so"]
    )
    def test_a_film_with_captions(self, slug):
        kind, data = self.fetched(slug, r'<video.*?<source src="([^"]+)" type="video/webm"')
        assert kind == "video/webm"
        assert data.startswith(b"\x1a\x45\xdf\xa3")
        assert b"V_VP8" in data[:400]
        _kind, words = self.fetched(slug, r'<track kind="captions" src="([^"]+)"')
        assert words.startswith(b"WEBVTT")
        assert "Tự nguyện" in words.decode()

    def test_a_sound_with_what_is_heard(self):
        slug = "pho-bien-phap-luat-bang-tieng-dan-toc"
        _kind, data = self.fetched(slug, r'<audio.*?<source src="([^"]+)"')
        with wave.open(io.BytesIO(data)) as sound:
            assert 5 < sound.getnframes() / sound.getframerate() < 6
        assert "Tám tiếng chuông" in get(pages.ContentPage.objects.get(slug=slug))

    def test_d4_the_signed_original(self):
        slug = "ke-hoach-pho-bien-giao-duc-phap-luat-trong-nam"
        page = pages.ContentPage.objects.get(slug=slug).specific
        assert [block.value["kind"] for block in page.files] == ["original"]
        kind, data = self.fetched(slug, r'href="([^"]+ban-ky[^"]*\.pdf)"')
        assert kind == "application/pdf"
        assert data.startswith(b"%PDF-")
        assert data.rstrip().endswith(b"%%EOF")

    def test_the_files_are_small(self):
        assert max(path.stat().st_size for path in FILES.iterdir()) < 200_000


class TestOutside:
    """C13, I2: other systems, without the Internet."""

    def test_they_were_read_over_http_and_one_is_down(self):
        runs = SourceRun.objects.order_by("pk")
        assert list(runs.values_list("source__code", "result", "reason")) == [
            ("cong-bao", "new", ""),
            ("csdl-vbpl", "new", ""),
            ("pbgdpl-bo-tu-phap", "new", ""),
            ("pbgdpl-bo-tu-phap", "failed", "busy"),
        ]
        read = ExternalSource.objects.exclude(checked_at=None)
        assert {one.address.rpartition("/")[0] for one in read} == {outside.ADDRESS}

    def test_one_was_told_of_what_is_public(self):
        delivery = WebhookDelivery.objects.get()
        assert (delivery.state, delivery.attempts.get().status) == ("delivered", 200)
        assert delivery.count > 10

    @pytest.mark.parametrize(
        ("path", "status"),
        [("/cong_bao.rss", 200), ("/csdl_vbpl.json", 200), (outside.DOWN, 503), ("/../x", 404)],
    )
    def test_what_the_server_plays(self, path, status):
        with outside.served() as address:
            assert httpx.get(address + path).status_code == status
            assert httpx.post(address + outside.TOLD, content=b"{}").status_code == 200


class TestPeople:
    def test_one_for_each_role(self):
        assert {person.role for person in PEOPLE} == set(RoleCode) - {RoleCode.EXPERT}

    @pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.username)
    def test_they_can_log_in_and_reach_the_admin(self, person):
        user = authenticate(username=person.username, password=PASSWORD)

        assert user is not None
        assert not user.is_superuser
        assert user.groups.count() == 1
        client = Client()
        assert client.login(username=person.username, password=PASSWORD)
        assert client.get("/admin/").status_code == 200

    def test_r2_only_the_chief_may_publish(self):
        """Without the steps, in an emergency; and nobody through Wagtail's own button (R8)."""
        news = index("C2").get_children().first().specific
        people = {
            person.role: authenticate(username=person.username, password=PASSWORD)
            for person in PEOPLE
        }

        assert [role for role in people if may(people[role], Act.EMERGENCY, news)] == [
            RoleCode.CHIEF
        ]
        assert not any(news.permissions_for_user(user).can_publish() for user in people.values())


def test_r8_no_group_beside_the_roles_reaches_into_the_portal():
    assert groups_with_reach() == []


def test_reading_writes_nothing() -> None:
    """Neither a file whose size nobody kept; a picture in a new size alone is made by who comes
    first."""
    get_document_model().objects.update(file_size=None)
    client, written = Client(), []
    for path in (PAGES | STATES).values():
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        written += [(path, one["sql"]) for one in captured if WRITES.match(one["sql"])]
    assert [
        one
        for one in written
        if get_image_model().get_rendition_model()._meta.db_table not in one[1]
    ] == []
    assert not get_document_model().objects.exclude(file_size=None).exists()


def test_every_picture_and_file_of_a_public_page_is_open():
    """What visitors read is complete: nothing of it is closed as if it were a draft's."""
    # Wagtail remembers there the renditions that tests before this one made and took back.
    cache.clear()
    files = set()
    for page in [
        *pages.PortalPage.objects.live(),
        *pages.CategoryIndexPage.objects.live(),
        *pages.ContentPage.objects.live().specific(),
    ]:
        files |= set(re.findall(r'[" ](/(?:media|documents)/[^"?#\s,]+)', get(page)))
    assert len(files) > 20
    assert {name.split("/")[1] for name in files} == {"media", "documents"}
    client = Client()
    assert [name for name in files if client.get(name).status_code != 200] == []


# The invented access figures.


def total(model: Any) -> int:
    return model.objects.aggregate(views=Sum("views"))["views"]


def test_days_and_pages_add_up_and_reach_a_year_back() -> None:
    assert total(TrafficDay) == total(TrafficPage) > 100_000
    days = TrafficDay.objects.order_by("date").values_list("date", flat=True)
    assert days.last() - days.first() == datetime.timedelta(days=DAYS)
    assert TrafficDay.objects.values("category").distinct().count() > 12


def test_what_was_counted_already_is_left_alone(portal: Any) -> None:
    before = total(TrafficDay)
    assert not load_visits(portal, datetime.date(2030, 1, 1))
    assert total(TrafficDay) == before


def test_the_same_day_gives_the_same_figures(portal: Any) -> None:
    figures = []
    for _run in range(2):
        TrafficDay.objects.all().delete()
        TrafficPage.objects.all().delete()
        TrafficSearch.objects.all().delete()
        assert load_visits(portal, datetime.date(2026, 11, 22))
        figures.append(total(TrafficDay))
    assert figures[0] == figures[1]


def test_no_item_is_read_before_it_was_published() -> None:
    published = dict(root_model(ContentMixin).objects.values_list("pk", "published_at"))
    rows = TrafficPage.objects.filter(page_id__in=published)
    assert rows.count() > 50
    for row in rows:
        first = published[row.page_id].astimezone(VIETNAM).date()
        assert row.month >= first.replace(day=1)


@pytest.mark.parametrize(
    "name", ["pbgdpl_traffic", "pbgdpl_traffic_pages", "pbgdpl_traffic_categories"]
)
def test_the_reports_have_a_drawing(admin_client: Client, name: str) -> None:
    assert "<svg" in admin_client.get(reverse(name)).content.decode()
