"""Take the pictures of this folder from a freshly loaded demo: ``make screenshots``.

``make screenshots NAMES="officer-home chief-home"`` takes these alone, «desks» all of the admin.
"""

from __future__ import annotations

import datetime
import sys
import tempfile
import tomllib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
sys.path.insert(0, str(ROOT))

from tests.face.addresses import PAGES, STATES  # noqa: E402
from tests.face.demo_server import chromium, demo_server  # noqa: E402
from wagtail_pbgdpl.worktime.seed import shipped_calendar  # noqa: E402

WIDTHS = (360, 768, 1280)
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# An official's screen, and the telephone.
BOTH = (1280, 390)
# Long pages are cut: what stands lower looks the same.
TALLEST = 2000
COLOURS = 64
DESK_COLOURS = 48
SUBJECTS = {
    "home": "/",
    "category": PAGES["CategoryIndexPage"],
    "materials": "/tai-lieu-pho-bien-giao-duc-phap-luat/",
    "documents": "/van-ban-chinh-sach-phap-luat-moi/",
    "questions": PAGES["QuestionIndexPage"],
    "article": PAGES["NewsPage"],
    "answer": "/hoi-dap-tu-van-phap-luat/ho-ngheo-nho-luat-su-tranh-chap-dat/",
    "material": PAGES["MaterialPage"],
    "report": PAGES["StatisticalReportPage"],
    "legal-document": PAGES["LegalDocumentPage"],
    "consultation": PAGES["ConsultationPage"],
    "introduction": PAGES["IntroductionPage"],
    "linked-systems": PAGES["IntegrationPage"],
    "statistics": PAGES["StatisticsPage"],
    "question-figures": "/pbgdpl/hoi-dap/so-lieu/",
    "search": STATES["search results"],
    "ask": STATES["form of a question"],
    "not-found": "/khong-co-trang-nay/",
}
PASSWORD = tomllib.loads(
    (ROOT / "example_site" / "demo" / "data" / "users.toml").read_text(encoding="utf-8")
)["password"]
OURS = "/admin/pbgdpl"
REPORTS = "/admin/reports/pbgdpl"
WAITING = f"{OURS}/waiting/"
LEDGER = f"{REPORTS}/ledger/"
JOURNAL = f"{REPORTS}/decisions/"
NEW_DAY = "/admin/wagtail_pbgdpl/calendarexception/create/"
# Titles of items of the demo, or what they begin with; see items.toml.
BEING_WRITTEN = "Nói chuyện pháp luật tại chợ phiên"
WITH_THE_HEAD = "Hội thi tìm hiểu"
WITH_THE_SECRETARY = "Trợ giúp pháp lý lưu động"
WITH_A_MEMBER = "Ngày hội pháp luật"
WITH_THE_CHIEF = "Tổng kết mô hình"
RETURNED = "Tập huấn cộng tác viên"
PUBLISHED = "Phiên tòa giả định"
FOUND = f"/admin/pages/search/?q={PUBLISHED}"
MERGED = ("Phòng Phổ biến, giáo dục pháp luật", "Trung tâm Trợ giúp pháp lý nhà nước")
IN_AN_EMERGENCY = "Cảnh báo: đối tượng mạo danh"


class Desk(NamedTuple):
    """A page of the admin as ``username`` sees it, at ``widths`` and ``height`` in pixels.

    ``steps`` are done before the picture is taken, one after the other.
    """

    name: str
    username: str
    address: str
    steps: tuple[Callable[[Page], Any], ...] = ()
    height: int = 800
    widths: tuple[int, ...] = (1280,)


def follow(title: str) -> Callable[[Page], Any]:
    """Click the first link of the page's content that bears the title."""
    return lambda page: page.locator(f"main a:has-text('{title}')").first.click()


def unfold(way: str) -> Callable[[Page], Any]:
    """Open the panel of a way to decide, and bring it into the picture."""

    def do(page: Page) -> None:
        panel = page.locator(f"#pbgdpl-{way}-section")
        toggle = panel.locator("button[aria-expanded]").first
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
        panel.evaluate("(one) => one.scrollIntoView()")

    return do


def open_actions(page: Page) -> None:
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()


def first_row(page: Page) -> None:
    """Click the first link of the list."""
    page.locator("table.listing tbody a").first.click()


