"""Who hears of a change of somebody's access: the person, and the Trưởng Ban (R10, R12)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..notices import outbox
from ..notices.letters import absolute, register
from ..notices.telling import drafts
from ..organisation.models import Seat
from ..regulations import RoleCode
from ..worktime import moment
from ..worktime.active import today
from .models import Change

SORT = "change"
LABEL = gettext_lazy("change of access, or of what shows at once")
VARIABLES = (
    "change: the row of the journal (person_name, title, details); kind: of change; person: whose "
    "access it is; mine: whether that is who is written to; moment: of the change; by: whom; "
    "waits: what is still missing, if anything; link: to where that is done, if anywhere"
)

OWN = register(
    "access",
    LABEL,
    gettext_lazy("Your access to the portal has changed: %(kind)s"),
    VARIABLES,
    sort=SORT,
    regardless=True,
)
OF_ANOTHER = register(
    "access_of_another",
    LABEL,
    gettext_lazy("The access of %(person)s has changed: %(kind)s"),
    VARIABLES,
    template="access",
    sort=SORT,
)


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
    own = partial(_variables, change, mine=True, waits=waits, link=link)
    letters = []
    for person in told.values():
        known = addresses if person == people[0] else ()
        for number, address in enumerate(_distinct([*known] or [person.email])):
            letters += drafts(OWN, [person], own, about=change, stage=number, address=address)
    if change.by_id not in told or any(map(sits_on_the_board, told.values())):
        others = [head for head in heads() if head.pk not in told]
        letters += drafts(OF_ANOTHER, others, partial(own, mine=False), about=change)
    outbox.put(letters)


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


def _variables(change: Change, *, mine: bool, waits: str, link: str) -> dict[str, Any]:
    return {
        "change": change,
        "kind": change.get_kind_display(),
        "person": change.person_name,
        "mine": mine,
        "moment": moment(change.at),
        "by": change.by_name or _("a program on the server"),
        "waits": waits,
        "link": absolute(link) if link else "",
    }
