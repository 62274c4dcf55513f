"""The model field for StreamField content whose blocks come from the registry."""

from __future__ import annotations

import json
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models
from django.utils.functional import cached_property
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField

from ..text import nfc
from .registry import registry
from .stream import PortalStreamBlock

__all__ = ["BlocksField"]


class BlocksField(StreamField):
    """A ``StreamField`` that asks the registry which blocks it offers.

    ``use`` (``"body"``, ``"attachments"`` …) and the concrete model decide; they are looked up at
    the first access, when all applications have registered theirs. Other arguments are those of
    ``StreamField``, without the block types.

    Blocks are no part of a migration, so that a site's blocks never change the package's
    migrations. In turn the models inside a migration read an empty stream; what is stored survives
    their ``save()``. Text is stored precomposed. Clause: BK21 Điều 8.2, BK18 Điều 4.1 (I7).
    """

    def __init__(self, use: str = "body", **kwargs: Any) -> None:
        self.use = use
        super().__init__([], **kwargs)

    @cached_property
    def stream_block(self) -> PortalStreamBlock:
        offered = [] if self._is_historical else registry.blocks_for(self.use, self.model)
        block = PortalStreamBlock(offered)
        block.set_meta_options(self.block_opts)
        return block

    @property
    def _is_historical(self) -> bool:
        """Whether this field belongs to a model inside a migration, or to none."""
        model = getattr(self, "model", None)
        return model is None or model._meta.apps is not apps

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        # A field of an abstract model is copied to each subclass, with what it has cached.
        self.__dict__.pop("stream_block", None)
        super().contribute_to_class(cls, name, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        # StreamField's own would write every block into the migration.
        name, path, args, kwargs = models.Field.deconstruct(self)
        return name, path, list(args), kwargs

    def clone(self) -> BlocksField:
        field = super().clone()
        field.use = self.use
        field.block_opts = dict(self.block_opts)
        return field

    def to_python(self, value: Any) -> StreamValue:
        if self._is_historical and not isinstance(value, StreamValue):
            stream = self.stream_block.empty_value(raw_text=_parsed(value) or None)
            stream._stream_field = self
            return stream
        return super().to_python(value)

    def get_prep_value(self, value: Any) -> Any:
        return nfc(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, StreamValue) and len(value):
            raw = self.stream_block.get_prep_value(value)
            composed = nfc(raw)
            if composed != raw:
                # The search index reads the instance after it was saved, not the database.
                value = self.to_python(composed)
                setattr(model_instance, self.attname, value)
        return value

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        errors = super().check(**kwargs)
        if not self._is_historical and not self.stream_block.child_blocks:
            errors.append(
                checks.Error(
                    f"No blocks are registered for the use {self.use!r}.",
                    hint="Correct the field's `use`, or register blocks for it.",
                    obj=self,
                    id="wagtail_pbgdpl.E011",
                )
            )
        return errors


def _parsed(value: Any) -> Any:
    """Return what a JSON text holds, or the value itself: raw data must not be encoded twice."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