def open_notices(page: Page) -> None:
    page.get_by_role("tab", name="Thông báo").click()


def enter_holiday(page: Page) -> None:
    """Add the day before a time limit to the calendar, which leads to what moves by it."""
    day = datetime.datetime.now(VIETNAM).date() + datetime.timedelta(days=1)
    while not shipped_calendar().day(day).works:
        day += datetime.timedelta(days=1)
    page.locator("[name=date]").fill(f"{day:%d/%m/%Y}")
    page.locator("[name=name]").fill("Nghỉ theo thông báo")
    page.locator("footer button[type=submit], .actions button[type=submit]").first.click()
    page.wait_for_url("**/recalculate/")


def look_at_merger(page: Page) -> None:
    """Name two units that are merged into a third, and have shown what would come of it."""
    for unit in MERGED:
        page.get_by_role("checkbox", name=unit).check(force=True)
    page.locator("[name=name]").fill("Trung tâm Công tác xã hội và Trợ giúp pháp lý")
    page.locator("[name=decision_number]").fill("12/NQ-HĐND")
    page.get_by_role("button", name="Xem trước kết quả").click()


def open_editor(page: Page) -> None:
    page.locator("main a[href*='/edit/']").first.click()
    page.wait_for_url("**/edit/")


DESKS = (
    Desk("officer-home", "canbodaumoi", "/admin/", widths=BOTH),
    Desk(
        "officer-editor",
        "canbodaumoi",
        f"/admin/pages/search/?q={BEING_WRITTEN}",
        (follow(BEING_WRITTEN), open_actions),
        widths=BOTH,
    ),
    Desk("officer-returned", "canbodaumoi", WAITING, (follow(RETURNED),), 620),
    Desk("officer-resubmit", "canbodaumoi", WAITING, (follow(RETURNED), open_editor, open_actions)),
    Desk("officer-ledger", "canbodaumoi", LEDGER, widths=BOTH),
    Desk("officer-entry", "canbodaumoi", LEDGER, (first_row,), widths=BOTH),
    Desk("officer-owed", "canbodaumoi", LEDGER, (follow("Ghi việc"),), 900),
    Desk("officer-guide", "canbodaumoi", f"{OURS}/guide/can-bo-dau-moi/", widths=BOTH),
    Desk("head-home", "thutruong", "/admin/", height=760, widths=BOTH),
    Desk("head-item", "thutruong", WAITING, (follow(WITH_THE_HEAD),), 640),
    Desk("secretary-home", "thuky", "/admin/", widths=BOTH),
    Desk("secretary-waiting", "thuky", WAITING, widths=BOTH),
    Desk("secretary-item", "thuky", WAITING, (follow(WITH_THE_SECRETARY),), 640),
    Desk("secretary-return", "thuky", WAITING, (follow(WITH_THE_SECRETARY), unfold("return")), 780),
    Desk("secretary-questions", "thuky", f"{OURS}/questions/", widths=BOTH),
    Desk("secretary-question", "thuky", f"{OURS}/questions/", (first_row,), widths=BOTH),
    Desk(
        "secretary-comments",
        "thuky",
        f"{REPORTS}/matters/?kind=consultation",
        (follow("tủ sách pháp luật"), follow("Bảng tổng hợp")),
        widths=BOTH,
    ),
    Desk("secretary-notices", "thuky", "/admin/account/", (open_notices,), widths=BOTH),
    Desk("member-item", "thanhvien", WAITING, (follow(WITH_A_MEMBER),), 640),
    Desk("member-editor", "thanhvien", WAITING, (follow(WITH_A_MEMBER), open_editor), 480, BOTH),
    Desk("deputy-delegated", "photruongban", WAITING, (follow(WITH_THE_CHIEF),), 640),
    Desk(
        "deputy-review", "photruongban", "/admin/", (follow(IN_AN_EMERGENCY), unfold("review")), 560
    ),
    Desk("chief-home", "truongban", "/admin/", widths=BOTH),
    Desk("chief-item", "truongban", WAITING, (follow(WITH_THE_CHIEF),), 720, BOTH),
    Desk(
        "chief-emergency",
        "truongban",
        WAITING,
        (follow(WITH_THE_CHIEF), unfold("emergency")),
        560,
    ),
    Desk("chief-take-down", "truongban", FOUND, (follow("Gỡ tin, bài"), unfold("take-down")), 800),
    Desk("chief-history", "truongban", FOUND, (follow("Quá trình xử lý"), unfold("history")), 900),
    Desk("chief-delegations", "truongban", f"{OURS}/delegations/", widths=BOTH),
    Desk("chief-delegation", "truongban", f"{OURS}/delegations/new/", height=900, widths=BOTH),
    Desk("chief-revoke", "truongban", f"{OURS}/delegations/", (follow("Nông Văn Khải"),)),
    Desk("chief-overview", "truongban", f"{OURS}/overview/", widths=BOTH),
    Desk("chief-matters", "truongban", f"{REPORTS}/matters/", widths=BOTH),
    Desk("chief-searches", "truongban", f"{REPORTS}/traffic/searches/", widths=BOTH),
    Desk("journal", "truongban", JOURNAL, widths=BOTH),
    Desk("operator-home", "quantri", "/admin/", widths=BOTH),
    Desk("operator-seats", "quantri", f"{OURS}/seats/", (), 640, BOTH),
    Desk("operator-seat", "quantri", f"{OURS}/seats/new/", height=860),
    Desk("operator-units", "quantri", f"{OURS}/units/", (), 560, BOTH),
    Desk(
        "operator-merger",
        "quantri",
        f"{OURS}/units/succession/merge/",
        (look_at_merger,),
        widths=BOTH,
    ),
    Desk("operator-calendar", "quantri", f"{OURS}/calendar/", widths=BOTH),
    Desk("operator-recalculation", "quantri", NEW_DAY, (enter_holiday,), widths=BOTH),
    Desk("operator-sources", "quantri", f"{OURS}/sources/", widths=BOTH),
    Desk("operator-receivers", "quantri", f"{OURS}/receivers/", widths=BOTH),
    Desk("operator-notices", "quantri", f"{REPORTS}/notices/", (), 640, BOTH),
)


