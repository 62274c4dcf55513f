"""The register of personal fields writes itself: a field that says nothing is told here."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from tests.extension_app.models import Petition
from wagtail_pbgdpl.core.encrypted import EncryptedMixin
from wagtail_pbgdpl.core.personal import fields_without_persons, personal_fields, unsaid
from wagtail_pbgdpl.intake.attachments import Attachment
from wagtail_pbgdpl.intake.personal import models_with_persons, register
from wagtail_pbgdpl.intake.sender import Sender

OURS = ("wagtail_pbgdpl", "wagtail_pbgdpl_pages", "extension_app")
#: What is called so is about a person, or it must be said that it is not.
SUSPECT = re.compile(r"(full_name|person|phone|e_?mail|postal|birth|account|sender|typed)")
# E-mail addresses and telephones of offices.
ELSEWHERE = {
    "wagtail_pbgdpl.Unit": "an office",
    "wagtail_pbgdpl.PortalSettings": "an office",
}


def of_ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def seems_personal(field: Any) -> bool:
    return isinstance(field, (EncryptedMixin, models.EmailField)) or bool(
        SUSPECT.search(field.name)
    )


def test_a_model_that_holds_persons_says_so() -> None:
    silent = {
        f"{model._meta.label}.{field.name}"
        for model in of_ours()
        if model._meta.label not in ELSEWHERE
        for field in model._meta.concrete_fields
        if seems_personal(field)
        and field.name not in personal_fields(model).keys() | fields_without_persons(model)
        and not field.remote_field
    }
    assert silent == set()


def test_such_a_model_says_it_of_every_field() -> None:
    assert {Petition} <= set(models_with_persons())
    assert {
        model._meta.label: missing for model in models_with_persons() if (missing := unsaid(model))
    } == {}


def test_whoever_takes_in_persons_or_their_files_is_in_the_register() -> None:
    for model in of_ours():
        if issubclass(model, (Sender, Attachment)):
            assert model in models_with_persons()


def test_every_entry_has_its_reason_and_a_field() -> None:
    entries = list(register())
    assert {entry.field for entry in entries if entry.model is Petition} == {
        *("full_name", "email", "phone", "postal_address", "text", "bank_account"),
    }
    for entry in entries:
        assert str(entry.said.purpose), entry
        assert entry.said.clause, entry
        assert entry.said.retention_days is None or entry.said.retention_days > 0


def test_a_new_field_that_says_nothing_is_told() -> None:
    field = models.CharField(max_length=9)
    field.set_attributes_from_name("religion")
    Petition._meta.add_field(field)
    try:
        assert unsaid(Petition) == ["religion"]
    finally:
        Petition._meta.local_fields.remove(field)
        Petition._meta._expire_cache()
    assert unsaid(Petition) == []


@pytest.mark.parametrize("name", ["nationality", "emial"])
def test_a_field_that_is_not_there_is_told(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.exceptions import FieldDoesNotExist

    (said,) = [entry.said for entry in register() if entry.field == "bank_account"]
    monkeypatch.setitem(Petition.personal, name, said)
    with pytest.raises(FieldDoesNotExist):
        list(register())
