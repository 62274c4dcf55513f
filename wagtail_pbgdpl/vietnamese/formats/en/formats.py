"""What editors who read English type: the day comes first there too, as the fields show it.

English alone would read 03/04/2026, which a field shows for the third of April, as the fourth of
March.
"""

from ..vi.formats import DATE_INPUT_FORMATS, DATETIME_INPUT_FORMATS, TIME_INPUT_FORMATS

__all__ = ["DATETIME_INPUT_FORMATS", "DATE_INPUT_FORMATS", "TIME_INPUT_FORMATS"]
