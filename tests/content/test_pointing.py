"""R11 (BK18 Điều 6.1b): nobody opens what belongs to another unit by naming it in content."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, GroupCollectionPermission

from tests.both import part
from tests.content.test_required import add_address, stream_data
from tests.factories import (
    DocumentFactory,
    ImageFactory,
    NewsFactory,
    SeatFactory,
    UnitFactory,
    UserFactory,
    cleared,
    seated,
)
from tests.workflows.test_guard import form_of, logged_in
from wagtail_pbgdpl.media.models import FileOfUnit, LatestReference
from wagtail_pbgdpl.organisation import succession
from wagtail_pbgdpl.pages.models import NewsPage
from wagtail_pbgdpl.provisioning.access import portal_collections
from wagtail_pbgdpl.site.portal import PortalSettings
from wagtail_pbgdpl.worktime.active import today

pytestmark = [pytest.mark.usefixtures("indexed"), pytest.mark.django_db]

SECRET = "Tài liệu mật"
FILE = "ten-tep-mat"
TAG = "Nhãn mật"


@pytest.fixture
def collection() -> Any:
    (top,) = portal_collections()
    return Collection.objects.get(pk=top)


@pytest.fixture
def unit() -> Any:
    return UnitFactory(categories=["C2"])


@pytest.fixture
def owner(unit: Any) -> Any:
    return seated("contact_officer", unit=unit)


@pytest.fixture
def stranger() -> Any:
    return seated("contact_officer", unit=UnitFactory(categories=["C2"]))


@pytest.fixture
def image(collection: Any, owner: Any) -> Any:
    image = ImageFactory(
        title=f"{SECRET} ảnh",
        collection=collection,
        uploaded_by_user=owner,
        file__filename=f"{FILE}.png",
    )
    image.tags.add(TAG)
    return image


@pytest.fixture
def document(collection: Any, owner: Any) -> Any:
    document = DocumentFactory(
        title=f"{SECRET} tệp",
        collection=collection,
        uploaded_by_user=owner,
        file__filename=f"{FILE}.txt",
    )
    document.tags.add(TAG)
    return document


@pytest.fixture
def page(index_of: Any, unit: Any, owner: Any, image: Any) -> Any:
    """A draft of the unit with the image as its cover."""
    return NewsFactory(
        parent=index_of("C2"),
        live=False,
        unit=unit,
        user=owner,
        title=f"{SECRET} trang",
        slug=f"{FILE}-trang",
        cover=image,
    )


def own_draft(index_of: Any, user: Any) -> Any:
    unit = user.pbgdpl_seats.get().unit
    return NewsFactory(parent=index_of("C2"), live=False, unit=unit, user=user)


def contentstate(kind: str, key: Any) -> str:
    data = {"id": key, "format": "fullwidth", "alt": "x"}
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "00000",
                    "text": "chữ",
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [{"key": 0, "offset": 0, "length": 3}],
                }
            ],
            "entityMap": {"0": {"type": kind, "mutability": "MUTABLE", "data": data}},
        }
    )


# How an editor may name an image, a document or a page; ``key`` as a person would write it.
WAYS: dict[str, tuple[str, Any]] = {
    "cover": ("image", lambda key: {"cover": key}),
    "image block": (
        "image",
        lambda key: stream_data("body", ("image", {"image-image": key, "image-alt_text": "Ảnh"})),
    ),
    "list of documents": (
        "document",
        lambda key: stream_data(
            "body",
            (
                "document_list",
                {
                    "title": "Tệp",
                    "documents-count": "1",
                    "documents-0-deleted": "",
                    "documents-0-order": "0",
                    "documents-0-type": "item",
                    "documents-0-id": "",
                    "documents-0-value-document": key,
                    "documents-0-value-title": "",
                },
            ),
        ),
    ),
    "link to a document": (
        "document",
        lambda key: stream_data("body", ("rich_text", contentstate("DOCUMENT", key))),
    ),
    "link to a page": (
        "page",
        lambda key: stream_data("body", ("rich_text", contentstate("LINK", key))),
    ),
}


def shown(response: Any) -> str:
    found = b"".join(response.streaming_content) if response.streaming else response.content
    text = found.decode(errors="replace")
    # Scripts and JSON write Vietnamese letters as numbers.
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)


def tells(response: Any) -> bool:
    text = shown(response) + response.headers.get("Location", "")
    return any(word in text for word in (SECRET, FILE, TAG))


class TestEditors:
    @pytest.fixture
    def things(self, image: Any, document: Any, page: Any) -> dict[str, Any]:
        return {"image": image, "document": document, "page": page}

    @pytest.mark.parametrize("way", WAYS)
    @pytest.mark.parametrize("spelling", ["{}", " {}", "+{}", "0_{}"])
    def test_a_strangers_number_is_refused_where_it_stands(
        self, things: Any, index_of: Any, stranger: Any, way: str, spelling: str
    ) -> None:
        kind, values = WAYS[way]
        if spelling != "{}" and kind == "page":
            pytest.skip("Wagtail itself takes no such number of a page in running text")
        own = own_draft(index_of, stranger)
        before = own.latest_revision_id
        data = form_of(own, title="Vẫn còn đây", **values(spelling.format(things[kind].pk)))
        response = logged_in(stranger).post(reverse("wagtailadmin_pages:edit", args=[own.pk]), data)
        assert response.status_code == 200
        field = "cover" if way == "cover" else "body"
        assert field in response.context["form"].errors
        assert "Vẫn còn đây" in shown(response)
        assert not tells(response)
        own.refresh_from_db()
        assert own.latest_revision_id == before

    @pytest.mark.parametrize("way", WAYS)
    def test_nor_is_it_shown_beside_another_mistake(
        self, things: Any, index_of: Any, stranger: Any, way: str
    ) -> None:
        kind, values = WAYS[way]
        own = own_draft(index_of, stranger)
        data = form_of(own, **values(things[kind].pk)) | {"title": "", "source_url": "sai"}
        response = logged_in(stranger).post(reverse("wagtailadmin_pages:edit", args=[own.pk]), data)
        assert response.status_code == 200
        assert not tells(response)

    @pytest.mark.parametrize("way", WAYS)
    def test_a_new_item(self, things: Any, index_of: Any, stranger: Any, way: str) -> None:
        kind, values = WAYS[way]
        unit = stranger.pbgdpl_seats.get().unit_id
        empty = form_of(NewsPage(title="Mới", author="A", source="B", summary="C", unit_id=unit))
        response = logged_in(stranger).post(
            add_address(NewsPage, index_of("C2")), empty | values(things[kind].pk)
        )
        assert response.status_code == 200
        assert not tells(response)
        assert not NewsPage.objects.filter(title="Mới").exists()

    @pytest.mark.parametrize("way", WAYS)
    def test_the_preview_shows_nothing(
        self, things: Any, index_of: Any, stranger: Any, way: str
    ) -> None:
        kind, values = WAYS[way]
        own = own_draft(index_of, stranger)
        client = logged_in(stranger)
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[own.pk])
        answer = client.post(address, form_of(own, **values(things[kind].pk)))
        assert answer.json()["is_valid"] is False
        assert not tells(client.get(address))

    @pytest.mark.parametrize("way", WAYS)
    def test_ones_own_is_taken(self, things: Any, index_of: Any, owner: Any, way: str) -> None:
        kind, values = WAYS[way]
        own = own_draft(index_of, owner)
        before = own.latest_revision_id
        response = logged_in(owner).post(
            reverse("wagtailadmin_pages:edit", args=[own.pk]),
            form_of(own, **values(things[kind].pk)),
        )
        assert response.status_code == 302, response.context["form"].errors
        own.refresh_from_db()
        assert own.latest_revision_id != before
        assert LatestReference.objects.filter(page_id=own.pk, object_id=things[kind].pk).exists()

    @pytest.mark.parametrize("way", WAYS)
    def test_the_board_names_any(self, things: Any, index_of: Any, way: str) -> None:
        kind, values = WAYS[way]
        secretary = seated("secretary")
        own = NewsFactory(parent=index_of("C2"), live=False, user=secretary)
        response = logged_in(secretary).post(
            reverse("wagtailadmin_pages:edit", args=[own.pk]),
            form_of(own, **values(things[kind].pk)),
        )
        assert response.status_code == 302, response.context["form"].errors

    def test_what_the_board_put_in_may_stay(
        self, things: Any, index_of: Any, stranger: Any
    ) -> None:
        own = own_draft(index_of, stranger)
        own.cover = things["image"]
        own.save_revision()
        data = form_of(own, cover=things["image"].pk, title="Đã sửa")
        address = reverse("wagtailadmin_pages:edit", args=[own.pk])
        assert logged_in(stranger).post(address, data).status_code == 302

    def test_a_number_of_tomorrow(self, index_of: Any, stranger: Any) -> None:
        """What is not there yet may be another's when it is."""
        own = own_draft(index_of, stranger)
        data = form_of(own, **WAYS["link to a document"][1](9_999_999))
        response = logged_in(stranger).post(reverse("wagtailadmin_pages:edit", args=[own.pk]), data)
        assert response.status_code == 200
        assert "body" in response.context["form"].errors

    def test_a_link_to_a_public_page_of_others(
        self, index_of: Any, unit: Any, stranger: Any
    ) -> None:
        public = NewsFactory(parent=index_of("C2"), unit=unit)
        own = own_draft(index_of, stranger)
        data = form_of(own, **WAYS["link to a page"][1](public.pk))
        address = reverse("wagtailadmin_pages:edit", args=[own.pk])
        assert logged_in(stranger).post(address, data).status_code == 302


