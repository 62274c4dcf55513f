"""An editor at the screen: 17/2018/QĐ-UBND gets its articles without typing one of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.desk import index_keys
from tests.legal.word_files import docx, p, r
from wagtail_pbgdpl.legal.lines import rows_of

pytestmark = pytest.mark.browser

DECISION = (
    Path(__file__).parents[2] / "example_site" / "demo" / "documents" / "bac_kan_2018.txt"
).read_text(encoding="utf-8")
MOST_CLICKS = 12
#: «Choose file», the file, «Open»: what the window of the system asks.
TO_CHOOSE_A_FILE = 3
BUTTONS = "#pbgdpl-full-text button[type=submit]"


class Mouse:
    """Clicks, and knows how often it did."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.clicks = 0

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def press(self, selector: str) -> None:
        """Click what leads to another page."""
        with self.page.expect_navigation():
            self.click(selector)

    def put_in_and_save(self) -> int:
        """From the lines to the draft; return how many articles are in the field then."""
        # The editor saves what was put in by itself, as it does what is typed.
        with self.page.expect_response(_is_saving):
            self.press(f"{BUTTONS}[name=put]")
        self.click("footer .w-dropdown__toggle")
        self.press("button.action-save")
        return int(self.page.locator("input[name^=body-][value=legal_article]").count())


def _is_saving(response: Any) -> bool:
    return response.request.method == "POST" and response.url.endswith("/edit/")


def test_d3_the_decision_pasted_and_uploaded(desk: Any) -> None:
    """D3: 22 articles in at most twelve clicks each way, from the form of a new page on."""
    window = desk("canbodaumoi")
    page = window.page
    index = index_keys(window)["C7"]
    window.open(f"/admin/pages/add/wagtail_pbgdpl_pages/legaldocumentpage/{index}/")
    page.locator("[name=title]").fill("Quyết định 17/2018/QĐ-UBND")
    page.locator("[name=signer]").fill("Lý Thái Hải")

    pasting = Mouse(page)
    pasting.press("button[name=action-full-text]")
    pasting.click("[name=text]")
    page.keyboard.insert_text(DECISION)
    pasting.press(BUTTONS)
    # With the script «Correct» offers the levels in its place; nothing is lost by looking.
    page.locator(".pbgdpl-lines__fix").first.click()
    assert page.locator("select[name=level-0]").count() == 1
    assert pasting.put_in_and_save() == 22
    assert page.locator("[name=signer]").input_value() == "Lý Thái Hải"
    assert pasting.clicks <= MOST_CLICKS

    uploading = Mouse(page)
    uploading.press("button[name=action-full-text]")
    paragraphs = [p(r(row.text)) for row in rows_of(DECISION)]
    page.locator("[name=file]").set_input_files(
        {"name": "17-2018.docx", "mimeType": "", "buffer": docx(*paragraphs)}
    )
    uploading.press(BUTTONS)
    # What is there is not written over unasked.
    uploading.click("[name=place][value=replace]")
    assert uploading.put_in_and_save() == 22
    assert uploading.clicks + TO_CHOOSE_A_FILE <= MOST_CLICKS


# A browser drops nothing but what a person holds; this is what their pages are told of it.
DROP = """(field, bytes) => {
  const held = new DataTransfer();
  held.items.add(new File([new Uint8Array(bytes)], "Ngày hội pháp luật.docx"));
  const named = { dataTransfer: held, bubbles: true, cancelable: true };
  field.dispatchEvent(new DragEvent("drop", named));
}"""


def dropped(desk: Any, category: str, form: str, content: bytes, leads_to: str) -> Any:
    """Drop a Word file on the form of a new page; return where its reading leads."""
    window = desk("canbodaumoi")
    page = window.page
    index = index_keys(window)[category]
    window.open(f"/admin/pages/add/wagtail_pbgdpl_pages/{form}/{index}/")
    with page.expect_navigation(url=re.compile(leads_to)):
        page.locator("[name=summary]").evaluate(DROP, list(content))
    return page


def test_a_word_file_dropped_on_the_form_of_a_document(desk: Any) -> None:
    """D3: it leads to what was recognised."""
    content = docx(p(r("Điều 1. Phạm vi")), p(r("Nghị quyết này quy định mức chi.")))
    page = dropped(desk, "C7", "legaldocumentpage", content, r"/pbgdpl/full-text/")
    assert "Điều 1" in page.locator("#main").inner_text()


def test_a_word_file_dropped_on_the_form_of_news(desk: Any) -> None:
    content = docx(p(r("Hơn 300 học sinh tham dự.")), p(r("Nhà trường cảm ơn.")))
    page = dropped(desk, "C2", "newspage", content, r"/edit/\?full_text=")
    assert page.locator("[name=title]").input_value() == "Ngày hội pháp luật"
    text = page.locator("[data-contentpath=body] [contenteditable=true]")
    assert text.inner_text().split("\n")[0] == "Hơn 300 học sinh tham dự."
