"""System checks of what was registered for single page types."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core import checks

from .field import BlocksField
from .named_blocks import Registry
from .registry import registry

__all__ = ["check_targets", "problems"]


def problems(target: Registry) -> list[checks.CheckMessage]:
    """Return an error for each unknown page type, a warning for each without a field of the use."""
    found: list[checks.CheckMessage] = []
    for use, label in sorted(target.targets()):
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError):
            found.append(
                checks.Error(
                    f"Blocks for the use {use!r} are registered for {label!r}, "
                    "which is not an installed model.",
                    hint="Name page types as 'app_label.ModelName'.",
                    id="wagtail_pbgdpl.E010",
                )
            )
            continue
        fields = (
            field
            for field in model._meta.concrete_fields
            if isinstance(field, BlocksField) and field.use == use
        )
        if not any(fields):
            found.append(
                checks.Warning(
                    f"Blocks for the use {use!r} are registered for {label!r}, "
                    "which has no such field, so they are never offered.",
                    obj=model,
                    id="wagtail_pbgdpl.W012",
                )
            )
    return found


@checks.register(checks.Tags.models)
def check_targets(**kwargs: Any) -> list[checks.CheckMessage]:
    return problems(registry)