class TestVersions:
    """The second line: whatever way a version is written in somebody's name."""

    def test_a_foreign_image(self, image: Any, index_of: Any, stranger: Any) -> None:
        own = own_draft(index_of, stranger)
        own.cover = image
        with pytest.raises(PermissionDenied):
            own.save_revision(user=stranger)
        assert own.revisions.count() == 1

    def test_programs_and_owners(self, image: Any, index_of: Any, owner: Any) -> None:
        own = own_draft(index_of, owner)
        own.cover = image
        own.save_revision()
        own.save_revision(user=owner)
        assert own.revisions.count() == 3

    def test_a_copy_holds_what_its_source_held(self, page: Any, owner: Any, index_of: Any) -> None:
        page.copy(update_attrs={"title": "Bản sao", "slug": "ban-sao"}, user=owner)
        copied = NewsPage.objects.get(slug="ban-sao")
        assert LatestReference.objects.filter(page_id=copied.pk).count() == 1

    def test_references_follow_the_latest_version(
        self, image: Any, index_of: Any, owner: Any
    ) -> None:
        own = own_draft(index_of, owner)
        rows = LatestReference.objects.filter(page_id=own.pk)
        own.cover = image
        own.save_revision()
        assert [row.object_id for row in rows.all()] == [image.pk]
        own.cover = None
        own.save_revision()
        assert not rows.exists()
        own.cover = image
        own.save_revision()
        own.delete()
        assert not rows.exists()


