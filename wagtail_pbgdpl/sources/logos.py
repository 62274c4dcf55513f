"""Logos of linked systems, as public pages show them: read with the systems, in the same query."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from wagtail.images import get_image_model

logger = logging.getLogger(__name__)

SPEC = "max-200x80"


class Logo(NamedTuple):
    """``width`` and ``height`` in pixels; ``alt`` is empty where it says no more than the name."""

    address: str
    width: int
    height: int
    alt: str


def with_logos(sources: QuerySet[Any]) -> QuerySet[Any]:
    """Return the query of sources with the picture of each logo."""
    renditions = get_image_model().get_rendition_model()._default_manager
    mine = renditions.filter(image=OuterRef("logo"), filter_spec=SPEC, focal_point_key="")
    said = JSONObject(file="file", width="width", height="height")
    return sources.annotate(picture=Subquery(mine.values(said=said)[:1]))


def logo_of(source: Any) -> Logo | None:
    """Return the logo of a source that was read ``with_logos``."""
    if source.logo_id is None:
        return None
    picture = source.picture or draw(source)
    if picture is None:
        return None
    files: Any = get_image_model().get_rendition_model()._meta.get_field("file")
    address = files.storage.url(picture["file"])
    return Logo(address, picture["width"], picture["height"], source.logo_alt)


def draw(source: Any) -> dict[str, Any] | None:
    """Draw the picture of a logo where there is none yet; ``None`` for a file that is no picture.

    Once, as the source is saved; of an image that was changed since, as it is first shown.
    """
    if source.logo is None:
        return None
    try:
        drawn = source.logo.get_rendition(SPEC)
    except Exception:
        # Whatever is wrong with a file ends no public page.
        logger.exception("The logo of %s", source.code)
        return None
    return {"file": drawn.file.name, "width": drawn.width, "height": drawn.height}
