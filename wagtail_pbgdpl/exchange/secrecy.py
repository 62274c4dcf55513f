"""What is about persons, encrypted on its way (age, https://age-encryption.org/v1).

For the key of the receiver, whose public half alone the sender has, or by a passphrase. Both in a
form that other tools read, so that a package can be opened without this program.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

from django.utils.translation import gettext as _

from .problems import Refused

LONGEST = 16 * 1024  # bytes
SHORTEST_PASSPHRASE = 12


def _pyrage() -> Any:
    try:
        import pyrage
    except ImportError as error:
        raise Refused(
            _("Personal data travel encrypted: install wagtail-pbgdpl[exchange].")
        ) from error
    return pyrage


class Lock:
    """Encrypts for a receiver, or by a passphrase. Raises ``Refused`` for what is neither."""

    def __init__(self, *, recipient: str = "", passphrase: str = "") -> None:
        self.age = _pyrage()
        self.key: Any = None
        if passphrase:
            if len(passphrase) < SHORTEST_PASSPHRASE:
                raise Refused(
                    _("The passphrase has fewer than %(least)d characters.")
                    % {"least": SHORTEST_PASSPHRASE}
                )
            # The passphrase locks a key of this package alone; that locks the content, by pieces.
            self.key = self.age.x25519.Identity.generate()
            self.recipient = self.key.to_public()
            self.locked_key = self.age.passphrase.encrypt(str(self.key).encode(), passphrase)
            return
        self.locked_key = b""
        try:
            self.recipient = self.age.x25519.Recipient.from_str(recipient.strip())
        except Exception as error:  # pyrage has an error of its own for each sort of key
            raise Refused(_("This is no public key of age (age1…).")) from error

    def encrypt(self, plain: BinaryIO, into: BinaryIO) -> None:
        self.age.encrypt_io(plain, into, [self.recipient])


class Key:
    """Opens what a ``Lock`` closed. Raises ``Refused``."""

    def __init__(self, *, identity: str = "", passphrase: str = "") -> None:
        self.age = _pyrage()
        self.identity, self.passphrase = identity, passphrase

    def decrypt(self, closed: BinaryIO, into: BinaryIO, locked_key: bytes) -> None:
        words = _("The personal data cannot be opened with this key or passphrase.")
        try:
            secret = self.identity
            if locked_key:
                if not self.passphrase:
                    raise Refused(_("The personal data are encrypted by a passphrase."))
                secret = self.age.passphrase.decrypt(locked_key, self.passphrase).decode()
            elif not secret:
                raise Refused(_("The personal data are encrypted for a key."))
            identity = self.age.x25519.Identity.from_str(secret.strip())
            self.age.decrypt_io(closed, into, [identity])
        except Refused:
            raise
        except Exception as error:  # of whatever sort, the words are the same
            raise Refused(words) from error


def read_secret(path: str | Path) -> str:
    """Return the one line of a file that is neither empty nor a remark. Raises ``Refused``."""
    try:
        with Path(path).open(encoding="utf-8") as file:
            lines = [one.strip() for one in file.read(LONGEST).splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(_("%(file)s cannot be read.") % {"file": path}) from error
    found = [one for one in lines if one and not one.startswith("#")]
    if len(found) != 1:
        raise Refused(_("%(file)s must hold one line with the secret.") % {"file": path})
    return found[0]
