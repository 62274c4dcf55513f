"""What follows from pages that were written past Wagtail: who refers to what, what is found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import COMMENTS_RELATION_NAME, ReferenceIndex
from wagtail.search import index
from wagtail.search.backends import get_search_backends

from ..api.models import PublicLog
from ..content.signal_handlers import show_anew
from ..core.base_page import base_page_model
from ..corpus.models import Citation
from ..media import references
from ..media.models import LatestReference
from ..questions.models import Question
from ..questions.tallies import month_of
from ..questions.tally_models import Recount
from ..search import keeping
from ..search.index_models import SearchState
from .files import MEDIA
from .page_taking import Pages
from .taking import Fate, Taking

BATCH = 500


def follow(taking: Taking, pages: Pages) -> None:
    """Bring in line what other tables know of the records; within the transaction."""
    for start in range(0, len(pages.written), BATCH):
        part = pages.written[start : start + BATCH]
        _refer(pages, part)
        # Read anew for documents, and for what cites them, at the next runs of the timed command.
        Citation.objects.filter(page__in=[row.pk for row, _last in part]).delete()
    keeping.mend()
    _recount(taking)
    # At the next run all that is public is compared with the log and with the index of the search.
    PublicLog.objects.update(compared_at=None)
    SearchState.objects.update(compared_at=None)
    show_anew()


def let_find(taking: Taking, pages: Pages) -> None:
    """Enter in the search index what came, once it is certain."""
    keys = [row.pk for row, _last in pages.written]
    _find(
        keys,
        {
            kind: [taking.ids.key_of(kind, uid) for uid in taking.of_fate(kind, Fate.CREATED)]
            for kind in MEDIA
        },
    )


def _refer(pages: Pages, written: Sequence[tuple[Any, Any]]) -> None:
    base = ContentType.objects.get_for_model(base_page_model())
    keys = [row.pk for row, _last in written]
    ReferenceIndex.objects.filter(base_content_type=base, object_id__in=map(str, keys)).delete()
    LatestReference.objects.filter(page_id__in=keys).delete()
    rows, latest = [], []
    for row, last in written:
        # What editors remarked did not come along, and need not be asked for.
        setattr(row, COMMENTS_RELATION_NAME, [])
        found = set(ReferenceIndex._extract_references_from_object(row))
        for to_type, to_key, model_path, content_path in found:
            rows.append(
                ReferenceIndex(
                    content_type_id=row.content_type_id,
                    base_content_type=base,
                    object_id=str(row.pk),
                    to_content_type_id=to_type,
                    to_object_id=to_key,
                    model_path=model_path,
                    content_path=content_path,
                    content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
                )
            )
        if last is None:
            targets = {one.target for one in references.references_in(found)}
        else:
            held = pages.held(type(row), row.pk, last)
            shown = type(row).from_serializable_data(held, check_fks=False)
            targets = {one.target for one in references.references_of(shown)}
        latest += [
            LatestReference(page_id=row.pk, model=model, object_id=key)
            for model, key in sorted(targets)
        ]
    ReferenceIndex.objects.bulk_create(rows, batch_size=BATCH)
    LatestReference.objects.bulk_create(latest, batch_size=BATCH)


def _recount(taking: Taking) -> None:
    """Let the figures of the months be counted anew from which questions came."""
    fates = taking.fates.get("question", {})
    uids = [uid for uid, fate in fates.items() if fate in (Fate.CREATED, Fate.UPDATED)]
    keys = {taking.ids.key_of("question", uid) for uid in uids}
    if not keys:
        return
    times = Question.objects.values_list("pk", "received_at").iterator()
    months = {month_of(at) for pk, at in times if pk in keys}
    Recount.objects.bulk_create(Recount(month=month) for month in sorted(months))


def _find(pages: Iterable[int], media: dict[str, list[int]]) -> None:
    """Enter in the search index what is new, where the site lets it follow what is saved."""
    backends = list(get_search_backends(with_auto_update=True))
    for model, rows in _batches(list(pages), media):
        if not index.class_is_indexed(model) or not getattr(model, "search_auto_update", True):
            continue
        for backend in backends:
            backend.get_index_for_model(model).add_items(model, rows)


def _batches(
    pages: Sequence[int], media: dict[str, list[int]]
) -> Iterator[tuple[type[Any], list[Any]]]:
    from ..core.portable import kind_named

    base = base_page_model()
    for start in range(0, len(pages), BATCH):
        some = base._base_manager.filter(pk__in=pages[start : start + BATCH])
        kinds: dict[int, list[int]] = {}
        for pk, kind in some.values_list("pk", "content_type_id"):
            kinds.setdefault(kind, []).append(pk)
        for kind, keys in kinds.items():
            model = ContentType.objects.get_for_id(kind).model_class()
            if model is not None:
                yield model, list(model._default_manager.filter(pk__in=keys))
    for name, keys in media.items():
        model = kind_named(name).model()
        for start in range(0, len(keys), BATCH):
            yield model, list(model._default_manager.filter(pk__in=keys[start : start + BATCH]))
