"""Why there is no text of a file, and how much is read of one."""

from __future__ import annotations

from enum import StrEnum

MEGABYTE = 1024 * 1024
#: Larger files are not opened.
MOST_BYTES = 30 * MEGABYTE
#: Of a longer file the beginning is read.
MOST_PAGES = 400
MOST_SIGNS = 200_000
#: Of the processor, and of the clock: a busy machine is given more.
MOST_SECONDS, MOST_WAITED = 20, 60
MOST_MEMORY = 768 * MEGABYTE


class Fault(StrEnum):
    #: Behind a password.
    LOCKED = "locked"
    DAMAGED = "damaged"
    LARGE = "large"
    #: It takes longer to read, or more memory, than any document does.
    SLOW = "slow"
    #: Pictures of pages, as a scanner makes them.
    NO_TEXT = "no_text"
    #: What reads such files is not installed, or the file is gone.
    UNREAD = "unread"
