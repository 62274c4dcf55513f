"""Text that the database keeps encrypted, for what says who somebody is (X1, Q7).

The fields are those of django-fernet-encrypted-fields, with three things mended: threads do not
share a mark on the field while one of them cleans a form, empty text is stored as empty text, and
what cannot be read again is an error instead of a row of signs shown as somebody's name. The key
comes of ``SECRET_KEY`` and ``SALT_KEY``; former ones stay readable in ``SECRET_KEY_FALLBACKS`` and
further down in the list ``SALT_KEY``.
"""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from django.conf import settings as django_settings
from django.db import models
from encrypted_fields.fields import EncryptedFieldMixin

from .text import nfc

#: Stands in where ``SALT_KEY`` is not set; ``check --deploy`` says so.
DEFAULT_SALT = "wagtail_pbgdpl"
# As django-fernet-encrypted-fields has it, so that its own fields read the same rows.
_ITERATIONS = 100_000


class Unreadable(ValueError):
    """A stored text cannot be decrypted with any key that the settings have."""


def salts() -> tuple[str, ...]:
    """Return the salts of the settings, the one that is written with first."""
    named = getattr(django_settings, "SALT_KEY", None) or DEFAULT_SALT
    return (named,) if isinstance(named, str) else tuple(named)


def cipher() -> MultiFernet:
    """Return what encrypts and reads, by the keys of the settings."""
    secrets = (django_settings.SECRET_KEY, *getattr(django_settings, "SECRET_KEY_FALLBACKS", ()))
    return MultiFernet([_key(secret, salt) for secret in secrets for salt in salts()])


def sealed(text: str) -> str:
    """Return a text encrypted, for a column that is read only where it is asked for by hand."""
    return cipher().encrypt(nfc(text).encode()).decode()


def opened(stored: str) -> str:
    """Return what ``sealed`` was given. Raises ``Unreadable``."""
    try:
        return cipher().decrypt(stored.encode()).decode()
    except InvalidToken as error:
        raise Unreadable(
            "A text was encrypted with another key. Name the former ones in SECRET_KEY_FALLBACKS "
            "and SALT_KEY."
        ) from error


# To derive a key takes some forty milliseconds, on purpose.
@lru_cache(maxsize=64)
def _key(secret: str, salt: str) -> Fernet:
    derived = PBKDF2HMAC(SHA256(), 32, salt.encode(), _ITERATIONS).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))


class EncryptedMixin(EncryptedFieldMixin):
    """Composed (NFC), then encrypted. Nothing can be searched for in it: a look-up is an error."""

    @property
    def f(self) -> MultiFernet:
        return cipher()

    def get_prep_value(self, value: Any) -> str:
        return super().get_prep_value(nfc(value)) or ""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Raises ``Unreadable``."""
        if not value:
            return value
        try:
            return self.f.decrypt(value.encode()).decode()
        except InvalidToken as error:
            raise Unreadable(
                f"{self.model._meta.label}.{self.attname} was encrypted with another key. Name the "  # type: ignore[attr-defined]
                "former ones in SECRET_KEY_FALLBACKS and SALT_KEY."
            ) from error

    def to_python(self, value: Any) -> Any:
        # What is in a form or an object is plain; only the database holds signs.
        return super(EncryptedFieldMixin, self).to_python(value)  # type: ignore[misc]

    def clean(self, value: Any, model_instance: Any) -> Any:
        return super(EncryptedFieldMixin, self).clean(nfc(value), model_instance)  # type: ignore[misc]

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = nfc(super().pre_save(model_instance, add))  # type: ignore[misc]
        setattr(model_instance, self.attname, value)  # type: ignore[attr-defined]
        return value

    def get_lookup(self, lookup_name: str) -> None:
        """Return nothing, so that Django raises ``FieldError``: no row would ever be found."""


class EncryptedCharField(EncryptedMixin, models.CharField):
    pass


class EncryptedTextField(EncryptedMixin, models.TextField):
    pass


class EncryptedEmailField(EncryptedMixin, models.EmailField):
    pass
