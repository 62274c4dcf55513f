"""What the operator hears of linked systems: once of each outage, and of each loss (C13)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..changes.letters import heads
from ..notices.letters import absolute, register
from ..notices.telling import tell
from ..organisation.models import Seat
from ..regulations import RoleCode
from ..worktime import moment
from ..worktime.active import today
from .health import is_down
from .models import ExternalSource, SourceRun

VARIABLES = (
    "source: its name; lost: whether its list lost records; address: that is read; since: when it "
    "began to fail; success: when it was last read, if ever; why: the reason; details: in the "
    "words of the program; link: to the linked system in the admin"
)
DOWN = register(
    "source_down",
    _("linked system down"),
    _("Linked system down: %(source)s"),
    VARIABLES,
    template="source",
)
LOSS = register(
    "source_loss",
    _("linked system lost records"),
    _("Not taken over: %(source)s lost records"),
    VARIABLES,
    template="source",
)


def tell_of_the_down() -> int:
    """Write to the operators of every source that is down; once for each time. Return how many."""
    told, now = 0, timezone.now()
    for source in ExternalSource.objects.filter(is_on=True).exclude(failing_since=None):
        if is_down(source, now):
            told += _tell(DOWN, source, source.runs.first())
    return told


def tell_of_a_loss(source: ExternalSource, run: SourceRun) -> int:
    """Ask the operators whether a list that lost records is right; once until it is well again."""
    return _tell(LOSS, source, run)


def operators() -> list[Any]:
    """Return who holds a seat of the operator today; while nobody does, the Trưởng Ban."""
    seats = Seat.objects.on(today()).filter(role=RoleCode.OPERATOR).select_related("user")
    return [seat.user for seat in seats] or heads()


def _tell(letter: Any, source: ExternalSource, run: SourceRun | None) -> int:
    return tell(
        letter,
        operators(),
        lambda: {
            "source": source.name,
            "lost": letter is LOSS,
            "address": source.address,
            "since": moment(source.failing_since),
            "success": moment(source.succeeded_at),
            "why": run.why if run else "",
            "details": run.details if run else "",
            "link": absolute(reverse("pbgdpl_sources:edit", args=[source.pk])),
        },
        about=source,
        stage=f"{source.failing_since or timezone.now():%Y%m%d%H%M%S}",
    )
