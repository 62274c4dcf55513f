"""Who says that what is public may have changed: receivers, each of its own senders.

They hint and do nothing else; ``log.settle`` looks.
"""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import AbstractPage, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from ..consultations.models import Consultation
from ..core import signals
from ..core.base_page import base_page_model
from ..core.listed import ListedMixin
from ..organisation.models import Unit, UnitSuccession
from .log import hint
from .sources import CATEGORIES, PAGES, UNITS, Below, register_all


def follow_page(*, instance: Any, **kwargs: Any) -> None:
    """A page was published, taken down or moved; with it, what stands below."""
    # What may have pages below, and stands for a category, is no content.
    if instance.numchild or not isinstance(instance, ListedMixin):
        _all_below(instance.pk)
    else:
        hint(PAGES, instance.pk)


def follow_deletion(*, instance: Any, **kwargs: Any) -> None:
    hint(PAGES, instance.pk)
    hint(CATEGORIES, instance.pk)


def follow_restriction(*, instance: PageViewRestriction, **kwargs: Any) -> None:
    """A section was closed, or opened to everybody."""
    _all_below(instance.page_id)


def follow_site(*, instance: Site, **kwargs: Any) -> None:
    _all_below(instance.root_page_id)


def follow_unit(*, instance: Unit, **kwargs: Any) -> None:
    # Its code stands with those that belong to it.
    hint(UNITS, instance.pk, *instance.children.values_list("pk", flat=True))


def follow_succession(*, instance: Any, **kwargs: Any) -> None:
    hint(UNITS, instance.predecessor_id)


def follow_outcome(*, instance: Consultation, **kwargs: Any) -> None:
    """The summary of a consultation was published, or the document was issued."""
    if instance.summarised_on:
        hint(PAGES, instance.page)


def _all_below(page: int) -> None:
    hint(PAGES, page, Below(page))
    hint(CATEGORIES, page)


def connect() -> None:
    """Once all models are loaded."""
    register_all()
    # Whoever restricts or takes down a page above, of whatever type, closes what stands below.
    for of_pages in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signals.connect(of_pages, follow_page, AbstractPage)
    # Whatever its type, a page that is deleted has a row of the base page.
    post_delete.connect(follow_deletion, sender=base_page_model())
    for signal in (post_save, post_delete):
        signals.connect(signal, follow_restriction, PageViewRestriction)
        signals.connect(signal, follow_site, Site)
        signals.connect(signal, follow_unit, Unit)
        signals.connect(signal, follow_succession, UnitSuccession)
    signals.connect(post_save, follow_outcome, Consultation)
