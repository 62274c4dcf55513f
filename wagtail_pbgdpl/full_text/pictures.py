"""The pictures of a Word file as images of the library, for who may add images there."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.utils.file import hash_filelike

from ..core.permission_policies import policy_of
from ..legal.lines import Row
from ..legal.word.errors import WordError
from ..legal.word.package import Package

#: Whoever has more of them uploads them to the library first.
MOST = 30


def store(content: bytes, rows: Iterable[Row], user: Any, title: str) -> dict[str, int]:
    """Store the pictures among the rows; return the key of the image for each part of the file.

    What is no image that the library takes is left out. ``title`` is that of the page.
    """
    if not policy_of(get_image_model()).user_has_permission(user, "add"):
        return {}
    package = Package(content)
    shown = {row.picture: row.text for row in rows if row.picture}
    found = {}
    for number, (part, description) in enumerate(list(shown.items())[:MOST], start=1):
        name = gettext("%(title)s, picture %(number)d") % {"title": title, "number": number}
        image = _stored(package, part, user, description or name)
        if image is not None:
            found[part] = image.pk
    return found


def _stored(package: Package, part: str, user: Any, title: str) -> Any:
    try:
        content = package.picture(part)
    except WordError:
        return None
    model = get_image_model()
    # The same picture, taken twice by the same person, is one.
    kept = model._default_manager.filter(
        uploaded_by_user=user, file_hash=hash_filelike(io.BytesIO(content))
    )
    if image := kept.first():
        return image
    form = get_image_form(model)(
        {"title": title[: model._meta.get_field("title").max_length]},
        {"file": SimpleUploadedFile(PurePath(part).name, content)},
        instance=model(uploaded_by_user=user),
        user=user,
    )
    if "collection" in form.fields:
        # Those of the portal come after that of the whole site.
        form.data["collection"] = form.fields["collection"].queryset.last().pk
    return form.save() if form.is_valid() else None
