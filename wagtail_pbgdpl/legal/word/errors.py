"""Why a file is not read."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    PDF = "pdf"
    #: The format of Word before 2007.
    OLD_WORD = "old_word"
    RTF = "rtf"
    #: Behind a password.
    LOCKED = "locked"
    OTHER = "other"
    DAMAGED = "damaged"
    EMPTY = "empty"
    #: Larger than any document is; also when unpacked.
    LARGE = "large"
    #: It takes longer to read than any document does.
    SLOW = "slow"


class WordError(ValueError):
    """A file cannot be read as a Word document; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
