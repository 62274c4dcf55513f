"""Kinds whose steps another role takes where the regulation lacks one, or the unit a person."""

from __future__ import annotations

from collections.abc import Sequence

from ..authority.rules import Step
from ..authority.stand_in import CLASSIFYING, DRAFTING, drafting_step, held_by
from .kinds import Kind, Row
from .lifecycle import Move, State


class StoodIn(Kind):
    """See ``authority.stand_in``: for the secretary the Trưởng Ban, for the officer the head."""

    def step_at(self, matter: Row, state: State) -> Step | None:
        if state.step is None:
            return None
        if state.step == DRAFTING:
            return drafting_step(matter.category, matter.unit_id)
        return held_by(state.step)

    def steps_for(self, move: Move, matter: Row) -> Sequence[Step]:
        return [held_by(step) for step in move.at]


class OfAUnitOrNone(StoodIn):
    """What belongs to no unit is the secretary's to see to."""

    def step_at(self, matter: Row, state: State) -> Step | None:
        if state.step is not None and matter.unit_id is None:
            return held_by(CLASSIFYING)
        return super().step_at(matter, state)

    def steps_for(self, move: Move, matter: Row) -> Sequence[Step]:
        if matter.unit_id is None:
            return [held_by(CLASSIFYING)]
        return super().steps_for(move, matter)
