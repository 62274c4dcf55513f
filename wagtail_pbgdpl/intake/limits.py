"""How much may come in an hour: from one address, and in all.

An address is kept as a mark alone, a digest under a key that is another one each day: whoever has
the table knows of no address who it was, and of no mark whether it came yesterday too. Behind one
address there may be a whole office or a village. So the limit of an address is wide where the
browser did the sum of the captcha, which costs a machine that sends much a lot; it is narrow only
where it did not. Of an address that is not known the limit in all is asked alone.

The counts hold no lock. At the same moment a few more may pass than the number says.
"""

from __future__ import annotations

import datetime

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from ..conf import settings
from ..worktime import VIETNAM
from .addresses import UNKNOWN, address_of
from .models import MARK_LENGTH, HeldUpload, Sending

HOUR = datetime.timedelta(hours=1)
_SALT = "wagtail_pbgdpl.intake.address"


def mark_of(request: HttpRequest, now: datetime.datetime) -> str:
    """Return the mark of where somebody asks from, of that day (Asia/Ho_Chi_Minh)."""
    address = address_of(request)
    return "" if address == UNKNOWN else mark_of_text(address, now)


def mark_of_text(address: str, now: datetime.datetime) -> str:
    """Return the mark of an address of any sort, such as an e-mail address, of that day."""
    day = now.astimezone(VIETNAM).date()
    digest = salted_hmac(_SALT, f"{day:%Y%m%d} {address}", algorithm="sha256").hexdigest()
    return digest[:MARK_LENGTH]


def may_send(mark: str, solved: bool, now: datetime.datetime, purpose: str = "") -> bool:
    """Whether one more sending is within the limits; ``solved``: with the captcha's sum.

    ``purpose``: of the form, where sendings of that form alone count.
    """
    recent = Sending.objects.filter(at__gt=now - HOUR)
    if purpose:
        recent = recent.filter(purpose=purpose)
    if not solved:
        recent = recent.filter(solved=False)
    of_address, in_all = _most(solved)
    if mark and recent.filter(mark=mark).count() >= of_address:
        return False
    return bool(recent.count() < in_all)


def may_hold(mark: str, solved: bool, files: int) -> bool:
    """Whether so many more files may wait for their forms: as many as all sendings may bring."""
    waiting = HeldUpload.objects.all()
    of_address, in_all = (settings.INTAKE_FILES * most for most in _most(solved))
    if mark and waiting.filter(mark=mark).count() + files > of_address:
        return False
    return bool(waiting.count() + files <= in_all)


def _most(solved: bool) -> tuple[int, int]:
    """Return how many sendings an hour may come from one address, and in all."""
    if solved:
        return settings.INTAKE_PER_ADDRESS, settings.INTAKE_IN_ALL
    return settings.INTAKE_PER_ADDRESS_UNSOLVED, settings.INTAKE_IN_ALL_UNSOLVED