class TestFilesOfUnits:
    def file(self, user: Any, collection: Any) -> Any:
        return ImageFactory(collection=collection, uploaded_by_user=user)

    def offered(self, user: Any, image: Any) -> bool:
        answer = logged_in(user).get(reverse("wagtailimages_chooser:choose_results"))
        return image.title in shown(answer)

    def test_it_stays_when_the_uploader_moves(self, image: Any, owner: Any, unit: Any) -> None:
        colleague = seated("unit_head", unit=unit)
        newcomer = seated("contact_officer", unit=(other := UnitFactory(categories=["C2"])))
        seat = owner.pbgdpl_seats.get()
        seat.ends_on = today().replace(year=today().year - 1)
        seat.save()
        SeatFactory(user=owner, role="contact_officer", unit=other)
        assert self.offered(colleague, image)
        assert not self.offered(newcomer, image)
        assert not self.offered(owner, image)

    def test_what_the_board_uploads_is_of_the_pages_that_use_it(
        self, collection: Any, index_of: Any, unit: Any, owner: Any, stranger: Any
    ) -> None:
        image = self.file(seated("secretary"), collection)
        assert not self.offered(owner, image)
        page = own_draft(index_of, owner)
        page.cover = image
        page.save_revision()
        assert self.offered(owner, image)
        assert not self.offered(stranger, image)
        assert self.offered(seated("member"), image)

    def test_of_several_units_it_has_none(self, collection: Any, index_of: Any) -> None:
        both = seated("contact_officer", unit=(first := UnitFactory(categories=["C2"])))
        SeatFactory(user=both, role="contact_officer", unit=UnitFactory(categories=["C2"]))
        image = self.file(both, collection)
        assert not FileOfUnit.objects.filter(object_id=image.pk).exists()
        colleague = seated("unit_head", unit=first)
        assert self.offered(both, image)
        assert not self.offered(colleague, image)
        page = NewsFactory(parent=index_of("C2"), live=False, unit=first)
        page.cover = image
        page.save_revision()
        assert self.offered(colleague, image)

    def test_of_a_unit_that_another_succeeded(self, image: Any, unit: Any) -> None:
        heir = UnitFactory(categories=["C2"])
        succession.merge([unit], heir, on=today())
        assert self.offered(seated("unit_head", unit=heir), image)

    def test_it_goes_with_the_file(self, image: Any) -> None:
        assert FileOfUnit.objects.filter(object_id=image.pk).exists()
        image.delete()
        assert not FileOfUnit.objects.exists()

    def test_the_set_up_enters_what_was_there_before(
        self, image: Any, page: Any, site: Any, unit: Any
    ) -> None:
        from wagtail_pbgdpl.provisioning.portal import set_up
        from wagtail_pbgdpl.regulations.active import get_regulation

        kept = list(LatestReference.objects.order_by("pk").values("page_id", "object_id"))
        FileOfUnit.objects.all().delete()
        LatestReference.objects.all().delete()
        for _again in range(2):
            set_up(get_regulation(), site.root_page)
        assert FileOfUnit.objects.get(object_id=image.pk).unit == unit
        assert kept
        assert list(LatestReference.objects.order_by("pk").values("page_id", "object_id")) == kept


