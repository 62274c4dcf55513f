"""The files of items that are not public are not public either (R8: BK21 Điều 10.4; R11)."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction
from wagtail.users.models import UserProfile

from tests.factories import (
    DocumentFactory,
    ImageFactory,
    NewsFactory,
    UnitFactory,
    UserFactory,
    cleared,
    factory_for,
    seated,
)
from wagtail_pbgdpl.checks import check_documents
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.media import access, views
from wagtail_pbgdpl.pages.models import GuidancePage, NewsPage
from wagtail_pbgdpl.provisioning.access import portal_collections
from wagtail_pbgdpl.serving import process_cache
from wagtail_pbgdpl.site.portal import PortalSettings
from wagtail_pbgdpl.workflows.guard import as_program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_cache() -> None:
    cache.clear()


@pytest.fixture
def collection() -> Any:
    """One of a category, below that of the portal."""
    (top,) = portal_collections()
    return Collection.objects.get(pk=top).get_children().first()


@pytest.fixture
def image(collection: Any) -> Any:
    return ImageFactory(collection=collection)


@pytest.fixture
def document(collection: Any) -> Any:
    return DocumentFactory(collection=collection)


def of_image(image: Any) -> str:
    return str(image.get_rendition("width-5").url)


def status(address: str, user: Any = None) -> int:
    """What somebody gets; a second after the last change, for the memory of this process."""
    process_cache.forget()
    client = Client()
    if user is not None:
        client.force_login(user)
    response = client.get(address)
    if response.streaming:
        b"".join(response.streaming_content)
    return int(response.status_code)


def rich_text(document: Any) -> list[dict[str, Any]]:
    link = f'<p><a linktype="document" id="{document.pk}">Tệp</a></p>'
    return [{"type": "rich_text", "value": link}]


def listed(document: Any) -> list[dict[str, Any]]:
    # Without a number of its own, Wagtail takes it for an item of before 2.16.
    listed = {"id": str(uuid.uuid4()), "type": "item"}
    documents = [listed | {"value": {"document": document.pk, "title": ""}}]
    return [{"type": "document_list", "value": {"title": "Tệp", "documents": documents}}]


def in_text(image: Any) -> list[dict[str, Any]]:
    chosen = {"image": image.pk, "alt_text": "Ảnh", "decorative": False}
    return [{"type": "image", "value": {"image": chosen, "caption": "", "source": ""}}]


def item(index_of: Any, body: Any = None, **values: Any) -> Any:
    if body is not None:
        values["body"] = json.dumps(body)
    return NewsFactory(parent=index_of("C2"), **values)


class TestFromDraftToPublic:
    """A draft: closed. Published: open at once. Taken down: closed."""

    @pytest.mark.parametrize("place", ["cover", "body"])
    def test_images(self, index_of: Any, image: Any, place: str) -> None:
        values = {"cover": image} if place == "cover" else {"body": in_text(image)}
        page = item(index_of, live=False, **values)
        address = of_image(image)
        assert status(address) == 404
        page = publish(page)
        assert status(address) == 200
        page.unpublish()
        assert status(address) == 404

    @pytest.mark.parametrize("body", [listed, rich_text])
    def test_documents(self, index_of: Any, document: Any, body: Any) -> None:
        page = item(index_of, live=False, body=body(document))
        assert status(document.url) == 404
        page = publish(page)
        assert status(document.url) == 200
        page.unpublish()
        assert status(document.url) == 404

    def test_attachments(self, index_of: Any, document: Any) -> None:
        value = {"title": "Mẫu", "document": document.pk, "kind": "original", "note": ""}
        page = factory_for(GuidancePage)(
            parent=index_of("C4"),
            live=False,
            attachments=json.dumps([{"type": "attachment", "value": value}]),
        )
        assert status(document.url) == 404
        cleared(page.save_revision()).publish()
        assert status(document.url) == 200

    def test_a_deleted_page(self, index_of: Any, image: Any) -> None:
        page = item(index_of, cover=image)
        assert status(of_image(image)) == 200
        page.delete()
        assert status(of_image(image)) == 404

    def test_the_draft_of_a_live_page_opens_nothing(self, index_of: Any, image: Any) -> None:
        page = item(index_of)
        page.cover = image
        revision = page.save_revision()
        assert status(of_image(image)) == 404
        cleared(revision).publish()
        assert status(of_image(image)) == 200

    def test_one_public_use_among_drafts_is_enough(self, index_of: Any, image: Any) -> None:
        item(index_of, live=False, cover=image)
        item(index_of, cover=image)
        assert status(of_image(image)) == 200

    def test_what_nothing_uses_is_closed(self, image: Any, document: Any) -> None:
        assert status(of_image(image)) == 404
        assert status(document.url) == 404


class TestPrivatePages:
    """What a page for some shows is for those: by its own restriction or one from above."""

    @pytest.fixture(params=["page", "section"])
    def private(self, request: Any, index_of: Any, image: Any, document: Any) -> Any:
        page = item(index_of, cover=image, body=listed(document))
        return page if request.param == "page" else index_of("C2")

    def restrict(self, page: Any, kind: str, **values: Any) -> Any:
        return PageViewRestriction.objects.create(page_id=page.pk, restriction_type=kind, **values)

    def statuses(self, image: Any, document: Any, user: Any = None) -> set[int]:
        return {status(address, user) for address in (of_image(image), document.url)}

    def test_the_password(self, private: Any, image: Any, document: Any) -> None:
        assert self.statuses(image, document) == {200}
        restriction = self.restrict(private, "password", password="mat-khau")
        assert self.statuses(image, document) == {404}
        assert self.statuses(image, document, UserFactory()) == {404}
        client = Client()
        address = reverse(
            "wagtailcore_authenticate_with_password",
            args=[restriction.pk, index_of_page(image)],
        )
        client.post(address, {"password": "mat-khau", "return_url": "/"})
        for file in (of_image(image), document.url):
            response = client.get(file)
            assert response.status_code == 200
            b"".join(response.streaming_content)
            assert "no-store" in response.headers["Cache-Control"]
        restriction.delete()
        assert self.statuses(image, document) == {200}

    def test_the_log_in(self, private: Any, image: Any, document: Any) -> None:
        self.restrict(private, "login")
        assert self.statuses(image, document) == {404}
        assert self.statuses(image, document, UserFactory()) == {200}

    def test_a_group(self, private: Any, image: Any, document: Any) -> None:
        group = Group.objects.create(name="Ban nội bộ")
        self.restrict(private, "groups").groups.add(group)
        insider = UserFactory()
        insider.groups.add(group)
        assert self.statuses(image, document) == {404}
        assert self.statuses(image, document, UserFactory()) == {404}
        assert self.statuses(image, document, insider) == {200}

    def test_one_public_page_is_enough(
        self, private: Any, image: Any, document: Any, index_of: Any
    ) -> None:
        self.restrict(private, "login")
        factory_for(GuidancePage)(parent=index_of("C4"), cover=image)
        assert status(of_image(image)) == 200
        assert status(document.url) == 404

    def test_an_alias_is_as_private_as_its_source(
        self, index_of: Any, image: Any, portal: Any
    ) -> None:
        page = item(index_of, cover=image)
        self.restrict(page, "login")
        page.create_alias(update_slug="cung-tin")
        assert status(of_image(image)) == 404

    def test_the_original_stays_with_the_editors(
        self, private: Any, image: Any, document: Any
    ) -> None:
        self.restrict(private, "login")
        assert status(image.file.url, UserFactory()) == 404
        assert status(image.file.url, seated("secretary")) == 200

    def test_others_cannot_choose_them(self, private: Any, image: Any, document: Any) -> None:
        """Naming them in an item of one's own would make them public."""
        officer = seated("contact_officer")
        rows = get_image_model().objects.filter(pk=image.pk)
        assert access.seen_media(officer, rows).exists()
        self.restrict(private, "login")
        assert not access.seen_media(officer, rows).exists()


