"""Hostile addresses, numbers, texts and files: none of them is an error of the server."""

from __future__ import annotations

import io
import json
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pillow

from tests.editing import posted
from tests.factories import ImageFactory, NewsFactory
from wagtail_pbgdpl.pages.models import NewsPage

pytestmark = pytest.mark.django_db

HUGE = "9" * 40


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def desk(editor: Any) -> Client:
    """The browser of somebody who may do everything."""
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    return client


YEARS = [
    "019450",
    "1945",
    "01945",
    "19450",
    "10000",
    "-1",
    "0",
    "9999",
    "٢٠٢٦",
    "²",
    HUGE,
    "abc",
    "",
]
TURNS = ["0", "-1", "abc", HUGE, "1e400", "NaN", "²", "last", "%00", "%FF"]
TAGS = ["%00", "%FF", "x" * 4000, "%EF%BF%BE", "'\"><script>", "%", "..%2F..%2F"]


class TestAddresses:
    @pytest.mark.parametrize("year", YEARS)
    def test_a_year(self, visitor: Client, index_of: Any, year: str) -> None:
        for code in ("C2", "C7", "C6"):
            assert visitor.get(f"{index_of(code).url}?nam={year}").status_code == 200, code

    @pytest.mark.parametrize("turn", TURNS)
    def test_a_page_of_a_listing(self, visitor: Client, index_of: Any, turn: str) -> None:
        index = index_of("C2")
        for query in (f"trang={turn}", f"nam=2026&trang={turn}", f"the=a&trang={turn}"):
            assert visitor.get(f"{index.url}?{query}").status_code == 200, query

    @pytest.mark.parametrize("tag", TAGS)
    def test_a_tag_or_a_question(self, visitor: Client, index_of: Any, tag: str) -> None:
        assert visitor.get(f"{index_of('C2').url}?the={tag}").status_code == 200
        search = index_of("C14").get_children().first()
        assert visitor.get(f"{search.url}?q={tag}").status_code == 200

    @pytest.mark.parametrize(
        "path",
        [
            *("%00", "%FF", "a" * 5000, "..%2F..%2Fetc%2Fpasswd", "%EF%BF%BE", "C2%00.xml"),
            *("pbgdpl/rss/%00.xml", f"pbgdpl/rss/{HUGE}.xml", "media/%00", "media/images/%00"),
            *("media/..%2F..%2Fmanage.py", "media/images/" + "x" * 5000, "documents/1/%00"),
            *(f"documents/{HUGE}/x.pdf", "documents/0/%FF"),
        ],
    )
    def test_a_path(self, visitor: Client, portal: Any, path: str) -> None:
        for start in ("/", portal.url):
            assert visitor.get(start + path).status_code in (301, 302, 400, 404)

    @pytest.mark.parametrize(
        "path",
        [
            *(
                f"pages/{HUGE}/edit/",
                f"pages/{HUGE}/",
                f"images/{HUGE}/",
                f"documents/edit/{HUGE}/",
            ),
            *("pages/?q=%00", "images/?q=%00", "images/?tag=%00", "documents/?q=%00"),
            *(f"pages/?p={HUGE}", "reports/site-history/?user=abc", "pages/search/?q=%00"),
            *(f"choose-page/?page_type=x.{HUGE}", f"images/?collection_id={HUGE}"),
        ],
    )
    def test_an_address_of_the_admin(self, desk: Client, path: str) -> None:
        assert desk.get(f"/admin/{path}").status_code < 500


class TestNumbers:
    @pytest.mark.parametrize("kind", ["column", "bar", "line", "pie"])
    @pytest.mark.parametrize(
        "number", ["9" * 309, "-" + "9" * 309, "1" * 5000, "0," + "0" * 320 + "1", "9" * 16]
    )
    def test_a_chart(self, visitor: Client, index_of: Any, kind: str, number: str) -> None:
        """C3: what was stored is shown as a table, without a drawing."""
        value = {"caption": "Số cuộc", "kind": kind, "data": f"Quý\tSố\nI\t{number}\nII\t3"}
        page = NewsFactory(
            parent=index_of("C2"), body=json.dumps([{"type": "chart", "value": value}])
        )
        assert visitor.get(page.url).status_code == 200

    def test_the_editor_says_which_number_is_too_long(self, desk: Client, index_of: Any) -> None:
        response = add(
            desk,
            index_of("C2"),
            **{
                "body-count": "1",
                "body-0-type": "chart",
                "body-0-order": "0",
                "body-0-deleted": "",
                "body-0-value-caption": "Số cuộc",
                "body-0-value-kind": "column",
                "body-0-value-data": f"Quý\tSố\nI\t{'9' * 309}",
            },
        )
        assert response.status_code == 200
        (error,) = response.context["form"].errors.as_data()["body"]
        block_error = error.block_errors[0].block_errors["data"]
        assert [one.code for one in block_error.error_list] == ["too_many_digits"]


