"""A folder that keeps what a removal deletes: rows as Django's own JSON, files as they are."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db.models import FileField

from .dependents import PACKAGE


@contextmanager
def records_in(folder: Path) -> Iterator[Records]:
    """Make ``folder``, closed to other users, and fill it; an error takes it away again.

    Raises ``OSError`` where it is there already or cannot be written.
    """
    folder.mkdir(mode=0o700)
    try:
        yield Records(folder)
    except BaseException:
        shutil.rmtree(folder)
        raise


class Records:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    def take_tables(self) -> None:
        """Write every row of the package's own tables: journal, ledger, units, seats, settings."""
        for model in apps.get_models(include_auto_created=True):
            if model._meta.app_label == PACKAGE:
                self._write(model._meta.model_name, model._base_manager.order_by("pk").iterator())

    def take(self, rows: Iterable[Any]) -> None:
        """Write rows that are about to be deleted, and the files that they name."""
        by_model: dict[Any, list[Any]] = {}
        for row in rows:
            by_model.setdefault(type(row), []).append(row)
        for model, found in by_model.items():
            self._write(model._meta.model_name, found)
            for field in model._meta.local_fields:
                if isinstance(field, FileField):
                    for row in found:
                        self._copy(getattr(row, field.attname))

    def _write(self, name: str | None, rows: Iterable[Any]) -> None:
        written = self._begun(rows)
        if written is None:
            return
        path = self.folder / f"{next(self._numbers):03}-{name}.json"
        with path.open("x", encoding="utf-8") as file:
            serializers.serialize("json", written, stream=file, indent=1, ensure_ascii=False)

    def _begun(self, rows: Iterable[Any]) -> Iterator[Any] | None:
        """Return the same rows, or nothing where there are none."""
        found = iter(rows)
        first = next(found, None)
        return None if first is None else itertools.chain([first], found)

    def _copy(self, stored: Any) -> None:
        # A file that was lost before cannot be kept.
        if not stored or not stored.storage.exists(stored.name):
            return
        target = self.folder / "files" / stored.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with stored.storage.open(stored.name) as source, target.open("wb") as copy:
            shutil.copyfileobj(source, copy)
