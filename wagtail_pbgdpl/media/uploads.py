"""Which documents the portal's collections take: kinds and sizes that were agreed on (S2, S10).

Files of the host are left as Wagtail has them. Clauses: BP20 Điều 9; QT24 Điều 6.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.models import AbstractDocument

from ..conf import settings
from ..core.signatures import ARCHIVES, is_sound_archive, is_what_it_says
from ..core.wrapping import wrap_once
from ..regulations.active import get_regulation, is_usable
from .access import is_ours, paths_of_ours

MEGABYTE = 1024 * 1024


def kinds() -> list[str]:
    """Return the file name extensions that are taken: of the settings and of the regulation."""
    named = {kind.lower() for kind in settings.DOCUMENT_EXTENSIONS}
    if is_usable():
        formats = get_regulation().file_formats
        named |= {kind.lower() for kind in (*formats.text, *formats.images)}
    return sorted(named)


def problem_of(file: Any) -> str:
    """Return why a document is not taken, in words for who uploads it; empty where it is."""
    named = {"name": PurePath(file.name).name}
    kind = PurePath(file.name).suffix.lower().removeprefix(".")
    taken = kinds()
    if kind not in taken:
        return _(
            "The file «%(name)s» is of a kind that the portal does not take. It takes: %(kinds)s."
        ) % (named | {"kinds": ", ".join(taken)})
    if file.size > settings.DOCUMENT_MAX_MEGABYTES * MEGABYTE:
        return _(
            "The file «%(name)s» is too large: %(size)s MB. The portal takes files of up to "
            "%(most)s MB."
        ) % (named | {"size": -(-file.size // MEGABYTE), "most": settings.DOCUMENT_MAX_MEGABYTES})
    if not is_what_it_says(file, kind):
        return _(
            "The content of the file «%(name)s» is not that of a .%(kind)s file. Check the file "
            "and upload it again."
        ) % (named | {"kind": kind})
    if kind in ARCHIVES and not is_sound_archive(file, kind):
        return _(
            "The file «%(name)s» is damaged, or unpacks to more than the portal takes. Save it "
            "again as a .%(kind)s file and upload that."
        ) % (named | {"kind": kind})
    return ""


def narrow_uploads() -> None:
    """Let each form of a document say what is wrong with the file: alone, of several, in choosers.

    A form of the site's own keeps to it as long as its ``clean`` calls that of Wagtail.
    """
    wrap_once(BaseDocumentForm, "clean", _asking)


def _asking(clean: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @wraps(clean)
    def clean_and_ask(form: Any) -> Any:
        cleaned = clean(form)
        _ask(form)
        return cleaned

    return clean_and_ask


def _ask(form: Any) -> None:
    collection = _collection_of(form)
    if collection is None or not collection.path.startswith(paths_of_ours()):
        return
    if "file" in form.fields and "file" in form.changed_data:
        if form.cleaned_data.get("file"):
            _say(form, "file", problem_of(form.cleaned_data["file"]))
    elif form.original_file and not is_ours(_stored(form)):
        # It moves in from elsewhere.
        _say(form, "collection", _problem_of_stored(form.original_file))


def guard_bulk_action(request: Any, action_type: str, objects: Iterable[Any], action: Any) -> Any:
    """Show Wagtail's form again, with the reasons, where several documents may not move in."""
    if action_type != "add_to_collection" or not issubclass(action.model, AbstractDocument):
        return None
    form = action.cleaned_form
    collection = form.cleaned_data["collection"]
    if not collection.path.startswith(paths_of_ours()):
        return None
    found = [_problem_of_stored(one.file) for one in objects if not is_ours(one)]
    if not any(found):
        return None
    form.add_error("collection", [problem for problem in found if problem])
    return action.form_invalid(form)


def _problem_of_stored(stored: Any) -> str:
    try:
        with stored.open("rb") as file:
            return problem_of(file)
    except OSError:
        return _("The file «%(name)s» is not in the storage any more. Upload it again.") % {
            "name": PurePath(stored.name).name
        }


def _say(form: Any, field: str, problem: str) -> None:
    if problem:
        form.add_error(field, problem)


def _stored(form: Any) -> Any:
    """The row as it is; the one of the form has the new collection already."""
    return type(form.instance)._base_manager.get(pk=form.instance.pk)


def _collection_of(form: Any) -> Any:
    """The collection chosen; who has one alone is not asked, and Wagtail takes that."""
    if "collection" in form.fields:
        return form.cleaned_data.get("collection")
    return form.collections[0] if form.collections else None