class TestChanging:
    """Seats, not groups and not who uploaded it, say who changes a file of the portal."""

    def may(self, user: Any, image: Any) -> bool:
        address = reverse("wagtailimages:edit", args=[image.pk])
        return bool(logged_in(user).get(address).status_code == 200)

    def test_the_unit_and_the_board(self, image: Any, owner: Any, unit: Any) -> None:
        for user in (owner, seated("unit_head", unit=unit), seated("chief")):
            assert self.may(user, image)

    def test_not_others(self, image: Any, stranger: Any) -> None:
        for user in (stranger, seated("operator")):
            assert not self.may(user, image)

    def test_not_after_the_seat(self, image: Any, owner: Any) -> None:
        seat = owner.pbgdpl_seats.get()
        seat.ends_on = today().replace(year=today().year - 1)
        type(seat).objects.filter(pk=seat.pk).update(ends_on=seat.ends_on)
        assert owner.groups.exists()
        assert not self.may(owner, image)
        client = logged_in(owner)
        client.post(reverse("wagtailimages:delete", args=[image.pk]))
        assert get_image_model().objects.filter(pk=image.pk).exists()
        assert client.get(reverse("wagtailimages:add")).status_code == 302

    @pytest.mark.parametrize("role", ["operator", None])
    def test_not_by_wagtails_own_groups(self, image: Any, role: str | None) -> None:
        user = seated(role) if role else UserFactory()
        user.groups.add(*Group.objects.filter(name__in=["Editors", "Moderators"]))
        assert not self.may(user, image)
        bulk = reverse("wagtail_bulk_action", args=["wagtailimages", "image", "delete"])
        for keys in (f"id={image.pk}", "id=all"):
            logged_in(user).post(f"{bulk}?{keys}")
        assert get_image_model().objects.filter(pk=image.pk).exists()
        elsewhere = ImageFactory()
        assert self.may(user, elsewhere)

    def test_a_superuser(self, image: Any, editor: Any) -> None:
        assert self.may(editor, image)