def add(client: Client, index: Any, model: str = "newspage", **values: Any) -> Any:
    """Send the editor's form of a new item."""
    address = reverse("wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", model, index.pk))
    form = posted(client.get(address).context["form"])
    return client.post(
        address, form | {"title": "Tin", "slug": "tin", "author": "A", "source": "B"} | values
    )


class TestTexts:
    @pytest.mark.parametrize("code", [0xFFFE, 0xFFFF, 0x0B, 0x1F, 0x1FFFE, 0x7F, 0x85])
    def test_a_title_in_the_feeds(
        self, visitor: Client, desk: Client, index_of: Any, code: int
    ) -> None:
        title = f"Tin{chr(code)} mới"
        NewsFactory(parent=index_of("C2"), title=title, summary=title, author=title)
        for name, args in (("feed", ()), ("category_feed", ("C2",))):
            response = visitor.get(reverse(f"wagtail_pbgdpl:{name}", args=args))
            assert response.status_code == 200
            channel = ElementTree.fromstring(response.content)[0]  # noqa: S314 - our own feed
            found = channel.findtext("item/title")
            assert found is not None
            assert found.startswith("Tin")
            assert found.endswith("mới")

    def test_too_many_tags(self, desk: Client, index_of: Any) -> None:
        tags = ", ".join(f"thẻ {number}" for number in range(600))
        response = add(desk, index_of("C2"), tags=tags)
        assert response.status_code == 200
        assert "tags" in response.context["form"].errors
        assert not NewsPage.objects.exists()


class TestOneAddress:
    def test_whoever_comes_later_gets_the_next_free_one(self, desk: Client, index_of: Any) -> None:
        """The text of nobody is lost where several write under one title."""
        for number in range(8):
            response = add(desk, index_of("C2"), title=f"Tin {number}", slug="tin" * 85)
            assert response.status_code == 302
        slugs = set(NewsPage.objects.values_list("slug", flat=True))
        assert len(slugs) == 8
        assert max(map(len, slugs)) == 255

    def test_the_editor_that_saves_by_itself_hears_of_it(self, desk: Client, index_of: Any) -> None:
        index = index_of("C2")
        NewsFactory(parent=index, slug="tin")
        address = reverse(
            "wagtailadmin_pages:add", args=("wagtail_pbgdpl_pages", "newspage", index.pk)
        )
        form = posted(desk.get(address).context["form"])
        written = form | {"title": "Tin", "slug": "tin", "author": "A", "source": "B"}
        answer = desk.post(address, written, headers={"Accept": "application/json"}).json()
        assert answer["field_updates"]["slug"] == "tin-2"
        again = desk.post(answer["url"], written | {"slug": "tin-2"})
        assert again.status_code == 302


FORGED = [
    {"body-count": "abc"},
    {"body-count": "-1"},
    {"body-count": HUGE},
    {"body-count": ""},
    {"body-count": "1"},
    {"body-count": "1", "body-0-type": "rich_text"},
    {"body-count": "1", "body-0-type": "nothing", "body-0-order": "0", "body-0-deleted": ""},
    {"body-count": "1", "body-0-type": "rich_text", "body-0-order": "x", "body-0-deleted": ""},
    *(
        {
            "body-count": "1",
            "body-0-type": "rich_text",
            "body-0-order": "0",
            "body-0-deleted": "",
            "body-0-value": text,
        }
        for text in (
            "",
            "abc",
            "[]",
            "{}",
            "null",
            '"abc"',
            '{"blocks": 1}',
            '{"blocks": [{}], "entityMap": {}}',
            '{"blocks": [], "entityMap": []}',
            "[" * 5000,
        )
    ),
]


