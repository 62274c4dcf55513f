"""The kinds «publication» and «page»: what Wagtail's moderation is about."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..matters import kinds
from ..matters.publications import LIFECYCLE, PAGE, PUBLICATION


class Publication(kinds.Kind):
    """An item of its own: it is owed, decided on by steps, and counted."""

    code = PUBLICATION
    name = _("publication")
    lifecycle = LIFECYCLE

    def address(self, matter: kinds.Row) -> str:
        if matter.subject is None:
            return reverse("pbgdpl_ledger_entry", args=[matter.pk])
        return reverse("pbgdpl_item", args=[matter.subject])

    def work_address(self, matter: kinds.Row) -> str:
        """The editor, once there is a page."""
        if matter.subject is None:
            return self.address(matter)
        return reverse("wagtailadmin_pages:edit", args=[matter.subject])


class PortalPage(Publication):
    """A page that is decided on and no item of its own, such as an index page."""

    code = PAGE
    name = _("page that is no item of its own")
    is_clocked = False


def register() -> None:
    kinds.register(Publication())
    kinds.register(PortalPage())
