"""Who makes a step of a unit under the regulation in force, which may lack the role, or today."""

from __future__ import annotations

from ..regulations import BOARD, Action, RoleCode, Workflow
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


def step_of_the_board(category: str) -> Step:
    """Return the step at which the board approves what appears in a category."""
    workflow = _workflow_for(category)
    judging = [
        step
        for step in (workflow.steps if workflow else ())
        if step.role in BOARD and step.action is Action.APPROVE
    ]
    return Step(action=Action.APPROVE, role=judging[-1].role if judging else RoleCode.CHIEF)


def _workflow_for(category: str) -> Workflow | None:
    workflows = list(get_regulation().workflows.values())
    own = [one for one in workflows if category in one.applies_to]
    return next(iter([*own, *workflows]), None)
