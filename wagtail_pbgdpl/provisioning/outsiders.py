"""Groups that reach into the portal without standing for a role of the regulation.

Wagtail's own *Editors* and *Moderators* have permissions on the topmost collection and page, and so
on all below. Whoever is in such a group changes files and images of the portal, whatever seat they
hold. What the site itself does with its groups is not for a program to undo; it is said.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from ..content.indexes import PortalMixin
from ..core.base_page import base_page_model
from ..core.discovery import concrete_models
from ..organisation.models import RoleGroup
from .access import portal_collections


class Reach(NamedTuple):
    """The names of the collections and the titles of the pages on which a group has permissions."""

    collections: list[str]
    pages: list[str]


def groups_with_reach() -> list[tuple[Group, Reach]]:
    """Return the groups of no role that have permissions on, above or below the portal."""
    of_roles = RoleGroup.objects.values("group")
    tops = Collection.objects.filter(pk__in=portal_collections())
    portals = [page for model in concrete_models(PortalMixin) for page in model.objects.all()]
    collections = _by_group(
        GroupCollectionPermission.objects.exclude(group__in=of_roles),
        "collection__name",
        collection__in=Collection.objects.filter(_around(tops)),
    )
    pages = _by_group(
        GroupPagePermission.objects.exclude(group__in=of_roles),
        "page__title",
        page__in=base_page_model()._base_manager.filter(_around(portals)),
    )
    found = Group.objects.filter(pk__in=collections.keys() | pages.keys()).order_by("name")
    return [
        (group, Reach(collections.get(group.pk, []), pages.get(group.pk, []))) for group in found
    ]


def advice(group: Group, reach: Reach) -> str:
    """Say what the group can do and what an administrator does about it."""
    places = [_("collection «%(name)s»") % {"name": name} for name in reach.collections]
    places += [_("page «%(name)s»") % {"name": name} for name in reach.pages]
    return _(
        "«%(group)s» stands for no role, and has permissions on %(places)s, which reach "
        "into the portal. Take them away under Settings › Groups, or give the group permissions on "
        "collections and pages beside the portal instead."
    ) % {"group": group, "places": ", ".join(places)}


def _around(nodes: Iterable[Any]) -> Q:
    """Return the condition on nodes of a tree that are one of these, above or below one."""
    found = Q(pk__in=())
    for node in nodes:
        above = range(node.steplen, len(node.path), node.steplen)
        found |= Q(path__in=[node.path[:end] for end in above]) | Q(path__startswith=node.path)
    return found


def _by_group(rows: Any, name: str, **where: Any) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for group, title in rows.filter(**where).values_list("group", name).distinct():
        found.setdefault(group, []).append(title)
    return found
