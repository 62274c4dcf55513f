"""What somebody without an account sends in and can ask after: a number, and a tracking code."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .sender import Sender
from .tokens import STATUS


class Tracked(Sender):
    """``tries``: how often somebody who had the code did not know who sent it; see ``opening``.

    ``opens``: the name of the address where it stands, for who was let in, with a token of
    ``purpose``. ``is_open_to_its_code``: where no way to reach the person was given and no name,
    the code alone lets in.
    """

    number = models.CharField(_("number"), max_length=40, unique=True, editable=False)
    code = models.CharField(_("tracking code"), max_length=20, unique=True, editable=False)
    tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0, editable=False)
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True, editable=False)

    opens: ClassVar[str] = ""
    purpose: ClassVar[str] = STATUS
    is_open_to_its_code: ClassVar[bool] = False

    not_personal: ClassVar[tuple[str, ...]] = ("number", "code", "tries", "locked_until")

    #: Requests about the person's own data, of the room ``own_data``.
    data_requests: models.QuerySet[Any]

    class Meta:
        abstract = True

    def open_data_requests(self) -> models.QuerySet[Any]:
        """Return what the person wants done with their own data and nobody has decided on yet."""
        return self.data_requests.filter(decided_at=None)
