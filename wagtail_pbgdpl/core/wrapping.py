"""A way of another package's class, wrapped where it can be had no other way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def wrap_once(owner: type[Any], name: str, by: Callable[[Callable[..., Any]], Any]) -> None:
    """Put ``by`` of the method ``name`` in its place, unless that is wrapped already.

    ``by`` makes its function with ``functools.wraps``. Tests, and a site that loads its apps again,
    come here more than once.
    """
    method = getattr(owner, name)
    if not hasattr(method, "__wrapped__"):
        setattr(owner, name, by(method))
