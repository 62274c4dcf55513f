"""Q7, X1: who sends something in is encrypted in the database, and can be taken out of it."""

from __future__ import annotations

import threading
import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection
from django.test import override_settings

from tests.extension_app.models import Petition
from wagtail_pbgdpl.core.encrypted import Unreadable
from wagtail_pbgdpl.intake.consent import ConsentText, consent_text, lay_down

from .conftest import MORNING

pytestmark = pytest.mark.django_db

WHO = {
    "full_name": "Nguyễn Thị Hòa",
    "email": "hoa@example.vn",
    "phone": "0912 345 678",
    "postal_address": "Số 5, tổ 3, phường Sông Cầu",
}


def petition(**values: Any) -> Petition:
    return Petition.objects.create(code="A1", text="Xin hỏi", **WHO | values)


def row() -> dict[str, Any]:
    """The row as somebody reads it who has the database and no key."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM extension_app_petition")
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def test_the_database_knows_nobody() -> None:
    petition()
    stored = row()
    for name, value in WHO.items():
        assert value not in str(stored)
        assert stored[name].startswith("gAAAA")
    found = Petition.objects.get()
    assert {name: getattr(found, name) for name in WHO} == WHO


def test_the_same_name_is_stored_in_other_signs_each_time() -> None:
    petition()
    first = row()["full_name"]
    Petition.objects.get().save()
    assert row()["full_name"] != first


def test_what_is_not_given_is_stored_as_empty_text() -> None:
    petition(phone="")
    assert row()["phone"] == ""
    assert Petition.objects.get().phone == ""


def test_names_are_kept_precomposed() -> None:
    """I7"""
    made = petition(full_name=unicodedata.normalize("NFD", WHO["full_name"]))
    assert made.full_name == WHO["full_name"]
    assert Petition.objects.get().full_name == WHO["full_name"]
    Petition.objects.update(full_name=unicodedata.normalize("NFD", "Đỗ Thị Ế"))
    assert Petition.objects.get().full_name == "Đỗ Thị Ế"


@pytest.mark.parametrize("condition", [{"email": "hoa@example.vn"}, {"full_name__contains": "Hòa"}])
def test_a_search_that_could_never_find_is_an_error(condition: dict[str, str]) -> None:
    with pytest.raises(FieldError):
        Petition.objects.filter(**condition).exists()


class TestKeys:
    def test_former_keys_can_still_be_read(self, settings: Any) -> None:
        petition()
        with override_settings(SECRET_KEY="mới", SECRET_KEY_FALLBACKS=["cũ", settings.SECRET_KEY]):
            assert Petition.objects.get().email == WHO["email"]

    def test_a_new_salt_goes_before_the_former(self, settings: Any) -> None:
        petition()
        with override_settings(SALT_KEY=["muối mới", settings.SALT_KEY]):
            Petition.objects.get().save()
        with override_settings(SALT_KEY="muối mới"):
            assert Petition.objects.get().email == WHO["email"]

    def test_without_a_salt_a_default_stands_in(self, settings: Any) -> None:
        del settings.SALT_KEY
        petition()
        assert Petition.objects.get().email == WHO["email"]

    def test_signs_are_never_shown_as_a_name(self) -> None:
        petition()
        with (
            override_settings(SECRET_KEY="mất khóa cũ"),
            pytest.raises(Unreadable, match=r"extension_app\.Petition\.full_name"),
        ):
            Petition.objects.get()


def test_a_form_that_is_cleaned_does_not_stop_others_from_reading() -> None:
    """The library marks its field while it cleans; what another thread reads then stays signs."""
    made = petition()
    field = Petition._meta.get_field("email")
    signs = row()["email"]
    reading = threading.Event()
    read: list[str] = []

    class Slow(str):
        def strip(self, *args: Any) -> str:
            return str(self)

    def validate(value: str) -> None:
        thread = threading.Thread(
            target=lambda: read.append(field.from_db_value(signs, None, connection))
        )
        thread.start()
        thread.join()
        reading.set()

    field.__dict__["validators"] = [validate]
    try:
        field.clean(WHO["email"], made)
    finally:
        del field.__dict__["validators"]
    assert reading.is_set()
    assert read == [WHO["email"]]


class TestClean:
    def test_one_way_to_be_reached_is_enough(self) -> None:
        for name in ("email", "phone", "postal_address"):
            ways = dict.fromkeys(("email", "phone", "postal_address"), "")
            Petition(code="A1", text="x", **WHO | ways | {name: WHO[name]}).full_clean()

    def test_none_is_refused_at_the_field(self) -> None:
        nobody = dict.fromkeys(("email", "phone", "postal_address"), " ")
        with pytest.raises(ValidationError) as raised:
            Petition(code="A1", text="x", **WHO | nobody).clean()
        assert raised.value.error_dict["email"][0].code == "unreachable"

    @pytest.mark.parametrize("phone", ["0912345678", "+84 (912) 345-678", "0206.3871.234"])
    def test_a_telephone_as_people_write_it(self, phone: str) -> None:
        Petition(code="A1", text="x", **WHO | {"phone": phone}).full_clean()

    @pytest.mark.parametrize("phone", ["không có", "0912", "1" * 16, "٠٩١٢٣٤٥٦٧٨"])
    def test_what_cannot_be_dialled(self, phone: str) -> None:
        with pytest.raises(ValidationError) as raised:
            Petition(code="A1", text="x", **WHO | {"phone": phone}).full_clean()
        assert list(raised.value.error_dict) == ["phone"]


def test_a_name_is_public_only_where_the_person_said_so() -> None:
    assert petition().public_name == ""
    assert Petition(**WHO, name_may_be_shown=True).public_name == WHO["full_name"]


class TestErase:
    def test_nothing_of_the_person_is_left(self) -> None:
        made = petition(name_may_be_shown=True, bank_account="0123456789")
        made.erase(MORNING)
        stored = row()
        assert [stored[name] for name in (*WHO, "bank_account")] == [""] * 5
        found = Petition.objects.get()
        assert found.erased_at == MORNING
        assert not found.name_may_be_shown
        # Said to be kept, with the reason.
        assert found.text == "Xin hỏi"
        found.full_clean(exclude=["full_name"])

    def test_twice_keeps_the_first_time(self) -> None:
        made = petition()
        made.erase(MORNING)
        made.erase(MORNING + timedelta(days=1))
        assert Petition.objects.get().erased_at == MORNING

    def test_what_somebody_agreed_to_stays_on_record(self) -> None:
        text = lay_down("petition", "p-1", "Tôi đồng ý", MORNING)
        made = petition()
        made.consent(text, MORNING)
        made.save()
        made.erase(MORNING)
        assert Petition.objects.get().consent_text == text


class TestConsent:
    def test_the_words_of_the_day(self) -> None:
        first = lay_down("slip", "p-1", "Lời cũ", MORNING)
        second = lay_down("slip", "p-2", "Lời mới", MORNING + timedelta(days=9))
        lay_down("comment", "c-1", "Lời khác", MORNING)
        assert consent_text("slip", MORNING - timedelta(seconds=1)) is None
        assert consent_text("slip", MORNING + timedelta(days=8)) == first
        assert consent_text("slip", MORNING + timedelta(days=9)) == second

    def test_words_are_never_changed(self) -> None:
        text = lay_down("slip", "p-1", "Lời cũ", MORNING)
        assert lay_down("slip", "p-1", "Lời cũ", MORNING) == text
        with pytest.raises(ValueError, match="p-1"):
            lay_down("slip", "p-1", "Lời mới", MORNING)
        with pytest.raises(TypeError):
            text.save()
        with pytest.raises(TypeError):
            text.delete()
        assert ConsentText.objects.filter(purpose="slip").count() == 1
