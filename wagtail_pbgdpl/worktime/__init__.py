"""The clock of the portal: working days, office hours and the time limits counted in them."""

from .calendar import VIETNAM, Calendar, Day, DayKind
from .deadline import Pause, due, office_time_between, working_days_between
from .limits import Limit, Unit
from .wording import moment

__all__ = [
    "VIETNAM",
    "Calendar",
    "Day",
    "DayKind",
    "Limit",
    "Pause",
    "Unit",
    "due",
    "moment",
    "office_time_between",
    "working_days_between",
]
