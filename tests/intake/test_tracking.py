"""Tracking codes: unguessable, and a mistake in reading or typing one is told."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from wagtail_pbgdpl.intake.tracking import (
    ALPHABET,
    LENGTH,
    RANDOM,
    _check_of,
    grouped,
    is_sound,
    new_code,
    plain,
)


def sample() -> list[str]:
    """The same codes in each run, the extremes among them."""
    source = random.Random(20261129)  # noqa: S311
    starts = ["".join(source.choices(ALPHABET, k=RANDOM)) for _number in range(30)]
    starts += [symbol * RANDOM for symbol in ("0", "Z")]
    return [start + _check_of(start) for start in starts]


def test_a_code_holds_75_bits_and_is_new_each_time() -> None:
    codes = {new_code() for _number in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {LENGTH}
    assert all(is_sound(code) for code in codes)
    # Each symbol turns up at each place: nothing of a code is fixed.
    assert all(len({code[at] for code in codes}) == 32 for at in range(LENGTH))


def test_the_alphabet_has_nothing_that_is_read_as_something_else() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ILOU") & set(ALPHABET)


def test_it_is_shown_in_groups_of_four() -> None:
    assert grouped("7K3M0QXA1234ABCD") == "7K3M-0QXA-1234-ABCD"


@pytest.mark.parametrize(
    "typed",
    [
        "7K3M-0QXA-1234-ABCD",
        "7k3m 0qxa 1234 abcd",
        " 7k3m–oqxa—l234.abcd\n",
        "7K3MOQXAI234ABCD",
        "７Ｋ３Ｍ－０ＱＸＡ－１２３４－ＡＢＣＤ",
    ],
)
def test_what_people_type_is_the_code(typed: str) -> None:
    assert plain(typed) == "7K3M0QXA1234ABCD"


def test_every_single_wrong_symbol_is_told() -> None:
    for code in sample():
        for at, right in enumerate(code):
            for wrong in ALPHABET:
                changed = code[:at] + wrong + code[at + 1 :]
                assert is_sound(changed) == (wrong == right), (code, changed)


def test_every_two_symbols_that_changed_places_are_told() -> None:
    """Neighbours, and any other two."""
    for code in sample():
        for first, second in combinations(range(LENGTH), 2):
            symbols = list(code)
            symbols[first], symbols[second] = symbols[second], symbols[first]
            assert is_sound("".join(symbols)) == (code[first] == code[second])


@pytest.mark.parametrize("typed", ["", "7K3M", "U" * LENGTH, "đ" * LENGTH, "٣" * LENGTH, "0" * 17])
def test_what_is_no_code_is_unsound(typed: str) -> None:
    assert not is_sound(typed)


def test_a_code_may_be_typed_in_small_letters() -> None:
    code = sample()[0]
    assert is_sound(grouped(code).lower())
