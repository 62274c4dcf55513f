"""Where the ledger, the pages of matters and each person's list stand in the Wagtail admin."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..matters.models import Matter
from ..reporting.registration import offered
from . import acting, home, recalculating, succession, views
from .waiting import waiting

permissions = offered(Matter, "add")


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/matters/<int:pk>/", acting.matter, name="pbgdpl_matter"),
        path("pbgdpl/waiting/", waiting, name="pbgdpl_waiting"),
        path("pbgdpl/ledger/owe/", views.owe, name="pbgdpl_owe"),
        path("pbgdpl/ledger/<int:pk>/", views.entry, name="pbgdpl_ledger_entry"),
        path("pbgdpl/ledger/<int:pk>/give-up/", views.give_up, name="pbgdpl_give_up"),
        *home.urls(),
        *recalculating.urls(),
        *succession.urls(),
    ]
