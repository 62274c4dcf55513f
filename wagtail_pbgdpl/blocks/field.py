"""The model field for StreamField content whose blocks come from the registry."""

from __future__ import annotations

import json
import threading
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models
from django.utils.functional import cached_property
from wagtail.blocks import Block, BlockField, StreamValue
from wagtail.fields import Creator, StreamField

from ..core.text import nfc
from .packed import PackedBlockWidget
from .registry import registry
from .stream import PortalStreamBlock

__all__ = ["BlocksField", "OfferedBlockField"]

# What a draft may lack, Wagtail notes at the blocks for as long as it looks at them, and threads
# share the blocks: two who save at once would fail, or publish what lacks something.
_one_at_a_time = threading.Lock()


class OfferedBlockField(BlockField):
    """A form field that offers the blocks of the type of its form's object."""

    block: PortalStreamBlock
    widget: PackedBlockWidget

    def __init__(self, *, db_field: BlocksField, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.db_field = db_field

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        # A model form's field knows its model field only, which page types may share.
        block = self.db_field.offered_block(type(form.instance))
        if self.block is not block:
            self.block = block
            is_required, attrs = self.widget.is_required, self.widget.attrs
            self.widget = PackedBlockWidget(block, attrs=attrs)
            self.widget.is_required = is_required
        return super().get_bound_field(form, field_name)

    def clean(self, value: Any) -> Any:
        with _one_at_a_time:
            return super().clean(value)


class _ByType(Creator):
    """Gives a value that is set the blocks of the object's own type."""

    def __set__(self, obj: models.Model, value: Any) -> None:
        obj.__dict__[self.field.name] = self.field.value_for(type(obj), value)


class BlocksField(StreamField):
    """A ``StreamField`` that asks the registry which blocks it offers.

    ``use`` (``"body"``, ``"attachments"`` …) and the type of the object decide, also where several
    types inherit one field from a concrete model. Blocks are looked up at the first access, when
    all applications have registered theirs. Other arguments are those of ``StreamField``, without
    the block types.

    Blocks are no part of a migration, so that a site's blocks never change the package's
    migrations. In turn the models inside a migration read an empty stream; what is stored survives
    their ``save()``. Text is stored precomposed. Clause: BK21 Điều 8.2, BK18 Điều 4.1 (I7).
    """

    def __init__(self, use: str = "body", **kwargs: Any) -> None:
        self.use = use
        super().__init__([], **kwargs)

    @cached_property
    def stream_block(self) -> PortalStreamBlock:
        """All that may be stored: the blocks of the field's model and of the models below it."""
        if self._is_historical:
            return self._stream_of([])
        return self._stream_of(
            registry.blocks_for(self.use, self.model, *_models_below(self.model))
        )

    @cached_property
    def _offered(self) -> dict[type[models.Model], PortalStreamBlock]:
        return {}

    def offered_block(self, model: type[models.Model]) -> PortalStreamBlock:
        """Return the stream of what objects of ``model`` offer: the field's model or one below."""
        if self._is_historical:
            return self.stream_block
        if model not in self._offered:
            self._offered[model] = self._stream_of(registry.blocks_for(self.use, model))
        return self._offered[model]

    def _stream_of(self, blocks: list[tuple[str, Block]]) -> PortalStreamBlock:
        stream = PortalStreamBlock(blocks)
        stream.set_meta_options(self.block_opts)
        return stream

    @property
    def _is_historical(self) -> bool:
        """Whether this field belongs to a model inside a migration, or to none."""
        model = getattr(self, "model", None)
        return model is None or model._meta.apps is not apps

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: Any) -> None:
        # A field of an abstract model is copied to each subclass, with what it has cached.
        self.__dict__.pop("stream_block", None)
        self.__dict__.pop("_offered", None)
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.name, _ByType(self))

    def value_for(self, model: type[models.Model], value: Any) -> StreamValue:
        """Return a value as objects of ``model`` hold it."""
        value = self.to_python(value)
        if model is self.model or self._is_historical:
            # What a subclass alone offers must survive the save() of its unspecific form.
            block = self.stream_block
        else:
            block = self.offered_block(model)
        if value.stream_block is not block:
            value = block.to_python(value.get_prep_value())
            value._stream_field = self
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": OfferedBlockField, "db_field": self, **kwargs})

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


def _models_below(model: type[models.Model]) -> list[type[models.Model]]:
    """Return the models that inherit from a concrete model, as loaded by this project."""
    found = []
    for below in model.__subclasses__():
        if not below._meta.abstract and below._meta.apps is apps:
            found.append(below)
        found += _models_below(below)
    return found


def _parsed(value: Any) -> Any:
    """Return what a JSON text holds, or the value itself: raw data must not be encoded twice."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
