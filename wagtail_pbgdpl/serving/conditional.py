"""Answers that are the same for everybody, kept by browsers for a while and then asked after."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from .etag import etag_of
from .page_cache import mark_public


def answer(request: HttpRequest, response: HttpResponse, seconds: int, *besides: str) -> Any:
    """Return ``response``, or 304 without content where the browser has it already.

    It is kept for ``seconds`` without asking. ``besides``: what makes it another answer though the
    content is the same, such as a header.
    """
    response.headers["ETag"] = etag = etag_of(response.content, *besides)
    patch_cache_control(response, public=True, max_age=seconds)
    mark_public(response)
    return get_conditional_response(request, etag=etag, response=response)
