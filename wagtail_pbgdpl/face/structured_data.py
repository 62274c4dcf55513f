"""What a page says of itself to machines, as JSON-LD in the vocabulary of schema.org."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from ..content.answers import AnswerMixin
from ..content.base import ContentMixin
from ..content.indexes import PortalMixin
from ..content.legal_metadata import LegalMetadataMixin, Validity
from ..content.news import NewsMixin

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
        found.append(_portal(page, address, portal))
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
        "inLanguage": page.locale.language_code,
        "datePublished": page.published_at and page.published_at.isoformat(),
        "dateModified": page.last_published_at and page.last_published_at.isoformat(),
        "description": page.summary,
        "publisher": _publisher(portal),
    }
    if isinstance(page, LegalMetadataMixin):
        return _filled(common | _legislation(page))
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


def _legislation(page: Any) -> dict[str, Any]:
    in_force = IN_FORCE.get(page.validity)
    return {
        "@type": "Legislation",
        "name": page.title,
        "legislationIdentifier": page.document_number,
        "legislationType": page.document_type and str(page.document_type),
        "legislationPassedBy": page.issuing_body
        and {"@type": "GovernmentOrganization", "name": str(page.issuing_body)},
        "legislationDate": page.issued_on and page.issued_on.isoformat(),
        "legislationDateVersion": page.effective_on and page.effective_on.isoformat(),
        "legislationLegalForce": in_force and f"https://schema.org/{in_force}",
        "abstract": page.document_abstract,
        "sameAs": page.national_database_url,
    }


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


def _breadcrumb(steps: list[tuple[str, str | None]]) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, 1)
        ],
    }
