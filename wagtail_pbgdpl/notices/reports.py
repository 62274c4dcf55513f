"""What was sent, what waits and why, as a report of the Wagtail admin.

Neither text nor subject is shown: they name drafts, which whoever sees to the mail server may not
read (R11). Nor is the address of who asked something, which stands behind a purpose (Q7).
"""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.permission_policies import ModelPermissionPolicy

from ..reporting.fields import Field
from ..reporting.report import Report
from .delivery import SAID
from .models import Notice

STATES = (
    ("waiting", _("waiting")),
    ("given_up", _("not delivered")),
    ("sent", _("sent")),
)


class NoticeFilterSet(WagtailFilterSet):
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, method="of_state")
    address = django_filters.CharFilter(label=_("E-mail"), method="of_address")

    def of_address(self, rows: Any, name: str, part: str) -> QuerySet[Notice]:
        # Who has no account is not found by an address that is guessed.
        return rows.filter(address__icontains=part).exclude(recipient=None, regardless=True)

    def of_state(self, rows: Any, name: str, state: str) -> QuerySet[Notice]:
        if state == "sent":
            return rows.filter(sent_at__isnull=False)
        return {"waiting": rows.waiting, "given_up": rows.given_up}[state]()


def shown_address(notice: Notice) -> str:
    """Return the address; of people without an account no more than the server that takes it."""
    # Of an account that is gone, letters that were not for the address alone keep it.
    if notice.recipient_id is not None or not notice.regardless:
        return notice.address
    return f"…@{notice.address.rpartition('@')[2]}"


def shown_error(notice: Notice) -> str:
    """Return what the mail server said, which names the address at times."""
    words, colon, rest = notice.last_error.partition(": ")
    if words in SAID:
        words = gettext(words)
    return f"{words}{colon}{rest}".replace(notice.address, shown_address(notice))


class NoticeReport(Report):
    """For the operator, who sees to the mail server and to the accounts (R10)."""

    page_title = _("Notices by e-mail")
    header_icon = "mail"
    menu_order = 1200
    index_url_name = "pbgdpl_notices"
    permission_policy = ModelPermissionPolicy(Notice)
    queryset = Notice.objects.defer("subject", "text")
    filterset_class = NoticeFilterSet
    default_ordering = "-pk"
    export_filename = "thu-thong-bao"
    fields = (
        Field("created_at", _("Created at")),
        Field("address", _("E-mail"), shown_address),
        Field("sort", pgettext_lazy("letter", "Sort")),
        Field("sent_at", _("Sent at")),
        Field("attempts", _("Attempts")),
        Field("next_attempt_at", _("Next attempt"), in_files=False),
        Field("last_error", _("Last error"), shown_error),
    )
    on_screen = (
        "sort",
        "address",
        "created_at",
        "sent_at",
        "attempts",
        "next_attempt_at",
        "last_error",
    )
