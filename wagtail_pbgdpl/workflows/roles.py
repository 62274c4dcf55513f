"""What each role of the regulation may do in the Wagtail admin.

Groups open the admin and its menus. No group publishes: that is done by decisions, which ask the
rules of authority (R2, R3, R8).
Clauses: BK21 Điều 13–17, Điều 20, Điều 21; QT24 Điều 7.2 (R1–R7, R10).
"""

from __future__ import annotations

from dataclasses import dataclass

from ..regulations import RoleCode

_MEDIA_ADD = (
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.choose_document",
)
_MEDIA_EDIT = (*_MEDIA_ADD, "wagtailimages.change_image", "wagtaildocs.change_document")
# What is read, and how much: the board's to know (P3), not each unit's.
_FIGURES = ("wagtail_pbgdpl.view_trafficday",)
# Who sits where is no secret on the board; the operator gives and takes access (R10).
_ORGANISATION = tuple(f"wagtail_pbgdpl.view_{table}" for table in ("unit", "seat", "delegation"))
# A unit's people see their own rows alone, and enter what their own unit owes (R11).
_OF_ITEMS = (
    "wagtail_pbgdpl.view_matter",
    "wagtail_pbgdpl.add_matter",
    "wagtail_pbgdpl.view_event",
)
# What changed without a decision; nothing of drafts is in it.
_CHANGES = ("wagtail_pbgdpl.view_change",)
# How linked systems do, and those that are told of changes; the operator keeps them, for they are
# matters of servers.
_SYSTEMS = ("externalsource", "webhookreceiver")
_SOURCES = tuple(f"wagtail_pbgdpl.view_{table}" for table in _SYSTEMS)
_BOARD = (*_FIGURES, *_ORGANISATION, *_OF_ITEMS, *_CHANGES, *_SOURCES)
_DELEGATE = "wagtail_pbgdpl.add_delegation"
# Names that public pages bear are the board's to change; the operator keeps the tables otherwise.
_NAMES = ("audience", "documenttype", "issuingbody", "legalfield")
_PUBLIC_TEXT = (
    "wagtail_pbgdpl.change_portalsettings",
    *(f"wagtail_pbgdpl.{action}_{table}" for table in _NAMES for action in ("change", "view")),
)
_REFERENCE_TABLES = (*_NAMES, "calendarexception")
_OPERATOR = (
    *(
        f"wagtail_pbgdpl.{action}_{table}"
        for table in _REFERENCE_TABLES
        for action in ("add", "change", "delete", "view")
    ),
    "wagtail_pbgdpl.change_portalsettings",
    *_FIGURES,
    *_CHANGES,
    *(
        f"wagtail_pbgdpl.{action}_{table}"
        for table in _SYSTEMS
        for action in ("add", "change", "view")
    ),
    *_ORGANISATION,
    *(
        f"wagtail_pbgdpl.{action}_{table}"
        for table in ("unit", "seat")
        for action in ("add", "change")
    ),
    # Whether messages arrive, for the mail server is the operator's.
    "wagtail_pbgdpl.view_notice",
    "auth.add_user",
    "auth.change_user",
)


@dataclass(frozen=True, slots=True)
class Access:
    """Permissions of a role.

    ``pages``: on the portal's tree; ``collections``: on its images and documents; ``models``:
    everywhere, as ``app_label.codename``.
    """

    pages: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


ACCESS: dict[RoleCode, Access] = {
    RoleCode.CONTACT_OFFICER: Access(pages=("add",), collections=_MEDIA_ADD, models=_OF_ITEMS),
    RoleCode.UNIT_HEAD: Access(pages=("add",), collections=_MEDIA_ADD, models=_OF_ITEMS),
    RoleCode.SECRETARY: Access(
        pages=("add", "change", "lock"),
        collections=_MEDIA_EDIT,
        models=(
            *_PUBLIC_TEXT,
            _DELEGATE,
            *_BOARD,
        ),
    ),
    RoleCode.MEMBER: Access(
        pages=("add", "change"),
        collections=_MEDIA_EDIT,
        models=_BOARD,
    ),
    RoleCode.DEPUTY_CHIEF: Access(
        pages=("add", "change", "lock"),
        collections=_MEDIA_EDIT,
        models=_BOARD,
    ),
    RoleCode.CHIEF: Access(
        pages=("add", "change", "lock", "unlock"),
        collections=_MEDIA_EDIT,
        models=(
            *_PUBLIC_TEXT,
            _DELEGATE,
            *_BOARD,
        ),
    ),
    RoleCode.OPERATOR: Access(models=_OPERATOR),
    # Opens the admin: what was given to the person stands in «What waits for me» (Q9).
    RoleCode.EXPERT: Access(),
}
