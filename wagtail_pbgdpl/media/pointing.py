"""May this person point at this thing? (R11: BK18 Điều 6.1b)

Whoever names an image, a document or a page in content shows its file, title or address to all who
read that content, and first of all to themselves. So each of them must be theirs to see; what the
content referred to before they came may stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from ..authority.scope import scope_of
from ..changes.actor import acting_user
from ..core.base_page import base_page_model
from ..workflows.guard import is_program
from ..workflows.keys import as_key
from ..workflows.visibility import choosable_by
from . import references
from .access import is_only_in_drafts, seen_media
from .references import Reference


def choosable(user: Any, found: Any) -> Any:
    """Return those of the query ``found`` of images, documents or pages that ``user`` may name."""
    if issubclass(found.model, base_page_model()):
        return choosable_by(user, found)
    return seen_media(user, found)


def withheld_from(user: Any, named: Iterable[Reference]) -> list[Reference]:
    """Return those that ``user`` may not name.

    What is not there is among them: the number may be another's tomorrow, and what is refused
    tells nobody which numbers are taken.
    """
    listed = list(named)
    if not listed or scope_of(user).everything:
        return []
    allowed: set[tuple[type[Any], int]] = set()
    for model in {reference.model for reference in listed}:
        keys = {reference.key for reference in listed if reference.model is model}
        rows = choosable(user, model._base_manager.filter(pk__in=keys))
        allowed |= {(model, pk) for pk in rows.values_list("pk", flat=True)}
    return [one for one in listed if (one.model, one.key) not in allowed]


def is_withheld(model: type[Any], value: Any) -> bool:
    """Whether the person of the present request may not be shown the row with this key."""
    user, key = acting_user(), as_key(value)
    if user is None or key is None:
        return False
    return bool(withheld_from(user, [Reference(model, key, "")]))


def guard_version(page: Any, user: Any) -> None:
    """Raise ``PermissionDenied`` where a version of ``page`` would name what ``user`` may not.

    Programs and what was named already are let through.
    """
    if user is None or is_program():
        return
    named = references.references_of(page)
    before = references.kept(page) if named and page.pk else set()
    if withheld_from(user, [one for one in named if one.target not in before]):
        raise PermissionDenied(
            _("The item names an image, a document or a page that is not yours to use.")
        )


class PointingForm:
    """Mix into the form of an editor: refuses what the person may not name, where it is named."""

    instance: Any
    for_user: Any

    def _post_clean(self) -> None:
        # Values reach the instance here, after ``clean``.
        before = {one.target for one in references.references_of(self.instance)}
        super()._post_clean()  # type: ignore[misc]
        if self.for_user is None:
            return
        self._refuse(self, before)
        for formset in getattr(self, "formsets", {}).values():
            for form in formset.forms:
                if form.is_valid():
                    self._refuse(form, before)

    def may_name(self, thing: Any) -> bool:
        return not withheld_from(self.for_user, [Reference(type(thing), thing.pk, "")])

    def public_at_once(self, name: str) -> Any:
        """Return the image of a field that is public with no decision.

        Raises ``ValidationError`` for one that only drafts show, for everybody, the board too: it
        becomes public by the decision on that draft and in no other way.
        """
        image = self.cleaned_data[name]  # type: ignore[attr-defined]
        if image is None or image.pk == self.initial.get(name):  # type: ignore[attr-defined]
            return image
        # Of an image that is not theirs, the person learns no more than that.
        if self.may_name(image) and is_only_in_drafts(image):
            raise ValidationError(
                _(
                    "A draft uses this image, and would have it public before it is decided on. "
                    "Upload it as an image of its own."
                )
            )
        return image

    def _refuse(self, form: Any, before: set[tuple[str, int]]) -> None:
        named = references.references_of(form.instance)
        new = [one for one in named if one.target not in before]
        for reference in withheld_from(self.for_user, new):
            name, _dot, rest = reference.path.partition(".")
            problem = problem_with(reference.model, getattr(form.instance, name, None), rest)
            form.add_error(name if name in form.fields else None, ValidationError(problem))


def problem_with(model: type[Any], value: Any, path: str) -> str:
    """Return what the form says; nothing of the thing itself, for that is not the person's."""
    image, document, _page = references.models()
    problems = {
        image: _("This image is not there, or it is not yours to use. Choose another."),
        document: _("This document is not there, or it is not yours to use. Choose another."),
    }
    problem = problems.get(
        model, _("This page is not there, or it is not yours to link to. Choose another.")
    )
    if not isinstance(value, StreamValue):
        return problem
    number = path.partition(".")[0]
    for position, block in enumerate(value, start=1):
        if block.id == number:
            label = {"number": position, "block": block.block.label, "problem": problem}
            return _("Block %(number)s (%(block)s): %(problem)s") % label
    return problem
