from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.utils import translation

from tests import both, once
from tests.sites import copied, run

# A busy machine is slow; slowness is measured in benchmarks, not here.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")

# Hundreds of thousands of objects live for the whole run; to look through them at each turn takes a
# fourteenth of the time.
gc.set_threshold(200_000, 50, 1000)

# For the test of what two runs share out.
pytest_plugins = ("pytester",)

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
def installed(tmp_path_factory: pytest.TempPathFactory, repository: Path, run_folder: Path) -> str:
    """The folder into which pip installed the wheel; empty where tox did so already."""
    if os.environ.get("PBGDPL_FROM_WHEEL") == "1":
        return ""

    def install(target: Path) -> None:
        source = copied(repository, tmp_path_factory.mktemp("source"))
        wheels = tmp_path_factory.mktemp("wheels")
        pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
        run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", wheels, source, cwd=source)
        (wheel,) = wheels.glob("*.whl")
        run(*pip, "install", "--no-deps", "--target", target, wheel, cwd=wheels)

    return str(once.once(run_folder / "installed", install))


@pytest.fixture
def profile_with(tmp_path: Path, settings: Any) -> Callable[[str], None]:
    """A function by which the portal goes by its profile and the given tables over it."""

    def use(tables: str) -> None:
        path = tmp_path / "tinh.toml"
        extended = settings.WAGTAIL_PBGDPL["PROFILE"]
        path.write_text(f'schema = 1\nextends = "{extended}"\n{tables}', encoding="utf-8")
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {"PROFILE": str(path)}

    return use


@pytest.fixture
def english() -> Iterator[None]:
    """The source language, for tests of messages that the package ships in Vietnamese too."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of this run share."""
    return once.shared_folder(tmp_path_factory)


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    run_folder: Path,
) -> Iterator[None]:
    """Every test finds a portal of the default profile below the site's root."""
    from django.conf import settings
    from django.db import connection

    # As a server does, before ``migrate`` switches the translations off: Wagtail 7.4 translates the
    # names of some rights when its forms are read.
    import_module(settings.ROOT_URLCONF)
    before = connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        once.take_database(connection, run_folder)
    once.keep_index(on=False)
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(before, verbosity=0)


@pytest.fixture(scope="session")
def portal_file(run_folder: Path) -> Path:
    """A SQLite database with the portal of the tests, for processes of their own to copy."""
    return once.portal_file(run_folder)


#: What takes longest begins first: else one core waits in the end for what the other still does.
LONGEST = (
    "browser",
    "gates",
    "face/test_accessibility",
    "guides",
    "example_site",
    "workflows/test_by_address",
    "test_wheel",
    "content/test_pointing",
    "performance",
    "provisioning",
    "traffic/test_gunicorn",
)


def pytest_configure(config: pytest.Config) -> None:
    # xdist would begin with the files that have the most tests.
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    own = both.share()
    if own is not None and (others := both.left_to_the_other(items, own)):
        config.hook.pytest_deselected(items=list(others))
        items[:] = [item for item in items if item not in others]

    def rank(item: pytest.Item) -> int:
        path = item.path.as_posix().removeprefix(f"{Path(__file__).parent.as_posix()}/")
        places = [number for number, one in enumerate(LONGEST) if path.startswith(one)]
        return places[0] if places else len(LONGEST)

    items.sort(key=rank)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):
        once.drop_templates()


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


@pytest.fixture(scope="module")
def indexed(django_db_setup: None) -> Iterator[None]:
    """For modules whose tests look for something: what is saved comes into the search index."""
    once.keep_index(on=True)
    yield
    once.keep_index(on=False)


@pytest.fixture(scope="module")
def searched(indexed: None) -> None:
    """For tests of the search itself, which is another on each database."""


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


@pytest.fixture(scope="module")
def kept_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """For fixtures of a module: what they write is there for its tests, and rolled back then."""
    from django.db import transaction
    from wagtail.models import Site

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
    # The roots of the sites are cached beside the database.
    Site.clear_site_root_paths_cache()


@pytest.fixture
def empty(portal: Any) -> Any:
    """The root page of a site on which the set-up never ran."""
    return emptied(portal)


def emptied(portal: Any) -> Any:
    """Take away what the set-up made; return the root page of the site."""
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
        models.Citation,
        models.DocumentIdentity,
        models.DocumentRecord,
        models.DocumentRelation,
        models.PublicObject,
        models.WebhookDelivery,
        models.WebhookReceiver,
        models.SourceItem,
        models.SourceRun,
        models.ExternalSource,
        models.Reminder,
        models.ReminderDay,
        models.Seal,
        models.CommentFile,
        models.BlackOut,
        models.Wording,
        models.Comment,
        models.Answer,
        models.DraftVersion,
        models.Consultation,
        models.Part,
        models.Clarification,
        models.QuestionFile,
        models.ReceivedMail,
        models.Question,
        models.Batch,
        models.Tally,
        models.Recount,
        models.LawChange,
        models.Review,
        models.KnownValidity,
        models.Event,
        models.Matter,
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
        models.WebhookAttempt.objects.all()._raw_delete("default")
        for table in tables:
            table._default_manager.all().delete()
        # Of these no row is deleted by hand; the log begins anew.
        models.PublicChange.objects.all()._raw_delete("default")
        models.PublicLog.objects.all().delete()
        connections.close_all()
