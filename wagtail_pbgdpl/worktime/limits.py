"""What a time limit can be: an amount and the unit in which a regulation counts it."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace


class Unit(enum.StrEnum):
    """The units that the regulations use."""

    IMMEDIATE = "immediate"
    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    OFFICE_HOUR = "office_hour"
    NEXT_MONTH_DAY = "day_of_next_month"
    NEXT_QUARTER_DAY = "day_of_next_quarter"
    NEXT_MONTH_WEEK = "week_of_next_month"


# A profile that says more has a typing error.
_MOST_OF_ANY = 10_000
_MOST = {Unit.NEXT_MONTH_DAY: 31, Unit.NEXT_QUARTER_DAY: 92, Unit.NEXT_MONTH_WEEK: 5}


def most_of(unit: Unit) -> int:
    """Return the greatest amount that a limit in ``unit`` can have."""
    return _MOST.get(unit, _MOST_OF_ANY)


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit, for example ``Limit(Unit.WORKING_DAY, 15)``.

    ``amount`` is counted in ``unit``. It is 0 for ``IMMEDIATE`` («at once», which is measured but
    has no fixed number: BK21 Điều 10.6, Điều 12.1a) and at least 1 for every other unit; a day of
    a month is at most 31, a day of a quarter 92, a week of a month 5, anything else 10,000.
    ``ends_on_working_day``: a limit in days whose last day is not worked ends with the next working
    day, as Bộ luật Dân sự 2015 Điều 148.5 has it where nothing else is laid down.
    Raises ``ValueError`` for a unit that does not exist or an amount that does not fit the unit.
    """

    unit: Unit
    amount: int = 0
    ends_on_working_day: bool = True

    def __post_init__(self) -> None:
        # A TOML profile gives the unit as a plain string.
        object.__setattr__(self, "unit", Unit(self.unit))
        if isinstance(self.amount, bool) or not isinstance(self.amount, int):
            raise ValueError(f"the amount of a limit must be a whole number, not {self.amount!r}")
        if self.unit is Unit.IMMEDIATE:
            if self.amount != 0:
                raise ValueError(f"an immediate limit has the amount 0, not {self.amount}")
        elif self.amount < 1:
            raise ValueError(
                f"a limit in the unit {self.unit.value!r} needs an amount of at least 1, "
                f"not {self.amount}"
            )
        elif self.amount > (most := most_of(self.unit)):
            raise ValueError(
                f"a limit in the unit {self.unit.value!r} has an amount of at most {most}, "
                f"not {self.amount}"
            )

    def extended(self, days: int) -> Limit:
        """Return the limit with more working days; 0: as it is.

        Raises ``TypeError`` for a limit in another unit, ``ValueError`` for less than none.
        """
        if days < 0:
            raise ValueError(f"a limit is not extended by {days} days")
        if not days:
            return self
        if self.unit is not Unit.WORKING_DAY:
            raise TypeError(f"a limit in the unit {self.unit.value!r} is not extended")
        return replace(self, amount=self.amount + days)