class TestForged:
    @pytest.mark.parametrize("values", FORGED)
    def test_blocks(self, desk: Client, index_of: Any, values: dict[str, str]) -> None:
        response = add(desk, index_of("C2"), **values)
        assert response.status_code in (200, 302, 400)
        page = NewsPage.objects.first()
        if page is not None:
            assert desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
            assert (
                desk.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code
                == 200
            )

    @pytest.mark.parametrize(
        "html",
        [
            '<a linktype="page" id="abc">x</a>',
            f'<a linktype="page" id="{HUGE}">x</a>',
            '<a linktype="page">x</a>',
            '<a linktype="document" id="abc">x</a>',
            '<a linktype="document">x</a>',
            f'<a linktype="document" id="{HUGE}">x</a>',
            '<a linktype="nothing" id="1">x</a>',
            '<embed embedtype="image" id="abc" alt="" format="left"/>',
            '<embed embedtype="image" id="{image}" alt="" format="nothing"/>',
            '<embed embedtype="image" id="{image}" alt=""/>',
            '<embed embedtype="nothing" id="abc"/>',
            '<embed embedtype="media" url="abc"/>',
        ],
    )
    def test_running_text_that_is_stored(
        self, visitor: Client, desk: Client, index_of: Any, html: str
    ) -> None:
        html = html.replace("{image}", str(ImageFactory().pk))
        body = [{"type": "rich_text", "value": f"<p>Chữ {html} còn.</p>"}]
        page = NewsFactory(parent=index_of("C2"), body=json.dumps(body))
        response = visitor.get(page.url)
        assert response.status_code == 200
        assert "còn." in response.content.decode()
        for name in ("edit", "view_draft", "history", "usage"):
            assert (
                desk.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code == 200
            )

    @pytest.mark.parametrize("key", ["abc", HUGE, None, "", [], {}])
    def test_a_link_in_the_editor(self, desk: Client, index_of: Any, key: Any) -> None:
        text = {
            "blocks": [
                {
                    "key": "a",
                    "text": "liên kết",
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [{"offset": 0, "length": 8, "key": 0}],
                }
            ],
            "entityMap": {
                "0": {"type": "LINK", "mutability": "MUTABLE", "data": {"id": key, "url": "/"}}
            },
        }
        response = add(
            desk,
            index_of("C2"),
            **{
                "body-count": "1",
                "body-0-type": "rich_text",
                "body-0-order": "0",
                "body-0-deleted": "",
                "body-0-value": json.dumps(text),
            },
        )
        assert response.status_code < 500
        page = NewsPage.objects.first()
        if page is not None:
            for name in ("edit", "view_draft"):
                assert (
                    desk.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code
                    == 200
                )


def picture(kind: str, **more: Any) -> bytes:
    file = io.BytesIO()
    Pillow.effect_noise((400, 300), 90).convert("RGB").save(file, kind, **more)
    return file.getvalue()


class TestForgedText:
    @pytest.mark.parametrize("text", ["abc", "[]", '{"blocks": 1}'])
    def test_a_field_of_running_text(self, desk: Client, index_of: Any, text: str) -> None:
        response = add(desk, index_of("C9"), "partydocumentpage", **{"implementation": text})
        assert response.status_code == 400


class TestFiles:
    @pytest.mark.parametrize("kept", [0.9, 0.5, 0.1, 0.01])
    @pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
    def test_a_picture_that_was_cut_off(self, desk: Client, kind: str, kept: float) -> None:
        whole = picture(kind)
        content = whole[: int(len(whole) * kept)]
        address = reverse("wagtailimages:add_multiple")
        file = SimpleUploadedFile(f"anh.{kind.lower()}", content, f"image/{kind.lower()}")
        response = desk.post(address, {"title": "Ảnh", "collection": "1", "files[]": file})
        assert response.status_code == 200
        assert not response.json()["success"]
        assert response.json()["error_message"]

    def test_a_bitmap(self, desk: Client) -> None:
        """BP20 Điều 9.1a."""
        file = SimpleUploadedFile("anh.bmp", picture("BMP"), "image/bmp")
        address = reverse("wagtailimages:add_multiple")
        response = desk.post(address, {"title": "Ảnh", "collection": "1", "files[]": file})
        assert response.json()["success"], response.json()
