"""Replies to letters: the address under which one can be answered, and which letter it was.

A letter carries a token: the number of its notice, and a signature over that and over what it tells
whom. So a token is good for one person and one matter, and nobody can guess another. It stands in
the ``Message-ID``, which mail programs name in a reply, and in the address to which a reply goes.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable

from django.conf import settings as django_settings
from django.utils.crypto import salted_hmac

from ..conf import settings
from ..core.text import number_in
from .models import Notice

_SALT = "wagtail_pbgdpl.notices.reply"
# 104 bits. Of letters that stay the same when a server writes them small.
_DIGITS = 26
_TOKEN = rf"(\d{{1,18}}-[0-9a-f]{{{_DIGITS}}})"
_PREFIX = "pbgdpl"
#: What looks like a token of ours, signed or not, wherever it stands.
_LIKE = re.compile(rf"(?:\+|\b{_PREFIX}\.){_TOKEN}@", re.IGNORECASE)


def are_read() -> bool:
    """Whether there is a mailbox, ``MAIL_ADDRESS``, to which replies may go."""
    return bool(settings.MAIL_ADDRESS)


def token_of(notice: Notice) -> str:
    """Return the token of a notice that is stored."""
    return f"{notice.pk}-{_signature(notice, django_settings.SECRET_KEY)}"


def identifier(notice: Notice, domain: str) -> str:
    """Return the ``Message-ID``: the same at each attempt, so that a second copy can be known."""
    return f"<{_PREFIX}.{token_of(notice)}@{domain}>"


def reply_address(notice: Notice) -> str:
    """Return the address to which a reply goes; empty where none is taken."""
    if not notice.reply or not are_read():
        return ""
    name, _at, domain = settings.MAIL_ADDRESS.rpartition("@")
    token = f"+{token_of(notice)}" if settings.MAIL_PLUS_ADDRESS else ""
    return f"{name}{token}@{domain}"


def tokens_in(texts: Iterable[str]) -> list[str]:
    """Return what looks like a token, in the order of the texts, nothing twice."""
    found = (token.lower() for text in texts for token in _LIKE.findall(text))
    return list(dict.fromkeys(found))


def notice_of(token: str) -> Notice | None:
    """Return the notice whose token it is; ``None`` for one that is forged, or is gone."""
    text, _dash, signature = token.partition("-")
    number = number_in(text)
    if number is None:
        return None
    notice: Notice | None = Notice.objects.select_related("recipient").filter(pk=number).first()
    if notice is None:
        return None
    keys = (django_settings.SECRET_KEY, *getattr(django_settings, "SECRET_KEY_FALLBACKS", ()))
    true = [hmac.compare_digest(_signature(notice, key), signature) for key in keys]
    return notice if any(true) else None


def _signature(notice: Notice, secret: str) -> str:
    value = f"{notice.pk} {notice.key} {notice.address.lower()}"
    digest = salted_hmac(_SALT, value, secret=secret, algorithm="sha256").hexdigest()
    return digest[:_DIGITS]
