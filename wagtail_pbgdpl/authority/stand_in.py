"""Who makes a step of a unit under the regulation in force, which may lack the role, or today."""

from __future__ import annotations

from ..regulations import Action, RoleCode
from ..regulations.active import get_regulation
from .candidates import candidates
from .rules import Item, State, Step

# Who stands in for a role that the regulation does not have.
STAND_IN = {
    RoleCode.SECRETARY: RoleCode.CHIEF,
    RoleCode.UNIT_HEAD: RoleCode.CHIEF,
    RoleCode.CONTACT_OFFICER: RoleCode.UNIT_HEAD,
}

CLASSIFYING = Step(action=Action.COLLECT_EDIT, role=RoleCode.SECRETARY)
DRAFTING = Step(action=Action.COLLECT_EDIT, role=RoleCode.CONTACT_OFFICER)
ANSWERING = Step(action=Action.UNIT_APPROVE, role=RoleCode.UNIT_HEAD)


def held_by(step: Step) -> Step:
    """Return a step with who makes it under the regulation in force."""
    roles, role = get_regulation().roles, step.role
    while role not in roles and role in STAND_IN:
        role = STAND_IN[role]
    return Step(action=step.action, role=role)


def drafting_step(category: str, unit: int | None) -> Step:
    """Return the step of who drafts in the unit today: its head, for want of an officer."""
    drafting = held_by(DRAFTING)
    item = Item(category=category, unit=unit, state=State.SUBMITTED, step=drafting)
    return drafting if candidates(item) else held_by(ANSWERING)
