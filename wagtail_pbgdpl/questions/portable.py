"""What of questions moves with a portal; who asked and what they wrote, with a wish alone (Q7)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from ..core.portable import Portable, register, register_subject, stays
from ..intake.tracking import new_code
from ..matters.models import Event
from .desk_models import AnswerText, SavedView
from .kinds import KINDS
from .models import (
    PARTS,
    Batch,
    Clarification,
    FormerRating,
    Part,
    Question,
    QuestionFile,
)
from .tally_models import Recount, Tally


def register_all() -> None:
    register(
        Portable(kind="batch", model=lambda: Batch, secret=frozenset({"why"})),
        Portable(
            kind="question",
            model=lambda: Question,
            # Whoever knows the code acts as the asker.
            secret=frozenset({"code"}),
            without=frozenset({"tries", "locked_until"}),
            changed_since=lambda since: Q(pk__in=_told_since(since)),
            made=lambda _row: {"code": new_code()},
            reserve=_above_the_numbers,
        ),
        _of_a_question("clarification", Clarification),
        _of_a_question("former_rating", FormerRating),
        _of_a_question("part", Part, secret=frozenset({"asked", "text"})),
        _of_a_question("question_file", QuestionFile, of_persons=True),
        Portable(kind="answer_text", model=lambda: AnswerText),
    )
    for code in KINDS:
        register_subject(code, "question")
    for code in PARTS:
        register_subject(code, "part")
    stays(_("counted anew by each portal"), Tally, Recount)
    stays(_("kept by officials for themselves"), SavedView)


def _of_a_question(kind: str, model: type[Model], **others: Any) -> Portable:
    return Portable(
        kind=kind,
        model=lambda: model,
        changed_since=lambda since: Q(question__in=_told_since(since)),
        **others,
    )


def _told_since(since: datetime.datetime) -> Any:
    """Return the keys of the questions of which something is told since then."""
    rows = Event.objects.filter(at__gte=since, matter__kind__in=list(KINDS))
    return rows.order_by().values("subject")


def _above_the_numbers(records: Iterable[Mapping[str, Any]]) -> int:
    """A new question is called by its primary key: no later one may be called as one that comes."""
    found = (re.search(r"(\d{1,15})$", str(one.get("number") or "")) for one in records)
    return max((int(one[1]) for one in found if one), default=0)
