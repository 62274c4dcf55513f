"""The data of the demo: five real documents, corrected openly, and believable content."""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example_site.demo.sources import (
    DATA,
    DOCUMENTS,
    FILES,
    IMAGES,
    corrected,
    corrections,
    entries,
    moment,
    office_day,
    read,
)
from wagtail_pbgdpl.legal.parser import parse
from wagtail_pbgdpl.legal.stream import to_stream

TEXTS = sorted(path.name for path in DOCUMENTS.glob("*.txt"))
# «Công» (work) where «Cổng» (portal) is meant; «Công báo» and «dịch vụ công» are right.
SLIP = re.compile(r"công (thông tin điện tử|ttđt|dịch vụ)", flags=re.IGNORECASE)


@pytest.fixture(scope="module")
def pages() -> list[dict[str, Any]]:
    return entries()


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


class TestDocuments:
    def test_there_are_five(self):
        """And those that are invented, each with its text by article and a signed original."""
        assert len(TEXTS) == 5
        documents = read("documents.toml")["document"]
        invented = [one for one in documents if one["file"].startswith("minh_hoa/")]
        assert sorted(one["file"] for one in documents if one not in invented) == TEXTS
        assert len(invented) == 10
        for one in invented:
            assert [file["value"]["kind"] for file in one["files"]] == ["original"]
            body = to_stream(parse(corrected(one["file"])))
            assert [block for block in body if block["type"] == "legal_article"]

    @pytest.mark.parametrize("name", TEXTS)
    def test_each_has_slips_and_is_free_of_them_when_corrected(self, name):
        before = (DOCUMENTS / name).read_text(encoding="utf-8")

        assert SLIP.search(before)
        assert SLIP.search(corrected(name)) is None

    @pytest.mark.parametrize("name", TEXTS)
    def test_corrections_change_a_letter_or_a_space_and_no_more(self, name):
        for wrong, right in corrections(name):
            bare = [re.sub(r"\s|\*", "", text).casefold() for text in (wrong, right)]
            base = [unicodedata.normalize("NFD", text)[:1] for text in bare]
            differing = sum(a != b for a, b in zip(*bare, strict=True))
            assert differing <= 1, (wrong, right)
            assert base[0] == base[1]

    def test_a_correction_that_corrects_nothing_is_an_error(self, monkeypatch):
        monkeypatch.setattr(
            "example_site.demo.sources.corrections", lambda document: [("Cống", "Cổng")]
        )
        with pytest.raises(LookupError, match="Cống"):
            corrected("lao_cai_2019.txt")

    def test_d1_what_the_texts_say_of_themselves(self):
        """QT24 Điều 5.1a: type, body, number, dates, abstract."""
        documents = {entry["file"]: entry for entry in read("documents.toml")["document"]}
        decision = documents["bac_kan_2018.txt"]

        assert decision["document_number"] == "17/2018/QĐ-UBND"
        assert decision["issued_on"] == datetime.date(2018, 7, 31)
        assert decision["effective_on"] == datetime.date(2018, 8, 10)
        assert documents["bac_kan_2021.txt"]["category"] == "C12"
        assert all(entry["document_abstract"] for entry in documents.values())


class TestPages:
    @pytest.mark.parametrize(
        "code", ["C1", "C2", "C3", "C4", "C5", "C7", "C8", "C9", "C10", "C11", "C12", "C15"]
    )
    def test_three_items_in_each_category(self, pages, code):
        """C1–C15, without those whose index page holds the content itself."""
        documents = {entry["slug"] for entry in read("documents.toml")["document"]}
        own = [e for e in pages if e["category"] == code and e["slug"] not in documents]

        assert len(own) >= (2 if code == "C12" else 3)

    def test_no_address_is_used_twice(self, pages):
        assert [s for s, n in Counter(e["slug"] for e in pages).items() if n > 1] == []

    def test_c5_materials_are_of_several_kinds(self, pages):
        kinds = {e["material_kind"] for e in pages if e["type"] == "MaterialPage"}

        assert len(kinds) >= 5

    def test_bodies_vary(self, pages):
        used = {b["type"] for e in pages for b in e.get("body", [])}

        assert {"rich_text", "image", "table", "chart", "quotation", "timeline", "call_out"} <= used
        assert {"legal_heading", "legal_article"} <= used

    def test_s3_every_item_has_author_and_source(self, pages):
        assert [e["slug"] for e in pages if not (e["author"] and e["source"])] == []

    def test_the_year_is_covered_oldest_first(self, pages):
        days = [e["days_ago"] for e in pages]

        assert days == sorted(days, reverse=True)
        assert 300 < days[0] <= 366
        assert days[-1] < 14

    def test_i7_all_data_is_precomposed(self):
        for path in sorted(DATA.rglob("*.toml")):
            text = path.read_text(encoding="utf-8")
            assert unicodedata.is_normalized("NFC", text), path.name

    def test_no_address_or_number_can_reach_a_person(self):
        """Invented people have addresses at «.example» and numbers that cannot exist."""
        for path in sorted(DATA.rglob("*.toml")):
            text = path.read_text(encoding="utf-8")
            assert re.findall(r"[\w.]+@(?!pbgdpl\.example)[\w.]+", text) == []
            phones = re.findall(r'phone = "([^"]+)"', text)
            assert [phone for phone in phones if not phone.startswith("0209 0000 ")] == []


class TestMedia:
    def test_every_name_used_is_shipped(self, pages):
        used = strings([*pages, read("indexes.toml")])
        images = {t.removeprefix("image:") for t in used if t.startswith("image:")}
        files = {t.removeprefix("file:") for t in used if t.startswith("file:")}
        images |= {entry["cover"] for entry in pages if "cover" in entry}

        assert (
            images == {path.name for path in IMAGES.iterdir()} == set(read("media.toml")["images"])
        )
        assert files == {path.name for path in FILES.iterdir()} == set(read("media.toml")["files"])

    def test_they_are_small(self):
        assert sum(path.stat().st_size for path in IMAGES.iterdir()) < 1_000_000
        # Each of the ten signed originals has the letters of its font with it.
        assert sum(path.stat().st_size for path in FILES.iterdir()) < 1_100_000

    def test_data_can_become_json(self, pages):
        assert json.dumps(pages, default=str)


class TestDays:
    @given(
        st.dates(datetime.date(2026, 1, 1), datetime.date(2030, 1, 1)),
        st.integers(min_value=0, max_value=366),
    )
    def test_t14_an_office_day_is_no_weekend_and_close(self, today, days_ago):
        """BK21 Điều 10.5: from Monday to Friday."""
        day = office_day(today, days_ago)
        asked = today - datetime.timedelta(days=days_ago)

        assert day.weekday() < 5
        assert 0 <= (asked - day).days <= 2
        assert asked.weekday() >= 5 or day == asked

    def test_offsets_with_and_without_a_time(self):
        today = datetime.date(2026, 11, 20)  # a Friday

        assert moment({"days": 1}, today) == datetime.date(2026, 11, 21)
        assert moment({"days": 1, "time": "08:30"}, today) == datetime.datetime(2026, 11, 20, 8, 30)  # noqa: DTZ001
