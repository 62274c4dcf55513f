"""Take the portal out of a site again, and nothing with it that is not the portal's.

What lies in tables of Django and Wagtail is deleted here; the tables of the package go with their
migrations. All of it is written into a folder first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import (
    Collection,
    CollectionMember,
    Site,
    Workflow,
)

from ..core.base_page import base_page_model
from ..workflows.guard import as_program
from ..workflows.models import StepTask
from .access import portal_collections
from .dependents import (
    PACKAGE,
    foreign,
    going_with,
    is_used,
    memberships,
    of_the_portal,
    referring,
    used_in_drafts,
)
from .models import ProvisionedObject
from .record import Outcome, Report
from .records import Records

FILES = (AbstractImage, AbstractDocument)
# How many of a kind are named in the report.
NAMED = 30


class RemovalError(Exception):
    """The portal cannot be removed yet; ``reasons`` say why and what to do."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


def remove(root: Any = None, records: Records | None = None) -> Report:
    """Delete every portal of the site with what the set-up made; return what was done.

    Sites that begin at a page of the portal begin at ``root`` afterwards, or else at the nearest
    page above. ``records`` take what is deleted. Run it in a transaction. Raises ``RemovalError``
    where something of the site's own would go with the portal.
    """
    removal = Removal(records)
    with as_program():
        removal.sites(root)
        removal.pages()
        removal.workflows()
        removal.collections()
        removal.groups()
    # Set-up may begin anew; the rows of the package's own tables are still there.
    ProvisionedObject.objects.exclude(model__startswith=f"{PACKAGE}.").delete()
    return removal.report


class Removal:
    def __init__(self, records: Records | None) -> None:
        self.report = Report()
        self.records = records
        if records is not None:
            records.take_tables()

    def sites(self, root: Any) -> None:
        """Let no site begin at a page that goes: the record of the site would go with it."""
        if root is not None and _pages().filter(pk=root.pk).exists():
            raise RemovalError([_("«%(page)s» is a page of the portal itself.") % {"page": root}])
        for site in Site.objects.filter(root_page__in=_pages().values("pk")):
            new = root or _page_above(site.root_page)
            if new is None:
                raise RemovalError(
                    [
                        _(
                            "The site «%(site)s» begins at a page of the portal, and there is no "
                            "page above. Name the page at which it is to begin with --root."
                        )
                        % {"site": site}
                    ]
                )
            site.root_page_id = new.pk
            site.save()
            self.report.add(Outcome.CHANGED, Site, f"{site} → {new}")

    def pages(self) -> None:
        tops = _tops(_pages().order_by("path"))
        of_others = [
            page for top in tops for page in top.get_descendants().exclude(of_the_portal())
        ]
        if of_others:
            raise RemovalError(
                [
                    _("«%(page)s» (id %(id)d) is no page of the portal: move it elsewhere first.")
                    % {"page": page, "id": page.pk}
                    for page in of_others
                ]
            )
        self._delete(_pages(), tops)

    def workflows(self) -> None:
        steps = StepTask.objects.all()
        self._delete(Workflow.objects.filter(workflow_tasks__task__in=steps).distinct())
        self._delete(steps)

    def collections(self) -> None:
        drafts = used_in_drafts()
        for top in Collection.objects.filter(pk__in=portal_collections()).order_by("path"):
            tree = Collection.objects.descendant_of(top, inclusive=True)
            above = top.get_parent()
            for model in _members():
                self._empty(model, tree, above, drafts)
            self._delete(tree, [top])

    def _empty(self, model: Any, tree: Any, above: Collection, drafts: set[Any]) -> None:
        """Delete the portal's files; what the site uses, or is of another kind, moves up."""
        rows = model._base_manager.filter(collection__in=tree)
        kept = [
            row
            for row in rows
            if not isinstance(row, FILES) or (row._meta.label, row.pk) in drafts or is_used(row)
        ]
        for row in kept:
            self.report.add(Outcome.KEPT, model, str(row))
        keys = [row.pk for row in kept]
        self._delete(rows.exclude(pk__in=keys))
        # No signal: an approved file is frozen, and stays as it is.
        model._base_manager.filter(pk__in=keys).update(collection=above)

    def groups(self) -> None:
        """Groups that the site uses for something else by now stay, with their members."""
        made = Group.objects.filter(pk__in=_recorded(Group))
        kept = [group for group in made if _is_used_otherwise(group)]
        for group in kept:
            self.report.add(Outcome.KEPT, Group, group.name)
        self._delete(made.exclude(pk__in=[group.pk for group in kept]))

    def _delete(self, rows: Any, tops: Iterable[Any] | None = None) -> None:
        """Delete ``rows``, of a tree by its ``tops``, when they and what goes along are written."""
        going = going_with(rows)
        if of_others := foreign(going):
            raise RemovalError(
                [
                    _(
                        "%(model)s «%(row)s» (id %(id)s) hangs on what is deleted and would go "
                        "with it: point it elsewhere first."
                    )
                    % {"model": row._meta.verbose_name, "row": row, "id": row.pk}
                    for row in of_others
                ]
            )
        if self.records is not None:
            self.records.take(going)
        named = list(rows if tops is None else tops)
        for model, number in Counter(map(type, going)).items():
            names = [str(row) for row in named if isinstance(row, model)][:NAMED]
            said = f"{number} ({', '.join(names)})" if names else str(number)
            self.report.add(Outcome.DELETED, model, said)
        for row in named:
            # Read anew: deleting a node of a tree changes the counts of others.
            type(row)._base_manager.get(pk=row.pk).delete()


def _pages() -> Any:
    return base_page_model()._base_manager.filter(of_the_portal())


def _tops(pages: Iterable[Any]) -> list[Any]:
    """Return those of ``pages``, in the order of the tree, that stand below none of the others."""
    found: list[Any] = []
    for page in pages:
        if not found or not page.path.startswith(found[-1].path):
            found.append(page)
    return found


def _page_above(page: Any) -> Any:
    above = page.get_ancestors().filter(depth__gt=1).exclude(of_the_portal())
    return above.order_by("-depth").first()


def _is_used_otherwise(group: Group) -> bool:
    """Whether a group has more than its members and what the set-up gave it on the portal.

    Ask when the portal's pages and collections are deleted.
    """
    given = _recorded(Group.permissions.through)
    of_the_package = {"permission__content_type__app_label__startswith": PACKAGE}
    for rows in referring(group):
        if rows.model is memberships():
            continue
        if rows.model is Group.permissions.through:
            rows = rows.exclude(pk__in=given).exclude(**of_the_package)
        if rows.exists():
            return True
    return False


def _recorded(model: type[Any]) -> list[int]:
    """Return the keys of the rows of ``model`` that the set-up made."""
    made = ProvisionedObject.objects.filter(model=model._meta.label)
    return [int(key) for key in made.values_list("object_id", flat=True)]


def _members() -> list[Any]:
    """Return the models whose rows lie in collections."""
    return [
        relation.related_model
        for relation in Collection._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and relation.one_to_many
        and issubclass(relation.related_model, CollectionMember)
    ]
