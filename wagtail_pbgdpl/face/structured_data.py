"""What a page says of itself to machines, as JSON-LD in the vocabulary of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from ..content.answers import AnswerMixin
from ..content.base import ContentMixin
from ..content.indexes import PortalMixin
from ..content.legal_metadata import LegalMetadataMixin, Validity
from ..content.news import NewsMixin
from ..eli.addresses import address_of, is_passed
from ..eli.akoma_ntoso import MEDIA_TYPE as AKOMA_NTOSO

# The renditions that the page shows of a cover, and the frame of the emblem.
COVER, EMBLEM = "max-960x640", "max-128x128"

IN_FORCE = {
    Validity.IN_FORCE: "InForce",
    Validity.EXPIRED: "NotInForce",
    Validity.NOT_YET: "NotInForce",
    Validity.SUSPENDED: "NotInForce",
    Validity.NOT_SUITABLE: "NotInForce",
    Validity.PARTLY_EXPIRED: "PartiallyInForce",
    Validity.PARTLY_SUSPENDED: "PartiallyInForce",
}

# Inside a string of JSON these mean the same and end no script element.
ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def structured_data(
    page: Any,
    request: HttpRequest | None,
    address: str | None,
    portal: Any = None,
    breadcrumb: Any = (),
) -> list[dict[str, Any]]:
    """Return the JSON-LD objects of a page of the portal; empty for one without ``address``.

    ``portal`` is its ``PortalSettings``; ``breadcrumb`` the pages from the portal's home to the
    one above.
    """
    if page is None or not address:
        return []
    found = []
    if isinstance(page, ContentMixin):
        found.append(_content(page, address, portal))
    elif isinstance(page, PortalMixin):
        found += [_portal(page, address, portal), *_organisation(address, portal)]
    if breadcrumb:
        steps = [(step.title, step.get_full_url(request)) for step in breadcrumb]
        found.append(_breadcrumb([*steps, (page.title, address)]))
    return found


def as_script(objects: list[dict[str, Any]]) -> SafeString:
    """Return a script element that no text of the objects can leave; empty where none."""
    if not objects:
        return SafeString("")
    text = json.dumps(objects, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _publisher(portal: Any) -> dict[str, Any] | None:
    name = portal and (portal.standing_agency or portal.governing_body or portal.name)
    if not name:
        return None
    pages = [address for _network, address in portal.social_networks]
    return _filled({"@type": "GovernmentOrganization", "name": name, "sameAs": pages})


def _content(page: Any, address: str, portal: Any) -> dict[str, Any]:
    common = {
        "@context": "https://schema.org",
        "url": address,
        "image": _image(page, address),
        "inLanguage": page.locale.language_code,
        "datePublished": page.published_at and page.published_at.isoformat(),
        "dateModified": page.last_published_at and page.last_published_at.isoformat(),
        "description": page.summary,
        "publisher": _publisher(portal),
    }
    if isinstance(page, LegalMetadataMixin):
        return _filled(common | _document(page, address))
    if isinstance(page, AnswerMixin):
        return _filled(common | _questions_and_answers(page, address, portal))
    return _filled(
        common
        | {
            "@type": "NewsArticle" if isinstance(page, NewsMixin) else "Article",
            "headline": page.title,
            "author": page.author and {"@type": "Person", "name": page.author},
            "sourceOrganization": page.source and {"@type": "Organization", "name": page.source},
        }
    )


def _image(page: Any, address: str) -> str:
    # What the page shows and OpenGraph names, so it is read or made already.
    return urljoin(address, page.cover.get_rendition(COVER).url) if page.cover else ""


def _document(page: Any, address: str) -> dict[str, Any]:
    common = {
        "name": page.title,
        "abstract": page.document_abstract,
        "sameAs": page.national_database_url,
    }
    if is_passed(page):
        return common | _legislation(page, address)
    # A draft (dự thảo) is what somebody proposes; nobody has passed it (C12).
    drafter = getattr(page, "drafting_body", "")
    return common | {
        "@type": "DigitalDocument",
        "creativeWorkStatus": "Draft",
        "creator": drafter and {"@type": "GovernmentOrganization", "name": drafter},
    }


def _legislation(page: Any, address: str) -> dict[str, Any]:
    in_force = IN_FORCE.get(page.validity_now)
    permanent = address_of(page)
    return {
        "@type": "Legislation",
        "@id": permanent and urljoin(address, permanent),
        "legislationIdentifier": page.document_number,
        "legislationType": page.document_type and str(page.document_type),
        "legislationPassedBy": page.issuing_body
        and {"@type": "GovernmentOrganization", "name": str(page.issuing_body)},
        "legislationDate": page.issued_on and page.issued_on.isoformat(),
        "temporalCoverage": _interval(page.effective_on, page.expired_on),
        "legislationLegalForce": in_force and f"https://schema.org/{in_force}",
        "encoding": permanent
        and {
            "@type": "LegislationObject",
            "encodingFormat": AKOMA_NTOSO,
            "contentUrl": urljoin(address, f"{permanent}.xml"),
        },
    }


def _interval(start: Any, end: Any) -> str:
    """An interval of ISO 8601; ``..`` is an end that nobody has set. Empty without a start."""
    if start is None:
        return ""
    return f"{start.isoformat()}/{end.isoformat() if end else '..'}"


def _questions_and_answers(page: Any, address: str, portal: Any) -> dict[str, Any]:
    published = page.published_at and page.published_at.isoformat()
    unit = page.unit and {"@type": "Organization", "name": page.unit.name}
    body = page._meta.get_field("body").get_searchable_content(page.body)
    answer = _filled(
        {
            "@type": "Answer",
            "text": "\n".join(filter(None, [page.summary, *body])),
            "url": address,
            "datePublished": page.answered_on.isoformat() if page.answered_on else published,
            "author": unit or _publisher(portal),
        }
    )
    asked_by = page.asker_name and {"@type": "Person", "name": page.asker_name}
    question = {
        "@type": "Question",
        "name": page.title,
        "text": page.question_text or page.title,
        "answerCount": 1 if "text" in answer else 0,
        "datePublished": published,
        "author": asked_by,
        "acceptedAnswer": answer if "text" in answer else None,
    }
    return {"@type": "QAPage", "name": page.title, "mainEntity": _filled(question)}


def _portal(page: Any, address: str, portal: Any) -> dict[str, Any]:
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "WebSite",
            "name": (portal and portal.name) or page.title,
            "url": address,
            "inLanguage": page.locale.language_code,
            "publisher": _publisher(portal),
        }
    )


def _organisation(address: str, portal: Any) -> Iterator[dict[str, Any]]:
    """The agency behind the portal, with where it can be reached."""
    publisher = _publisher(portal)
    if publisher is None:
        return
    yield _filled(
        {
            "@context": "https://schema.org",
            **publisher,
            "url": address,
            "address": portal.address,
            "telephone": portal.phone,
            "faxNumber": portal.fax,
            "email": portal.email,
            "logo": portal.emblem and urljoin(address, portal.emblem.get_rendition(EMBLEM).url),
            "parentOrganization": portal.standing_agency
            and portal.governing_body
            and {"@type": "GovernmentOrganization", "name": portal.governing_body},
        }
    )


def _breadcrumb(steps: list[tuple[str, str | None]]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, 1)
        ],
    }