def index_of_page(image: Any) -> Any:
    return NewsPage.objects.filter(cover=image).first().pk


class TestCopies:
    def test_an_alias_opens_by_itself(self, index_of: Any, image: Any) -> None:
        page = item(index_of, cover=image)
        alias = page.create_alias(update_slug="cung-tin")
        page.unpublish(set_expired=False)
        alias.refresh_from_db()
        assert status(of_image(image)) == (200 if alias.live else 404)

    def test_a_translation_is_a_draft_of_its_own(
        self, index_of: Any, image: Any, site: Any, settings: Any
    ) -> None:
        page = item(index_of, live=False, cover=image)
        english = Locale.objects.create(language_code="en")
        translated = page.copy_for_translation(english, copy_parents=True)
        assert status(of_image(image)) == 404
        cleared(translated.save_revision()).publish()
        assert status(of_image(image)) == 200


class TestWhatIsNoPage:
    def test_the_emblem_of_the_portal_is_public(self, site: Any, image: Any) -> None:
        settings = PortalSettings.for_site(site)
        settings.emblem = image
        settings.save()
        assert status(of_image(image)) == 200
        settings.emblem = None
        settings.save()
        assert status(of_image(image)) == 404

    @pytest.mark.parametrize("who", ["visitor", "superuser"])
    def test_other_collections_are_wagtails(self, who: str) -> None:
        """A host had its originals and the files of its documents before the portal came."""
        user = UserFactory(is_superuser=True) if who == "superuser" else None
        image, document = ImageFactory(), DocumentFactory()
        for address in (of_image(image), image.file.url, document.url, document.file.url):
            assert status(address, user) == 200, address

    def test_what_moves_into_the_portal_is_closed_at_once(self, collection: Any) -> None:
        image, document = ImageFactory(), DocumentFactory()
        addresses = (image.file.url, of_image(image), document.url, document.file.url)
        assert {status(address) for address in addresses} == {200}
        for file in (image, document):
            file.collection = collection
            with as_program():
                file.save()
        assert {status(address) for address in addresses} == {404}

    def test_a_private_collection_of_the_host_stays_private(self) -> None:
        """Wagtail asks for its password at the address of the document alone."""
        document = DocumentFactory(collection=Collection.get_first_root_node().add_child(name="X"))
        assert status(document.file.url) == 200
        CollectionViewRestriction.objects.create(
            collection=document.collection, restriction_type="login"
        )
        assert status(document.file.url) == 404
        assert status(document.file.url, UserFactory()) == 200

    def test_what_is_the_hosts_own_is_cached_as_before(self, client: Client) -> None:
        """The server in front of the site kept it before the portal came."""
        for file in ImageFactory().file, DocumentFactory().file:
            assert "Cache-Control" not in client.get(file.url).headers

    def test_a_file_of_another_app_among_the_images_is_its_own(self) -> None:
        """Nothing but its row tells it from what an upload left behind."""
        name = default_storage.save("images/cua-site.txt", ContentFile(b"khac"))
        assert status(f"/media/{name}") == 404
        UserProfile.objects.create(user=UserFactory(), avatar=name)
        assert status(f"/media/{name}") == 200

    def test_what_wagtail_keeps_between_upload_and_form_is_nobodys_yet(self) -> None:
        """Files of drafts lie there until their title is entered."""
        name = default_storage.save("wagtail_uploads/du-thao.txt", ContentFile(b"khac"))
        assert status(f"/media/{name}") == 404
        assert status(f"/media/{name}", UserFactory(is_superuser=True)) == 404

    def test_a_file_of_no_image_is_handed_over_from_a_folder_that_is_named(
        self, settings: Any
    ) -> None:
        name = default_storage.save("khac/tep.txt", ContentFile(b"khac"))
        assert status(f"/media/{name}") == 404
        settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "MEDIA_PUBLIC": ["khac/"]}
        assert status(f"/media/{name}") == 200
        assert status("/media/khac/khong-co.txt") == 404
        assert status("/media/khac/") == 404

    def test_and_from_one_that_a_model_of_the_site_uploads_to(self) -> None:
        """Such as the pictures that officials have of themselves; the package closes none."""
        name = default_storage.save("avatar_images/anh.txt", ContentFile(b"khac"))
        assert status(f"/media/{name}") == 200

    def test_no_setting_opens_what_is_closed(self, settings: Any, document: Any) -> None:
        folders = ["documents/", "images/"]
        settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "MEDIA_PUBLIC": folders}
        assert status(document.file.url) == 404


