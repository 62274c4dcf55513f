"""Collections of the portal, and the groups that stand for the roles of the regulation."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from ..organisation.models import RoleGroup
from ..regulations import Regulation, RoleCode
from ..workflows.roles import ACCESS, Access
from .models import ProvisionedObject
from .record import Report, ensure

COLLECTION_NAME = "Cổng PBGDPL"


def ensure_collections(report: Report, regulation: Regulation, portal: Any) -> Collection | None:
    """Make one collection for the portal and one below it for each category."""
    root = Collection.get_first_root_node()
    top = ensure(
        report,
        f"collection@{portal.pk}",
        Collection,
        COLLECTION_NAME,
        partial(root.add_child, name=COLLECTION_NAME),
    )
    if top is None:
        return None
    for category in regulation.categories.values():
        ensure(
            report,
            f"collection:{category.code}@{portal.pk}",
            Collection,
            category.name,
            partial(_add_below, top.pk, category.name),
        )
    return top


def portal_collections() -> list[str]:
    """Return the keys of the collections that the set-up made for portals, without those below."""
    made = ProvisionedObject.objects.filter(key__startswith="collection@")
    return list(made.values_list("object_id", flat=True))


def _add_below(pk: int, name: str) -> Collection:
    # Read anew: adding a child changes the counts of the row above.
    return Collection.objects.get(pk=pk).add_child(name=name)


def ensure_groups(
    report: Report, regulation: Regulation, portal: Any, collection: Collection | None
) -> None:
    """Make a group for each role, with its permissions on the portal's tree and collections."""
    for role in regulation.roles.values():
        access = ACCESS[RoleCode(role.code)]
        name = f"PBGDPL – {role.name}"
        group = ensure(report, f"group:{role.code}", Group, name, partial(_make_group, name))
        if group is None:
            continue
        RoleGroup.objects.update_or_create(role=role.code, defaults={"group": group})
        _ensure_permissions(report, role.code, group, access)
        for action in access.pages:
            ensure(
                report,
                f"page-permission:{role.code}:{action}@{portal.pk}",
                GroupPagePermission,
                f"{name}: {action}",
                partial(
                    GroupPagePermission.objects.create,
                    group=group,
                    page_id=portal.pk,
                    permission_type=action,
                ),
            )
        if collection is None:
            continue
        for permission in _named(access.collections):
            ensure(
                report,
                f"collection-permission:{role.code}:{permission.codename}@{portal.pk}",
                GroupCollectionPermission,
                f"{name}: {permission.codename}",
                partial(
                    GroupCollectionPermission.objects.create,
                    group=group,
                    collection=collection,
                    permission=permission,
                ),
            )


def _make_group(name: str) -> Group:
    return Group.objects.create(name=_free_name(name))


def _ensure_permissions(report: Report, role: str, group: Group, access: Access) -> None:
    """Give the group what it lacks: a later release may ask for more than the one before."""
    rows = Group.permissions.through._default_manager
    for permission in _named(("wagtailadmin.access_admin", *access.models)):
        values = {"group": group, "permission": permission}
        ensure(
            report,
            f"permission:{role}:{permission.content_type.app_label}.{permission.codename}",
            Group.permissions.through,
            f"{group}: {permission.codename}",
            partial(rows.create, **values),
            find=rows.filter(**values).first,
        )


def _free_name(wanted: str) -> str:
    candidate, number = wanted, 1
    while Group.objects.filter(name=candidate).exists():
        number += 1
        candidate = f"{wanted} ({number})"
    return candidate


def _named(labels: tuple[str, ...]) -> list[Permission]:
    """Return the permissions named like ``app_label.codename``, those of absent apps left out."""
    found: list[Permission] = []
    for label in labels:
        app_label, codename = label.split(".")
        rows = Permission.objects.select_related("content_type")
        found += rows.filter(content_type__app_label=app_label, codename=codename)
    return found
