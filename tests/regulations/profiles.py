"""What the tests of profiles share: a smallest profile and a way to write one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wagtail_pbgdpl.regulations import Problem, RegulationError, load

SMALL = """\
schema = 1

[document]
title = "Quy chế thử"

[portal]
name = "Cổng thử"
clause = "Điều 1"

[categories.tin]
kind = "C2"
name = "Tin tức"
clause = "Điều 2"

[deadlines.D1]
name = "Đăng tin"
unit = "working_day"
amount = 3
starts = "held"
applies_to = ["tin"]
clause = "Điều 3"

[roles.chief]
name = "Trưởng Ban"
scope = "portal"
clause = "Điều 4"
"""

Write = Callable[..., Path]


def problems_of(path: Path) -> list[Problem]:
    """Return the problems of a profile, or an empty list where it is good."""
    try:
        load(path)
    except RegulationError as error:
        return error.problems
    return []
