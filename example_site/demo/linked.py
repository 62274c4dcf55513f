"""Linked systems of the demo, read from a server on this computer: two are well, one has long been
down. And a system that is told of changes.

Of what the national database says one document is not on the portal yet, and two are there with
another validity.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone
from wagtail.models import Site

from wagtail_pbgdpl.api import log
from wagtail_pbgdpl.content.differences import follow_all
from wagtail_pbgdpl.sources import syncing
from wagtail_pbgdpl.sources.models import ExternalSource
from wagtail_pbgdpl.sources.shipped import enter
from wagtail_pbgdpl.webhooks import receivers, sending
from wagtail_pbgdpl.webhooks.models import WebhookReceiver

from . import outside

WELL, DATABASE, DOWN = "cong-bao", "csdl-vbpl", "pbgdpl-bo-tu-phap"
# With the end of their addresses on the server of the demo.
PLAYED: dict[str, dict[str, Any]] = {
    WELL: {"address": "/cong_bao.rss"},
    DATABASE: {
        "kind": "json",
        "address": "/csdl_vbpl.json",
        "mapping": {
            "records": "data.items",
            "title": "{docType.name} số {docNum}",
            "link": "https://vbpl.vn/van-ban/chi-tiet/{id}",
            "summary": "title",
            "published": "issueDate",
            "number": "docNum",
            "type": "docType.name",
            "issuer": "organ",
            "issued": "issueDate",
            "effective": "effFrom",
            "expired": "effTo",
            "validity": "effStatus.code",
        },
        # Nobody publishes how its search is asked: this one is for the picture.
        "search_address": "https://vbpl.vn/tim-kiem?keyword={query}",
    },
    DOWN: {"kind": "feed", "address": "/pbgdpl.rss", "mapping": {}},
}
LINKS = ("cong-phap-luat", "tu-sach")


def load_linked(logo: Any) -> None:
    """Enter the systems that the package knows; read three of them; let the last go down.

    ``logo``: an image that stands for one of theirs.
    """
    if ExternalSource.objects.exists():
        return
    enter()
    ExternalSource.objects.filter(code__in=LINKS).update(is_on=True)
    with outside.served() as address:
        for code, values in PLAYED.items():
            rows = ExternalSource.objects.filter(code=code)
            rows.update(**{**values, "is_on": True, "address": address + values["address"]})
            syncing.sync(rows.get())
            rows.update(address=outside.ADDRESS + values["address"])
        broken = ExternalSource.objects.filter(code=DOWN)
        broken.update(address=address + outside.DOWN)
        syncing.sync(broken.get())
        _load_receiver(address)
    database = ExternalSource.objects.get(code=DATABASE)
    database.logo = logo
    database.save()
    days_ago = timezone.now() - datetime.timedelta(days=3)
    broken.update(
        address=outside.ADDRESS + outside.DOWN,
        succeeded_at=days_ago,
        failing_since=days_ago + datetime.timedelta(hours=1),
    )
    follow_all()


def _load_receiver(address: str) -> None:
    """Let a platform of the province hear of the documents that are public, as from the first."""
    log.settle_all()
    told: WebhookReceiver = WebhookReceiver.objects.create(
        name="Trục LGSP của tỉnh (minh họa)",
        site=Site.objects.get(is_default_site=True),
        address=address + outside.TOLD,
        kinds=["document", "answer"],
        position=0,
    )
    told.renew_secret(timezone.now())
    receivers.switch_on(told)
    sending.send_due()
    WebhookReceiver.objects.filter(pk=told.pk).update(address=outside.ADDRESS + outside.TOLD)
