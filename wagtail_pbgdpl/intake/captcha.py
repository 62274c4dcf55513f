"""The captcha: a sum that the browser does by itself, so that nobody has to see or click anything.

It is the protocol of ALTCHA, checked by its library. A challenge holds the key of its form: who has
solved it has solved it for that form alone, which counts once, so that no list of used challenges
is needed. Without JavaScript the sum is not done, and stricter limits hold.
"""

from __future__ import annotations

import base64
import datetime
import json
from typing import Any

import altcha
from django.utils.crypto import salted_hmac

from ..conf import settings

#: A browser tries half of these numbers on average: a second or two on a telephone.
MAX_NUMBER = 50_000
MAX_PAYLOAD = 2_000

_SALT = "wagtail_pbgdpl.intake.captcha"
_PARAMETER = "form"


def challenge(key: str, now: datetime.datetime) -> dict[str, Any]:
    """Return a challenge for the form of ``key``, to be given to the browser as JSON."""
    made = altcha.create_challenge(
        altcha.ChallengeOptions(
            hmac_key=_key(),
            max_number=MAX_NUMBER,
            expires=now + datetime.timedelta(hours=settings.INTAKE_FORM_HOURS),
            params={_PARAMETER: key},
        )
    )
    return dict(made.to_dict())


def is_solved(payload: str, key: str) -> bool:
    """Whether ``payload``, Base64 of JSON, solves a challenge for the form of ``key``."""
    if not payload or len(payload) > MAX_PAYLOAD:
        return False
    try:
        verified, _reason = altcha.verify_solution(payload, _key(), check_expires=True)
        if not verified:
            return False
        parameters = altcha.altcha.extract_params(json.loads(base64.b64decode(payload)))
    # A payload is what anybody may have made up.
    except (ValueError, TypeError, AttributeError, KeyError, LookupError):
        return False
    return bool(parameters.get(_PARAMETER) == [key])


def _key() -> str:
    return str(salted_hmac(_SALT, "", algorithm="sha256").hexdigest())
