"""Rows that show at once are watched: who changed what from what to what is written down and told.

What is in the database counts, before and after: a field that nobody wrote, and one that was
written as it was, are no change.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models.signals import post_delete, post_save, pre_save
from django.utils import translation
from django.utils.translation import gettext as _

from ..organisation.fields import CategoryCodesField
from ..regulations.active import category_name
from . import told
from .actor import acting_user

Detail = tuple[str, str, str]
_BEFORE = "_pbgdpl_before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """``fields`` of a row that count. ``subject`` returns what the entry is about, by default the
    row itself; ``None``: it is no matter of the portal. ``creations``: whether a row that somebody
    adds counts as well."""

    kind: str
    fields: tuple[str, ...]
    subject: Callable[[Any], Any] = lambda row: row
    creations: bool = True


def watch(model: type[models.Model], kind: str, fields: Iterable[str], **options: Any) -> None:
    """Enter every change of ``fields`` of the rows of ``model`` from now on, and tell the board.

    Changes count whoever makes them; a new row only where a person makes it in a request, and rows
    as fixtures bring them never. ``options`` are those of ``Watch``. What does not call ``save``
    or ``delete`` is not seen.
    """
    watched = Watch(kind=kind, fields=tuple(fields), **options)
    for signal, receiver in (
        (pre_save, _remember),
        (post_save, _compare),
        (post_delete, _note_loss),
    ):
        signal.connect(
            partial(receiver, watched),
            sender=model,
            weak=False,
            dispatch_uid=f"wagtail_pbgdpl.watch_{receiver.__name__}",
        )


def _remember(watched: Watch, *, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    setattr(instance, _BEFORE, None if raw else _stored(instance))


def _compare(
    watched: Watch, *, instance: Any, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    before = instance.__dict__.pop(_BEFORE, None)
    if raw:
        return
    if created and not (watched.creations and acting_user() is not None):
        return
    _enter(watched, instance, before, _stored(instance))


def _note_loss(watched: Watch, *, instance: Any, **kwargs: Any) -> None:
    _enter(watched, instance, instance, None)


def _stored(instance: Any) -> Any:
    if instance.pk is None:
        return None
    return type(instance)._base_manager.filter(pk=instance.pk).first()


def _enter(watched: Watch, instance: Any, before: Any, after: Any) -> None:
    # The journal is kept: in the language of the portal, not in that of who happens to act.
    with translation.override(settings.LANGUAGE_CODE):
        details = [
            (label, old, new)
            for label, old, new in _compared(type(instance), watched.fields, before, after)
            if old != new
        ]
        subject = watched.subject(instance) if details else None
        if subject is not None:
            told.note(watched.kind, subject, details)


def _compared(
    model: type[models.Model], names: Iterable[str], before: Any, after: Any
) -> Iterable[Detail]:
    for name in names:
        field: Any = model._meta.get_field(name)
        yield str(field.verbose_name), _words(before, field), _words(after, field)


def _words(row: Any, field: Any) -> str:
    """Say what stands in a field as a person reads it; empty for nothing and for no row."""
    try:
        value = getattr(row, field.name, None)
    except ObjectDoesNotExist:  # deleted together with the row
        return ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(field, CategoryCodesField):
        return ", ".join(map(category_name, value))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return str(value)
