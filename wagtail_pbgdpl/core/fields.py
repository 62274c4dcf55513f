"""Model fields of ours: text that is stored precomposed (NFC), and days of a sensible year.

The composing is done in ``get_prep_value``, so that ``save()``, ``bulk_create()``, ``update()``
and the values of filters all agree.
Clause: BK21 Điều 8.2, BK18 Điều 4.1 (I7).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import lookups
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from .text import nfc


class NFCMixin:
    def get_prep_value(self, value: Any) -> Any:
        return nfc(super().get_prep_value(value))  # type: ignore[misc]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = nfc(super().pre_save(model_instance, add))  # type: ignore[misc]
        setattr(model_instance, self.attname, value)  # type: ignore[attr-defined]
        return value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        # Before the validators: a decomposed text must not count as longer than it is.
        return super().clean(nfc(value), model_instance)  # type: ignore[misc]


class NFCCharField(NFCMixin, models.CharField):
    pass


class NFCTextField(NFCMixin, models.TextField):
    pass


class NFCRichTextField(NFCMixin, RichTextField):
    pass


class _Composing:
    def get_prep_lookup(self) -> Any:
        return nfc(super().get_prep_lookup())  # type: ignore[misc]


# Django does not pass the values of these lookups through the field.
for _lookup in (
    lookups.IExact,
    lookups.Contains,
    lookups.IContains,
    lookups.StartsWith,
    lookups.IStartsWith,
    lookups.EndsWith,
    lookups.IEndsWith,
    lookups.Regex,
    lookups.IRegex,
):
    for _field in (NFCCharField, NFCTextField, NFCRichTextField):
        _field.register_lookup(type(_lookup.__name__, (_Composing, _lookup), {}))


# No document of the present state is older.
FIRST_YEAR = 1945
#: Years ahead of the present one: for what takes place or is issued, and for what lasts.
SOON = 2
LASTING = 50


def check_year(value: datetime.date, years_ahead: int = LASTING) -> None:
    """Refuse a date or datetime before 1945, or more than ``years_ahead`` years after this one.

    A time limit that begins in such a year says nothing, and not every database can read it again.
    Raises ``ValidationError``.
    """
    last = timezone.localdate().year + years_ahead
    if not FIRST_YEAR <= value.year <= last:
        raise ValidationError(
            _("The year must lie between %(first)s and %(last)s; please check it."),
            code="year",
            params={"first": str(FIRST_YEAR), "last": str(last)},
        )


class _SensibleYearMixin:
    """Takes no year that can only be a typing error. The column is that of the plain field."""

    def __init__(self, *args: Any, years_ahead: int = SOON, **kwargs: Any) -> None:
        self.years_ahead = years_ahead
        super().__init__(*args, **kwargs)

    @property
    def validators(self) -> list[Callable[[Any], None]]:
        return [*super().validators, self._check_year]  # type: ignore[misc]

    def _check_year(self, value: datetime.date) -> None:
        check_year(value, self.years_ahead)

    def deconstruct(self) -> Any:
        # Migrations know the column alone, so that other bounds change none.
        name, _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs  # type: ignore[attr-defined]


class DayField(_SensibleYearMixin, models.DateField):
    """A date from 1945 until ``years_ahead`` years after the present one."""


class InstantField(_SensibleYearMixin, models.DateTimeField):
    """A datetime within the same years."""
