"""The read API by address: what everybody may read, and nothing else (C13, Q7, R11)."""

from __future__ import annotations

import base64
import json
import unicodedata
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale

from tests.api.conftest import ASKER, BASE, identifier
from tests.factories import NewsFactory, UnitFactory, factory_for
from wagtail_pbgdpl.api import log, others
from wagtail_pbgdpl.api.models import PublicLog
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving import process_cache

pytestmark = pytest.mark.django_db
HIDDEN = ("draft", "closed", "below_closed", "below_down", "other")
LISTS = ("", "items/", "documents/", "answers/", "categories/", "units/", "changes/?limit=200")


def titles(response: Any) -> list[str]:
    assert response.status_code == 200, response.content
    return [one["title"] for one in response.json()["items"]]


class TestWhatIsTold:
    def test_items_newest_first(self, api: Any, world: SimpleNamespace) -> None:
        found = api("items/").json()["items"]
        assert [one["title"] for one in found[:4]] == [
            "Ai được chia thừa kế?",
            "Dự thảo Nghị quyết",
            "Quyết định về mức chi",
            "Tin công khai",
        ]
        assert [one["kind"] for one in found[:4]] == ["answer", "item", "document", "item"]
        assert found[3]["id"] == identifier(world.news)
        assert found[3]["unit"] == {"code": "so-tu-phap", "name": "Sở Tư pháp"}
        assert found[3]["author"] == "Nông Thị Hoa"
        assert found[3]["address"].endswith(world.news.url)
        assert api(found[2]["link"]).json()["number"] == "17/2018/QĐ-UBND"

    def test_a_document_by_article(self, api: Any, world: SimpleNamespace) -> None:
        found = api(f"documents/{identifier(world.document)}/").json()
        assert found["type"]["name"] == "Quyết định"
        assert found["fields"] == [{"code": "dat-dai-moi", "name": "Đất đai"}]
        assert (found["issued_on"], found["validity"]) == ("2018-07-20", "CHL")
        heading, article, prose = found["text"]
        assert (heading["node"], heading["label"], heading["anchor"]) == (
            "heading",
            "Chương I",
            "chuong-i",
        )
        first, second = article["clauses"]
        assert [point["anchor"] for point in first["points"]] == [
            "dieu-1-khoan-1-diem-a",
            "dieu-1-khoan-1-diem-dd",
        ]
        assert second["paragraphs"] == ["Không áp dụng với hội thi."]
        assert prose == {"node": "prose", "paragraphs": ["Nơi nhận: Sở Tư pháp"]}
        page = Client().get(world.document.url).content.decode()
        assert 'id="dieu-1-khoan-1-diem-dd"' in page

    def test_an_answer_rests_on_what_everybody_may_read(
        self, api: Any, world: SimpleNamespace
    ) -> None:
        found = api(f"answers/{identifier(world.answer)}/").json()
        assert found["question"] == "Con nuôi có được chia thừa kế không?"
        assert found["text"][0]["paragraphs"] == ["Con nuôi được hưởng như con đẻ."]
        law, closed, document = found["legal_basis"]
        assert (law["articles"], law["document"], law["address"]) == ("Điều 651", "", "")
        assert (closed["document"], closed["address"]) == ("", "")
        assert document["document"] == identifier(world.document)
        assert found["under_review"] is False

    def test_categories_with_clocks_and_figures(self, api: Any) -> None:
        found = {one["code"]: one for one in api("categories/").json()["items"]}
        assert "C1" not in found
        assert "C5" not in found
        assert found["C2"]["figures"]["items"] == 1
        assert found["C2"]["clocks"][0]["clause"]
        assert found["C6"]["figures"]["questions"]["received"] == 0
        assert found["C2"]["figures"]["questions"] is None
        assert api(found["C7"]["link"]).json() == found["C7"]

    def test_units(self, api: Any) -> None:
        found = api("units/so-tu-phap/").json()
        assert (found["name"], found["phone"]) == ("Sở Tư pháp", "0209 3870 100")

    @pytest.mark.parametrize(
        ("query", "wanted"),
        [
            ("items/?category=C2", ["Tin công khai"]),
            ("items/?category=C99", []),
            ("items/?language=en", []),
            ("items/?published_to=2000-01-01", []),
            ("items/?published_from=2000-01-01&category=C2", ["Tin công khai"]),
            ("documents/", ["Quyết định về mức chi"]),
            ("documents/?field=dat-dai-moi&validity=CHL", ["Quyết định về mức chi"]),
            ("documents/?validity=HHL", []),
            ("documents/?issued_from=2018-07-20&issued_to=2018-07-20", ["Quyết định về mức chi"]),
            ("documents/?issued_from=2018-07-21", []),
            ("documents/?type=quyet-dinh-moi&issuer=ubnd-tinh-moi", ["Quyết định về mức chi"]),
            ("documents/?type=khong-co", []),
            ("answers/?unit=so-tu-phap&field=dat-dai-moi", ["Ai được chia thừa kế?"]),
            ("answers/?field=khong-co", []),
        ],
    )
    def test_filters(self, api: Any, query: str, wanted: list[str]) -> None:
        assert titles(api(query)) == wanted

    @pytest.mark.parametrize("form", ["NFC", "NFD"])
    def test_a_number_in_whatever_form(self, api: Any, form: str) -> None:
        number = quote(unicodedata.normalize(form, "17/2018/QĐ-UBND"))
        assert titles(api(f"documents/?number={number}")) == ["Quyết định về mức chi"]

    def test_a_translation_is_an_object_of_its_own(self, api: Any, world: SimpleNamespace) -> None:
        """I6: of one key, with another language."""
        locale, _new = Locale.objects.get_or_create(language_code="en")
        originals = (world.site.root_page, world.index["C2"].get_parent(), world.index["C2"])
        for original in (*originals, world.news):
            copy = original.specific.copy_for_translation(locale)
            publish(copy) if hasattr(copy, "category") else copy.save_revision().publish()
        process_cache.forget()
        assert api().json()["languages"] == ["vi", "en"]
        (found,) = api("items/?language=en").json()["items"]
        assert found["id"] == f"{world.news.translation_key}.en"
        assert [one["id"] for one in api("categories/?language=en").json()["items"]] == ["C2.en"]
        log.settle_all()
        told = api("changes/?kind=item&limit=200").json()["items"]
        assert told[-1]["id"] == found["id"]


