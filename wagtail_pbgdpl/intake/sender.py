"""Who sends something in: how they are called and reached, encrypted, and what they agreed to."""

from __future__ import annotations

import datetime
import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..core.encrypted import EncryptedCharField, EncryptedEmailField, EncryptedTextField
from ..core.personal import Personal, personal_fields
from .consent import ConsentText

NAME_LENGTH = 120
PHONE_LENGTH = 30
ADDRESS_LENGTH = 300
#: Calendar days after the case is closed.
RETENTION_DAYS = 730

WAYS = ("email", "phone", "postal_address")
CLAUSE = "BK21 Điều 12.1c; BK18 Điều 7.1f; Luật 91/2025/QH15"


def check_phone(value: str) -> None:
    """Refuse what cannot be dialled: 8 to 15 digits, as people write them. ``ValidationError``."""
    digits = re.sub(r"[\s.()-]", "", value).removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and 8 <= len(digits) <= 15):
        raise ValidationError(
            gettext("Enter a telephone number, such as 0912 345 678 or +84 912 345 678."),
            code="phone",
        )


def unreachable() -> ValidationError:
    return ValidationError(
        gettext(
            "Give at least one way to reach you: an e-mail address, a telephone number or a postal "
            "address."
        ),
        code="unreachable",
    )


class Sender(models.Model):
    """A person behind something that was sent in. Nothing of it stands in a matter or an event."""

    full_name = EncryptedCharField(_("full name"), max_length=NAME_LENGTH)
    email = EncryptedEmailField(_("e-mail address"), blank=True)
    phone = EncryptedCharField(
        _("telephone"), max_length=PHONE_LENGTH, blank=True, validators=[check_phone]
    )
    postal_address = EncryptedTextField(_("postal address"), max_length=ADDRESS_LENGTH, blank=True)
    name_may_be_shown = models.BooleanField(_("the name may be published"), default=False)
    consent_version = models.CharField(_("version of the consent text"), max_length=40, blank=True)
    consented_at = models.DateTimeField(_("consented at"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True, blank=True, editable=False)

    personal: ClassVar[dict[str, Personal]] = {
        "full_name": Personal(_("to know whom the answer is for"), CLAUSE, RETENTION_DAYS),
        "email": Personal(_("to send the answer to"), CLAUSE, RETENTION_DAYS),
        "phone": Personal(_("to ask for what is missing"), CLAUSE, RETENTION_DAYS),
        "postal_address": Personal(_("to send the answer to"), CLAUSE, RETENTION_DAYS),
    }
    not_personal: ClassVar[tuple[str, ...]] = (
        *("name_may_be_shown", "consent_version", "consented_at", "erased_at"),
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raises ``ValidationError`` at the e-mail address where nobody could be answered (Q7)."""
        super().clean()
        if not self.is_reachable and self.erased_at is None:
            raise ValidationError({"email": unreachable()})

    @property
    def is_reachable(self) -> bool:
        return any((getattr(self, name) or "").strip() for name in WAYS)

    @property
    def public_name(self) -> str:
        """The name where the person lets it be published; else empty (Q7)."""
        return self.full_name if self.name_may_be_shown else ""

    @property
    def consent_text(self) -> ConsentText | None:
        """The words to which the person agreed."""
        found: ConsentText | None = ConsentText.objects.filter(version=self.consent_version).first()
        return found

    def consent(self, text: ConsentText, now: datetime.datetime) -> None:
        """Note that the person agreed to ``text``. It is not saved."""
        self.consent_version, self.consented_at = text.version, now

    def erase(self, now: datetime.datetime) -> None:
        """Empty every field about the person, save, and note when; twice does no harm.

        What the model says must be kept stays; see :class:`~wagtail_pbgdpl.core.personal.Personal`.
        """
        emptied = [name for name, said in personal_fields(type(self)).items() if not said.kept]
        for name in emptied:
            setattr(self, name, nothing_in(self._meta.get_field(name)))
        self.name_may_be_shown = False
        self.erased_at = self.erased_at or now
        self.save(update_fields=[*emptied, "name_may_be_shown", "erased_at"])


def nothing_in(field: Any) -> Any:
    return None if field.null else ""
