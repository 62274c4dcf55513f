"""The pictures and files of the demo in the media library of the portal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files import File
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection

from wagtail_pbgdpl.provisioning.models import ProvisionedObject

from .sources import FILES, IMAGES, read

COLLECTION = "Nội dung trình diễn"


class Library:
    """Finds the pictures and files by the names that the data files use."""

    def __init__(self, images: dict[str, Any], files: dict[str, Any]) -> None:
        self.images = images
        self.files = files


def load_library(portal: Any, *, user: Any) -> Library:
    """Upload what is missing to a collection below that of ``portal``; return all of it."""
    titles = read("media.toml")
    collection = _collection(portal)

    def upload(model: Any, path: Path, title: str, **values: Any) -> Any:
        found = model.objects.filter(collection=collection, title=title).first()
        if found:
            return found
        item = model(title=title, collection=collection, uploaded_by_user=user, **values)
        with path.open("rb") as content:
            item.file.save(path.name, File(content), save=False)
            # What an editor could not upload is no example.
            item.full_clean()
            item.save()
        return item

    images = {
        name: upload(get_image_model(), IMAGES / name, title, description=description)
        for name, (title, description) in titles["images"].items()
    }
    files = {
        name: upload(get_document_model(), FILES / name, title)
        for name, title in titles["files"].items()
    }
    return Library(images, files)


def _collection(portal: Any) -> Collection:
    record = ProvisionedObject.objects.filter(key=f"collection@{portal.pk}").first()
    top = Collection.objects.filter(pk=record.object_id).first() if record else None
    parent = top or Collection.get_first_root_node()
    found = parent.get_children().filter(name=COLLECTION).first()
    return found or parent.add_child(name=COLLECTION)
