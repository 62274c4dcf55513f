"""Sites by their origins, one a line: what an operator types and a browser is told."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..conf import ORIGIN


def origins_in(text: str) -> list[str]:
    """Return the origins of a text, such as ``https://www.backan.gov.vn``; others are left out.

    A browser is told these in a header: nothing but an origin may get there.
    """
    return [line for line in map(_line, text.splitlines()) if _is_origin(line)]


def validate_origins(text: str) -> None:
    """Raise ``ValidationError`` for a line that is neither empty nor an origin."""
    for line in filter(None, map(_line, text.splitlines())):
        if not _is_origin(line):
            raise ValidationError(
                _("%(line)s is no address of a site such as https://www.backan.gov.vn."),
                params={"line": line},
            )


def _line(text: str) -> str:
    return text.strip().lower().removesuffix("/")


def _is_origin(line: str) -> bool:
    # All of a country would be everybody.
    return bool(ORIGIN.fullmatch(line)) and ("*." not in line or line.count(".") > 1)