class TestNothingElse:
    @pytest.mark.parametrize("name", HIDDEN)
    @pytest.mark.parametrize("plural", ["items", "documents", "answers"])
    def test_a_guessed_identifier(
        self, api: Any, world: SimpleNamespace, name: str, plural: str
    ) -> None:
        """A draft, a restricted page, one below a closed or unpublished one, another site's."""
        hidden = api(f"{plural}/{identifier(getattr(world, name))}/")
        invented = api(f"{plural}/00000000-0000-4000-8000-000000000000.vi/")
        assert hidden.status_code == invented.status_code == 404
        assert hidden.json() == invented.json()

    def test_no_list_names_what_is_hidden(self, api: Any, world: SimpleNamespace) -> None:
        everything = "".join(api(one).content.decode() for one in LISTS)
        everything += api(f"answers/{identifier(world.answer)}/").content.decode()
        everything += api(f"items/{identifier(world.answer)}/").content.decode()
        for name in HIDDEN:
            assert getattr(world, name).title not in everything.replace('"name":"Tin nội bộ"', "")
            assert str(getattr(world, name).translation_key) not in everything
        assert str(world.news.translation_key) in everything

    def test_who_asked_stands_nowhere(self, api: Any, world: SimpleNamespace) -> None:
        """Q7: nor where an editor put the name into the author."""
        for address in ("items/", "answers/", *self.of(world.answer)):
            response = api(address)
            assert response.status_code == 200
            assert ASKER not in response.content.decode()
            assert "question_number" not in response.content.decode()

    def of(self, page: Any) -> list[str]:
        return [f"{plural}/{identifier(page)}/" for plural in ("items", "answers")]

    def test_another_site_has_its_own(self, api: Any, world: SimpleNamespace) -> None:
        found = api("items/", headers={"host": "khac.example"})
        assert titles(found) == ["Tin của cổng khác"]
        changes = api("changes/?kind=item", headers={"host": "khac.example"}).json()["items"]
        assert [one["id"] for one in changes] == [identifier(world.other)]

    def test_a_document_is_no_answer(self, api: Any, world: SimpleNamespace) -> None:
        assert api(f"answers/{identifier(world.document)}/").status_code == 404
        assert api(f"documents/{identifier(world.consultation)}/").status_code == 404


