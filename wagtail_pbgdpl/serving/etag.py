"""The mark by which a browser asks whether an answer is still the same."""

from __future__ import annotations

import hashlib


def etag_of(content: bytes, *besides: object) -> str:
    """Return the ``ETag`` of a content, quoted.

    ``besides``: what makes it another answer though the content is the same, such as a header.
    """
    digest = hashlib.sha256(content)
    for one in besides:
        digest.update(repr(one).encode())
    return f'"{digest.hexdigest()[:32]}"'
