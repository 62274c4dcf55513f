"""A portal with everything that somebody could go for: two units, a board, items at every step.

Built once for a module and rolled back after it; each test finds it as it was. What is secret says
so: ``SECRET`` stands in every text, name and file that only its unit and the board may read.
"""

from __future__ import annotations

import datetime
import json
import pickle
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    Comment,
    GroupCollectionPermission,
    GroupPagePermission,
    PageViewRestriction,
)

from tests.factories import ImageFactory, IssuingBodyFactory, UnitFactory, UserFactory, seated
from tests.workflows.board import Board, edit, fresh, make_board
from wagtail_pbgdpl.content.tags import ContentTag
from wagtail_pbgdpl.pages.models import LegalDocumentPage
from wagtail_pbgdpl.provisioning.access import portal_collections
from wagtail_pbgdpl.reference.models import DocumentType
from wagtail_pbgdpl.site.portal import PortalSettings
from wagtail_pbgdpl.workflows import decisions

PASSWORD = "mat-khau-thu-nghiem"
#: In everything that others may not read.
SECRET = "tuyet-mat"
#: In everything that the board approved.
APPROVED = "da-duyet"
#: In everything that somebody tries to bring before the public.
MADE_UP = "bia-dat"

#: Who tries, in the words of the documentation.
PEOPLE = {
    "officer": "contact officer",
    "head": "unit head",
    "secretary": "Thư ký",
    "member": "member",
    "deputy": "Phó Trưởng Ban",
    "chief": "Trưởng Ban",
    "operator": "operator",
    "superuser": "superuser",
    "stranger": "officer of another unit",
    "ungrouped": "all permissions but no seat",
    "visitor": "visitor",
}


