from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.utils import translation

# A busy machine is slow; slowness is measured in benchmarks, not here.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

REPOSITORY = Path(os.environ.get("PBGDPL_SOURCE", Path(__file__).parent.parent))


def missing(what: str) -> None:
    """Skip for want of a service on this computer; fail where everything must be there."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing, and CI=true allows no skip")
    pytest.skip(f"{what} is missing on this computer")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The project's root with its source, also where the tests run on the built wheel."""
    return REPOSITORY


@pytest.fixture
def english() -> Iterator[None]:
    """The source language, for tests of messages that the package ships in Vietnamese too."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    """Every test finds a portal of the default profile below the site's root."""
    from wagtail.models import Site

    from wagtail_pbgdpl.provisioning.portal import set_up
    from wagtail_pbgdpl.regulations.active import get_regulation

    with django_db_blocker.unblock():
        set_up(get_regulation(), Site.objects.get().root_page)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What a process remembers for a second is of the test before, and rolled back."""
    from wagtail_pbgdpl.content import memory

    memory.forget()


@pytest.fixture
def site(db: Any) -> Any:
    from wagtail.models import Site

    return Site.objects.get(is_default_site=True)


@pytest.fixture
def portal(site: Any) -> Any:
    from wagtail_pbgdpl.content.discovery import root_model
    from wagtail_pbgdpl.content.indexes import PortalMixin

    return root_model(PortalMixin).objects.get()


@pytest.fixture
def index_of(portal: Any) -> Any:
    """A function from the code of a category to its index page."""
    from wagtail_pbgdpl.content.discovery import concrete_models
    from wagtail_pbgdpl.content.indexes import CategoryIndexMixin

    def find(code: str) -> Any:
        for model in concrete_models(CategoryIndexMixin):
            if page := model.objects.child_of(portal).filter(category=code).first():
                return page
        raise LookupError(code)

    return find


@pytest.fixture
def editor(db: Any) -> Any:
    from tests.factories import UserFactory

    return UserFactory(is_superuser=True)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For threads: all is committed, and taken away again. Other tests need the portal left."""
    from django.contrib.auth import get_user_model
    from django.db import connections

    from wagtail_pbgdpl import models

    tables = (
        models.Notice,
        models.Reminder,
        models.ReminderDay,
        models.PublicationEvent,
        models.Publication,
        models.Seat,
        models.UnitSuccession,
        models.Unit,
        get_user_model(),
    )
    with django_db_blocker.unblock():
        yield
        for table in tables:
            table._default_manager.all().delete()
        connections.close_all()
