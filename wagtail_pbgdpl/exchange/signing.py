"""By whom a package was made: signatures (Ed25519) that the receiver checks without a secret.

The keys are files in PEM, as ``openssl genpkey -algorithm ed25519`` makes them. A digest with a
shared secret (HMAC) would let each receiver sign in the sender's name.
"""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.utils.translation import gettext as _

from .canonical import Record, line
from .problems import Refused

ALGORITHM = "Ed25519"
# A signature of ours can be taken for no other message of the same key.
CONTEXT = b"wagtail-pbgdpl exchange\n"
LONGEST_KEY = 16 * 1024  # bytes


def private_key(path: str | Path) -> Ed25519PrivateKey:
    """Read a key that signs. Raises ``Refused``."""
    found = _loaded(path, lambda pem: load_pem_private_key(pem, password=None))
    if not isinstance(found, Ed25519PrivateKey):
        raise Refused(_("%(file)s is no private Ed25519 key.") % {"file": path})
    return found


def public_key(path: str | Path) -> Ed25519PublicKey:
    """Read a key that checks. Raises ``Refused``."""
    found = _loaded(path, load_pem_public_key)
    if not isinstance(found, Ed25519PublicKey):
        raise Refused(_("%(file)s is no public Ed25519 key.") % {"file": path})
    return found


def _loaded(path: str | Path, load: Any) -> Any:
    try:
        with Path(path).open("rb") as file:
            return load(file.read(LONGEST_KEY))
    except OSError as error:
        raise Refused(
            _("%(file)s cannot be read: %(error)s") % {"file": path, "error": error.strerror}
        ) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Refused(
            _("%(file)s is no key in PEM without a password.") % {"file": path}
        ) from error


def fingerprint(key: Ed25519PublicKey) -> str:
    """Return by what people compare keys over the telephone."""
    digest = hashlib.sha256(_raw(key)).hexdigest()[:32]
    return ":".join(digest[at : at + 4] for at in range(0, 32, 4))


def sign(key: Ed25519PrivateKey, statement: Record) -> Record:
    """Return a signature with what was signed."""
    public = key.public_key()
    return {
        "algorithm": ALGORITHM,
        "key": base64.b64encode(_raw(public)).decode(),
        "statement": statement,
        "signature": base64.b64encode(key.sign(CONTEXT + line(statement))).decode(),
    }


def checked(key: Ed25519PublicKey, signature: Any) -> Record:
    """Return the statement of a signature that ``key`` made. Raises ``Refused``."""
    try:
        if signature["algorithm"] != ALGORITHM:
            raise Refused(_("The signature is of a kind that this version does not know."))
        statement = signature["statement"]
        value = base64.b64decode(signature["signature"], validate=True)
        named = base64.b64decode(signature["key"], validate=True)
        made = Ed25519PublicKey.from_public_bytes(named)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(_("The signature of the package cannot be read.")) from error
    if named != _raw(key):
        raise Refused(
            _("The package was signed with another key (%(made)s) than that given (%(given)s).")
            % {"made": fingerprint(made), "given": fingerprint(key)}
        )
    try:
        key.verify(value, CONTEXT + line(statement))
    except InvalidSignature as error:
        raise Refused(_("The signature is wrong: the package was changed on its way.")) from error
    if not isinstance(statement, dict):
        raise Refused(_("The signature of the package cannot be read."))
    return statement


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
