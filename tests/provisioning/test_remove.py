"""``pbgdpl_remove``: the portal goes whole, is kept in a folder, and takes nothing of the site."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core import serializers
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Site,
    Task,
    Workflow,
    WorkflowTask,
)

from tests.extension_app.models import OrdinaryPage, Teaser
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    NewsFactory,
    SeatFactory,
    UserFactory,
    seated,
)
from wagtail_pbgdpl.matters.models import Event
from wagtail_pbgdpl.organisation.models import RoleGroup, Seat
from wagtail_pbgdpl.pages.models import CategoryIndexPage, NewsPage, PortalPage
from wagtail_pbgdpl.provisioning.access import portal_collections
from wagtail_pbgdpl.workflows.guard import as_program
from wagtail_pbgdpl.workflows.models import StepTask

pytestmark = pytest.mark.django_db

# What Django and Wagtail themselves write down of changes, and what they derive.
DERIVED = {"wagtailcore.PageLogEntry", "wagtailcore.ModelLogEntry", "wagtailcore.ReferenceIndex"}


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("pbgdpl_remove", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def really(folder: Path, *arguments: str) -> str:
    return run("--yes", "--records", str(folder), *arguments)


def rows_of_others() -> dict[str, Any]:
    """Every row outside the package's own tables."""
    found = {
        model._meta.label: json.loads(
            serializers.serialize("json", model._base_manager.order_by("pk"))
        )
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.app_label.startswith("wagtail_pbgdpl")
        and model._meta.label not in DERIVED
    }
    # Wagtail keeps collections in the order of their names, and moves them for it.
    for row in found["wagtailcore.Collection"]:
        del row["fields"]["path"]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "records"


@pytest.fixture
def collection(portal: Any) -> Any:
    """One of a category, below that of the portal."""
    (top,) = portal_collections()
    return Collection.objects.get(pk=top).get_children().first()


@pytest.fixture
def above(portal: Any) -> Page:
    return Page.objects.get(pk=portal.pk).get_parent()


@pytest.fixture
def host(above: Page) -> Any:
    return above.add_child(instance=OrdinaryPage(title="Trang của tỉnh", slug="trang-cua-tinh"))


def test_a_site_is_as_it_was_before_the_portal_came(
    empty: Page, folder: Path, django_capture_on_commit_callbacks: Any
) -> None:
    """I3: pages, files, groups, a workflow and redirects of its own; the portal with content."""
    host = empty.add_child(instance=OrdinaryPage(title="Trang của tỉnh", slug="trang-cua-tinh"))
    own = DocumentFactory(collection=Collection.get_first_root_node().add_child(name="Của tỉnh"))
    user = UserFactory()
    user.groups.add(Group.objects.create(name="Ban Biên tập cổng tỉnh"))
    with as_program():
        Workflow.objects.all().delete()
        StepTask.objects.all().delete()
    before = rows_of_others()
    call_command("pbgdpl_setup", stdout=StringIO(), stderr=StringIO())
    portal = PortalPage.objects.get()
    (top,) = portal_collections()
    collection = Collection.objects.get(pk=top).get_children().first()
    index = CategoryIndexPage.objects.child_of(portal).get(category="C2")
    image, document = ImageFactory(collection=collection), DocumentFactory(collection=collection)
    NewsFactory(parent=index, cover=image, tags=["đất đai"])
    NewsFactory(parent=index, live=False)
    Redirect.objects.create(old_path="/cu", redirect_page=portal)
    SeatFactory(user=user, role="secretary")
    Site.objects.update(root_page=portal)
    assert rows_of_others() != before

    with django_capture_on_commit_callbacks(execute=True):
        said = really(folder)

    now = rows_of_others()
    for label, rows in before.items():
        assert now[label] == rows, label
    assert default_storage.exists(own.file.name)
    for file in image.file, document.file:
        assert not default_storage.exists(file.name)
        assert (folder / "files" / file.name).exists()
    assert Client().get(host.get_url()).status_code == 200
    assert str(folder) in said


def test_a_trial_names_all_and_deletes_nothing(index_of: Any, collection: Any) -> None:
    page = NewsFactory(parent=index_of("C2"), cover=ImageFactory(collection=collection))
    before = rows_of_others()
    said = run("--dry-run")
    assert rows_of_others() == before
    assert NewsPage.objects.filter(pk=page.pk).exists()
    assert default_storage.exists(page.cover.file.name)
    for name in ("Cổng PBGDPL", "PBGDPL – Trưởng Ban"):
        assert name in said


def test_without_a_word_nothing_is_deleted(portal: Any, folder: Path, english: None) -> None:
    with pytest.raises(CommandError, match="--yes"):
        run()
    with pytest.raises(CommandError, match="--records"):
        run("--yes")
    folder.mkdir()
    with pytest.raises(CommandError, match="cannot be written"):
        really(folder)
    assert PortalPage.objects.exists()


def test_what_was_decided_is_kept(index_of: Any, folder: Path) -> None:
    """R12: the journal goes with the tables afterwards; it can be read in the folder."""
    page = NewsFactory(parent=index_of("C2"), title="Tin đã duyệt")
    version = page.latest_revision_id
    number, decided = Event.objects.count(), Event.objects.decisions().count()
    seat = SeatFactory(role="chief")
    really(folder)
    kept = {
        (row["model"], row["pk"]): row["fields"]
        for file in folder.glob("*.json")
        for row in json.loads(file.read_text(encoding="utf-8"))
    }
    assert sum(model == "wagtail_pbgdpl.event" for model, _pk in kept) == number > 0
    assert kept["wagtailcore.page", page.pk]["title"] == "Tin đã duyệt"
    assert kept["wagtail_pbgdpl_pages.contentpage", page.pk]["category"] == "C2"
    assert kept["wagtailcore.revision", version]["content"]["title"] == "Tin đã duyệt"
    assert kept["wagtail_pbgdpl.seat", seat.pk]["role"] == "chief"
    assert folder.stat().st_mode & 0o077 == 0
    # The tables themselves go with the migrations.
    assert Event.objects.decisions().count() == decided
    assert Seat.objects.filter(pk=seat.pk).exists()


