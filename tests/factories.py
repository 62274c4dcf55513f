"""Factories for tests and benchmarks. Pages are made as editors do: a draft, then published."""

from __future__ import annotations

import datetime
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from wagtail_pbgdpl.authority.rules import BOARD, OF_A_UNIT
from wagtail_pbgdpl.content.actions import add_draft, publish
from wagtail_pbgdpl.matters.publications import Move
from wagtail_pbgdpl.organisation import models as organisation
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.reference.models import Audience, DocumentType, IssuingBody, LegalField
from wagtail_pbgdpl.regulations.active import get_regulation
from wagtail_pbgdpl.workflows import journal
from wagtail_pbgdpl.worktime.active import today
from wagtail_pbgdpl.worktime.models import CalendarException

# Before any day on which a test takes place.
DECIDED_ON = datetime.date(2020, 1, 2)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence("can-bo-{}".format)
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.vn")
    password = factory.django.Password("mat-khau-thu-nghiem")
    is_active = True


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = organisation.Unit

    code = factory.Sequence("don-vi-{}".format)
    name = factory.Sequence("Đơn vị {}".format)
    categories = factory.LazyFunction(lambda: list(get_regulation().categories))


class SeatFactory(factory.django.DjangoModelFactory):
    """A seat that holds today; roles of a unit get one, a member follows every category."""

    class Meta:
        model = organisation.Seat

    role = "contact_officer"
    user = factory.SubFactory(UserFactory)
    unit = factory.Maybe(
        factory.LazyAttribute(lambda seat: seat.role in OF_A_UNIT),
        yes_declaration=factory.SubFactory(UnitFactory),
        no_declaration=None,
    )
    categories = factory.LazyAttribute(
        lambda seat: list(get_regulation().categories) if seat.role == "member" else []
    )
    decision_number = factory.LazyAttribute(lambda seat: "12/QĐ-UBND" if seat.role in BOARD else "")
    decided_on = factory.LazyAttribute(lambda seat: DECIDED_ON if seat.role in BOARD else None)


class DelegationFactory(factory.django.DjangoModelFactory):
    """From a Trưởng Ban to a Phó Trưởng Ban, for ten days on either side of today; confirmed."""

    class Meta:
        model = organisation.Delegation

    code = "deputy_chief"
    delegator = factory.SubFactory(SeatFactory, role="chief")
    delegate = factory.SubFactory(SeatFactory, role="deputy_chief")
    decision_number = factory.Sequence("{}/QĐ-BBT".format)
    decided_on = DECIDED_ON
    confirmed_at = factory.LazyFunction(timezone.now)
    starts_on = factory.LazyFunction(lambda: today() - datetime.timedelta(days=10))
    ends_on = factory.LazyFunction(lambda: today() + datetime.timedelta(days=10))


def seated(*roles: str, **seat: Any) -> Any:
    """Return a new user with a seat of each of the roles."""
    user = UserFactory()
    for role in roles:
        SeatFactory(user=user, role=role, **seat)
    return get_user_model()._default_manager.get(pk=user.pk)


class LegalFieldFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LegalField

    code = factory.Sequence("linh-vuc-{}".format)
    name = factory.Sequence("Lĩnh vực {}".format)


class AudienceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Audience

    code = factory.Sequence("doi-tuong-{}".format)
    name = factory.Sequence("Đối tượng {}".format)


class IssuingBodyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IssuingBody

    code = factory.Sequence("co-quan-{}".format)
    name = factory.Sequence("Cơ quan {}".format)


class DocumentTypeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DocumentType

    code = factory.Sequence("loai-{}".format)
    name = factory.Sequence("Loại văn bản {}".format)
    symbol = "QĐ"


class CalendarExceptionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalendarException

    date = datetime.date(2028, 1, 3)
    kind = CalendarException.Kind.OFF
    name = "Nghỉ bù"


class ImageFactory(factory.django.DjangoModelFactory):
    """A picture of ten by ten; ``collection`` is the root unless given."""

    class Meta:
        model = get_image_model()

    title = factory.Sequence("Ảnh {}".format)
    file = factory.django.ImageField(
        width=10, height=10, filename=factory.Sequence("anh-{}.png".format), format="PNG"
    )


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = get_document_model()

    title = factory.Sequence("Tệp {}".format)
    file = factory.django.FileField(data=b"Quy che", filename=factory.Sequence("tep-{}.txt".format))


class PageFactory(factory.Factory):
    """``parent`` is the page above; ``live=False`` leaves a draft; ``user`` is who acts."""

    class Meta:
        abstract = True

    title = factory.Sequence("Trang {}".format)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> Any:
        parent = kwargs.pop("parent")
        live = kwargs.pop("live", True)
        user = kwargs.pop("user", None)
        at = kwargs.pop("at", None)
        tags = kwargs.pop("tags", ())
        many = {name: kwargs.pop(name) for name in ("legal_fields", "audiences") if name in kwargs}
        page = model_class(**kwargs)
        for name, values in many.items():
            setattr(page, name, values)
        if tags:
            page.tags.set(list(tags))
        page = add_draft(parent, page, user=user)
        return publish(page, user=user, at=at) if live else page


class ContentFactory(PageFactory):
    class Meta:
        abstract = True

    summary = "Tóm tắt nội dung của tin, bài."
    author = "Nông Thị Hoa"
    source = "Sở Tư pháp"


class NewsFactory(ContentFactory):
    class Meta:
        model = pages.NewsPage

    title = factory.Sequence("Hội nghị phổ biến pháp luật số {}".format)


def factory_for(model: type[Any]) -> type[PageFactory]:
    """Return a factory of content pages for any concrete type."""
    meta = type("Meta", (), {"model": model})
    return type(f"{model.__name__}Factory", (ContentFactory,), {"Meta": meta})


def cleared(revision: Any) -> Any:
    """Return a revision after entering that it may be public, as a set-up or import does."""
    kind = Move.ENTERED
    journal.enter(revision.content_object, kind, revision=revision, clears=True)
    return revision


def public_below(parent: Any, page: Any) -> Any:
    """Add and publish a page below ``parent``, also where the admin would not offer its type."""
    page.live = False
    parent.add_child(instance=page)
    return publish(page)
