from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from wagtail.models import Site

from tests.gates.reading import files_of
from tests.gates.world import World, build
from tests.kept import kept_files
from wagtail_pbgdpl.content.indexes import CategoryIndexMixin, PortalMixin
from wagtail_pbgdpl.core.discovery import concrete_models, root_model


def _index_of(code: str) -> Any:
    for model in concrete_models(CategoryIndexMixin):
        if page := model.objects.filter(category=code).first():
            return page
    raise LookupError(code)


def begin() -> World:
    """Make the world, and note what visitors get of its files."""
    portal = root_model(PortalMixin).objects.get()
    world = build(_index_of, portal, Site.objects.get(is_default_site=True))
    world.shown = files_of(world.public)
    world.sign_in()
    return world


@pytest.fixture(scope="module")
def built(indexed: None, django_db_blocker: Any) -> Iterator[World]:
    """One world for a module, in a transaction that each test has a savepoint of."""
    block = transaction.atomic()
    with django_db_blocker.unblock():
        block.__enter__()
        world = begin()
    yield world
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


@pytest.fixture
def world(built: World, db: None) -> Iterator[World]:
    with kept_files():
        yield built.again()
