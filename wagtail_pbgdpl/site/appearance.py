"""The portal's colours: chosen in the settings, as custom properties of CSS."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

HEX_COLOUR = re.compile(r"^#[0-9a-fA-F]{6}\Z")
# WCAG 2.2, success criterion 1.4.3: text of any size.
LOWEST_CONTRAST = 4.5

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
