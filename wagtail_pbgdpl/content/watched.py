"""What shows in public without a decision of the board, and so is written down and told.

Why each of it may show at once stands in ``docs/concept/moderation.md``.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import AbstractPage, PageViewRestriction, Site, WorkflowPage
from wagtail.signals import post_page_move, pre_page_move

from ..changes import told
from ..changes.models import Change
from ..changes.watch import watch
from ..core import signals
from ..core.discovery import concrete_models
from ..organisation.models import Unit, UnitSuccession
from ..reference.models import ReferenceItem
from ..site.portal import PortalSettings
from ..worktime.models import CalendarException
from .indexes import PortalMixin
from .regulated import RegulatedPageMixin
from .tags import ContentTag

Kind = Change.Kind
SITE_FIELDS = ("hostname", "port", "site_name", "root_page", "is_default_site")
_PLACE = "_pbgdpl_place"


def _columns(model: type[models.Model], *but: str) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name not in but
    ]


def _page_of_ours(row: PageViewRestriction | WorkflowPage) -> Any:
    """Return the page that a row is about, if it is of the portal."""
    model = row.page.specific_class
    return row.page if model is not None and issubclass(model, RegulatedPageMixin) else None


def _public_page(restriction: PageViewRestriction) -> Any:
    """Return the page that a restriction closes, if it is of the portal and public otherwise."""
    page = _page_of_ours(restriction)
    return page if page is not None and page.live else None


def _remember_place(*, instance: Any, parent_page_before: Any, **kwargs: Any) -> None:
    # Wagtail hands the same parent to both signals, and the page as it was read anew.
    setattr(parent_page_before, _PLACE, _place_of(instance))


def _note_order(
    *, instance: Any, parent_page_before: Any, parent_page_after: Any, **kwargs: Any
) -> None:
    """A page of the menu went to another place in it; elsewhere the order shows nowhere."""
    before = parent_page_before.__dict__.pop(_PLACE, None)
    parent = parent_page_after.specific_class
    if parent_page_before.pk != parent_page_after.pk or parent is None or not instance.live:
        return
    after = _place_of(instance)
    if before == after or not issubclass(parent, PortalMixin):
        return
    with translation.override(settings.LANGUAGE_CODE):
        label = _("Place in the menu")
    told.note(Kind.MENU, instance, [(label, before, after)])


def _place_of(page: Any) -> int:
    stored = type(page)._base_manager.get(pk=page.pk)
    return stored.get_siblings().filter(path__lte=stored.path).count()


def connect() -> None:
    watch(PortalSettings, Kind.SETTINGS, _columns(PortalSettings, "site"))
    watch(Site, Kind.SETTINGS, SITE_FIELDS)
    for model in concrete_models(ReferenceItem):
        watch(model, Kind.REFERENCE, _columns(model))
    # New tags come with drafts, and are nobody's to know before those are public.
    watch(ContentTag, Kind.REFERENCE, _columns(ContentTag), creations=False)
    watch(Unit, Kind.UNIT, _columns(Unit))
    watch(UnitSuccession, Kind.UNIT, _columns(UnitSuccession, "created_by"))
    # Every time limit is counted on it.
    watch(CalendarException, Kind.REFERENCE, _columns(CalendarException))
    watch(PageViewRestriction, Kind.PRIVACY, ["restriction_type"], subject=_public_page)
    # By which of its workflows an item goes is the board's to decide (BP20 Điều 12.1).
    watch(WorkflowPage, Kind.WORKFLOW, ["workflow"], subject=_page_of_ours)
    # Pages of any type stand in a menu.
    signals.connect(pre_page_move, _remember_place, AbstractPage)
    signals.connect(post_page_move, _note_order, AbstractPage)
