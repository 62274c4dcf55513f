"""What the regulation in force says of a question: sort, clock, category, and who answers."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from ..authority.facts import person
from ..authority.rules import Act, Item, State, decide
from ..authority.stand_in import held_by
from ..core.accounts import Visitor
from ..regulations import (
    Answerer,
    DeadlineRule,
    Event,
    Kind,
    Publication,
    QuestionKind,
    QuestionRule,
)
from ..regulations.active import get_regulation
from ..worktime import Limit, Unit
from ..worktime.active import today
from .lifecycle import CLASSIFYING
from .models import Question

#: Code of the rule where the board sets the limit itself (Q11: BP20 Điều 11.3).
SET_BY_THE_BOARD = "board"


def topics_for(kind: str) -> dict[str, QuestionRule]:
    """Return the sorts of what is sent in as ``kind``; all where none is named for it."""
    known = dict(get_regulation().questions)
    own = {code: rule for code, rule in known.items() if not rule.kinds or kind in rule.kinds}
    return own or known


def topic_of(question: Question) -> QuestionRule | None:
    """Return the sort of a question, ``None`` where it is not known yet."""
    topics = topics_for(question.kind)
    if question.topic:
        return get_regulation().questions.get(question.topic)
    return next(iter(topics.values())) if len(topics) == 1 else None


def rule_of(question: Question) -> DeadlineRule | None:
    """Return the rule of its clock.

    Before it is classified, the shortest of those that begin with the receipt: nobody loses a day
    because nobody has looked yet.
    """
    topic = topic_of(question)
    if topic is None:
        return _shortest(question.kind)
    found = get_regulation().deadline_of(topic)
    if found is None and question.days:
        return DeadlineRule(
            code=SET_BY_THE_BOARD,
            name=_("Time limit set by the board"),
            clause=topic.clause,
            inferred=topic.inferred,
            limit=Limit(Unit.WORKING_DAY, question.days),
            starts=Event.FORWARDED,
        )
    return found


def _shortest(kind: str) -> DeadlineRule | None:
    regulation = get_regulation()
    rules = [regulation.deadline_of(topic) for topic in topics_for(kind).values()]
    timed = [rule for rule in rules if rule is not None and rule.starts is Event.RECEIVED]
    return min(timed, key=lambda rule: rule.limit.amount, default=None)


def start_of(question: Question, rule: DeadlineRule | None) -> datetime.datetime | None:
    """Return when its clock began: with the receipt, or when the board forwarded it to the unit."""
    if rule is not None and rule.starts is Event.FORWARDED:
        return question.forwarded_at
    return question.clock_from


def category_for(kind: str, topic: str = "") -> str:
    """Return the code of the category in which it is answered; empty where there is none (C6)."""
    regulation = get_regulation()
    named = regulation.questions.get(topic)
    rules = [named] if named else list(topics_for(kind).values())
    if code := next((rule.category for rule in rules if rule.category), ""):
        return code
    return next((one.code for one in regulation.categories_of_kind(Kind.C6)), "")


def receiving() -> Item:
    """Return what the rules of authority are told of a question that nobody has classified."""
    return Item(
        category=category_for(QuestionKind.QUESTION),
        unit=None,
        state=State.SUBMITTED,
        step=held_by(CLASSIFYING),
    )


def receives(user: Visitor) -> bool:
    """Say whether the user receives, classifies and forwards questions today (Q1)."""
    return bool(decide(person(user), Act.APPROVE, receiving(), today()))


def is_taken(kind: str) -> bool:
    """Whether the regulation in force takes what is sent in as ``kind`` (C6, C20).

    It has a category for it, and a role that receives it: nothing is taken that nobody would see.
    """
    return bool(category_for(kind)) and held_by(CLASSIFYING).role in get_regulation().roles


def is_answered_by_the_board(question: Question) -> bool:
    """Whether the board has the last word (Q6: BP20 Điều 11.5)."""
    topic = topic_of(question)
    return topic is not None and topic.answered_by is Answerer.BOARD


def must_be_published(question: Question) -> bool:
    """Whether the answer has to appear on the portal (Q4: BK21 Điều 12.1c)."""
    topic = topic_of(question)
    return topic is not None and topic.publication is Publication.OBLIGATORY
