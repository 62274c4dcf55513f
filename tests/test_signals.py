"""Whom the package hears: the models that matter to it, and not every row of the site."""

from __future__ import annotations

import weakref
from typing import Any

import pytest
from django.contrib.auth.signals import user_logged_in
from django.db.models import signals as of_models
from wagtail import signals as of_wagtail

from wagtail_pbgdpl.organisation import signals as of_seats

SIGNALS = {
    name: signal
    for module in (of_models, of_wagtail, of_seats)
    for name, signal in vars(module).items()
    if hasattr(signal, "receivers")
} | {"user_logged_in": user_logged_in}


def heard_of_all(signal: Any) -> list[str]:
    """Name the package's receivers that are called whoever sends."""
    found = []
    for (_, sender), receiver, *_ in signal.receivers:
        called = receiver() if isinstance(receiver, weakref.ReferenceType) else receiver
        if sender == id(None) and called.__module__.startswith("wagtail_pbgdpl."):
            found.append(f"{called.__module__}.{called.__qualname__}")
    return found


@pytest.mark.parametrize("name", SIGNALS)
def test_every_receiver_of_rows_has_its_senders(name: str) -> None:
    assert SIGNALS[name].receivers or name not in ("post_save", "page_published")
    assert heard_of_all(SIGNALS[name]) == []


def test_a_receiver_without_a_sender_is_found() -> None:
    def receiver(**kwargs: Any) -> None:
        pass

    receiver.__module__ = "wagtail_pbgdpl.somewhere"
    of_models.post_save.connect(receiver)
    try:
        assert len(heard_of_all(of_models.post_save)) == 1
    finally:
        of_models.post_save.disconnect(receiver)
