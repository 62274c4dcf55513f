"""What a model says of its fields that hold something about a person.

A model that holds persons has ``personal``, a table from the names of such fields to why they are
kept, and ``not_personal``, the names of all its other fields. What its bases say holds as well.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from .text import LazyText

#: Why the names of officials stay when their accounts go.
THE_TRAIL: LazyText = _("The trail of decisions is kept (R12).")


class Personal(NamedTuple):
    """Why a field about a person is kept, and for how long."""

    #: In words that an official reads.
    purpose: LazyText
    #: Of the regulation, or the law.
    clause: str
    #: Calendar days after the case is closed; ``None``: as long as the row.
    retention_days: int | None = None
    #: Why it stays when the person is erased; empty: it is emptied.
    kept: LazyText = ""


def personal_fields(model: type[models.Model]) -> dict[str, Personal]:
    """Return what a model and its bases say of fields about persons."""
    return {
        name: said
        for base in reversed(model.__mro__)
        for name, said in base.__dict__.get("personal", {}).items()
    }


def fields_without_persons(model: type[models.Model]) -> frozenset[str]:
    """Return the fields of which a model and its bases say that they hold nothing of the sort."""
    return frozenset(
        name for base in model.__mro__ for name in base.__dict__.get("not_personal", ())
    )


def unsaid(model: type[models.Model]) -> list[str]:
    """Return the stored fields of a model that holds persons of which it says nothing."""
    said = personal_fields(model).keys() | fields_without_persons(model)
    fields: Any = model._meta.concrete_fields
    return [field.name for field in fields if not field.primary_key and field.name not in said]
