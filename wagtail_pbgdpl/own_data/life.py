"""The life of a request about one's own data (Q7: Luật 91/2025/QH15; Nghị định 356/2025/NĐ-CP)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..authority.rules import Act, Step
from ..authority.rules import State as Standing
from ..authority.stand_in import CLASSIFYING
from ..matters.lifecycle import Lifecycle, Move, State
from ..regulations import Action, RoleCode

BOARD = Step(action=Action.APPROVE, role=RoleCode.CHIEF)
#: Who may erase may also say what becomes of a request.
DECIDING = (CLASSIFYING, BOARD)

DATA_REQUEST = Lifecycle(
    [
        State(
            code="data_asked",
            label=_("waiting for the decision on the personal data"),
            standing=Standing.SUBMITTED,
            step=CLASSIFYING,
        ),
        State(code="data_granted", label=_("granted"), standing=Standing.PUBLISHED, ends=True),
        State(code="data_refused", label=_("refused"), standing=Standing.PUBLISHED, ends=True),
        State(
            code="data_withdrawn",
            label=_("withdrawn by the asker"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
    ],
    [
        Move(
            code="data_grant",
            label=_("request about personal data granted"),
            start=("data_asked",),
            end=("data_granted",),
            act=Act.APPROVE,
            at=DECIDING,
            heading=_("Grant the request"),
            button=_("Grant"),
            help_text=_(
                "A copy can then be downloaded on the page of the asker. Data that are corrected "
                "take the place of the former ones, which are kept nowhere. Erasure cannot be "
                "undone, and a case that is not yet answered ends with it."
            ),
            serious=True,
            closes="granted",
        ),
        Move(
            code="data_refuse",
            label=_("request about personal data refused"),
            start=("data_asked",),
            end=("data_refused",),
            act=Act.RETURN,
            at=DECIDING,
            heading=_("Refuse the request"),
            button=_("Refuse"),
            words=_("Reason, which the asker reads"),
            needs_words=True,
            serious=True,
            closes="refused",
        ),
        Move(
            code="data_withdrew",
            label=_("request about personal data withdrawn by the asker"),
            start=("data_asked",),
            end=("data_withdrawn",),
            closes="withdrawn",
        ),
    ],
    begins=("data_asked",),
)
