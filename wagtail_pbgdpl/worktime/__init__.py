"""The clock of the portal: working days, office hours and the time limits counted in them."""

from .limits import Limit, Unit

__all__ = ["Limit", "Unit"]
