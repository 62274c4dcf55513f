"""Plain reference tables (danh mục dùng chung), kept by the operator of the portal.

They hold no draft, workflow or personal data, so ``wagtail_modeladmin`` administers them.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..changes.actor import acting_user
from ..core.fields import NFCCharField
from . import shown_names


class ReferenceItem(models.Model):
    """A row of a reference table. ``code`` is stable, ``name`` is what people read.

    In a request, ``save`` raises ``PermissionDenied`` for a new name of a row that public items
    bear, and ``delete`` for such a row; see ``shown_names``.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = NFCCharField(_("name"), max_length=255)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(
        _("in use"), default=True, help_text=_("Items not in use stay on old pages.")
    )

    class Meta:
        abstract = True
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        try:
            shown_names.check_renaming(self, acting_user())
        except ValidationError as error:
            raise PermissionDenied(" ".join(error.messages)) from error
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        # A field or audience would go from public items without a word.
        if acting_user() is not None and shown_names.public_pages(self).exists():
            raise PermissionDenied(_("Public items bear this row; take it out of use instead."))
        return super().delete(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        shown_names.check_renaming(self, acting_user())


class LegalField(ReferenceItem):
    """Lĩnh vực pháp luật."""

    class Meta(ReferenceItem.Meta):
        verbose_name = _("legal field")
        verbose_name_plural = _("legal fields")


class Audience(ReferenceItem):
    """Đối tượng phổ biến, giáo dục pháp luật."""

    class Meta(ReferenceItem.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class IssuingBody(ReferenceItem):
    """Cơ quan ban hành văn bản (D1)."""

    class Level(models.TextChoices):
        CENTRAL = "central", _("Central")
        PROVINCE = "province", _("Province")
        COMMUNE = "commune", _("Commune")

    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.PROVINCE)
    is_party = models.BooleanField(_("body of the Party"), default=False)

    class Meta(ReferenceItem.Meta):
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")


class DocumentType(ReferenceItem):
    """Hình thức (loại) văn bản (D1); administrative types follow Nghị định 30/2020 Điều 7."""

    class Kind(models.TextChoices):
        LEGAL = "legal", _("Legal document")
        ADMINISTRATIVE = "administrative", _("Administrative document")
        PARTY = "party", _("Document of the Party")

    symbol = NFCCharField(
        _("symbol"), max_length=12, blank=True, help_text=_("As in document numbers, e.g. QĐ.")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.ADMINISTRATIVE)

    class Meta(ReferenceItem.Meta):
        verbose_name = _("document type")
        verbose_name_plural = _("document types")
