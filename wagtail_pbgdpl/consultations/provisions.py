"""From the body of a draft to what can be commented: articles, clauses, points, and questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..blocks.outline import positions
from ..legal.anchors import read_clauses

#: An article, a clause, a point or a question: anchor, label as the law is cited, text.
Provision = list[str]


QUESTION = "cau-hoi-"


def is_question(anchor: str) -> bool:
    return anchor.startswith(QUESTION)


def provisions(
    body: Any, questions: Iterable[str] = (), of_dialogue: bool = False
) -> list[Provision]:
    """Return what can be commented, in the order of the page.

    Labels are Vietnamese, as the law is cited: «điểm a khoản 2 Điều 5». What a draft asks of the
    public are the topics of a dialogue.
    """
    name = "Chủ đề" if of_dialogue else "Câu hỏi"
    asked = [
        [f"{QUESTION}{number}", f"{name} {number}", text]
        for number, text in enumerate(questions, start=1)
    ]
    return [*asked, *_of_articles(body)]


def questions_in(text: str) -> list[str]:
    """Return the questions of a field that holds one in each line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _of_articles(body: Any) -> Iterator[Provision]:
    places = positions(body) if body else {}
    for index, entry in places.items():
        child = body[index]
        if child.block_type != "legal_article":
            continue
        value = child.value
        pairs = [(one["number"] or "", one["text"] or "") for one in value["clauses"]]
        clauses = read_clauses(pairs, entry.anchor)
        lead = [line for line in (value.get("lead") or "").splitlines() if line.strip()]
        whole = [f"{entry.label}. {entry.title}".strip(), *lead]
        below = [one for clause in clauses for one in _of_a_clause(clause, entry.label)]
        told = [text for clause in clauses for text in _lines(clause)]
        yield [entry.anchor, entry.label, "\n".join([*whole, *told])]
        yield from below


def _lines(clause: Any) -> list[str]:
    begin = f"{clause.number}. " if clause.number else ""
    lines = ["\n".join(clause.paragraphs)] if clause.paragraphs or begin else []
    lines = [begin + line for line in lines]
    return [*lines, *(_point(point) for point in clause.points)]


def _point(point: Any) -> str:
    return f"{point.letter}) " + "\n".join(point.paragraphs)


def _of_a_clause(clause: Any, article: str) -> Iterator[Provision]:
    place = article
    if clause.anchor:
        place = f"khoản {clause.number} {article}"
        yield [clause.anchor, place, "\n".join(_lines(clause))]
    for point in clause.points:
        yield [point.anchor, f"điểm {point.letter} {place}", _point(point)]
