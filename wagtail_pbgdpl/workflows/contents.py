"""What a version shows: its text, and every image and document in it by content (R8, R12).

A decision keeps the digest of what was decided on. It is compared where the item is read, passed on
and published, so that neither a version written over in its place nor an exchanged file is ever
taken for what somebody read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from wagtail.models import AbstractPage, Revision

from .references import Media, files, references_of

# Of an image or document, what visitors see nothing of, or what follows from its file.
NOT_SHOWN = frozenset(
    {
        "id",
        "collection",
        "created_at",
        "file_hash",
        "file_size",
        "height",
        "uploaded_by_user",
        "width",
    }
)
# Enough to tell versions apart, and short enough for a form.
MARK_LENGTH = 16


class ShownFile(NamedTuple):
    """``sha256`` of the stored file; empty where the storage does not give it."""

    model: str
    object_id: str
    title: str
    sha256: str


class Contents(NamedTuple):
    digest: str
    files: tuple[ShownFile, ...]


def contents_of(revision: Revision) -> Contents:
    """Return what a revision shows today; reads each of its files once."""
    return contents_with(revision.content, media_of(page_in(revision)), _sha256)


def page_in(revision: Revision) -> AbstractPage:
    """Return the page as a revision has it, in memory."""
    # What it refers to stands in the content; whether that exists is asked of the files alone.
    kind = ContentType.objects.get_for_id(revision.content_type_id)
    model = cast("type[AbstractPage]", kind.model_class())
    return model.from_serializable_data(revision.content, check_fks=False)


def contents_with(
    content: object, media: Sequence[Media], sha256: Callable[[Media], str]
) -> Contents:
    """Return what the content of a revision shows with its images and documents, as ``media_of``
    returns them; ``sha256`` gives the digest of the file of one."""
    shown = tuple(
        ShownFile(one._meta.label, str(one.pk), str(one)[:255], sha256(one)) for one in media
    )
    words = [[getattr(one, name) for name in shown_fields(type(one))] for one in media]
    text = json.dumps([content, shown, words], cls=_Encoder, ensure_ascii=False, sort_keys=True)
    return Contents(hashlib.sha256(text.encode()).hexdigest(), shown)


def mark_of(revision: Revision) -> str:
    """Return what a form remembers of the version that somebody looks at."""
    return f"{revision.pk}-{contents_of(revision).digest[:MARK_LENGTH]}"


def is_marked(revision: Revision, mark: str) -> bool:
    """Whether a mark is of this version with its files as they are; a number alone is enough."""
    number, _hyphen, digest = mark.partition("-")
    if number != str(revision.pk):
        return False
    return not digest or contents_of(revision).digest[:MARK_LENGTH] == digest


def media_of(page: AbstractPage) -> list[Media]:
    """Return the images and documents that a page shows, as it stands in memory."""
    named = references_of(page)
    return [
        row
        for model in files()
        if (keys := {one.key for one in named if one.model is model})
        for row in model._default_manager.filter(pk__in=keys).order_by("pk")
    ]


def shown_fields(model: type[Model]) -> tuple[str, ...]:
    """Return the columns of an image or document that visitors see something of."""
    return tuple(field.attname for field in model._meta.concrete_fields if _is_shown(field))


def _is_shown(field: Field) -> bool:
    return field.name not in NOT_SHOWN and not field.primary_key


class _Encoder(DjangoJSONEncoder):
    def default(self, value: object) -> object:
        # Names of files, and what columns of the site's own hold.
        try:
            return super().default(value)
        except TypeError:
            return str(value)


def _sha256(media: Media) -> str:
    try:
        with media.file.storage.open(media.file.name, "rb") as stored:
            digest = hashlib.sha256()
            for chunk in stored.chunks():
                digest.update(chunk)
            return digest.hexdigest()
    except (OSError, ValueError):
        return ""
