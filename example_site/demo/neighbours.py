"""Two sites on an origin of their own that show sections of the demo portal (I3, I10)."""

from __future__ import annotations

import http.server
import os
from dataclasses import dataclass
from html import escape
from typing import Any

PORT = int(os.environ.get("NEIGHBOURS_PORT", int(os.environ.get("PORT", "8000")) + 1))
#: What the settings of the demo's portal list.
ORIGINS = (f"http://127.0.0.1:{PORT}", f"http://localhost:{PORT}")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """``sections``: the ends of their addresses, with the words that stand where they are not."""

    title: str
    heading: str
    colour: str
    sections: tuple[tuple[str, str], ...]


PAGES = {
    "/": Neighbour(
        "Cổng thông tin điện tử tỉnh (trang minh họa)",
        "Phổ biến, giáo dục pháp luật",
        "#7a1f1f",
        (
            ("moi-nhat/C2/", "Tin hoạt động phổ biến, giáo dục pháp luật"),
            ("lay-y-kien/", "Dự thảo văn bản đang lấy ý kiến"),
            ("tim-kiem/", "Tìm kiếm trên Cổng PBGDPL"),
        ),
    ),
    "/xa/": Neighbour(
        "Trang thông tin điện tử xã (trang minh họa)",
        "Pháp luật với đời sống",
        "#1d5c3a",
        (
            ("hoi-dap/", "Hỏi đáp, tư vấn pháp luật"),
            ("moi-nhat/C7/", "Văn bản chính sách, pháp luật mới"),
        ),
    ),
}

STYLE = """
body { margin: 0; font: 1rem/1.6 Georgia, serif; color: #222; background: #faf7f2; }
header { padding: 1rem; color: #fff; }
main { max-width: 60rem; margin: auto; padding: 1rem; }
pbgdpl-section { margin-block: 1rem; }
"""


def page_of(portal: str, neighbour: Neighbour) -> str:
    """Return the page as HTML; ``portal`` is the address of the portal without a slash."""
    sections = "\n".join(_section(portal, end, words) for end, words in neighbour.sections)
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(neighbour.title)}</title>
<style>{STYLE}</style>
<script src="{portal}/pbgdpl/nhung/pbgdpl.js" async></script>
</head>
<body>
<header style="background: {neighbour.colour}"><strong>{escape(neighbour.title)}</strong></header>
<main>
<h1>{escape(neighbour.heading)}</h1>
<p>Nội dung dưới đây do Cổng PBGDPL cung cấp và tự động cập nhật.</p>
{sections}
</main>
</body>
</html>
"""


def _section(portal: str, end: str, words: str) -> str:
    address, words = f"{portal}/pbgdpl/nhung/{end}", escape(words)
    return (
        f'<pbgdpl-section src="{address}" title="{words}"><a href="{address}">{words}</a>'
        "</pbgdpl-section>"
    )


def handler_for(portal: str) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            neighbour = PAGES.get(self.path)
            if neighbour is None:
                self.send_error(404)
                return
            content = page_of(portal, neighbour).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing of each request."""

    return Handler
