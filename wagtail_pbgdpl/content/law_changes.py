"""From a document that changes to the public items that cite it: pages, answers, materials (R16).

Nobody has to remember: what the portal knew of each document is kept, and whether a page was
published or a day has come, what is other than that is told once. A change of named provisions is
told to those who cite these, or the whole document. Clauses: BP20 Điều 13.3; BK21 Điều 9.6, 12.1a.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from wagtail.models import ReferenceIndex

from ..core.base_page import base_page_model
from ..core.discovery import root_model
from ..corpus.models import Citation, DocumentRecord, DocumentRelation
from ..corpus.records import original_with, validity_at
from ..legal.mentions import anchors, touches
from ..legal.relations import CHANGING, ENDING, Relation
from ..legal.validity import Validity
from ..reviews import cases
from ..reviews.models import KnownValidity, LawChange
from ..serving.listing import public
from ..worktime.active import today
from .base import ContentMixin
from .legal_metadata import LegalMetadataMixin

#: Of these nobody has to look at an item, unless somebody is to already.
GOOD = frozenset({Validity.IN_FORCE, Validity.NOT_YET})


def follow_all(day: datetime.date | None = None) -> int:
    """Tell items of each document that is other than was known; return of how many changes.

    ``day`` in Asia/Ho_Chi_Minh, otherwise today. Each change is a transaction of its own.
    """
    day = day or today()
    keys = list(_other_than_known(day).values_list("pk", flat=True))
    told = sum(_follow(pk, day) for pk in keys)
    acts = list(_untold(day).values_list("pk", flat=True))
    return told + sum(_tell(pk, day) for pk in acts)


def follow_document(*, instance: Any, **kwargs: Any) -> None:
    """A document was published: the same of it, and of those that it acts on, alone."""
    if not instance.is_passed:
        return
    mine = Q(source=instance.pk) | Q(target=instance.pk)
    related = DocumentRelation.objects.filter(mine)
    others = related.filter(relation__in=ENDING).values_list("target", flat=True)
    for pk in sorted({instance.pk, *filter(None, others)}):
        _follow(pk, today())
    for pk in list(_untold(today()).filter(mine).values_list("pk", flat=True)):
        _tell(pk, today())


def follow_publication(*, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """A version of an item was published."""
    if instance.counts_in_ledger:
        cases.amended(instance.pk, getattr(revision, "created_at", None))


def follow_withdrawal(*, instance: Any, **kwargs: Any) -> None:
    """An item was taken down, or deleted."""
    cases.withdrawn(instance.pk)


# Documents as a whole


def _now(day: datetime.date) -> Coalesce:
    # Of what nothing is said it is taken to be in force. Changes of parts are told apart.
    said = NullIf(validity_at(day, parts=False), Value(""), output_field=CharField())
    return Coalesce(said, Value(Validity.IN_FORCE.value), output_field=CharField())


def _records(day: datetime.date) -> QuerySet[DocumentRecord]:
    originals = DocumentRecord.objects.filter(original=F("page"))
    found: QuerySet[DocumentRecord] = originals.annotate(now=_now(day))
    return found


def _other_than_known(day: datetime.date) -> QuerySet[DocumentRecord]:
    known = KnownValidity.objects.filter(page=OuterRef("pk"), validity=OuterRef("now"))
    return _records(day).filter(~Exists(known)).order_by("pk")


@transaction.atomic
def _follow(pk: int, day: datetime.date) -> int:
    """Tell of one document; return whether there was something to tell."""
    record: Any = _records(day).filter(pk=pk).first()
    if record is None:
        return 0
    known, new = KnownValidity.objects.select_for_update().get_or_create(
        page=pk, defaults={"validity": record.now}
    )
    # What somebody cites while it is known as it is, they cite knowingly.
    if new or known.validity == record.now:
        return 0
    act = _ended_by(record, day) if record.now == Validity.EXPIRED else None
    ends_on = record.standing.ends_on() if record.now == Validity.EXPIRED else None
    for page, cited in _citing(record):
        if record.now not in GOOD or cases.is_open(page.pk):
            change = _change(record, cited, known.validity, record.now, act)
            change.since = min(ends_on or day, day)
            cases.flag(_as_known(page), [change])
    known.validity = record.now
    known.save()
    return 1


def _ended_by(record: DocumentRecord, day: datetime.date) -> DocumentRelation | None:
    if record.ended_on is None or record.ended_on > day:
        return None
    onto = DocumentRelation.objects.filter(target=record.pk, provisions="", since__lte=day)
    found: DocumentRelation | None = (
        onto.filter(relation__in=ENDING).order_by("since", "pk").first()
    )
    return found


# Parts of documents, and whole ones that go on in force


def _untold(day: datetime.date) -> QuerySet[DocumentRelation]:
    is_known = Exists(DocumentRecord.objects.filter(pk=OuterRef("target")))
    rows = DocumentRelation.objects.filter(is_known, told_at=None, since__lte=day)
    # That a document has ended is told as its validity.
    parts: QuerySet[DocumentRelation] = rows.filter(relation__in=CHANGING).exclude(
        relation__in=ENDING, provisions=""
    )
    return parts


@transaction.atomic
def _tell(pk: int, day: datetime.date) -> int:
    """Tell of what one document did to another; return whether there was something to tell."""
    act = DocumentRelation.objects.select_for_update().filter(pk=pk, told_at=None).first()
    record: Any = _records(day).filter(pk=act.target).first() if act else None
    if act is None or record is None:
        return 0
    before = record.now
    is_partly = act.relation != Relation.CORRECTS and before == Validity.IN_FORCE
    after = Validity.PARTLY_EXPIRED.value if is_partly else before
    for page, cited in _citing(record, act.provisions):
        # Who says what the amending document does knows of it.
        if page.pk not in (act.source, act.stated_by):
            change = _change(record, cited, before, after, act)
            change.since = act.since
            cases.flag(_as_known(page), [change])
    act.told_at = timezone.now()
    act.save()
    return 1


# Who cites


def _citing(record: DocumentRecord, changed: str = "") -> Iterator[tuple[Any, Sequence[Citation]]]:
    """Yield the public items that cite a document, each with its citations of it.

    ``changed``: of a document of which these provisions alone have changed.
    """
    cited: dict[int, list[Citation]] = defaultdict(list)
    for one in Citation.objects.filter(key__in=_keys(record)):
        cited[one.page].append(one)
    document = base_page_model()._base_manager.filter(pk=record.pk).first()
    for key in _linking(document) if document is not None else ():
        # A link names no provisions: unless the item says which, it is to the whole.
        cited[key] = cited[key] or [Citation(page=key, name=document.title[:500])]
    pages = root_model(ContentMixin)._default_manager.filter(live=True, alias_of=None)
    pages = pages.filter(pk__in=cited).select_related("unit", "content_type").order_by("pk")
    for page in pages:
        touched = [one for one in cited[page.pk] if _is_touched(one, changed)]
        # The text of a document is nobody's to amend here.
        is_document = issubclass(page.specific_class or object, LegalMetadataMixin)
        if touched and not is_document and page.counts_in_ledger:
            yield page, touched


def _keys(record: DocumentRecord) -> Iterator[str]:
    yield f"p:{record.pk}"
    if original_with(record.number_key) == record.pk:
        yield f"n:{record.number_key}"
    if record.law:
        yield f"l:{record.law}"


def _linking(document: Any) -> Iterator[int]:
    # Wagtail's index follows the rows, so what is public, not drafts.
    for key in ReferenceIndex.get_references_to(document).values_list("object_id", flat=True):
        if str(key).isdigit():
            yield int(key)


def _is_touched(citation: Citation, changed: str) -> bool:
    return not changed or touches(anchors(changed), anchors(citation.provisions))


def _change(
    record: DocumentRecord,
    cited: Sequence[Citation],
    before: str,
    after: str,
    act: DocumentRelation | None,
) -> LawChange:
    articles = ", ".join(dict.fromkeys(filter(None, (one.provisions for one in cited))))
    return LawChange(
        document=record.pk,
        name=cited[0].name,
        articles=(articles or (act.provisions if act else ""))[:500],
        before=before,
        after=after,
        relation=act.relation if act else "",
        by=_name_of(act) if act else "",
    )


def _name_of(act: DocumentRelation) -> str:
    """Return the name of the document that acts, where it is public or was written by hand."""
    pages = base_page_model()._default_manager.filter(pk=act.source, live=True)
    title = public(pages).values_list("title", flat=True).first()
    return str(title or act.source_name)[:500]


def _as_known(page: Any) -> cases.Answer:
    return cases.Answer(page.pk, page.title, page.category, page.unit)
