"""To which images, documents and pages some content refers: in fields, blocks and running text.

Wagtail reads references from any object, in memory too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import AbstractPage, ReferenceIndex

from .keys import as_key
from .visibility import base_page

if TYPE_CHECKING:
    from wagtail.documents.models import AbstractDocument
    from wagtail.images.models import AbstractImage

Media: TypeAlias = "AbstractImage | AbstractDocument"
# What Wagtail writes itself: an alias names its source.
OWN = frozenset({"alias_of"})


@dataclass(frozen=True, slots=True)
class Reference:
    """``path`` leads to the place in the content: field, number of a block, name in the block."""

    model: type[Model]
    key: int
    path: str

    @property
    def target(self) -> tuple[str, int]:
        return self.model._meta.label, self.key


def files() -> tuple[type[AbstractImage], type[AbstractDocument]]:
    """Return the site's models of images and of documents."""
    return get_image_model(), get_document_model()


def models() -> tuple[type[AbstractImage], type[AbstractDocument], type[AbstractPage]]:
    """Return what content can point at: the models of images, documents and pages."""
    return *files(), base_page()


def references_of(found: Model) -> list[Reference]:
    """Return what an object refers to as it stands in memory, stored or not."""
    return references_in(ReferenceIndex._extract_references_from_object(found))


def references_in(rows: Iterable[tuple[int, str, str, str]]) -> list[Reference]:
    """Return the same of what Wagtail read: type, key, path in the model, path in the content."""
    kinds = {
        ContentType.objects.get_for_model(model, for_concrete_model=False).pk: model
        for model in models()
    }
    return [
        Reference(kinds[kind], key, path)
        for kind, value, name, path in rows
        if kind in kinds and name not in OWN and (key := as_key(value)) is not None and key >= 0
    ]
