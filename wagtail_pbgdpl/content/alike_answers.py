"""Public answers as what look-alikes are looked for among (C6: BK21 Điều 9.6)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_unpublished

from ..core import signals
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models
from ..search import keeping
from ..search.sources import Basis, Document, register
from ..serving.listing import public
from .answers import AnswerMixin


class Answers:
    """Every page type of the site that has ``AnswerMixin``; of copies the original alone."""

    def live(self, keys: Collection[int] | None = None) -> Iterator[Document]:
        for model in concrete_models(AnswerMixin):
            yield from _documents(_of(model, keys).live())

    def public(self, keys: Collection[int]) -> Iterator[Document]:
        for model in concrete_models(AnswerMixin):
            yield from _documents(public(_of(model, keys)))

    def pages(self, keys: Collection[int]) -> Mapping[int, Any]:
        return {
            page.pk: page
            for model in concrete_models(AnswerMixin)
            for page in public(_of(model, keys)).select_related("unit")
        }

    def basis(self, page: Any) -> Sequence[Basis]:
        """Return the documents with their articles; no address of a page that not all may read."""
        values = [block.value for block in page.legal_basis if isinstance(block.value, dict)]
        named = {value["page"].pk for value in values if value.get("page")}
        pages = base_page_model()._default_manager.filter(pk__in=named)
        readable = {one.pk: one for one in public(pages)} if named else {}
        found = []
        for value in values:
            target = readable.get(value["page"].pk) if value.get("page") else None
            address = (target.get_url() or "") if target else value.get("url") or ""
            label = ", ".join(filter(None, [value.get("name"), value.get("articles")]))
            found.append(Basis(label, address))
        return found


def follow_answer(*, instance: Any, **kwargs: Any) -> None:
    """An answer was saved, taken down or deleted: what the database says of it now is entered."""
    keeping.follow([instance.pk])


def follow_deletion(*, instance: Any, **kwargs: Any) -> None:
    keeping.drop([instance.pk])


def connect() -> None:
    """Once all models are loaded."""
    register("answers", Answers())
    signals.connect(post_save, follow_answer, AnswerMixin)
    # Wagtail takes pages down as pages of no type.
    signals.connect(page_unpublished, follow_answer, AnswerMixin)
    # Whatever its type, a page that is deleted has a row of the base page.
    post_delete.connect(follow_deletion, sender=base_page_model())


def _of(model: Any, keys: Collection[int] | None) -> Any:
    pages = model._default_manager.filter(alias_of=None).order_by()
    return pages if keys is None else pages.filter(pk__in=keys)


def _documents(pages: Any) -> Iterator[Document]:
    return (Document(*row) for row in pages.values_list("pk", "title", "question_text"))
