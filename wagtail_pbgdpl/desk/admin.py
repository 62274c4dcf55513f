"""Where the ledger stands in the Wagtail admin."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..matters.models import Matter
from ..reporting.registration import offered
from . import views

permissions = offered(Matter, "add")


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/ledger/owe/", views.owe, name="pbgdpl_owe"),
        path("pbgdpl/ledger/<int:pk>/", views.entry, name="pbgdpl_ledger_entry"),
        path("pbgdpl/ledger/<int:pk>/give-up/", views.give_up, name="pbgdpl_give_up"),
    ]