class TestTheSite:
    def test_begins_above_where_it_began_at_the_portal(
        self, portal: Any, above: Page, folder: Path
    ) -> None:
        site = Site.objects.get()
        Site.objects.update(root_page=portal)
        really(folder)
        assert Site.objects.get() == site
        assert Site.objects.get().root_page_id == above.pk

    def test_begins_where_one_says(self, portal: Any, host: Any, folder: Path) -> None:
        Site.objects.update(root_page=portal)
        really(folder, "--root", str(host.pk))
        assert Site.objects.get().root_page_id == host.pk

    def test_that_has_nothing_above_is_asked_for(
        self, portal: Any, host: Any, folder: Path, english: None
    ) -> None:
        page = Page.objects.get(pk=portal.pk)
        page.move(Page.get_first_root_node(), pos="last-child")
        Site.objects.update(root_page=portal)
        with pytest.raises(CommandError, match="--root"):
            really(folder)
        with pytest.raises(CommandError, match="portal itself"):
            really(folder, "--root", str(portal.pk))
        assert PortalPage.objects.exists()
        assert not folder.exists()
        really(folder, "--root", str(host.pk))
        assert Site.objects.get().root_page_id == host.pk


class TestWhatTheSiteUses:
    @pytest.mark.parametrize("live", [True, False])
    def test_files_in_its_pages_move_out_of_the_collection(
        self, host: Any, collection: Any, folder: Path, live: bool
    ) -> None:
        """An image in a page of the site, public or a draft; the site's editors chose it."""
        image, other = ImageFactory(collection=collection), ImageFactory(collection=collection)
        block = {"type": "image", "value": {"image": {"image": image.pk}, "caption": ""}}
        host.body = json.dumps([block])
        revision = host.save_revision()
        if live:
            revision.publish()
        said = really(folder)
        image.refresh_from_db()
        assert image.collection == Collection.get_first_root_node()
        assert default_storage.exists(image.file.name)
        assert image.title in said
        assert not get_image_model().objects.filter(pk=other.pk).exists()

    def test_pages_below_the_portal_stop_it(self, portal: Any, folder: Path, english: None) -> None:
        own = Page.objects.get(pk=portal.pk).add_child(
            instance=OrdinaryPage(title="Trang của tỉnh", slug="trang-cua-tinh")
        )
        for arguments in ["--dry-run"], ["--yes", "--records", str(folder)]:
            with pytest.raises(CommandError, match=rf"Trang của tỉnh.*{own.pk}.*move it"):
                run(*arguments)
        assert PortalPage.objects.exists()
        assert not folder.exists()

    def test_rows_that_would_go_along_stop_it(
        self, index_of: Any, folder: Path, english: None
    ) -> None:
        teaser = Teaser.objects.create(page_id=index_of("C2").pk)
        with pytest.raises(CommandError, match=rf"teaser «.*» \(id {teaser.pk}\) hangs on"):
            really(folder)
        assert Teaser.objects.filter(pk=teaser.pk).exists()
        assert not folder.exists()

    def test_a_group_with_more_than_the_portal_stays(self, host: Any, folder: Path) -> None:
        groups = [row.group for row in RoleGroup.objects.order_by("role")]
        with_page, with_permission, in_workflow = groups[:3]
        GroupPagePermission.objects.create(group=with_page, page=host, permission_type="add")
        with_permission.permissions.add(Permission.objects.get(codename="add_redirect"))
        task = GroupApprovalTask.objects.create(name="Duyệt của tỉnh")
        task.groups.add(in_workflow)
        said = really(folder)
        left = Group.objects.filter(pk__in=[group.pk for group in groups])
        assert set(left) == {with_page, with_permission, in_workflow}
        for group in left:
            assert re.search(rf"^= .*{re.escape(group.name)}$", said, re.MULTILINE)

    def test_workflows_of_its_own_stay(self, portal: Any, folder: Path) -> None:
        own = Workflow.objects.create(name="Của tỉnh")
        task = GroupApprovalTask.objects.create(name="Duyệt của tỉnh")
        WorkflowTask.objects.create(workflow=own, task=task)
        really(folder)
        assert set(Task.objects.values_list("pk", flat=True)) >= {task.pk}
        assert Workflow.objects.filter(pk=own.pk).exists()
        assert not StepTask.objects.exists()

    def test_people_stay(self, portal: Any, folder: Path) -> None:
        user = seated("chief")
        really(folder)
        user.refresh_from_db()
        assert user.is_active
        assert not user.groups.exists()

    def test_documents_of_the_site_stay(self, portal: Any, folder: Path) -> None:
        own = DocumentFactory()
        really(folder)
        assert get_document_model().objects.filter(pk=own.pk).exists()


def test_the_set_up_begins_anew_afterwards(portal: Any, folder: Path) -> None:
    really(folder)
    assert not PortalPage.objects.exists()
    call_command("pbgdpl_setup", stdout=StringIO(), stderr=StringIO())
    assert PortalPage.objects.get().get_children().count() == 15
