"""Where accounts and confirmations stand in the Wagtail admin."""

from __future__ import annotations

from django.urls import URLPattern, path

from . import confirming_views, passwords


def urls() -> list[URLPattern]:
    return [
        path(
            "pbgdpl/delegations/<int:pk>/confirm/",
            confirming_views.delegation,
            name="pbgdpl_confirm_delegation",
        ),
        path("pbgdpl/seats/<int:pk>/confirm/", confirming_views.seat, name="pbgdpl_confirm_seat"),
        path(
            "pbgdpl/access/<int:pk>/confirm/", confirming_views.login, name="pbgdpl_confirm_login"
        ),
        path(
            "pbgdpl/users/<int:pk>/send-link/",
            passwords.send_link_view,
            name="pbgdpl_send_password_link",
        ),
    ]