class TestPaths:
    @pytest.mark.parametrize(
        "way", ["/{}", "./{}", "//{}", "x/../{}", "{}/", "{}/.", "%2e/{}", "%2F{}", "{}%00", "\\{}"]
    )
    @pytest.mark.parametrize("redirect", ["", "/rieng/"])
    def test_no_other_name_of_a_closed_file_opens_it(
        self, image: Any, document: Any, settings: Any, way: str, redirect: str
    ) -> None:
        """A file system reads ``//`` and ``/./`` as ``/``: no row has such a name, the file is
        there all the same."""
        settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "MEDIA_REDIRECT": redirect}
        rendition = image.get_rendition("width-5")
        for name in (document.file.name, image.file.name, rendition.file.name):
            folder, _, file = name.partition("/")
            assert status(f"/media/{way.format(name)}") == 404
            assert status(f"/media/{folder}/{way.format(file)}") == 404
            assert status(f"/media/{folder.upper()}/{file}") == 404

    @pytest.mark.parametrize(
        "path", ["../settings.py", "khac/../../x", "images/khong-co.png", "documents/x.txt", "a\\b"]
    )
    def test_nothing_else_is_handed_out(self, rf: Any, path: str) -> None:
        request = rf.get("/media/x")
        request.user = AnonymousUser()
        with pytest.raises(Http404):
            views.serve(request, path)

    def test_the_file_of_a_document_has_no_address_of_its_own(
        self, index_of: Any, document: Any
    ) -> None:
        item(index_of, body=listed(document))
        assert status(document.url) == 200
        assert status(document.file.url) == 404

    def test_the_original_of_a_public_image_is_for_editors(self, index_of: Any, image: Any) -> None:
        item(index_of, cover=image)
        assert status(image.file.url) == 404
        assert status(image.file.url, seated("secretary")) == 200

    def test_a_replaced_file(self, index_of: Any, image: Any) -> None:
        item(index_of, cover=image)
        old = of_image(image)
        assert status(old) == 200
        image.file = ImageFactory.build().file
        # Nobody may in the admin: what is public is frozen.
        with as_program():
            image.save()
        image.renditions.all().delete()
        image = get_image_model().objects.get(pk=image.pk)
        assert status(old) == 404
        assert status(of_image(image)) == 200

    def test_a_name_that_another_image_takes(self, index_of: Any, image: Any) -> None:
        """What the cache remembers of a name is not believed when the row is gone."""
        item(index_of, cover=image)
        rendition = image.get_rendition("width-5")
        name, address = rendition.file.name, rendition.url
        assert status(address) == 200
        rendition.delete()
        other = ImageFactory(collection=image.collection)
        taken = other.get_rendition("width-5")
        type(taken).objects.filter(pk=taken.pk).update(file=name)
        assert status(address) == 404


