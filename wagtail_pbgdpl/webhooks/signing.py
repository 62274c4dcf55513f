"""Signatures of messages, as Standard Webhooks 1.0 has them.

A keyed digest (HMAC with SHA-256) of identifier, time and body. Pure: neither database nor setting.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
BYTES = 32


def make_secret() -> str:
    """Return a new secret: 256 random bits, in Base64 behind ``whsec_``."""
    return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()


def headers(keys: Iterable[str], identifier: str, seconds: int, body: bytes) -> dict[str, str]:
    """Return the headers of a message with one signature for each secret.

    ``seconds``: the time of the attempt, since 1970.
    """
    signed = f"{identifier}.{seconds}.".encode() + body
    return {
        "Content-Type": "application/json",
        "webhook-id": identifier,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(_signature(key, signed) for key in keys),
    }


def _signature(key: str, signed: bytes) -> str:
    raw = base64.b64decode(key.removeprefix(PREFIX))
    return "v1," + base64.b64encode(hmac.new(raw, signed, hashlib.sha256).digest()).decode()