FOREIGN = "WyJmZmZmZmZmZmZmZmYiLDAsMF0"
HOSTILE = [
    ("items/?cursor=%00", "bad-parameter"),
    ("items/?cursor=khong-phai", "bad-cursor"),
    ("items/?cursor=Wzld", "bad-cursor"),
    (f"items/?cursor={FOREIGN}", "other-cursor"),
    (f"changes/?cursor={FOREIGN}", "other-cursor"),
    ("items/?cursor=" + "W1" * 2000, "bad-parameter"),
    ("items/?limit=1000000000", "bad-parameter"),
    ("items/?limit=0", "bad-parameter"),
    ("items/?limit=-1", "bad-parameter"),
    ("items/?limit=1&limit=2", "bad-parameter"),
    ("items/?category=C2%00", "bad-parameter"),
    ("items/?%00=1", "bad-parameter"),
    ("items/?category=C2';--", "bad-parameter"),
    ("items/?categroy=C2", "unknown-parameter"),
    ("items/?published_from=hom-nay", "bad-parameter"),
    ("items/?published_to=9999-12-31", ""),
    ("documents/?validity=XYZ", "bad-parameter"),
    ("documents/?number=%F0%9F%91%8D%ED%A0%80", ""),
    ("units/?kind=x", "bad-parameter"),
    ("changes/?kind=draft", "bad-parameter"),
    ("changes/?start=never", "bad-parameter"),
    ("items/khong-phai-uuid.vi/", "not-found"),
    ("items/%00.vi/", "not-found"),
    ("items/B7DDEFFE-6710-4045-BEF1-0E58B7F5287B.vi/", "not-found"),
    ("units/khong-co%00/", "not-found"),
    ("categories/C99.vi/", "not-found"),
    ("nothing/", "no-such-address"),
    ("items/?x=" + "9" * 5000, "unknown-parameter"),
]


