"""Rows that say what happened: written once, never changed, never deleted (R12)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext as _


class AppendOnly(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ``TypeError`` where the row is there already."""
        if not self._state.adding:
            raise TypeError(_("History is not changed."))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises ``TypeError``, always."""
        raise TypeError(_("History is not deleted."))


def name_of(user: Any) -> str:
    """Return the name that stays when the account goes; empty for nobody."""
    if user is None or not user.pk:
        return ""
    name: str = user.get_full_name() or user.get_username()
    return name
