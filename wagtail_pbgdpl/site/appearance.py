"""The portal's colours: chosen in the settings, served as a small stylesheet of their own."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

HEX_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}\Z")
# WCAG 2.2, success criterion 1.4.3: text of any size.
LOWEST_CONTRAST = 4.5
A_YEAR = 31_536_000

validate_hex_colour = RegexValidator(HEX_COLOUR, _("Write the colour as # and six hex digits."))


def contrast_with_white(colour: str) -> float:
    """Return the contrast ratio, 1–21, of ``#rrggbb`` and white, as WCAG 2.2 defines it."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in channels
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def validate_readable(colour: str) -> None:
    """Raise ``ValidationError`` where white text on ``colour`` could not be read by everybody."""
    if HEX_COLOUR.match(colour) and contrast_with_white(colour) < LOWEST_CONTRAST:
        raise ValidationError(
            _("Too light: with white it has a contrast of %(ratio)s, and %(wanted)s is needed."),
            params={"ratio": f"{contrast_with_white(colour):.1f}", "wanted": LOWEST_CONTRAST},
        )


def stylesheet(portal: Any) -> str:
    """Return the custom properties that the settings ``portal`` change; empty where none."""
    colours = {"primary": portal.primary_color, "accent": portal.accent_color}
    declarations = "".join(
        f"--pbgdpl-{name}:{colour.lower()};"
        for name, colour in colours.items()
        if HEX_COLOUR.match(colour)
    )
    return f":root{{{declarations}}}" if declarations else ""


def version(portal: Any) -> str:
    """Return what changes with the stylesheet and only then; empty where there is none."""
    css = stylesheet(portal)
    return hashlib.sha256(css.encode()).hexdigest()[:12] if css else ""


@require_safe
def theme(request: HttpRequest) -> HttpResponse:
    """The stylesheet of the site's portal; kept for a year under the address of its version."""
    from .portal import PortalSettings

    portal = PortalSettings.for_request(request)
    response = HttpResponse(stylesheet(portal), content_type="text/css; charset=utf-8")
    current = request.GET.get("v") == version(portal)
    response["Cache-Control"] = (
        f"public, max-age={A_YEAR}, immutable" if current else "public, max-age=60"
    )
    return response