class TestHostile:
    @pytest.mark.parametrize(("address", "code"), HOSTILE, ids=[one[0][:40] for one in HOSTILE])
    def test_it_is_refused_in_vietnamese_with_a_code(
        self, api: Any, address: str, code: str
    ) -> None:
        response = api(address)
        if not code:
            assert response.status_code == 200
            return
        assert response.headers["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert problem["code"] == code
        assert problem["status"] == response.status_code
        assert problem["type"].endswith(f"{BASE}docs/#{code}")
        assert response.headers["Access-Control-Allow-Origin"] == "*"

    def test_a_cursor_belongs_to_its_list_and_filters(self, api: Any) -> None:
        cursor = api("items/?limit=1").json()["cursor"]
        assert api(f"items/?cursor={cursor}&limit=5").status_code == 200
        for other in (f"items/?cursor={cursor}&category=C2", f"answers/?cursor={cursor}"):
            assert api(other).json()["code"] == "other-cursor"
        elsewhere = api(f"items/?cursor={cursor}", headers={"host": "khac.example"})
        assert elsewhere.json()["code"] == "other-cursor"

    def test_a_cursor_that_somebody_filled_in(self, api: Any) -> None:
        """The frame is that of the list, the place is none that there can be."""
        cursor = api("items/?limit=1").json()["cursor"]
        scope, *_place = json.loads(base64.urlsafe_b64decode(cursor + "=="))
        for place in (["1", 2], [10**30, 1], [-1, 1], [1.5, 1], [], [1, 2, 3], [9 * 10**18, 1]):
            text = json.dumps([scope, *place]).encode()
            forged = base64.urlsafe_b64encode(text).decode().rstrip("=")
            assert api(f"items/?cursor={forged}").json()["code"] == "bad-cursor", place

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
    def test_nobody_writes(self, api: Any, method: str) -> None:
        response = getattr(Client(enforce_csrf_checks=True), method)(f"{BASE}items/")
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"

    def test_too_much_is_refused(self, api: Any, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"API_PER_MINUTE": 2}
        found = [api("units/", REMOTE_ADDR="203.113.131.1") for _ in range(3)]
        assert [one.status_code for one in found] == [200, 200, 429]
        assert found[2].json()["code"] == "too-many-requests"
        assert 1 <= int(found[2].headers["Retry-After"]) <= 60
        assert api("units/", REMOTE_ADDR="203.113.131.2").status_code == 200

    def test_a_mistake_of_ours_is_told_without_its_words(
        self, api: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail() -> None:
            raise RuntimeError("bí mật")

        monkeypatch.setattr(others, "_units", fail)
        response = api("units/")
        assert (response.status_code, response.json()["code"]) == (500, "error")
        assert "bí mật" not in response.content.decode()

    def test_without_the_cache(self, api: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(*args: Any) -> None:
            raise ConnectionError

        monkeypatch.setattr(others.cache, "get_or_set", fail)
        assert api("categories/").status_code == 200

    def test_switched_off(self, api: Any, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"API_ON": False}
        for address in ("", "items/", "docs/", "openapi.json"):
            assert api(address).json()["code"] == "switched-off"


class TestTransport:
    def test_the_same_again_is_not_sent_again(self, api: Any) -> None:
        first = api("items/")
        assert first.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        again = api("items/", headers={"if-none-match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Access-Control-Allow-Origin"] == "*"
        assert api("items/?limit=1").headers["ETag"] != first.headers["ETag"]

    def test_any_origin_reads_and_no_cookie_is_set(self, api: Any) -> None:
        for address in (*LISTS, "openapi.json", "nothing/"):
            response = api(address, headers={"origin": "https://xa.example"})
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            assert "Access-Control-Allow-Credentials" not in response.headers
            assert not response.cookies
            assert "Cookie" not in response.headers.get("Vary", "")
        assert not api("docs/").cookies
        asked = Client().options(f"{BASE}items/", headers={"origin": "https://xa.example"})
        assert asked.status_code == 204
        assert "GET" in asked.headers["Access-Control-Allow-Methods"]

    def test_it_is_packed_where_the_site_packs(self, api: Any, settings: Any) -> None:
        settings.MIDDLEWARE = ["django.middleware.gzip.GZipMiddleware", *settings.MIDDLEWARE]
        response = api("items/", headers={"accept-encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip"
        tag = response.headers["ETag"]
        again = api("items/", headers={"accept-encoding": "gzip", "if-none-match": tag})
        assert again.status_code == 304

    def test_head(self, api: Any) -> None:
        response = Client().head(f"{BASE}items/")
        assert (response.status_code, response.content) == (200, b"")
        assert int(response.headers["Content-Length"]) == len(api("items/").content)

    def test_the_same_for_whoever_is_signed_in(self, api: Any, admin_client: Any) -> None:
        assert admin_client.get(f"{BASE}items/").content == api("items/").content


class TestPages:
    def test_each_object_stands_on_one_page(self, api: Any, world: SimpleNamespace) -> None:
        """Also where several were published in the same instant."""
        pages.ContentPage.objects.update(published_at=world.news.published_at)
        whole = titles(api("items/?limit=200"))
        assert len(whole) >= 4
        for limit in (1, 2, 3):
            found, address = [], f"items/?limit={limit}"
            while address:
                response = api(address)
                found += titles(response)
                assert len(response.json()["items"]) <= limit
                address = response.json()["next"]
            assert found == whole

    def test_units_by_code(self, api: Any) -> None:
        UnitFactory.create_batch(4)
        found, address = [], "units/?limit=2"
        while address:
            answer = api(address).json()
            found += [one["id"] for one in answer["items"]]
            address = answer["next"]
        assert len(found) >= 5
        assert found == sorted(set(found))

    @pytest.mark.parametrize(
        ("address", "most"),
        [
            ("items/?limit=100", 10),
            # One of them for what others do to the documents: their validity follows from it.
            ("documents/?limit=100", 13),
            ("answers/?limit=100", 12),
            ("categories/", 9),
            ("units/?limit=100", 3),
            ("changes/?limit=200", 5),
        ],
    )
    def test_the_number_of_queries_is_the_same_for_more_objects(
        self, api: Any, world: SimpleNamespace, address: str, most: int
    ) -> None:
        def queries() -> int:
            api(address)
            process_cache.forget()
            with CaptureQueriesContext(connection) as captured:
                assert api(address).status_code == 200
            return len(captured)

        before = queries()
        for _ in range(3):
            UnitFactory(parent=world.unit)
            NewsFactory(parent=world.index["C2"], unit=UnitFactory())
            for model, code in ((pages.LegalDocumentPage, "C7"), (pages.AnswerPage, "C6")):
                values = {"legal_fields": [world.field], "unit": UnitFactory()}
                factory_for(model)(parent=world.index[code], **values)
        assert queries() <= before <= most


class TestChanges:
    def test_from_the_beginning_and_on(self, api: Any, world: SimpleNamespace) -> None:
        """A consumer deletes what was withdrawn, and fetches the rest by its link."""
        answer = api("changes/?limit=200").json()
        told = {one["id"]: one for one in answer["items"]}
        assert told[identifier(world.document)]["kind"] == "document"
        assert told["so-tu-phap"]["kind"] == "unit"
        assert told["C2.vi"]["kind"] == "category"
        assert api(told[identifier(world.document)]["link"]).status_code == 200
        assert api(answer["next"]).json()["items"] == []
        world.news.unpublish()
        self.settle()
        (gone,) = api(answer["next"]).json()["items"]
        assert (gone["id"], gone["change"]) == (identifier(world.news), "withdrawn")
        assert gone["link"] is None

    def test_page_by_page(self, api: Any) -> None:
        whole = api("changes/?limit=200").json()["items"]
        found, answer = [], api("changes/?limit=3").json()
        while True:
            found += answer["items"]
            if not answer["more"]:
                break
            answer = api(answer["next"]).json()
        assert found == whole
        assert len(whole) > 6

    def test_from_now(self, api: Any, world: SimpleNamespace) -> None:
        answer = api("changes/?start=now").json()
        assert answer["items"] == []
        assert answer["more"] is False
        UnitFactory(code="moi-lap")
        self.settle()
        (change,) = api(answer["next"]).json()["items"]
        assert (change["id"], change["change"]) == ("moi-lap", "created")

    def test_of_one_kind(self, api: Any) -> None:
        found = api("changes/?kind=unit,category&limit=200").json()["items"]
        assert {one["kind"] for one in found} == {"unit", "category"}

    def test_a_log_that_began_anew_says_so(self, api: Any) -> None:
        cursor = api("changes/?start=now").json()["cursor"]
        PublicLog.objects.update(key="00000000-0000-4000-8000-000000000000")
        response = api(f"changes/?cursor={cursor}")
        assert (response.status_code, response.json()["code"]) == (410, "cursor-expired")

    def settle(self) -> None:
        log.settle_all()


def test_the_description_for_people(api: Any) -> None:
    text = api("docs/").content.decode()
    for word in ("openapi.json", "/documents/{id}/", "too-many-requests", "under_review"):
        assert word in text
    assert "https://cdn" not in text
    assert '<script src="http' not in text
