"""From a document whose validity changes to the public answers that rest on it (R16).

Nobody has to remember: what the portal knew of each document is kept, and whether a page was
published or a day has come, what is other than that is told once. Clauses: BP20 Điều 13.3; BK21
Điều 9.6, 12.1a.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from wagtail.models import ReferenceIndex

from ..core.discovery import concrete_models
from ..legal.validity import Validity
from ..reviews import cases
from ..reviews.models import KnownValidity, LawChange
from ..worktime.active import today
from .answers import AnswerMixin
from .consultations import ConsultationMixin
from .known_documents import document_models

#: Of these nobody has to look at an answer, unless somebody is to already.
GOOD = frozenset({Validity.IN_FORCE, Validity.NOT_YET})


def validity_on(document: Any, day: datetime.date) -> str:
    """Return the code of a document's validity on a day: no longer in force from ``expired_on`` on,
    and in force where nothing is said."""
    if document.expired_on and document.expired_on <= day:
        return Validity.EXPIRED.value
    return str(document.validity or Validity.IN_FORCE.value)


def follow_all(day: datetime.date | None = None) -> int:
    """Tell answers of each document whose validity is other than was known; return of how many.

    ``day`` in Asia/Ho_Chi_Minh, otherwise today. Each document is a transaction of its own.
    """
    day = day or today()
    told = 0
    for model in document_models():
        keys = _other_than_known(model, day).values_list("pk", flat=True)
        told += sum(_follow(model, pk, day) for pk in list(keys))
    return told


def follow_document(*, instance: Any, **kwargs: Any) -> None:
    """A document was published: the same of it alone."""
    if not isinstance(instance, ConsultationMixin):
        _follow(type(instance), instance.pk, today())


def follow_publication(*, instance: Any, revision: Any = None, **kwargs: Any) -> None:
    """A version of an answer was published."""
    if instance.counts_in_ledger:
        cases.amended(instance.pk, getattr(revision, "created_at", None))


def follow_withdrawal(*, instance: Any, **kwargs: Any) -> None:
    """An answer was taken down, or deleted."""
    cases.withdrawn(instance.pk)


def _other_than_known(model: Any, day: datetime.date) -> QuerySet[Any]:
    now = Case(
        When(expired_on__lte=day, then=Value(Validity.EXPIRED.value)),
        When(validity="", then=Value(Validity.IN_FORCE.value)),
        default=F("validity"),
        output_field=CharField(),
    )
    known = KnownValidity.objects.filter(page=OuterRef("pk"), validity=OuterRef("now"))
    rows: QuerySet[Any] = model._default_manager.filter(live=True).alias(now=now)
    return rows.filter(~Exists(known)).order_by("pk")


@transaction.atomic
def _follow(model: Any, pk: int, day: datetime.date) -> int:
    """Tell of one document; return whether there was something to tell."""
    document = model._default_manager.filter(pk=pk, live=True).first()
    if document is None:
        return 0
    after = validity_on(document, day)
    known, new = KnownValidity.objects.select_for_update().get_or_create(
        page=pk, defaults={"validity": after}
    )
    # What somebody cites while it is known as it is, they cite knowingly.
    if new or known.validity == after:
        return 0
    for answer, cited in _resting_on(document):
        if after not in GOOD or cases.is_open(answer.pk):
            change = _change(document, cited, known.validity, after, day)
            cases.flag(_as_known(answer), [change])
    known.validity = after
    known.save()
    return 1


def _resting_on(document: Any) -> Iterator[tuple[Any, Sequence[Any]]]:
    """Yield the public answers that name the page of a document, each with how it cites it."""
    for model in concrete_models(AnswerMixin):
        # Wagtail's index follows the rows, so what is public, not drafts.
        found = ReferenceIndex.get_references_to(document).filter(
            model_path__startswith="legal_basis"
        )
        keys = {int(key) for key in found.values_list("object_id", flat=True)}
        pages = model._default_manager.filter(pk__in=keys, live=True, alias_of=None)
        for page in pages.select_related("unit").order_by("pk"):
            cited = [block.value for block in page.legal_basis if _names(block.value, document)]
            if cited and page.counts_in_ledger:
                yield page, cited


def _names(value: Any, document: Any) -> bool:
    page = value.get("page") if hasattr(value, "get") else None
    return page is not None and page.pk == document.pk


def _change(
    document: Any, cited: Sequence[Any], before: str, after: str, day: datetime.date
) -> LawChange:
    articles = ", ".join(filter(None, (one.get("articles") for one in cited)))
    since = document.expired_on if after == Validity.EXPIRED and document.expired_on else day
    return LawChange(
        document=document.pk,
        name=cited[0]["name"],
        articles=articles[:500],
        before=before,
        after=after,
        since=min(since, day),
    )


def _as_known(page: Any) -> cases.Answer:
    return cases.Answer(page.pk, page.title, page.category, page.unit)