class TestEditors:
    @pytest.fixture
    def unit(self) -> Any:
        return UnitFactory()

    @pytest.fixture
    def used(self, index_of: Any, collection: Any, unit: Any) -> Any:
        """An image and a document of a unit's draft, uploaded by its contact officer."""
        user = seated("contact_officer", unit=unit)
        image = ImageFactory(collection=collection, uploaded_by_user=user)
        document = DocumentFactory(collection=collection, uploaded_by_user=user)
        item(index_of, body=listed(document), cover=image, live=False, unit=unit, user=user)
        return of_image(image), document.url, user

    def all_of(self, used: Any, user: Any) -> set[int]:
        return {status(address, user) for address in used[:2]}

    def test_the_unit_gets_them(self, used: Any, unit: Any) -> None:
        assert self.all_of(used, used[2]) == {200}
        assert self.all_of(used, seated("unit_head", unit=unit)) == {200}

    @pytest.mark.parametrize("role", ["secretary", "member", "deputy_chief", "chief"])
    def test_the_board_gets_them(self, used: Any, role: str) -> None:
        assert self.all_of(used, seated(role)) == {200}

    def test_a_superuser_gets_them(self, used: Any, editor: Any) -> None:
        assert self.all_of(used, editor) == {200}

    def test_others_do_not(self, used: Any) -> None:
        for user in (seated("contact_officer"), seated("operator"), UserFactory()):
            assert self.all_of(used, user) == {404}

    def test_a_page_that_one_may_see_is_enough(
        self, index_of: Any, collection: Any, unit: Any, used: Any
    ) -> None:
        """What another unit uploaded and the board put into this unit's draft."""
        image = get_image_model().objects.get(uploaded_by_user=used[2])
        other = UnitFactory()
        item(index_of, cover=image, live=False, unit=other)
        assert status(used[0], seated("contact_officer", unit=other)) == 200

    def test_what_only_a_version_uses_is_seen_by_the_unit(
        self, collection: Any, unit: Any, index_of: Any
    ) -> None:
        """The editor keeps drafts as versions, of which no index knows."""
        user = seated("contact_officer", unit=unit)
        image = ImageFactory(collection=collection, uploaded_by_user=user)
        page = item(index_of, live=False, unit=unit)
        page.cover = image
        page.save_revision(user=user)
        assert status(of_image(image), seated("unit_head", unit=unit)) == 200
        assert status(of_image(image), seated("contact_officer")) == 404

    def test_the_preview_shows_the_image(self, used: Any, index_of: Any) -> None:
        client = Client()
        client.force_login(used[2])
        page = NewsPage.objects.get(owner=used[2])
        response = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert response.status_code == 200
        assert status(page.cover.get_rendition("width-5").url, used[2]) == 200

    def test_choosers_offer_the_same(self, used: Any, unit: Any) -> None:
        for name, model in (
            ("wagtailimages_chooser:choose_results", get_image_model()),
            ("wagtaildocs_chooser:choose_results", get_document_model()),
        ):
            found = model.objects.get(uploaded_by_user=used[2])
            for user, offered in ((used[2], True), (seated("contact_officer"), False)):
                client = Client()
                client.force_login(user)
                assert (found.title in client.get(reverse(name)).content.decode()) is offered

    def test_a_closed_file_is_not_kept(self, used: Any, client: Client) -> None:
        client.force_login(used[2])
        assert "no-store" in client.get(used[0]).headers["Cache-Control"]