def take(browser: Browser, address: str, width: int, file: Path) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, locale="vi-VN")
    page.goto(address)
    # Pictures further down load when they come near.
    page.evaluate("document.querySelectorAll('img').forEach((one) => { one.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    # In a picture of the whole page the bar at the foot of the screen would lie across its middle.
    page.evaluate("document.querySelectorAll('.pbgdpl-reach').forEach((one) => one.remove())")
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    page.screenshot(path=file, full_page=True, clip=clip)
    page.close()
    shrink(file, COLOURS)


def take_desk(page: Page, server: str, desk: Desk) -> None:
    """Take the pictures of a desk in the window of its person, who is logged in."""
    page.set_viewport_size({"width": desk.widths[0], "height": desk.height})
    page.goto(server + desk.address)
    for step in desk.steps:
        page.wait_for_load_state("networkidle")
        step(page)
    for width in desk.widths:
        page.set_viewport_size({"width": width, "height": desk.height})
        page.wait_for_load_state("networkidle")
        file = FOLDER / f"{desk.name}-{width}.png"
        page.screenshot(path=file, animations="disabled")
        shrink(file, DESK_COLOURS)


def shrink(file: Path, colours: int) -> None:
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(colours).save(file, optimize=True)


@contextmanager
def window(browser: Browser, server: str, username: str) -> Iterator[Page]:
    """Yield a window of the browser in which a person of the demo is logged in."""
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(f"{server}/admin/login/")
    page.fill("input[name=username]", username)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    yield page
    context.close()


def take_public(browser: Browser, server: str, names: Collection[str]) -> None:
    for name, path in SUBJECTS.items():
        for width in WIDTHS if not names or name in names else ():
            take(browser, server + path, width, FOLDER / f"{name}-{width}.png")


def take_desks(browser: Browser, server: str, names: Collection[str]) -> None:
    desks = [one for one in DESKS if not names or "desks" in names or one.name in names]
    for username in dict.fromkeys(desk.username for desk in desks):
        with window(browser, server, username) as page:
            for desk in desks:
                if desk.username == username:
                    take_desk(page, server, desk)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as directory,
        demo_server(Path(directory)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium())
        take_public(browser, server, sys.argv[1:])
        take_desks(browser, server, sys.argv[1:])
        browser.close()


if __name__ == "__main__":
    main()
