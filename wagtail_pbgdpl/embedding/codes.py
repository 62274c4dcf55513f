"""The code that a webmaster copies: a custom element with the script, or a bare frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from .sections import Choice, Section

# Of a bare frame, which does not know how long its content is.
HEIGHT = 420  # pixels


@dataclass(frozen=True, slots=True)
class Code:
    """``with_script`` grows with its content and is a link without JavaScript; ``bare`` does not
    and needs none.
    """

    name: str
    address: str
    with_script: str
    bare: str


def codes_of(section: Section, request: HttpRequest, portal: Any) -> list[Code]:
    """Return the codes of each way to have a section; empty where there is none."""
    return [_code(section, choice, request) for choice in section.choices(request, portal)]


def _code(section: Section, choice: Choice, request: HttpRequest) -> Code:
    arguments = [section.word, choice.key] if choice.key else [section.word]
    name = "embedded_key" if choice.key else "embedded"
    address = request.build_absolute_uri(reverse(f"wagtail_pbgdpl:{name}", args=arguments))
    script = request.build_absolute_uri(reverse("wagtail_pbgdpl:embedding_script"))
    return Code(
        name=choice.name,
        address=address,
        with_script=format_html(
            '<script src="{}" async></script>\n'
            '<pbgdpl-section src="{}" title="{}"><a href="{}">{}</a></pbgdpl-section>',
            script,
            address,
            choice.name,
            choice.address,
            choice.name,
        ),
        bare=format_html(
            '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>',
            address,
            choice.name,
            HEIGHT,
        ),
    )