@pytest.mark.usefixtures("searched")
class TestSearch:
    """No search box fails for people of a unit."""

    ADDRESSES = (
        "wagtailimages_chooser:choose_results",
        "wagtailimages_chooser:choose",
        "wagtaildocs_chooser:choose_results",
        "wagtaildocs_chooser:choose",
        "wagtailimages:index",
        "wagtailimages:index_results",
        "wagtaildocs:index",
        "wagtaildocs:index_results",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_pages:search",
    )

    @pytest.mark.parametrize("name", ADDRESSES)
    @pytest.mark.parametrize(
        "how", ["?q={q}", "?q={q}&collection_id={c}", "?tag={t}", "?q={q}&tag={t}", "?q={q}&p=1"]
    )
    def test_it_finds_ones_own(
        self,
        name: str,
        how: str,
        image: Any,
        document: Any,
        page: Any,
        owner: Any,
        stranger: Any,
        collection: Any,
    ) -> None:
        address = reverse(name) + how.format(q="mật", c=collection.pk, t=TAG)
        response = logged_in(owner).get(address)
        assert response.status_code == 200
        if "tag=" not in how or "page" not in name:
            assert SECRET in shown(response)
        for user in (stranger, seated("operator"), seated("unit_head"), seated("member")):
            assert logged_in(user).get(address).status_code in (200, 302)
        assert not tells_of(logged_in(stranger).get(address), SECRET, FILE)

    @pytest.mark.parametrize("kind", ["images", "documents"])
    def test_in_the_admin_api(
        self, kind: str, image: Any, document: Any, owner: Any, stranger: Any
    ) -> None:
        address = f"/admin/api/main/{kind}/?search=mật"
        assert tells(logged_in(owner).get(address))
        response = logged_in(stranger).get(address)
        assert response.status_code == 200
        assert not tells(response)


def tells_of(response: Any, *words: str) -> bool:
    return any(word in shown(response) for word in words)


def test_the_address_of_a_public_page_does_not_tell_the_title_of_its_draft(
    index_of: Any, unit: Any, owner: Any, stranger: Any
) -> None:
    """The chooser turns an address that is typed into a link, with the title in the admin."""
    public = NewsFactory(parent=index_of("C2"), unit=unit, title="Tin đã đăng")
    public.title = SECRET
    public.save_revision()
    data = {
        "external-link-chooser-url": public.full_url,
        "external-link-chooser-link_text": "chữ",
    }
    address = reverse("wagtailadmin_choose_page_external_link")
    assert tells(logged_in(seated("member")).post(address, data))
    response = logged_in(stranger).post(address, data)
    assert response.status_code == 200
    assert public.full_url in shown(response)
    assert not tells(response)


class TestTags:
    def words(self, user: Any, model: str = "", term: str = "Nhãn") -> list[str]:
        name = "wagtailadmin_tag_autocomplete"
        address = reverse(name)
        if model:
            address = reverse("wagtailadmin_tag_model_autocomplete", args=model.split("."))
        found: list[str] = logged_in(user).get(address, {"term": term}).json()
        return found

    def test_of_images(self, image: Any, owner: Any, stranger: Any) -> None:
        assert self.words(owner) == [TAG]
        assert self.words(seated("member")) == [TAG]
        assert self.words(stranger) == []
        assert self.words(seated("operator")) == []

    def test_of_pages(self, index_of: Any, unit: Any, owner: Any, stranger: Any) -> None:
        from wagtail_pbgdpl.content.tags import ContentTag

        tags = [ContentTag.objects.create(name=name) for name in (TAG, "Nhãn chung")]
        NewsFactory(parent=index_of("C2"), live=False, unit=unit, tags=tags[:1])
        NewsFactory(parent=index_of("C2"), unit=unit, tags=tags[1:])
        model = "wagtail_pbgdpl.contenttag"
        assert self.words(owner, model) == ["Nhãn chung", TAG]
        assert self.words(seated("chief"), model) == ["Nhãn chung", TAG]
        assert self.words(stranger, model) == ["Nhãn chung"]

    def test_popular_ones(self, image: Any, document: Any, owner: Any, stranger: Any) -> None:
        for name in ("wagtailimages:index", "wagtaildocs:index", "wagtailimages_chooser:choose"):
            assert TAG in shown(logged_in(owner).get(reverse(name)))
            assert TAG not in shown(logged_in(stranger).get(reverse(name)))


