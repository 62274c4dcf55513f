"""Model fields that store Vietnamese text precomposed (NFC), whatever the way in.

The work is done in ``get_prep_value``, so that ``save()``, ``bulk_create()``, ``update()`` and the
values of filters all agree.
Clause: BK21 Điều 8.2, BK18 Điều 4.1 (I7).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import lookups
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
