"""Approved files: an image or document that the public reads stays as the board approved it.

What was approved is the text and every file that it shows (R8, R12). So the row and the file of
such an image or document are neither changed nor deleted, by nobody and in no way, and neither are
those of an item on its way: whoever wants another file uploads it, puts it into the item in the old
one's place and sends that. The file is kept as long as the decision, which is for ever.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext_lazy as _

from ..authority.refusals import refuse
from ..matters.models import EventFile
from ..workflows.contents import shown_fields
from ..workflows.guard import is_program
from ..workflows.references import files
from .access import is_ours, is_public, is_shown_everywhere

WHY = _(
    "This file is part of what was approved or has been sent for approval, so it is neither "
    "changed nor deleted. Upload another one, put it into the item in its place, and send that."
)
LEAVING = _(
    "The files of the portal stay in its collections: elsewhere everybody could open them before "
    "an item with them is approved."
)


def is_frozen(media: Any) -> bool:
    """Whether an image or document was approved, or is public."""
    approved = EventFile.objects.filter(
        model=media._meta.label, object_id=str(media.pk), event__clears=True
    )
    return approved.exists() or is_shown_everywhere(media) or (is_ours(media) and is_public(media))


def refuse_change(*, instance: Any, raw: bool, update_fields: Any, **kwargs: Any) -> None:
    """Raise ``Refused`` where what visitors see of a frozen file would change."""
    if raw or instance._state.adding or is_program() or not isinstance(instance, files()):
        return
    names = [*shown_fields(type(instance)), "collection_id"]
    if update_fields is not None:
        named = {instance._meta.get_field(name).attname for name in update_fields}
        names = [name for name in names if name in named]
    if not names:
        return
    rows = type(instance)._base_manager.filter(pk=instance.pk)
    before = rows.values_list(*names).first()
    after = tuple(str(getattr(instance, name)) for name in names)
    # An upload may bear the very name of the stored file.
    uploaded = "file" in names and not instance.file._committed
    if before is None or (tuple(map(str, before)) == after and not uploaded):
        return
    stored = rows.select_related("collection").get()
    if is_frozen(stored):
        refuse(str(WHY))
    if is_ours(stored) and not is_ours(instance):
        refuse(str(LEAVING))


def refuse_deletion(*, instance: Any, **kwargs: Any) -> None:
    """Raise ``Refused`` where a frozen file would be deleted."""
    if not is_program() and isinstance(instance, files()) and is_frozen(instance):
        refuse(str(WHY))


def connect() -> None:
    for model in files():
        pre_save.connect(refuse_change, sender=model, dispatch_uid="wagtail_pbgdpl.frozen")
        pre_delete.connect(refuse_deletion, sender=model, dispatch_uid="wagtail_pbgdpl.frozen")
