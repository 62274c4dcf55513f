"""What of the organisation moves with a portal: units, who succeeded them, seats, delegations."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from ..core.accounts import user_model
from ..core.portable import Portable, Same, register, stays
from .models import Delegation, RoleGroup, Seat, Unit, UnitSuccession


def register_all() -> None:
    register(
        Portable(kind="unit", model=lambda: Unit, key=("code",), same=Same.PERHAPS),
        Portable(
            kind="unit_succession", model=lambda: UnitSuccession, key=("predecessor", "successor")
        ),
        Portable(
            kind="account",
            model=user_model,
            key=("username",),
            same=Same.PERHAPS,
            only=frozenset({"first_name", "last_name"}),
            used_only=True,
            # Who comes along names an author: nobody signs in, and no right follows.
            made=lambda _row: {"is_active": False, "password": make_password(None)},
        ),
        Portable(kind="seat", model=lambda: Seat),
        Portable(kind="delegation", model=lambda: Delegation),
    )
    stays(_("made by the set-up of each portal"), RoleGroup)
