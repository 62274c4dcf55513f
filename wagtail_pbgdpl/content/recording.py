"""From what is published to the records of documents, their relations, and who cites them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, TextField, When
from wagtail.models import Locale

from ..blocks.field import BlocksField
from ..blocks.legal import LegalArticleBlock
from ..blocks.outline import positions
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models, root_model
from ..core.text import fold
from ..corpus import identities, records
from ..corpus.models import Citation, DocumentRecord, DocumentRelation
from ..legal.mentions import Mention, law_named, mentions
from ..legal.numbers import key_of
from ..legal.relations import said
from ..worktime.active import today
from .base import ContentMixin
from .legal_metadata import LegalMetadataMixin

LAWS = frozenset({"luat", "bo-luat", "phap-lenh", "hien-phap"})
#: How many pages a run of the timed command reads that were public before there were records.
AT_ONCE = 500


def follow_publication(*, instance: Any, **kwargs: Any) -> None:
    """A version of a page was published."""
    with transaction.atomic():
        if isinstance(instance, LegalMetadataMixin) and instance.is_passed:
            records.put(_record(instance), list(_relations(instance)))
            instance._standing = None
        _cite(instance)


def follow_withdrawal(*, instance: Any, **kwargs: Any) -> None:
    """A page is no longer public."""
    forget(instance.pk)


def forget(page: int) -> None:
    with transaction.atomic():
        Citation.objects.filter(page=page).delete()
        records.drop(page)


def forget_all(page: int) -> None:
    """The page was deleted."""
    forget(page)
    identities.release(page)


def record_new() -> int:
    """Read what was public before there were records; return how many pages were read."""
    pages = root_model(ContentMixin)._default_manager.filter(live=True)
    unread = pages.exclude(Exists(Citation.objects.filter(page=OuterRef("pk"))))
    # Lists show documents by their records: these first.
    types = ContentType.objects.get_for_models(*concrete_models(LegalMetadataMixin)).values()
    is_document = Case(When(content_type__in=[one.pk for one in types], then=0), default=1)
    found = list(unread.order_by(is_document, "pk")[:AT_ONCE].specific())
    for page in found:
        follow_publication(instance=page)
        if isinstance(page, LegalMetadataMixin) and page.identity():
            _hold(page)
    return len(found)


def _hold(page: Any) -> None:
    try:
        identities.take([page.identity()], page.pk)
    except identities.Taken:
        # Two pages of one document were made while nobody looked: the second is told when edited.
        return


def original_of(page: Any) -> int:
    """Return the page of which this one is a copy in another place or language, or itself."""
    if page.alias_of_id is not None:
        return int(page.alias_of_id)
    default = Locale.get_default().pk
    if page.locale_id == default:
        return int(page.pk)
    pages = base_page_model()._base_manager.filter(translation_key=page.translation_key)
    found = pages.filter(locale_id=default, alias_of=None).values_list("pk", flat=True).first()
    return int(found or page.pk)


# Documents


def _record(page: Any) -> DocumentRecord:
    return DocumentRecord(
        page=page.pk,
        original=original_of(page),
        number=page.document_number,
        number_key=key_of(page.document_number),
        law=_law(page),
        abstract=(page.document_abstract or page.title)[:500],
        issuer=page.issuing_body_id,
        type=page.document_type_id,
        issued_on=page.issued_on,
        effective_on=page.effective_on,
        expired_on=page.expired_on,
        stated=page.validity,
        folded=_folded(page),
        places=_places(page.body),
    )


def _folded(page: Any) -> str:
    words = (page.document_number, page.title, page.document_abstract, page.signer)
    return fold(" ".join(filter(None, words))).lower()


def _law(page: Any) -> str:
    year = page.issued_on.year if page.issued_on else None
    named = law_named(page.title, year)
    if not named and page.document_type is not None and page.document_type.code in LAWS:
        named = law_named(f"{page.document_type} {page.document_abstract}", year)
    return named[:255]


def _places(body: Any) -> dict[str, str]:
    """Return where articles stand whose anchor is not ``dieu-N``; empty where several have it."""
    found: dict[str, list[str]] = defaultdict(list)
    places = positions(body)
    for index, child in enumerate(body):
        if isinstance(child.block, LegalArticleBlock) and index in places:
            found[child.value.get("number") or ""].append(places[index].anchor)
    return {
        number: one[0] if len(one) == 1 else ""
        for number, one in found.items()
        if one != [f"dieu-{number}"]
    }


def _relations(page: Any) -> Iterator[DocumentRelation]:
    for child in page.relations:
        value = child.value
        choice, other = said(value["relation"]), value.get("page")
        number = value.get("number") or ""
        key = key_of(number)
        # Of pages no name is kept: the title of a draft or a private one is not for the public.
        here = (page.pk, "", "")
        there = (
            (original_of(other), "", "")
            if other is not None
            else (records.original_with(key), key, value.get("name") or number)
        )
        source, target = (here, there) if choice.acts else (there, here)
        yield DocumentRelation(
            stated_by=page.pk,
            relation=choice.relation,
            source=source[0],
            source_key=source[1],
            source_name=source[2][:500],
            target=target[0],
            target_key=target[1],
            target_name=target[2][:500],
            provisions=value.get("provisions") or "",
            since=value.get("since") or _since(page if choice.acts else None, source[0]),
            is_dated=bool(value.get("since")),
        )


def _since(acting: Any, original: int | None) -> Any:
    """Return the day from which the document that acts is in force; today where nobody knows."""
    one = acting or records.record_of(original)
    return (one.effective_on or one.issued_on if one is not None else None) or today()


# Citations


def _cite(page: Any) -> None:
    """Note which documents a page cites; the text of a document itself is nobody's to amend."""
    Citation.objects.filter(page=page.pk).delete()
    found: dict[tuple[str, str], Citation] = {}
    if not isinstance(page, LegalMetadataMixin) and page.counts_in_ledger:
        for one in _cited(page):
            found.setdefault((one.key, one.provisions), one)
    Citation.objects.bulk_create([*found.values(), Citation(page=page.pk)])


def _cited(page: Any) -> Iterator[Citation]:
    for block in getattr(page, "legal_basis", ()):
        yield from _basis(page, block.value)
    for text in _texts(page):
        for mention in mentions(text):
            yield _citation(page, mention, text)


def _basis(page: Any, value: Any) -> Iterator[Citation]:
    if not hasattr(value, "get"):
        return
    articles, name, document = value.get("articles") or "", value.get("name") or "", None
    document = value.get("page")
    if document is not None:
        key = f"p:{original_of(document)}"
    elif found := mentions(name):
        key = found[0].key
    else:
        return
    yield Citation(page=page.pk, key=key[:260], name=name[:500], provisions=articles[:500])


def _citation(page: Any, mention: Mention, text: str) -> Citation:
    provisions = ", ".join(text[one.start : one.end] for one in mention.provisions)
    return Citation(
        page=page.pk, key=mention.key[:260], name=mention.name[:500], provisions=provisions[:500]
    )


def _texts(page: Any) -> Iterator[str]:
    for field in page._meta.concrete_fields:
        value = getattr(page, field.attname)
        if isinstance(field, BlocksField):
            if field.name != "legal_basis" and value:
                yield from map(str, field.get_searchable_content(value))
        elif isinstance(field, TextField) and value:
            yield str(value)
