"""How django-axes counts for the portal (X1).

Needs axes, as ``refusal`` does: its settings alone name the two.
"""

from __future__ import annotations

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_failure_limit
from django.db.models import Sum
from django.http import HttpRequest

from ..conf import settings
from .limits import UNKNOWN, is_known


class Handler(AxesDatabaseHandler):
    """Has a second limit, for a user name from everywhere; for ``AXES_HANDLER``.

    ``AXES_LOCKOUT_PARAMETERS`` must be ``[["username", "ip_address"], "username"]``.
    """

    def get_failures(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """Return how many wrong passwords count against ``AXES_FAILURE_LIMIT``.

        Those of a place count one each, those from everywhere less, as the limit for a user name
        is higher. In a browser that is known, all were typed by who has that browser. While an
        address is unknown, the first limit would lock a person out by anybody's five attempts.
        """
        here, everywhere = (
            attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
            for attempts in self.get_user_attempts(request, credentials)
        )
        if is_known(request, credentials):
            return everywhere
        limit = get_failure_limit(request, credentials)
        scaled = everywhere * limit // max(settings.LOGIN_FAILURES_OF_A_NAME, limit)
        return scaled if request.axes_ip_address == UNKNOWN else max(here, scaled)

    def reset_user_attempts(
        self, request: HttpRequest, credentials: dict[str, Any] | None = None
    ) -> int:
        """Forget those of this place alone after a log-in; others may still be guessing."""
        return int(self.filter_user_attempts(request, credentials)[0].delete()[0])
