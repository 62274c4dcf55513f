"""Take the pictures of this folder from a freshly loaded demo: ``make screenshots``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent.parent))

from tests.face.addresses import PAGES  # noqa: E402
from tests.face.demo_server import chromium, demo_server  # noqa: E402

WIDTHS = (360, 1280)
# Long pages are cut: what stands lower looks the same.
TALLEST = 2400
COLOURS = 128
SUBJECTS = {
    "home": "/",
    "category": PAGES["CategoryIndexPage"],
    "article": PAGES["NewsPage"],
    "legal-document": PAGES["LegalDocumentPage"],
    "not-found": "/khong-co-trang-nay/",
}


def take(browser: Browser, address: str, width: int, file: Path) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, locale="vi-VN")
    page.goto(address)
    # Pictures further down load when they come near.
    page.evaluate("document.querySelectorAll('img').forEach((one) => { one.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    height = min(page.evaluate("document.documentElement.scrollHeight"), TALLEST)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    page.screenshot(path=file, full_page=True, clip=clip)
    page.close()
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as directory,
        demo_server(Path(directory)) as server,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium())
        for name, path in SUBJECTS.items():
            for width in WIDTHS:
                take(browser, server + path, width, FOLDER / f"{name}-{width}.png")
        browser.close()


if __name__ == "__main__":
    main()
