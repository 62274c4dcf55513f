"""The life of a matter as a table: the states it can be in, and the moves between them.

Pure: no clock, no database, no setting. A kind has one table; the engine lets nothing happen that
does not stand in it, whatever the way in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from django.utils.translation import gettext_lazy as _

from ..authority.rules import Act, Step
from ..authority.rules import State as Standing
from ..core.text import LazyText


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """``standing``: as what the rules of authority take it. ``step``: whose turn it is, where that
    follows from the state. ``ends``: a matter may stay in it for good. ``stops_the_clock``: it
    waits for the person whom the limit protects."""

    code: str
    label: LazyText
    standing: Standing
    step: Step | None = None
    ends: bool = False
    stops_the_clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What can happen to a matter in one of the states ``start``; it leads to one of ``end``.

    No ``start``: with it a matter begins. No ``end``: it stays in its state; ``may_stay``: it may
    do so. ``label`` is the past participle that the history shows. ``act``: what the rules of
    authority are asked before somebody makes it; none of what comes by time or by a program, which
    is no decision unless it ``decides``.

    ``at``: the steps whose people make it, where those of the state do not, or not they alone.
    ``closes``: the outcome with which the matter is closed. ``heading``, ``button``, ``help_text``
    and ``serious`` are what the page of the matter shows; ``words``: the label of a text that may
    be given with it, or must (``needs_words``); ``grounds``: of the regulation must be named.
    """

    code: str
    label: LazyText
    start: tuple[str, ...]
    end: tuple[str, ...] = ()
    may_stay: bool = False
    act: Act | None = None
    at: tuple[Step, ...] = ()
    decides: bool = False
    closes: str = ""
    heading: LazyText = ""
    button: LazyText = ""
    help_text: LazyText = ""
    serious: bool = False
    words: LazyText = ""
    needs_words: bool = False
    grounds: bool = False

    @property
    def is_decision(self) -> bool:
        """Whether it stands in the journal of decisions, and not in the history of the clock."""
        return self.decides or self.act is not None

    @property
    def steps(self) -> Iterator[tuple[str, str]]:
        """The pairs of a state and the one that it leads to."""
        yield from product(self.start, self.end)
        if self.may_stay or not self.end:
            yield from ((state, state) for state in self.start)


#: What the engine itself enters of every matter.
OF_THE_ENGINE = (
    Move(code="begun", label=_("begun"), start=()),
    Move(code="moved", label=_("time limit moved"), start=()),
)


class Lifecycle:
    """``begins``: the states in which a matter can begin.

    Raises ``ValueError`` for a table with a mistake: a code that stands twice, a move from or to a
    state that there is not, a state that nothing leads to or, unless it ``ends``, leads out of.
    """

    def __init__(
        self, states: Iterable[State], moves: Iterable[Move], *, begins: Iterable[str]
    ) -> None:
        listed, moving = tuple(states), (*moves, *OF_THE_ENGINE)
        self.states = {state.code: state for state in listed}
        self.moves = {move.code: move for move in moving}
        self.begins = tuple(begins)
        if len(self.states) < len(listed) or len(self.moves) < len(moving):
            raise ValueError("a state or a move stands twice in the table")
        self._steps = {step for move in moving for step in move.steps}
        if problems := list(self._problems()):
            raise ValueError("; ".join(problems))

    def leads(self, before: str | None, after: str) -> bool:
        """Whether a matter comes from one state to another; from ``None`` it begins."""
        if before is None:
            return after in self.begins
        return before == after or (before, after) in self._steps

    def moves_from(self, state: str) -> list[Move]:
        """Return the moves of somebody that start in the state, in the order of the table."""
        return [move for move in self.moves.values() if move.act and state in move.start]

    def _problems(self) -> Iterator[str]:
        named = {*self.begins, *(code for step in self._steps for code in step)}
        for code in sorted(named - self.states.keys()):
            yield f"there is no state {code!r}"
        reached = set(self.begins)
        while more := {after for before, after in self._steps if before in reached} - reached:
            reached |= more
        for code in self.begins:
            if code in self.states and self.states[code].stops_the_clock:
                yield f"the clock cannot be stopped in {code!r}, where a matter begins"
        for code in sorted(self.states.keys() - reached):
            yield f"nothing leads to the state {code!r}"
        for code, state in self.states.items():
            if not state.ends and not any(before == code != after for before, after in self._steps):
                yield f"nothing leads out of the state {code!r}"
