"""The register of personal fields, which writes itself: every model says why it keeps what.

The page on privacy, the impact assessment and the erasure of a person read it
(Luật 91/2025/QH15).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

from ..core.personal import Personal, personal_fields

__all__ = ["Entry", "Personal", "models_with_persons", "register"]


class Entry(NamedTuple):
    model: type[models.Model]
    field: str
    said: Personal


def models_with_persons() -> list[type[models.Model]]:
    """Return every installed model, of the package or a site, that says it holds persons."""
    return [model for model in apps.get_models() if personal_fields(model)]


def register() -> Iterator[Entry]:
    """Yield every field about a person, of all installed models."""
    for model in models_with_persons():
        for name, said in personal_fields(model).items():
            yield Entry(model, _field(model, name).name, said)


def _field(model: Any, name: str) -> Any:
    """Raises ``FieldDoesNotExist`` where a model speaks of a field that it has not."""
    return model._meta.get_field(name)