class TestTheEmblem:
    def save(self, user: Any, site: Any, emblem: Any) -> Any:
        address = reverse(
            "wagtailsettings:edit", args=["wagtail_pbgdpl", "portalsettings", site.pk]
        )
        client = logged_in(user)
        form = client.get(address).context["form"]
        data = {
            name: value if (value := form.get_initial_for_field(field, name)) is not None else ""
            for name, field in form.fields.items()
        }
        return client.post(address, data | {"emblem": emblem.pk if emblem else "", "name": "Cổng"})

    def emblem(self, site: Any) -> Any:
        return PortalSettings.objects.get(site=site).emblem

    def test_not_what_one_may_not_see(self, site: Any, image: Any, page: Any) -> None:
        response = self.save(seated("operator"), site, image)
        assert response.status_code == 200
        assert "emblem" in response.context["form"].errors
        assert not tells(response)
        assert self.emblem(site) is None

    def test_not_what_only_a_draft_shows(self, site: Any, image: Any, page: Any) -> None:
        response = self.save(seated("chief"), site, image)
        assert "emblem" in response.context["form"].errors
        assert self.emblem(site) is None

    def test_not_what_only_a_version_shows(
        self, site: Any, image: Any, index_of: Any, owner: Any
    ) -> None:
        own = own_draft(index_of, owner)
        own.cover = image
        own.save_revision()
        assert "emblem" in self.save(seated("chief"), site, image).context["form"].errors

    def test_what_nothing_uses(self, site: Any, collection: Any) -> None:
        secretary = seated("secretary")
        image = ImageFactory(collection=collection, uploaded_by_user=secretary)
        assert self.save(secretary, site, image).status_code == 302
        assert self.emblem(site) == image
        # It stays, whoever saves the rest.
        assert self.save(seated("operator"), site, image).status_code == 302

    def test_what_is_public(self, site: Any, image: Any, page: Any) -> None:
        cleared(page.get_latest_revision()).publish()
        assert self.save(seated("operator"), site, image).status_code == 302
        assert self.emblem(site) == image


