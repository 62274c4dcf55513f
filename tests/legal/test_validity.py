"""D1, D2: what the validity of a document follows from, on any day."""

from __future__ import annotations

import datetime

import pytest

from wagtail_pbgdpl.legal.validity import Standing, Validity

DAY = datetime.date(2026, 3, 5)
BEFORE, AFTER = DAY - datetime.timedelta(days=1), DAY + datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("standing", "validity"),
    [
        (Standing(), ""),
        (Standing(effective_on=DAY), "CHL"),
        (Standing(effective_on=AFTER), "CCHL"),
        # What was stated once does not outlive the days.
        (Standing(effective_on=AFTER, stated="CHL"), "CCHL"),
        (Standing(effective_on=DAY, stated="CCHL"), "CHL"),
        (Standing(effective_on=BEFORE, expired_on=DAY, stated="CHL"), "HHL"),
        (Standing(effective_on=BEFORE, expired_on=AFTER), "CHL"),
        (Standing(effective_on=BEFORE, ended_on=DAY), "HHL"),
        (Standing(ended_on=DAY, expired_on=AFTER), "HHL"),
        (Standing(effective_on=BEFORE, partly_on=DAY), "HHL1P"),
        (Standing(effective_on=BEFORE, partly_on=AFTER), "CHL"),
        # What no day says: stated, it holds until the document ends.
        (Standing(effective_on=BEFORE, stated="TNHL"), "TNHL"),
        (Standing(effective_on=AFTER, stated="TNHL1P"), "TNHL1P"),
        (Standing(stated="KCPH", partly_on=BEFORE), "KCPH"),
        (Standing(stated="KCPH", ended_on=BEFORE), "HHL"),
        (Standing(stated="HHL1P"), "HHL1P"),
        (Standing(stated="CHL"), "CHL"),
        (Standing(stated="HHL", effective_on=BEFORE), "HHL"),
    ],
)
def test_on_a_day(standing: Standing, validity: str) -> None:
    assert standing.on(DAY) == validity
    assert validity in {"", *Validity.values}
