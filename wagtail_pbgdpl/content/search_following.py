"""Keeps the index of the search as the pages are: who says that something may have changed.

What everybody may no longer read is gone with the transaction that closes it; so is what is
published found with it. Of a section that is opened, the first hundreds are, and the rest comes
behind the commit.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django_tasks import task
from wagtail.models import COMMENTS_RELATION_NAME, AbstractPage, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from ..consultations.signals import shown_anew
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models
from ..core.signals import saved_whole
from ..search import index
from ..serving.listing import private_paths
from .regulated import RegulatedPageMixin
from .search_entries import PAGES, searched_models
from .signal_handlers import DRAFT_FIELDS

AT_ONCE = 300

logger = logging.getLogger(__name__)


def follow_saved(*, instance: Any, **kwargs: Any) -> None:
    """A page was saved; drafts are kept in rows of their own."""
    fields = kwargs.get("update_fields")
    # The editor's comments are among what a draft saves.
    if not fields or not (DRAFT_FIELDS | {COMMENTS_RELATION_NAME}).issuperset(fields):
        follow_page(instance=instance)


def follow_page(*, instance: Any, **kwargs: Any) -> None:
    if instance.live:
        _follow([instance.pk])
    else:
        index.drop(PAGES, [instance.pk])


def follow_deletion(*, instance: Any, **kwargs: Any) -> None:
    index.drop(PAGES, [instance.pk])


def follow_summary(*, page: int | None, **kwargs: Any) -> None:
    """The summary of a consultation was published, or words of it were blacked out since."""
    if page is not None:
        _follow([page])


def follow_section(*, instance: Any, **kwargs: Any) -> None:
    """What stands below a page was moved with it."""
    _follow_below(instance.path)


def follow_restriction(*, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A section was closed, or opened to everybody."""
    pages = base_page_model()._base_manager.filter(pk=instance.page_id)
    for path in pages.values_list("path", flat=True):
        _follow_below(path)


def _follow_below(path: str) -> None:
    pages = base_page_model()._base_manager.filter(path__startswith=path, live=True)
    keys = list(pages.values_list("pk", flat=True))
    if any(path.startswith(closed) for closed in private_paths()):
        index.drop(PAGES, keys)
        return
    _follow(keys[:AT_ONCE])
    if rest := keys[AT_ONCE:]:
        transaction.on_commit(partial(follow_later.enqueue, rest), robust=True)


@task()
def follow_later(keys: Sequence[int]) -> None:
    index.follow(PAGES, keys)


def _follow(keys: Sequence[int]) -> None:
    try:
        index.follow(PAGES, keys)
    except Exception:
        # Nobody is kept from publishing for want of the search; each night it is made up for.
        logger.exception("Pages could not be entered into the search: %s", keys)


def connect() -> None:
    """Once all models are loaded."""
    _each("connect")


def disconnect() -> None:
    _each("disconnect")


def _each(act: str) -> None:
    heard = [
        (page_unpublished, follow_page, (AbstractPage,)),
        (post_page_move, follow_section, (AbstractPage,)),
        (post_save, follow_restriction, (PageViewRestriction,)),
        (post_delete, follow_restriction, (PageViewRestriction,)),
    ]
    for signal, receiver, kinds in heard:
        for kind in kinds:
            for model in concrete_models(kind):
                getattr(signal, act)(receiver, sender=model)
    for model in searched_models():
        if issubclass(model, RegulatedPageMixin):
            getattr(saved_whole, act)(follow_saved, sender=model)
        else:
            getattr(post_save, act)(follow_saved, sender=model)
            # After what belongs to a page was saved with it.
            getattr(page_published, act)(follow_page, sender=model)
    getattr(shown_anew, act)(follow_summary)
    # Whatever its type, a page that is deleted has a row of the base page.
    getattr(post_delete, act)(follow_deletion, sender=base_page_model())
