"""A form counts once, whatever is clicked; its files need not be chosen again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.extension_app.models import Petition, PetitionFile
from tests.together import together
from wagtail_pbgdpl.intake import held, sending
from wagtail_pbgdpl.intake.files import taken
from wagtail_pbgdpl.intake.models import HeldUpload, Sending
from wagtail_pbgdpl.intake.purge import purge
from wagtail_pbgdpl.intake.tracking import new_code

from .conftest import MORNING, PDF, upload


def make() -> str:
    return str(Petition.objects.create(code=new_code(), text="Xin hỏi", full_name="Lan").code)


class TestKeys:
    def test_it_comes_back_as_it_was_given(self) -> None:
        key = sending.new_key(MORNING)
        assert sending.read(sending.signed(key, "petition"), "petition") == key

    @pytest.mark.parametrize("text", ["", "x", "a:b", "đ:đ", "WzFd:x" * 100])
    def test_what_nobody_was_given_is_refused(self, text: str) -> None:
        with pytest.raises(sending.Forged):
            sending.read(text, "petition")

    def test_that_of_another_form_is_refused(self) -> None:
        carried = sending.signed(sending.new_key(MORNING), "comment")
        with pytest.raises(sending.Forged):
            sending.read(carried, "petition")

    def test_it_expires_and_is_not_used_at_once(self, settings: Any) -> None:
        settings.WAGTAIL_PBGDPL = settings.WAGTAIL_PBGDPL | {
            "INTAKE_FORM_HOURS": 2,
            "INTAKE_FORM_SECONDS": 5,
        }
        key = sending.new_key(MORNING)
        assert not sending.is_expired(key, MORNING + timedelta(hours=2))
        assert sending.is_expired(key, MORNING + timedelta(hours=2, seconds=1))
        assert sending.is_too_soon(key, MORNING + timedelta(seconds=4))
        assert not sending.is_too_soon(key, MORNING + timedelta(seconds=5))


@pytest.mark.django_db
class TestOnce:
    def test_the_second_gets_what_came_of_the_first(self) -> None:
        first = sending.send_once("k1", "petition", make)
        second = sending.send_once("k1", "petition", make)
        assert first.first
        assert not second.first
        assert first.result == second.result == sending.result_of("k1", "petition")
        assert Petition.objects.count() == 1

    def test_another_key_is_another_sending(self) -> None:
        assert sending.send_once("k1", "petition", make).first
        assert sending.send_once("k2", "petition", make).first
        assert Petition.objects.count() == 2

    def test_where_it_fails_nothing_is_kept(self) -> None:
        def fail() -> str:
            make()
            raise RuntimeError("hỏng")

        with pytest.raises(RuntimeError):
            sending.send_once("k1", "petition", fail)
        assert not Petition.objects.exists()
        assert sending.result_of("k1", "petition") == ""
        assert sending.send_once("k1", "petition", make).first

    def test_a_result_is_not_shown_to_another_form(self) -> None:
        sending.send_once("k1", "petition", make)
        assert sending.result_of("k1", "comment") == ""


@pytest.fixture
def alone(committed: None) -> Iterator[None]:
    yield
    for model in (Sending, HeldUpload, Petition):
        model._default_manager.all().delete()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite in memory has one connection")
def test_fifty_at_once_make_one(alone: None) -> None:
    held.hold("k1", taken(upload("don.pdf", PDF)))

    def send() -> str:
        code = make()
        petition = Petition.objects.get(code=code)
        held.attach("k1", lambda: PetitionFile(petition=petition))
        return code

    found = together(lambda: sending.send_once("k1", "petition", send), threads=50)
    assert len(found) == 50
    assert {type(one) for one in found} == {sending.Sent}, found
    assert sum(one.first for one in found) == 1
    assert {one.result for one in found} == {Petition.objects.get().code}
    assert PetitionFile.objects.count() == 1


@pytest.mark.django_db
class TestHeld:
    def test_it_becomes_an_attachment_without_being_copied(
        self, stored: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        before = stored()
        upload_ = held.hold("k1", taken(upload("don.pdf", PDF)))
        held.hold("k2", taken(upload("khac.pdf", PDF)))
        name = upload_.file.name
        petition = Petition.objects.create(code="A", text="x")
        with django_capture_on_commit_callbacks(execute=True):
            (row,) = held.attach("k1", lambda: PetitionFile(petition=petition))
        found = PetitionFile.objects.get()
        assert found == row
        assert (found.file.name, found.name, found.size) == (name, "don.pdf", len(PDF))
        assert found.file.read() == PDF
        assert [one.key for one in HeldUpload.objects.all()] == ["k2"]
        assert len(stored() - before) == 2

    def test_the_same_twice_is_held_once(self, stored: Any) -> None:
        before = stored()
        for _time in range(2):
            held.hold("k1", taken(upload("don.pdf", PDF)))
        held.hold("k1", taken(upload("ban-sao.pdf", PDF)))
        assert [one.name for one in held.held("k1")] == ["don.pdf", "ban-sao.pdf"]
        assert len(stored() - before) == 2

    def test_only_those_of_the_form_are_let_go(self) -> None:
        mine = held.hold("k1", taken(upload("don.pdf", PDF)))
        other = held.hold("k2", taken(upload("don.pdf", PDF)))
        held.let_go("k1", [mine.pk, other.pk])
        assert list(HeldUpload.objects.all()) == [other]


@pytest.mark.django_db
def test_what_was_never_sent_goes_after_a_day(
    clock: Any, stored: Any, django_capture_on_commit_callbacks: Any
) -> None:
    before = stored()
    held.hold("k1", taken(upload("don.pdf", PDF)))
    sending.send_once("k0", "petition", make)
    clock.shift(timedelta(hours=24))
    held.hold("k2", taken(upload("don.pdf", PDF)))
    assert purge() == 0
    clock.shift(timedelta(seconds=1))
    with django_capture_on_commit_callbacks(execute=True):
        assert purge() == 1
    assert [one.key for one in HeldUpload.objects.all()] == ["k2"]
    assert len(stored() - before) == 1
    # For as long as its form may be sent again.
    assert Sending.objects.count() == 1
    clock.shift(timedelta(hours=24))
    purge()
    assert Sending.objects.count() == 0
    assert Petition.objects.count() == 1