class TestSpeed:
    def test_a_public_image_costs_one_query_and_no_session(
        self, index_of: Any, image: Any, client: Client, django_assert_num_queries: Any
    ) -> None:
        """Once the process knows the image."""
        item(index_of, cover=image)
        address = of_image(image)
        client.force_login(UserFactory())
        client.get(address)
        with django_assert_num_queries(1):
            response = client.get(address)
        assert "Cookie" not in response.headers.get("Vary", "")
        assert response.headers["Cache-Control"] == "private, max-age=300"

    def test_at_first_a_bounded_number(
        self, index_of: Any, image: Any, client: Client, django_assert_num_queries: Any
    ) -> None:
        for _ in range(3):
            item(index_of, cover=image)
        address = of_image(image)
        process_cache.forget()
        with django_assert_num_queries(5):
            client.get(address)

    def test_a_browser_that_has_it_gets_no_body(
        self, index_of: Any, image: Any, client: Client
    ) -> None:
        item(index_of, cover=image)
        address = of_image(image)
        changed = client.get(address).headers["Last-Modified"]
        response = client.get(address, headers={"If-Modified-Since": changed})
        assert response.status_code == 304

    def test_choosers_have_a_bounded_number(
        self, collection: Any, django_assert_num_queries: Any
    ) -> None:
        user = seated("contact_officer")
        ImageFactory.create_batch(3, collection=collection, uploaded_by_user=user)
        access.paths_of_ours()
        with django_assert_num_queries(10, exact=False):
            assert len(access.seen_media(user, get_image_model().objects.all())) == 3


class TestByTheWebServer:
    @pytest.fixture(autouse=True)
    def _redirect(self, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = {**settings.WAGTAIL_PBGDPL, "MEDIA_REDIRECT": "/rieng/"}

    def test_it_is_told_where_the_file_is(self, index_of: Any, image: Any, client: Client) -> None:
        item(index_of, cover=image)
        response = client.get(of_image(image))
        name = image.get_rendition("width-5").file.name
        assert response.headers["X-Accel-Redirect"] == f"/rieng/{name}"
        assert "Content-Type" not in response.headers
        assert response.content == b""

    def test_not_for_what_is_closed(self, image: Any, client: Client) -> None:
        response = client.get(of_image(image))
        assert response.status_code == 404
        assert "X-Accel-Redirect" not in response.headers


def test_media_elsewhere_have_no_address_here(settings: Any) -> None:
    settings.MEDIA_URL = "https://media.example.vn/"
    assert views.urls() == []


def test_w003_documents_by_their_files(settings: Any) -> None:
    assert check_documents() == []
    settings.WAGTAILDOCS_SERVE_METHOD = "direct"
    (warning,) = check_documents()
    assert warning.id == "wagtail_pbgdpl.W003"