def all_names(patterns: Any, namespace: str = "") -> Any:
    """Yield the names of all addresses below, with the names of their arguments."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, [namespace, pattern.namespace]))
            yield from all_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            name = ":".join(filter(None, [namespace, pattern.name]))
            yield name, tuple(pattern.pattern.converters), pattern.pattern.regex.groupindex.keys()


WALKED = ("wagtailimages", "wagtaildocs", "wagtailadmin_", "wagtail_bulk_action", "wagtailsnippets")
# They end the session or wait for a form of the site; no key of ours is in them.
LEFT_OUT = frozenset({"wagtailadmin_logout"})


class TestEveryAddress:
    """Whatever address takes a number, with the number of what belongs to another unit."""

    SHOWING = frozenset(
        {
            "wagtailimages:edit",
            "wagtailimages_chooser:chosen",
            "wagtailimages_chooser:chosen_multiple",
            "wagtailimages_chooser:select_format",
            "wagtaildocs:edit",
            "wagtaildocs_chooser:chosen",
            "wagtailadmin_api:images:listing",
            "wagtailadmin_api:documents:detail",
            "wagtailadmin_pages:edit",
            "wagtail_bulk_action",
            "wagtailadmin_tag_autocomplete",
        }
    )

    def addresses(self, keys: dict[str, int]) -> Any:
        for name, _order, arguments in all_names(get_resolver().url_patterns):
            if not name.startswith(WALKED) or name in LEFT_OUT:
                continue
            for kind, key in keys.items():
                values = {one: self.value(one, kind, key) for one in arguments}
                try:
                    address = reverse(name, kwargs=values)
                except NoReverseMatch:
                    try:
                        address = reverse(name, args=list(values.values()))
                    except NoReverseMatch:
                        continue
                # The API knows no other parameters than its own.
                query = f"?id={key}&id=%20{key}&term=Nh%C3%A3n&q=m%E1%BA%ADt"
                yield name, address if ":listing" in name else address + query

    def value(self, name: str, kind: str, key: int) -> Any:
        app, model, action = {
            "image": ("wagtailimages", "image", "delete"),
            "document": ("wagtaildocs", "document", "delete"),
            "page": ("wagtailcore", "page", "publish"),
        }[kind]
        words = {"app_label": app, "app_name": app, "model_name": model, "action": action}
        words |= {"content_type_app_name": "wagtail_pbgdpl_pages"}
        words |= {"content_type_model_name": "newspage", "filter_spec": "width-5"}
        # Addresses without names for their arguments are tried by place.
        return words.get(name, key)

    def test_tells_a_stranger_nothing(
        self, image: Any, document: Any, page: Any, stranger: Any
    ) -> None:
        group = Group.objects.create(name="Mọi quyền trên tệp")
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        for permission in Permission.objects.filter(
            content_type__app_label__in=["wagtailimages", "wagtaildocs"]
        ):
            GroupCollectionPermission.objects.create(
                group=group, collection=Collection.get_first_root_node(), permission=permission
            )
        stranger.groups.add(group)
        keys = {"image": image.pk, "document": document.pk, "page": page.pk}
        told = []
        client = logged_in(stranger)
        client.raise_request_exception = False
        walked = list(self.addresses(keys))
        assert len({name for name, _address in walked}) > 80
        for name, address in part(walked):
            for response in (client.get(address), client.post(address, {"id": image.pk})):
                if tells_of(response, SECRET, FILE, TAG):
                    told.append((name, address))
        assert told == []
        for kept in (image, document, page):
            kept.refresh_from_db()

    def test_and_shows_its_owner_theirs(
        self, image: Any, document: Any, page: Any, owner: Any
    ) -> None:
        """The walk can see what it looks for."""
        keys = {"image": image.pk, "document": document.pk, "page": page.pk}
        shown_by = set()
        client = logged_in(owner)
        client.raise_request_exception = False
        for name, address in self.addresses(keys):
            if name in self.SHOWING and tells_of(client.get(address), SECRET, FILE, TAG):
                shown_by.add(name)
        assert shown_by == self.SHOWING


@pytest.mark.parametrize("spelling", ["%20{}", "%2B{}", "0_{}", "{}%0A"])
@pytest.mark.parametrize(
    "name",
    [
        "wagtailimages_chooser:chosen_multiple",
        "wagtaildocs_chooser:chosen_multiple",
        "wagtailadmin_choose_page_chosen_multiple",
    ],
)
def test_each_spelling_of_a_number_is_the_number(
    image: Any, document: Any, page: Any, owner: Any, stranger: Any, name: str, spelling: str
) -> None:
    things = {"wagtailimages": image, "wagtaildocs": document, "wagtailadmin": page}
    thing = things[name.partition("_")[0]]
    address = f"{reverse(name)}?id={spelling.format(thing.pk)}"
    assert tells(logged_in(owner).get(address))
    assert not tells(logged_in(stranger).get(address))


def test_wagtail_asks_the_narrowed_policies() -> None:
    from wagtail_pbgdpl.core.permission_policies import policy_of
    from wagtail_pbgdpl.media.policy import SeatedMediaPolicy

    for model in (get_image_model(), get_document_model()):
        reverse("wagtailadmin_home")
        assert type(policy_of(model)) is SeatedMediaPolicy
