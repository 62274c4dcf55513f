"""A column of codes of categories, chosen among those of the effective regulation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..regulations.active import category_name, get_regulation


def category_choices() -> list[tuple[str, str]]:
    """Return the categories of the effective regulation as pairs of code and «code · name»."""
    return [
        (code, f"{code} · {category.name}")
        for code, category in get_regulation().categories.items()
    ]


class CategoryCodesField(models.JSONField):
    """A list of codes of categories; empty unless given.

    A code that the regulation no longer has stays in the row until it is edited: what was given
    once is history.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["default"] = list
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["default"], kwargs["blank"]
        return name, path, args, kwargs

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        for code in value:
            if code not in get_regulation().categories:
                raise ValidationError(
                    _("The regulation has no category “%(code)s”."), params={"code": code}
                )

    def in_words(self, value: list[str]) -> str:
        return ", ".join(map(category_name, value))

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=category_choices,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
        )
