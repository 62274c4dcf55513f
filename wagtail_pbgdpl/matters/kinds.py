"""Kinds of matters: what the engine has to know of what a matter is about, one small class each.

An app registers its kinds in ``AppConfig.ready``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple, Protocol

from django.forms import Field
from django.urls import reverse

from ..authority.rules import Item, Step
from ..authority.rules import State as Standing
from ..core.accounts import User
from ..core.text import LazyText
from ..regulations import Action, DeadlineRule, RoleCode
from . import clock
from .lifecycle import Lifecycle, Move
from .lifecycle import State as StateOfLife


class Row(Protocol):
    """Of a matter what a kind looks at."""

    pk: int
    kind: str
    subject: int | None
    state: str
    category: str
    rule: str
    unit_id: int | None
    action: str
    role: str
    writers: list[int] | None
    holder_id: int | None
    started_on: datetime.date | None
    started_at: datetime.datetime | None


class Told(Protocol):
    """Of an event what a kind looks at."""

    move: str

    @property
    def detail(self) -> Mapping[str, object]: ...


class Done(Protocol):
    """Of a move that somebody makes what a kind looks at.

    ``state`` is where it leads, and ``outcome`` that with which the matter is closed, if it is: an
    effect may choose both. ``values``: what was said in the fields of the kind, cleaned.
    """

    move: Move
    state: str
    outcome: str
    text: str

    @property
    def matter(self) -> Row: ...

    @property
    def user(self) -> User | None: ...

    @property
    def values(self) -> Mapping[str, object]: ...


class Offer(NamedTuple):
    """Where the page of a matter leads beside its moves; ``by_post``: it makes something there.

    ``says``: what comes of it, or how it stands.
    """

    label: LazyText
    address: str
    by_post: bool = False
    says: LazyText = ""


class Reply(NamedTuple):
    """What comes of a reply by e-mail to a letter: the code of who takes it, and words on it."""

    code: str
    says: LazyText


class Kind:
    """``code`` is kept with each matter; ``name`` is what people read, lazily translated.

    ``is_clocked``: the regulation sets its matters a limit, of which people are reminded.
    ``tells_each_move``: each is a letter of its own; of what comes by the hundred the reminders
    speak, and the lists.
    """

    code: ClassVar[str]
    name: ClassVar[object]
    lifecycle: ClassVar[Lifecycle]
    is_clocked: ClassVar[bool] = True
    tells_each_move: ClassVar[bool] = True

    def address(self, matter: Row) -> str:
        """Return the path of the admin where the matter is decided on."""
        return reverse("pbgdpl_matter", args=[matter.pk])

    def work_address(self, matter: Row) -> str:
        """Return the path where what is due is done; of it people are reminded."""
        return self.address(matter)

    def rule_of(self, matter: Row) -> DeadlineRule | None:
        """Return the rule that its clock goes by; by default that of its category.

        Asked anew after each change of regulation or calendar, and never of what is closed.
        """
        return clock.rule_of(matter.category, matter.rule)

    def details(self, matter: Row) -> Sequence[tuple[object, object]]:
        """Return what the page of a matter shows of its subject: labels and values."""
        return ()

    def offers(self, matter: Row, user: User) -> Sequence[Offer]:
        """Return where the page of a matter leads ``user`` beside its moves."""
        return ()

    def reply(self, matter: Row) -> Reply | None:
        """Return what comes of a reply to the letter of whose turn it is; ``None``: nothing."""
        return None

    def fits(self, move: Move, matter: Row) -> bool:
        """Say whether a move that the table knows makes sense for what the matter is about."""
        return True

    def step_at(self, matter: Row, state: StateOfLife) -> Step | None:
        """Return whose turn it is in the state, to which ``matter`` comes."""
        return state.step

    def steps_for(self, move: Move, matter: Row) -> Sequence[Step]:
        """Return the steps whose people make the move; none: those of the state."""
        return move.at

    def fields(self, move: Move, matter: Row, user: User) -> Mapping[str, Field]:
        """Return what the form of a move asks for beside words and grounds, by name.

        What is said there reaches the deed as ``values``.
        """
        return {}

    def filled(self, move: Move, matter: Row, said: Mapping[str, object]) -> Mapping[str, object]:
        """Return what the form of a move holds once something was put into it, by its button
        «fill»; ``said``: what stands in it, by name. Nothing is done by that."""
        return said

    def check(self, deed: Done) -> None:
        """Raises ``ValidationError`` where what was said does not do; nothing has happened yet."""

    def detail(self, deed: Done) -> dict[str, object]:
        """Return what the event keeps of a move beside the words: what JSON can hold, for ever."""
        return {}

    def story(self, event: Told) -> str:
        """Say in the active language what the detail of an event of a move holds."""
        return ""

    def effect(self, deed: Done) -> None:
        """Do what else a move brings, in its transaction, before the matter is saved.

        Raises ``ValidationError`` where something is missing; then nothing has happened.
        """

    def afterwards(self, deed: Done) -> None:
        """Do what follows once the matter is saved, in the same transaction: letters, others."""

    def standing_of(self, matter: Row) -> tuple[Standing, Step | None]:
        """Return as what the rules of authority take the matter, and at which step it is."""
        standing = self.lifecycle.states[matter.state].standing
        if standing is not Standing.SUBMITTED or not matter.action:
            # A task of the site's own is no step of the regulation.
            return standing, None
        return standing, Step(action=Action(matter.action), role=RoleCode(matter.role))

    def item_of(self, matter: Row) -> Item:
        """Return what the rules of authority are told of it."""
        standing, step = self.standing_of(matter)
        return Item(
            category=matter.category,
            unit=matter.unit_id,
            state=standing,
            step=step,
            writers=frozenset(matter.writers or ()),
            holder=matter.holder_id,
        )


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let the engine know a kind.

    Raises ``ValueError`` for another of the same code, and where a state or a move means to the
    rules of authority something else than that of the same code in another kind: lists of all
    kinds go by the code.
    """
    if (there := _kinds.get(kind.code)) is not None:
        if type(there) is type(kind):
            # ``ready`` may run again.
            return
        raise ValueError(f"there is a kind {kind.code!r} already")
    known = {code: meant for one in kinds() for code, meant in _meanings(one)}
    for code, meant in _meanings(kind):
        if known.get(code, meant) != meant:
            raise ValueError(f"{kind.code}: {code[1]!r} means something else in another kind")
    _kinds[kind.code] = kind


