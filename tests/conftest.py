from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.utils import translation

from tests.sites import copied, run

# A busy machine is slow; slowness is measured in benchmarks, not here.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

# Hundreds of thousands of objects live for the whole run; to look through them at each turn takes a
# fourteenth of the time.
gc.set_threshold(200_000, 50, 1000)

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


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> str:
    """The folder into which pip installed the wheel; empty where tox did so already."""
    if os.environ.get("PBGDPL_FROM_WHEEL") == "1":
        return ""
    source = copied(repository, tmp_path_factory.mktemp("source"))
    wheels, target = tmp_path_factory.mktemp("wheels"), tmp_path_factory.mktemp("installed")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", wheels, source, cwd=source)
    (wheel,) = wheels.glob("*.whl")
    run(*pip, "install", "--no-deps", "--target", target, wheel, cwd=wheels)
    return str(target)


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
    """What a process remembers for a second is of the test before, and rolled back.

    So are persons of a request that did not end: Django's client leaves an export unread.
    """
    from wagtail_pbgdpl.authority import facts
    from wagtail_pbgdpl.serving import process_cache
    from wagtail_pbgdpl.workflows import today

    process_cache.forget()
    facts._memo.set(None)
    today.seen.clear()


@pytest.fixture
def site(db: Any) -> Any:
    from wagtail.models import Site

    return Site.objects.get(is_default_site=True)


@pytest.fixture
def portal(site: Any) -> Any:
    from wagtail_pbgdpl.content.indexes import PortalMixin
    from wagtail_pbgdpl.core.discovery import root_model

    return root_model(PortalMixin).objects.get()


@pytest.fixture
def index_of(portal: Any) -> Any:
    """A function from the code of a category to its index page."""
    from wagtail_pbgdpl.content.indexes import CategoryIndexMixin
    from wagtail_pbgdpl.core.discovery import concrete_models

    def find(code: str) -> Any:
        for model in concrete_models(CategoryIndexMixin):
            if page := model.objects.child_of(portal).filter(category=code).first():
                return page
        raise LookupError(code)

    return find


@pytest.fixture
def empty(portal: Any) -> Any:
    """The root page of a site on which the set-up never ran."""
    from django.contrib.auth.models import Group
    from wagtail.models import Collection, Page

    from wagtail_pbgdpl.provisioning.models import ProvisionedObject
    from wagtail_pbgdpl.reference.models import Audience, LegalField
    from wagtail_pbgdpl.site.portal import PortalSettings

    root = Page.objects.get(pk=portal.pk).get_parent()
    portal.delete()
    for record in ProvisionedObject.objects.filter(
        model__in=("auth.Group", "wagtailcore.Collection")
    ):
        model = Group if record.model == "auth.Group" else Collection
        model.objects.filter(pk=record.object_id).delete()
    for model in (LegalField, Audience, PortalSettings):
        model.objects.all().delete()
    ProvisionedObject.objects.all().delete()
    return root


@pytest.fixture
def editor(db: Any) -> Any:
    from tests.factories import UserFactory

    return UserFactory(is_superuser=True)


@pytest.fixture
def desk(client: Any, editor: Any) -> Any:
    """The browser of somebody who may do everything that a superuser may."""
    client.force_login(editor)
    return client


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For threads: all is committed, and taken away again. Other tests need the portal left."""
    from django.contrib.auth import get_user_model
    from django.db import connections

    from wagtail_pbgdpl import models

    tables = (
        models.Reminder,
        models.ReminderDay,
        models.PublicationEvent,
        models.Publication,
        models.Seat,
        models.UnitSuccession,
        models.Unit,
        get_user_model(),
        # To take seats and accounts away is itself entered and told.
        models.Change,
        models.Notice,
    )
    with django_db_blocker.unblock():
        yield
        for table in tables:
            table._default_manager.all().delete()
        connections.close_all()