@dataclass
class World:
    """Users by the names of ``PEOPLE``; pages, files and rows by what they are."""

    board: Board
    people: dict[str, Any]
    unit: Any
    other_unit: Any
    collection: Any
    settings: PortalSettings
    issuing_body: Any
    cover: Any
    document: Any
    emblem: Any
    secret_image: Any
    secret_document: Any
    own_image: Any
    public: Any
    changed: Any
    law: Any
    draft: Any
    at_head: Any
    at_editing: Any
    at_verification: Any
    at_approval: Any
    returned: Any
    scheduled: Any
    emergency: Any
    alias: Any
    private: Any
    private_document: Any
    foreign_draft: Any
    shown: dict[str, bytes] = field(default_factory=dict)
    rows: bytes = b""
    #: Of browsers in which the people are signed in, each with the mark of the password.
    sessions: dict[str, tuple[str, str]] = field(default_factory=dict)

    def user(self, who: str) -> Any:
        """Return the person as the database has them now; ``None`` for a visitor."""
        user = self.people[who]
        return user and get_user_model()._default_manager.get(pk=user.pk)

    def client(self, who: str) -> Client:
        """Return a browser in which the person is signed in."""
        client = Client()
        if (user := self.user(who)) is not None:
            mark = user.get_session_auth_hash()
            if (session := self.sessions.get(who)) and session[0] == mark:
                client.cookies[settings.SESSION_COOKIE_NAME] = session[1]
            else:
                client.force_login(user)
        return client

    def sign_in(self) -> None:
        """Sign everybody in once for all tests: what a test does to a session is rolled back."""
        for who in self.people:
            if (user := self.user(who)) is not None:
                cookie = self.client(who).cookies[settings.SESSION_COOKIE_NAME]
                self.sessions[who] = user.get_session_auth_hash(), cookie.value

    def again(self) -> World:
        """Return the same world with its rows as they are now; read once, and copied after that."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        if not self.rows:
            read = {
                name: fresh(value)
                for name, value in values.items()
                if hasattr(value, "_meta") and not isinstance(value, Collection)
            }
            self.rows = pickle.dumps(read)
        # Written above, by this very process.
        return World(**values | pickle.loads(self.rows))  # noqa: S301


def text_file(*words: str) -> ContentFile:
    return ContentFile(" ".join(words).encode(), name=f"{'-'.join(words)}.txt")


def rich_text(text: str) -> dict[str, Any]:
    return {"type": "rich_text", "value": text, "id": str(uuid.uuid4())}


def body(text: str, document: Any = None, image: Any = None) -> str:
    """A text that names the document twice, in its words and in a list of files."""
    if document is None:
        return json.dumps([rich_text(f"<p>{text}</p>")])
    link = f'<a linktype="document" id="{document.pk}">tệp</a>'
    listed = {"type": "item", "id": str(uuid.uuid4()), "value": {"document": document.pk}}
    files = {"title": "Tệp", "documents": [listed | {"value": {**listed["value"], "title": ""}}]}
    blocks = [rich_text(f"<p>{text} {link}</p>"), {"type": "document_list", "value": files}]
    if image is not None:
        chosen = {"image": image.pk, "alt_text": "Ảnh", "decorative": False}
        value = {"image": chosen, "caption": "", "source": ""}
        blocks.append({"type": "image", "value": value})
    return json.dumps(blocks)


def make_document(collection: Any, *words: str, by: Any = None) -> Any:
    model = get_document_model()
    return model.objects.create(
        title=" ".join(words), file=text_file(*words), collection=collection, uploaded_by_user=by
    )


def make_image(collection: Any, *words: str, colour: str = "red", by: Any = None) -> Any:
    return ImageFactory(
        title=" ".join(words),
        file__color=colour,
        file__filename=f"{'-'.join(words)}.png",
        collection=collection,
        uploaded_by_user=by,
    )


def everything_but_a_seat(portal: Any) -> Any:
    """Somebody with every permission that a group of Wagtail gives on pages and files, no seat."""
    group = Group.objects.create(name="Nhóm của trang web")
    group.permissions.set(
        Permission.objects.filter(
            codename__in=["access_admin", "add_collection", "change_collection"]
        )
    )
    for action in ("add", "change", "publish", "bulk_delete", "lock", "unlock"):
        GroupPagePermission.objects.create(group=group, page_id=portal.pk, permission_type=action)
    root = Collection.get_first_root_node()
    for model in (get_image_model(), get_document_model()):
        name = model._meta.model_name
        for code in (f"add_{name}", f"change_{name}", f"delete_{name}", f"choose_{name}"):
            for one in Permission.objects.filter(codename=code):
                GroupCollectionPermission.objects.create(
                    group=group, collection=root, permission=one
                )
    user = UserFactory()
    user.groups.add(group)
    return user


def build(index_of: Callable[[str], Any], portal: Any, site: Any) -> World:
    """Make the world; ``index_of`` finds the index page of a category."""
    board = make_board(index_of("C2"))
    unit, other_unit = board.unit, UnitFactory()
    collection = Collection.objects.get(pk=portal_collections()[0]).get_children().first()
    officer = board.officer
    cover = make_image(collection, APPROVED, "bia", by=officer)
    document = make_document(collection, APPROVED, "tep", by=officer)
    emblem = make_image(collection, APPROVED, "bieu-trung", colour="green", by=board.secretary)
    secret_image = make_image(collection, SECRET, "anh", colour="black", by=officer)
    # The board uploaded it for the unit: whose it is follows from the page, not from the uploader.
    secret_document = make_document(collection, SECRET, "tep", by=board.secretary)
    settings = PortalSettings.objects.get(site=site)
    settings.emblem, settings.phone = emblem, "0209 3870 000"
    settings.responsible_person = "Bà Nông Thị Hoa"
    settings.save()
    issuing_body = IssuingBodyFactory(name=f"Cơ quan {APPROVED}")

    public = board.published(
        title=f"Tin {APPROVED}", cover=cover, body=body(f"Nội dung {APPROVED}", document, cover)
    )
    changed = board.published(title=f"Tin sửa lại {APPROVED}")
    edit(changed, officer, title=f"Tin sửa lại {SECRET}", summary=f"Tóm tắt {SECRET}")
    law = board_of(board, index_of("C7"), LegalDocumentPage).published(
        title=f"Văn bản {APPROVED}",
        issuing_body=issuing_body,
        document_type=DocumentType.objects.first(),
        document_number="17/2018/QĐ-UBND",
        document_abstract="Trích yếu",
        signer="Nguyễn Văn A",
        issued_on=datetime.date(2018, 10, 1),
        effective_on=datetime.date(2018, 10, 15),
        body=body(f"Điều 1. {APPROVED}"),
    )
    ContentTag.objects.create(name=f"nhan {SECRET}", slug=f"nhan-{SECRET}")
    draft = board.draft(
        title=f"Dự thảo {SECRET}",
        summary=f"Tóm tắt {SECRET}",
        cover=secret_image,
        body=body(f"Nội dung {SECRET}", secret_document, secret_image),
        tags=[f"nhan {SECRET}"],
    )
    Comment.objects.create(
        page=draft, user=officer, text=f"Ghi chú {SECRET}", contentpath="title", position=""
    )
    later = timezone.now() + datetime.timedelta(days=3)
    scheduled = board.published(title=f"Tin hẹn giờ {APPROVED}", go_live_at=later)
    returned = board.at_approval(title=f"Tin trả lại {SECRET}")
    decisions.send_back(
        returned.current_workflow_task_state.pk,
        board.chief,
        grounds=["khong-day-du-chinh-xac"],
        explanation=f"Sửa lại {SECRET}",
    )
    emergency = board.pass_on(board.sent(title=f"Tin khẩn {APPROVED}"), board.head)
    decisions.publish_in_emergency(emergency, board.chief, reason="Lũ về trong đêm.")
    private_document = make_document(collection, SECRET, "rieng", by=officer)
    private = board.published(
        title=f"Tin riêng {SECRET}",
        slug="tin-rieng",
        body=body(f"Nội dung {SECRET}", private_document),
    )
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.PASSWORD, password=f"mat-khau {SECRET}"
    )
    people = {name: getattr(board, name, None) for name in PEOPLE}
    people["operator"] = seated("operator")
    people["superuser"] = UserFactory(is_superuser=True)
    people["stranger"] = seated("contact_officer", unit=other_unit)
    people["other_head"] = seated("unit_head", unit=other_unit)
    people["other_member"] = seated("member")
    people["ungrouped"] = everything_but_a_seat(portal)
    return World(
        board=board,
        people=people,
        unit=unit,
        other_unit=other_unit,
        collection=collection,
        settings=settings,
        issuing_body=issuing_body,
        cover=cover,
        document=document,
        emblem=emblem,
        secret_image=secret_image,
        secret_document=secret_document,
        own_image=make_image(collection, "cua-don-vi-khac", by=people["stranger"]),
        public=fresh(public),
        changed=fresh(changed),
        law=fresh(law),
        draft=fresh(draft),
        at_head=board.sent(title=f"Tin chờ thủ trưởng {SECRET}"),
        at_editing=board.pass_on(board.sent(title=f"Tin chờ thư ký {SECRET}"), board.head),
        at_verification=board.pass_on(
            board.sent(title=f"Tin chờ thẩm định {SECRET}"), board.head, board.secretary
        ),
        at_approval=board.at_approval(title=f"Tin chờ duyệt {SECRET}"),
        returned=fresh(returned),
        scheduled=fresh(scheduled),
        emergency=fresh(emergency),
        alias=fresh(public.create_alias(update_slug=f"bi-danh-{APPROVED}")),
        private=fresh(private),
        private_document=private_document,
        foreign_draft=board.draft(
            title="Tin của đơn vị khác", user=people["stranger"], unit=other_unit
        ),
    )


def board_of(board: Board, index: Any, model: type[Any]) -> Board:
    """Return the same people before another index page."""
    values = {one.name: getattr(board, one.name) for one in fields(board)}
    return Board(**values | {"index": index, "model": model})
