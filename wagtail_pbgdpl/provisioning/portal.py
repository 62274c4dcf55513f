"""Build a portal from a regulation: tree, groups, collections, settings, reference rows."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from ..content.actions import add_draft, publish
from ..content.base_page import base_page_model
from ..content.discovery import concrete_models, root_model
from ..content.indexes import CategoryIndexMixin, PortalMixin
from ..content.portal import PortalSettings
from ..content.reference_data import rows
from ..content.services import SearchMixin, StatisticsMixin
from ..regulations import Category, Regulation
from ..text import slug
from ..workflows.roles import ACCESS, Access
from .record import Report, ensure

PORTAL_SLUG = "pbgdpl"
COLLECTION_NAME = "Cổng PBGDPL"


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
    _settings(report, regulation, portal)
    for category in regulation.categories.values():
        _category_page(report, category, portal)
    collection = _collections(report, regulation, portal)
    _groups(report, regulation, portal, collection)
    _reference_rows(report)
    return report


def _portal_page(report: Report, regulation: Regulation, parent: Any) -> Any:
    model = root_model(PortalMixin)
    parent = parent.specific
    if isinstance(parent, PortalMixin):
        return ensure(
            report,
            f"portal:{parent.pk}",
            model,
            parent.title,
            make=lambda: parent,
            find=lambda: parent,
        )
    if not model.can_create_at(parent):
        raise SetupError(
            f"«{parent}» ({type(parent).__name__}) does not take a page of type {model.__name__}: "
            "add it to subpage_types there, or choose another page with --parent."
        )

    def make() -> Any:
        page = model(title=regulation.portal.name, slug=_free_slug(parent, PORTAL_SLUG))
        return publish(add_draft(parent, page))

    return ensure(report, f"portal-below:{parent.pk}", model, regulation.portal.name, make)


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
            slug=_free_slug(portal, category.slug or slug(category.name)),
            category=category.code,
            introduction=category.description,
        )
        _show_in_menus(page)
        return publish(add_draft(portal, page))

    index = ensure(report, f"page:{category.code}@{portal.pk}", model, category.name, make)
    if index is None or category.kind != "C14":
        return
    for mixin, title in ((SearchMixin, "Tìm kiếm"), (StatisticsMixin, "Thống kê")):
        service = root_model(mixin)
        ensure(
            report,
            f"page:{category.code}:{slug(title)}@{portal.pk}",
            service,
            title,
            lambda service=service, title=title: publish(
                add_draft(index, service(title=title, slug=_free_slug(index, slug(title))))
            ),
        )


def _index_model(kind: str) -> type[Any]:
    models = concrete_models(CategoryIndexMixin)
    special = [model for model in models if kind in model.index_kinds]
    general = [model for model in models if not model.index_kinds]
    if not special and not general:
        raise SetupError("No installed page model mixes in CategoryIndexMixin.")
    return (special or general)[0]


def _show_in_menus(page: Any) -> None:
    if hasattr(page, "show_in_menus"):
        page.show_in_menus = True


def _free_slug(parent: Any, wanted: str) -> str:
    candidate, number = wanted, 1
    while not base_page_model()._slug_is_available(candidate, parent):
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def _collections(report: Report, regulation: Regulation, portal: Any) -> Collection | None:
    root = Collection.get_first_root_node()
    top = ensure(
        report,
        f"collection@{portal.pk}",
        Collection,
        COLLECTION_NAME,
        lambda: root.add_child(name=COLLECTION_NAME),
    )
    if top is None:
        return None
    for category in regulation.categories.values():
        ensure(
            report,
            f"collection:{category.code}@{portal.pk}",
            Collection,
            category.name,
            lambda category=category: Collection.objects.get(pk=top.pk).add_child(
                name=category.name
            ),
        )
    return top


def _groups(
    report: Report, regulation: Regulation, portal: Any, collection: Collection | None
) -> None:
    for role in regulation.roles.values():
        access = ACCESS[role.code]
        name = f"PBGDPL – {role.name}"

        def make(name: str = name, access: Access = access) -> Group:
            group = Group.objects.create(name=_free_group_name(name))
            group.permissions.set(_permissions(access))
            return group

        group = ensure(report, f"group:{role.code}", Group, name, make)
        if group is None:
            continue
        for action in access.pages:
            ensure(
                report,
                f"page-permission:{role.code}:{action}@{portal.pk}",
                GroupPagePermission,
                f"{name}: {action}",
                lambda group=group, action=action: GroupPagePermission.objects.create(
                    group=group, page_id=portal.pk, permission_type=action
                ),
            )
        if collection is None:
            continue
        for permission in _by_label(access.collections):
            ensure(
                report,
                f"collection-permission:{role.code}:{permission.codename}@{portal.pk}",
                GroupCollectionPermission,
                f"{name}: {permission.codename}",
                lambda group=group, permission=permission: GroupCollectionPermission.objects.create(
                    group=group, collection=collection, permission=permission
                ),
            )


def _free_group_name(wanted: str) -> str:
    candidate, number = wanted, 1
    while Group.objects.filter(name=candidate).exists():
        number += 1
        candidate = f"{wanted} ({number})"
    return candidate


def _permissions(access: Access) -> list[Permission]:
    return _by_label(("wagtailadmin.access_admin", *access.models))


def _by_label(labels: tuple[str, ...]) -> list[Permission]:
    """Return the permissions named like ``app_label.codename``, those of absent apps left out."""
    found = []
    for label in labels:
        app_label, codename = label.split(".")
        found.extend(
            Permission.objects.filter(content_type__app_label=app_label, codename=codename)
        )
    return found


def _reference_rows(report: Report) -> None:
    for model, values in rows():
        code = values["code"]
        ensure(
            report,
            f"reference:{model._meta.model_name}:{code}",
            model,
            values["name"],
            lambda model=model, values=values: model.objects.create(**values),
            find=lambda model=model, code=code: model.objects.filter(code=code).first(),
        )
