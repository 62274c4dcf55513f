"""X5, Q7: what tells who somebody is, is pointed out before an answer is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from wagtail_pbgdpl.intake.finders import IdentifierKind, identifiers

DATA = Path(__file__).parent / "data"


def lines(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


PLANTED = [tuple(line.split("\t")) for line in lines("planted.tsv")]
HARMLESS = lines("harmless.txt")


def test_there_are_as_many_as_the_aim_says() -> None:
    """40 of 40, and at most 2 false alarms in 100 texts."""
    assert len(PLANTED) == len({text for _kind, _wanted, text in PLANTED}) == 40
    assert len(HARMLESS) == len(set(HARMLESS)) == 100
    assert {kind for kind, _wanted, _text in PLANTED} == {kind.value for kind in IdentifierKind}


@pytest.mark.parametrize(("kind", "wanted", "text"), PLANTED)
def test_every_planted_one_is_found_whole(kind: str, wanted: str, text: str) -> None:
    (found,) = identifiers(text)
    assert (found.kind, found.text) == (kind, wanted)
    assert text[found.start : found.end] == wanted


def test_there_are_few_false_alarms() -> None:
    alarms = [(text, found) for text in HARMLESS if (found := identifiers(text))]
    assert len(alarms) <= 2, alarms


def test_all_of_a_text_are_found_in_their_order() -> None:
    text = "\n".join(text for _kind, _wanted, text in PLANTED)
    assert [(one.kind, one.text) for one in identifiers(text)] == [
        (kind, wanted) for kind, wanted, _text in PLANTED
    ]
