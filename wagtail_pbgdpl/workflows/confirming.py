"""What takes a second person before it counts: seats, delegations, changes of logins (R3, R8, R10).

Each function is one transaction and looks everything up anew; of two who confirm at the same
moment one succeeds and the other is told. ``seen`` is what the person looked at, as ``as_shown``
gives it: whoever can still change the row must not do so between reading and confirming.
"""

from __future__ import annotations

import hashlib
import json

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..authority.facts import person
from ..authority.quiet import last_changes, quiet_days
from ..authority.refusals import Refused, explanation_of
from ..authority.rules import BOARD, Answer, Why
from ..changes.actor import acting_user
from ..changes.letters import sits_on_the_board, tell
from ..changes.models import Change
from ..changes.record import enter
from ..changes.seats import entered_by
from ..core.accounts import User
from ..organisation.models import Delegation, Seat
from ..worktime.active import today
from . import passwords


def why_not_delegation(user: User, delegation: Delegation) -> str:
    """Return why ``user`` may not confirm a delegation today; empty where they may."""
    if user != delegation.delegator.user:
        return _("Only the person who delegates confirms a delegation.")
    if not delegation.delegator.holds_on(today()):
        return _("The seat of the person who delegates does not hold today.")
    return _why_quiet(user)


def why_not_seat(user: User, seat: Seat) -> str:
    """Return why ``user`` may not confirm a seat on the board today; empty where they may.

    Another member of the board may who did not enter it. Where there is none, as on a new portal, a
    superuser may.
    """
    if user == seat.user:
        return _("Nobody confirms a seat of their own.")
    others = Seat.objects.on(today()).of_the_board().exclude(user=seat.user)
    if not others.exists():
        if user.is_active and user.is_superuser:
            return ""
        return _("Nobody sits on the board yet: a superuser confirms the first seats.")
    if not _sits(user):
        return _("Only a member of the board whose seat is confirmed and holds today does that.")
    if entered_by(seat, user):
        return _("Whoever entered or changed the seat does not confirm it.")
    return _why_quiet(user)


def why_not_login(user: User, other: User) -> str:
    """Return why ``user`` may not confirm the login of ``other`` today; empty where they may."""
    if user == other:
        return _("Another member of the board confirms how you sign in.")
    if not _sits(user):
        return _("Only a member of the board whose seat is confirmed and holds today does that.")
    return _why_quiet(user)


@transaction.atomic
def confirm_delegation(pk: int, user: User) -> Delegation:
    """Make a delegation valid, in the session of who delegates. Raises ``Refused``."""
    delegation = Delegation.objects.select_related("delegator__user", "delegate__user").get(pk=pk)
    _refuse(why_not_delegation(user, delegation))
    _confirmed(delegation, user)
    return delegation


@transaction.atomic
def confirm_seat(pk: int, user: User, *, seen: str = "") -> Seat:
    """Let a seat on the board give its rights. Raises ``Refused``.

    Where somebody else set the person's password, it opens nothing from now on: the person is sent
    a link to set one.
    """
    seat = Seat.objects.select_for_update().get(pk=pk)
    _refuse(why_not_seat(user, seat))
    if seen and seen != as_shown(seat):
        raise Refused(_("The seat was changed since you opened it. Read it again."))
    if not seat.waits(today()):
        raise Refused(_("This seat was confirmed already, or is over. Nothing was changed."))
    _confirmed(seat, user)
    passwords.replace_if_not_own(seat.user)
    return seat


@transaction.atomic
def confirm_login(other: User, user: User, *, seen: str = "") -> Change:
    """End the wait of a member of the board whose login was changed. Raises ``Refused``."""
    _refuse(why_not_login(user, other))
    # Of two at once the second finds what the first entered.
    type(other)._default_manager.select_for_update().filter(pk=other.pk).values_list("pk").first()
    last = last_changes([other.pk]).first()
    if last is None or last.kind == Change.Kind.CONFIRMED or not _must_wait(other):
        raise Refused(_("Nothing of this person waits for confirmation. Nothing was changed."))
    if seen and seen != str(last.pk):
        raise Refused(_("How this person signs in was changed once more. Read it again."))
    change = enter(Change.Kind.CONFIRMED, other, last.details, person=other, login=True, by=user)
    tell(change, other)
    return change


def confirm_own(*, instance: Delegation, raw: bool = False, **kwargs: object) -> None:
    """Who enters a delegation of their own in their own session has confirmed it."""
    user = acting_user()
    if raw or user is None or instance.pk or instance.confirmed_at is not None:
        return
    if not why_not_delegation(user, instance):
        instance.confirmed_at = timezone.now()


def waiting_delegations(user: User) -> list[Delegation]:
    """Return the delegations that wait for the user; one query."""
    rows = Delegation.objects.unconfirmed(today()).filter(delegator__user=user)
    return list(rows.select_related("delegator__user", "delegate__user", "delegate__unit"))


def waiting_seats(user: User) -> list[Seat]:
    """Return the seats on the board that the user may confirm."""
    rows = Seat.objects.filter(awaits_confirmation=True).not_over(today())
    return [
        seat
        for seat in rows.select_related("user", "unit").order_by("pk")
        if not why_not_seat(user, seat)
    ]


def waiting_logins(user: User) -> list[Change]:
    """Return the last changes of the logins of other members of the board who wait for it."""
    if not _sits(user) or person(user).is_quiet(today()):
        return []
    seats = Seat.objects.on(today()).of_the_board().exclude(user=user)
    quiet = quiet_days(set(seats.values_list("user", flat=True)))
    return list(last_changes(quiet).select_related("person")) if quiet else []


def as_shown(seat: Seat) -> str:
    """Return a digest of what somebody who confirms a seat has read about it."""
    shown = [
        seat.role,
        seat.user_id,
        seat.user.get_username(),
        seat.user.email,
        *map(str, (seat.unit_id, seat.starts_on, seat.ends_on, seat.decided_on)),
        seat.decision_number,
        sorted(seat.categories),
    ]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def _sits(user: User) -> bool:
    return any(post.role in BOARD and post.holds(today()) for post in person(user).posts)


def _must_wait(user: User) -> bool:
    return sits_on_the_board(user) and bool(quiet_days([user.pk]))


def _why_quiet(user: User) -> str:
    until = person(user).quiet_until
    return explanation_of(Answer(why=Why.LOGIN_CHANGED, until=until)) if until else ""


def _refuse(why: str) -> None:
    if why:
        raise Refused(why)


def _confirmed(row: Seat | Delegation, user: User) -> None:
    try:
        row.confirm(by=user)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
