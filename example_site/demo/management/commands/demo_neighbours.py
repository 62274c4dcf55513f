from __future__ import annotations

import http.server
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from ...neighbours import PAGES, PORT, handler_for


class Command(BaseCommand):
    help = (
        "Serve two sites that show sections of the demo portal, on an origin of their own: the "
        "portal of the province and the site of a commune. The portal must be running."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        portal = settings.WAGTAILADMIN_BASE_URL
        server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), handler_for(portal))
        for path, page in PAGES.items():
            self.stdout.write(f"http://127.0.0.1:{PORT}{path}  {page.title}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            server.server_close()