def kind_of(matter: Row) -> Kind:
    """Return the kind of a matter. Raises ``LookupError`` where its app is gone."""
    return _kinds[matter.kind]


def kind_named(code: str) -> Kind:
    """Return the kind with this code. Raises ``LookupError`` where its app is gone."""
    return _kinds[code]


def kinds() -> list[Kind]:
    """Return all kinds, in the order in which they were registered."""
    return list(_kinds.values())


def with_a_clock() -> list[str]:
    """Return the codes of the kinds that the regulation clocks."""
    return [kind.code for kind in kinds() if kind.is_clocked]


def decisions() -> list[str]:
    """Return the codes of the moves that stand in the journal of decisions."""
    return sorted({move.code for one in kinds() for move in _moves(one) if move.is_decision})


def decision_labels() -> list[tuple[str, str]]:
    """Return the same with what people read, as choices, in the order of the tables."""
    moves = (move for kind in kinds() for move in _moves(kind) if move.is_decision)
    return list({move.code: (move.code, str(move.label)) for move in moves}.values())


def states_that_stand(*standings: Standing) -> list[str]:
    """Return the codes of the states that the rules of authority take as one of these."""
    states = (state for one in kinds() for state in one.lifecycle.states.values())
    return sorted({state.code for state in states if state.standing in standings})


def _moves(kind: Kind) -> Iterable[Move]:
    return kind.lifecycle.moves.values()


def _meanings(kind: Kind) -> Iterator[tuple[tuple[str, str], object]]:
    for state in kind.lifecycle.states.values():
        yield ("state", state.code), state.standing
    for move in _moves(kind):
        yield ("move", move.code), move.is_decision
