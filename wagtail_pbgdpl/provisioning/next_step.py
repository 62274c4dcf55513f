"""What is left to do by hand once the portal is built: nothing is published without people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..authority.candidates import holders
from ..organisation.models import Unit
from ..regulations import Action, Regulation


def next_steps(regulation: Regulation) -> list[str]:
    """Return a sentence for each thing without which nobody can publish today (R1, R8)."""
    found = []
    if not Unit.objects.exists():
        found.append(_("Next: enter the units in the admin, under Editorial board › Units."))
    usual = next(iter(regulation.workflows.values()), None)
    roles = dict.fromkeys(
        step.role
        for step in (usual.steps if usual else ())
        if step.action is not Action.SUBMIT and not step.optional
    )
    if vacant := [regulation.roles[role].name for role in roles if not holders([role]).exists()]:
        found.append(
            _(
                "Next: give seats, under Editorial board › Seats. Until then nothing passes every "
                "step and is published; nobody holds: %(roles)s."
            )
            % {"roles": ", ".join(vacant)}
        )
    return found
