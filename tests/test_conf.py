"""The settings dictionary behind its typed object."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from wagtail_pbgdpl.conf import VALIDATORS, Settings, problems, settings

DEFAULTS = Settings()


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_defaults_hold_without_the_setting(name: str) -> None:
    with override_settings(WAGTAIL_PBGDPL={}):
        assert getattr(settings, name) == getattr(DEFAULTS, name)


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_default_is_valid(name: str) -> None:
    assert problems({name: getattr(DEFAULTS, name)}) == []
    assert name in VALIDATORS


def test_a_value_is_taken_and_forgotten() -> None:
    with override_settings(WAGTAIL_PBGDPL={"BASE_TEMPLATE": "tinh/base.html"}):
        assert settings.BASE_TEMPLATE == "tinh/base.html"
        with override_settings(WAGTAIL_PBGDPL={"BASE_TEMPLATE": "so/base.html"}):
            assert settings.BASE_TEMPLATE == "so/base.html"
        assert settings.BASE_TEMPLATE == "tinh/base.html"


@pytest.mark.parametrize(
    "values",
    [
        {"PROFILE": 5},
        {"PROFILE": ""},
        {"BASE_TEMPLATE": "base.txt"},
        {"BASE_TEMPLATE": None},
        {"OFFICE_HOURS": "07:30-11:30"},
        {"OFFICE_HOURS": []},
    ],
)
def test_the_default_stands_in_for_a_bad_value(values: dict[str, Any]) -> None:
    """A typing error must not break the command that explains it."""
    (name,) = values
    with override_settings(WAGTAIL_PBGDPL=values):
        assert getattr(settings, name) == getattr(DEFAULTS, name)
    ((key, reason),) = problems(values)
    assert key == name
    assert repr(values[name]) in reason


@pytest.mark.parametrize("value", [None, [], "PROFILE", 3])
def test_what_is_no_dictionary_is_read_as_empty(value: Any) -> None:
    with override_settings(WAGTAIL_PBGDPL=value):
        assert settings.PROFILE == DEFAULTS.PROFILE
    ((key, reason),) = problems(value)
    assert key == ""
    assert type(value).__name__ in reason


def test_an_unknown_key_does_not_hide_the_others() -> None:
    values = {"PROFIL": "x", "PROFILE": "binh_phuoc_2020"}
    with override_settings(WAGTAIL_PBGDPL=values):
        assert settings.PROFILE == "binh_phuoc_2020"
    assert [key for key, _reason in problems(values)] == ["PROFIL"]


def test_a_profile_may_be_a_path() -> None:
    assert problems({"PROFILE": Path("tinh.toml")}) == []


def test_a_setting_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError):
        settings.PROFIL  # noqa: B018
