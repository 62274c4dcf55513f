"""Who hears of a change of somebody's access: the person, and the Trưởng Ban (R10, R12)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_admin_base_url

from ..core.history import name_of
from ..notices import outbox
from ..organisation.models import Seat
from ..regulations import RoleCode
from ..regulations.active import get_regulation
from ..reports import moment
from ..worktime.active import today
from .models import Change

TEMPLATE = "wagtail_pbgdpl/mail/access.txt"


def tell(
    change: Change,
    *people: Any,
    addresses: Iterable[str] = (),
    waits: str = "",
    link: str = "",
) -> None:
    """Tell the people whom the change concerns, and the Trưởng Ban.

    People hear of it even where their accounts are switched off. ``addresses`` are those of the
    first of them, before and after. ``waits`` says what is still missing, ``link`` (a path) leads
    to where it can be done. The Trưởng Ban does not hear of what people who have no seat on the
    board changed themselves.
    """
    told = {person.pk: person for person in people}
    with translation.override(settings.LANGUAGE_CODE):
        for person in told.values():
            own = addresses if person == people[0] else ()
            for number, address in enumerate(_distinct([*own] or [person.email])):
                outbox.put(
                    f"change:{change.pk}:{person.pk}:{number}",
                    person,
                    *_written(change, person, mine=True, waits=waits, link=link),
                    address=address,
                    regardless=True,
                )
        if change.by_id in told and not any(map(sits_on_the_board, told.values())):
            return
        for head in heads():
            if head.pk not in told:
                outbox.put(
                    f"change:{change.pk}:{head.pk}",
                    head,
                    *_written(change, head, mine=False, waits=waits, link=link),
                )


def heads() -> list[Any]:
    """Return who holds the seat of the Trưởng Ban today; while nobody does, the whole board."""
    seats = Seat.objects.on(today()).of_the_board().select_related("user")
    board = {seat.user_id: seat for seat in seats}
    chiefs = {seat.user_id: seat for seat in seats if seat.role == RoleCode.CHIEF}
    return [seat.user for seat in (chiefs or board).values()]


def sits_on_the_board(user: Any) -> bool:
    """Whether somebody holds a seat on the board, will hold one, or waits to be confirmed."""
    return bool(Seat.objects.filter(user=user.pk).of_the_board().not_over(today()).exists())


def _distinct(addresses: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, addresses)))


def _written(change: Change, to: Any, *, mine: bool, waits: str, link: str) -> tuple[str, str]:
    """Return subject and text."""
    kind = change.get_kind_display()
    if mine:
        subject = _("Your access to the portal has changed: %(kind)s") % {"kind": kind}
    else:
        subject = _("The access of %(name)s has changed: %(kind)s") % {
            "name": change.person_name,
            "kind": kind,
        }
    text = render_to_string(
        TEMPLATE,
        {
            "name": name_of(to),
            "mine": mine,
            "change": change,
            "kind": kind,
            "moment": moment(change.at),
            "by": change.by_name or _("a program on the server"),
            "waits": waits,
            "link": f"{(get_admin_base_url() or '').rstrip('/')}{link}" if link else "",
            "portal": get_regulation().portal.name,
        },
    )
    return subject, text
