"""From a permanent address to the page, or to the XML for who asks for that."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..content import document_word
from ..content.documents import DocumentMixin
from ..core.base_page import page_of
from ..serving import conditional
from ..serving.listing import is_public
from .addresses import address_of, find, spelled
from .akoma_ntoso import MEDIA_TYPE, as_akoma_ntoso, identifiers

A_MINUTE = 60
PAGE = "text/html"
XML = (MEDIA_TYPE, "application/xml", "text/xml")


class SeeOther(HttpResponseRedirect):
    """303: the document itself is no web page; this is a page about it."""

    status_code = 303


@require_safe
def law(request: HttpRequest, part: str = "", **named: Any) -> HttpResponse:
    """Lead to the page of a document, to its article, clause or point, or to the XML.

    Raises ``Http404`` for a document that is not public, and for a part that it does not have.
    """
    page = _find(request, named)
    anchor = part.strip("/").replace("/", "-")
    places = identifiers(page) if anchor else {}
    if anchor and anchor not in places:
        raise Http404(_("The document has no such part."))
    if request.get_preferred_type([PAGE, *XML]) in XML:
        end = f"#{places[anchor]}" if anchor else ""
        response = SeeOther(f"{address_of(page)}.xml{end}")
    else:
        response = SeeOther(f"{page.get_url(request)}{f'#{anchor}' if anchor else ''}")
    patch_vary_headers(response, ["Accept"])
    return response


@require_safe
def xml(request: HttpRequest, **named: Any) -> HttpResponse:
    """The document as Akoma Ntoso 3.0. Raises ``Http404`` where it is not public."""
    page = _find(request, named)
    content = as_akoma_ntoso(page, request.build_absolute_uri(address_of(page)))
    response = HttpResponse(content, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    return conditional.answer(request, response, A_MINUTE)


@require_safe
def word(request: HttpRequest, page_id: int) -> HttpResponse:
    """The document as a Word file. Raises ``Http404`` where it is not public, or has no text."""
    page = page_of(page_id)
    is_document = isinstance(page, DocumentMixin) and is_public(page)
    if not is_document or not document_word.is_available(page):
        raise Http404(_("There is no such document."))
    response = HttpResponse(document_word.as_word(page), content_type=document_word.MEDIA_TYPE)
    name = spelled(page.document_number) or page.slug
    response["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return conditional.answer(request, response, A_MINUTE)


def _find(request: HttpRequest, named: Any) -> Any:
    page = find(request, **named)
    if page is None:
        raise Http404(_("There is no such document."))
    return page
