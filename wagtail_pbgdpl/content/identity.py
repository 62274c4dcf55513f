"""A document has one page: who enters it a second time is told of the first (D1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.translation import gettext as _

from ..changes.actor import acting_user, tell_actor
from ..core.base_page import base_page_model
from ..corpus import identities
from ..workflows.visibility import choosable_by

CODE = "duplicate_document"


class IdentityMixin(models.Model):
    """Mix into what has a number, an issuing body and a day of issue."""

    document_number: Any
    issued_on: Any
    is_passed: ClassVar[bool]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Raises ``ValidationError`` for what is public where another page is of the document."""
        with transaction.atomic():
            result = super().save(*args, **kwargs)
            if self.live and kwargs.get("update_fields") is None:  # type: ignore[attr-defined]
                self.take_identities()
        return result

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """Raises ``ValidationError`` in a program where another page is of the same document.

        An editor who came second in the same moment is told, and keeps the draft: nothing that was
        typed is lost, and it is not published.
        """
        # Wagtail says so of a copy: who edits it gives it a number of its own.
        if kwargs.get("changed", True):
            public = type(self)._default_manager.filter(pk=self.pk, live=True).first()
            try:
                self.take_identities(*filter(None, [public]))
            except ValidationError as error:
                if acting_user() is None:
                    raise
                tell_actor(strip_tags(" ".join(error.messages)))
        return super().save_revision(*args, **kwargs)  # type: ignore[misc]

    def identity(self) -> str:
        """Return by what the document is told from others; empty where it cannot be."""
        # What was never stored is in no language yet.
        is_copy = self.locale_id is not None and not self.counts_in_ledger  # type: ignore[attr-defined]
        if is_copy or not self.is_passed:
            return ""
        return identities.identity(self.document_number, self.issuing_body_id, self.issued_on)  # type: ignore[attr-defined]

    def take_identities(self, *others: IdentityMixin) -> None:
        """Hold the identities of this version and of ``others``. Raises ``ValidationError``."""
        try:
            identities.take([one.identity() for one in (self, *others)], self.pk)
        except identities.Taken as taken:
            raise ValidationError({"document_number": refusal(taken.page)}) from taken

    def taken_elsewhere(self) -> dict[str, Any]:
        """Return the error of the number where another page is of the same document."""
        try:
            identities.check(self.identity(), self.pk)
        except identities.Taken as taken:
            return {"document_number": refusal(taken.page)}
        return {}


def refusal(page: int) -> ValidationError:
    """Return the error for a document that is on ``page``, with a link for who may see it."""
    said = _("The portal has a document with this number, issuing body and day of issue already")
    other = _shown(page)
    if other is None:
        return ValidationError(
            _("%(said)s: an item that is not yours to see.") % {"said": said}, code=CODE
        )
    address = other.get_url() if other.live else reverse("wagtailadmin_pages:edit", args=[page])
    link = format_html('{}: <a href="{}" target="_blank">{}</a>', said, address, other.title)
    return ValidationError(link, code=CODE)


def _shown(page: int) -> Any:
    found = base_page_model()._base_manager.filter(pk=page)
    user = acting_user()
    return (choosable_by(user, found) if user is not None else found).first()
