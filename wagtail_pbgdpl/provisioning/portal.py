"""Build a portal from a regulation: tree, groups, collections, settings, reference rows."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.models import Locale

from ..content.actions import add_draft, publish
from ..content.base import ContentMixin
from ..content.indexes import CategoryIndexMixin, PortalMixin
from ..content.services import KIND, SearchMixin, StatisticsMixin
from ..core.base_page import base_page_model, free_slug
from ..core.discovery import concrete_models, root_model
from ..core.text import address_part
from ..matters import ledger
from ..matters.models import Matter
from ..media import ownership, references
from ..media.models import FileOfUnit, LatestReference
from ..reference.first_rows import rows
from ..regulations import Category, Regulation
from ..site.portal import PortalSettings
from . import outsiders
from .access import ensure_collections, ensure_groups
from .moderation import ensure_workflows
from .record import Outcome, Report, ensure

PORTAL_SLUG = "pbgdpl"
# With their names below the home: «tim-kiem» is there the address of the form on every page.
SERVICES = (
    (SearchMixin, "Tìm kiếm", "Tìm kiếm thông tin"),
    (StatisticsMixin, "Thống kê", "Thống kê truy cập"),
)


class SetupError(Exception):
    """The set-up cannot go on; the message says why and what to do."""


def set_up(regulation: Regulation, parent: Any) -> Report:
    """Make what the portal of ``regulation`` needs below ``parent``; return what was done.

    Where ``parent`` is itself a portal page, the categories are made below it. Idempotent; run
    it in a transaction. Raises ``SetupError`` where the page tree does not take a portal there.
    """
    report = Report()
    portal = _portal_page(report, regulation, parent)
    if portal is None:
        return report
    _language(report, portal)
    _settings(report, regulation, portal)
    for category in regulation.categories.values():
        _category_page(report, category, portal)
    _services(report, regulation, portal)
    collection = ensure_collections(report, regulation, portal)
    ensure_groups(report, regulation, portal, collection)
    ensure_workflows(report, regulation, portal)
    _reference_rows(report)
    _past_publications(report, portal)
    _past_files(report, portal)
    for group, said in outsiders.groups_with_reach():
        report.add(Outcome.WARNED, Group, outsiders.advice(group, said))
    return report


def _portal_page(report: Report, regulation: Regulation, parent: Any) -> Any:
    model = root_model(PortalMixin)
    parent = parent.specific
    if isinstance(parent, PortalMixin):
        report.add(Outcome.PRESENT, model, str(parent))
        return parent
    if not model.can_create_at(parent):
        raise SetupError(
            _(
                "«%(page)s» (%(page_type)s) does not take a page of type %(model)s: add it to "
                "subpage_types there, or choose another page with --parent."
            )
            % {"page": parent, "page_type": type(parent).__name__, "model": model.__name__}
        )

    def make() -> Any:
        page = model(title=regulation.portal.name, slug=free_slug(parent, PORTAL_SLUG))
        return publish(add_draft(parent, page))

    return ensure(report, f"portal-below:{parent.pk}", model, regulation.portal.name, make)


def _language(report: Report, portal: Any) -> None:
    """Warn where the portal stands in a tree of another language: half of it would be in that."""
    if not getattr(settings, "WAGTAIL_I18N_ENABLED", False):
        return
    locale = portal.locale
    if locale.language_code.partition("-")[0] != "vi":
        said = _(
            "The home page of the portal, «%(page)s», stands in the %(language)s part of the "
            "site, and its frame would speak that language. Add Vietnamese under Settings › "
            "Locales, translate the page above into it, remove this home page, and name the "
            "translated page with --parent."
        ) % {"page": portal, "language": locale.get_display_name()}
        report.add(Outcome.WARNED, Locale, said)


def _settings(report: Report, regulation: Regulation, portal: Any) -> None:
    site = portal.get_site()
    if site is None:
        return
    identity = regulation.portal

    def make() -> PortalSettings:
        return PortalSettings.objects.create(
            site=site,
            name=identity.name,
            short_name=identity.short_name,
            governing_body=identity.governing_body,
            standing_agency=identity.standing_agency,
            email=identity.email,
            citation_rule=regulation.attribution.text,
            citation_phrases="\n".join(regulation.citation.phrases),
        )

    ensure(
        report,
        f"settings:{site.pk}",
        PortalSettings,
        identity.name,
        make,
        find=lambda: PortalSettings.objects.filter(site=site).first(),
    )


def _category_page(report: Report, category: Category, portal: Any) -> None:
    model = _index_model(category.kind)

    def make() -> Any:
        page = model(
            title=category.name,
            slug=free_slug(portal, category.slug or address_part(category.name)),
            category=category.code,
            introduction=category.description,
        )
        _show_in_menus(page)
        return publish(add_draft(portal, page))

    ensure(report, f"page:{category.code}@{portal.pk}", model, category.name, make)


def _services(report: Report, regulation: Regulation, portal: Any) -> None:
    """Make search and statistics: in the category for them if there is one, else below the home.

    A page of the type that stands anywhere in the portal will do.
    """
    above, place = portal, "portal"
    for category in regulation.categories_of_kind(KIND)[:1]:
        above, place = _index_of(category, portal), category.code
    if above is None:
        # An administrator took the category away, and what stood in it.
        return
    for mixin, title, title_below_home in SERVICES:
        model = root_model(mixin)
        name = title_below_home if above is portal else title
        ensure(
            report,
            f"page:{place}:{address_part(title)}@{portal.pk}",
            model,
            name,
            partial(_add_service, above, model, name),
            find=model._default_manager.descendant_of(portal).first,
        )


def _index_of(category: Category, portal: Any) -> Any:
    pages = _index_model(category.kind)._default_manager.child_of(portal)
    return pages.filter(category=category.code).first()


def _past_publications(report: Report, portal: Any) -> None:
    """Enter into the ledger what was public before there was one, so that it is counted."""
    known = Matter.objects.publications().exclude(subject=None).values("subject")
    pages = root_model(ContentMixin)._default_manager.descendant_of(portal).live()
    for page in pages.exclude(pk__in=known).specific():
        if page.counts_in_ledger and ledger.enter_past(page):
            report.add(Outcome.MADE, Matter, page.title)


def _past_files(report: Report, portal: Any) -> None:
    """Enter whose the files are that were there before this was remembered, and what drafts use."""
    entered = ownership.enter_past()
    known = LatestReference.objects.values("page_id")
    pages = base_page_model()._default_manager.descendant_of(portal, inclusive=True)
    for page in pages.exclude(latest_revision=None).exclude(pk__in=known).specific():
        references.keep(page.get_latest_revision_as_object())
    if entered:
        report.add(Outcome.MADE, FileOfUnit, str(entered))


def _add_service(above: Any, model: type[Any], title: str) -> Any:
    page = model(title=title, slug=free_slug(above, address_part(title)))
    _show_in_menus(page)
    return publish(add_draft(above, page))


def _index_model(kind: str) -> type[Any]:
    models = concrete_models(CategoryIndexMixin)
    special = [model for model in models if kind in model.index_kinds]
    general = [model for model in models if not model.index_kinds]
    if not special and not general:
        raise SetupError(_("No installed page model mixes in CategoryIndexMixin."))
    return (special or general)[0]


def _show_in_menus(page: Any) -> None:
    if hasattr(page, "show_in_menus"):
        page.show_in_menus = True


def _reference_rows(report: Report) -> None:
    for model, values in rows():
        code = values["code"]
        ensure(
            report,
            f"reference:{model._meta.model_name}:{code}",
            model,
            values["name"],
            partial(model._default_manager.create, **values),
            find=model._default_manager.filter(code=code).first,
        )
