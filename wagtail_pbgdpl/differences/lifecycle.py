"""The life of a difference: our value is mended, or found right; or it disappears by itself.

What is taken over becomes a new version of the document, which goes the way of every item; the
matter waits for it to be published. No clause sets a limit. Clauses: QT24 Điều 5.1a (D2).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..authority.rules import Act
from ..authority.rules import State as Standing
from ..authority.stand_in import ANSWERING, DRAFTING
from ..matters.lifecycle import Lifecycle, Move, State

UNIT = (DRAFTING, ANSWERING)
OPEN = ("differs", "adopting")

DIFFERENCE = Lifecycle(
    [
        State(
            code="differs",
            label=_("waiting for the unit to compare"),
            standing=Standing.SUBMITTED,
            step=DRAFTING,
        ),
        State(
            code="adopting",
            label=_("taken over; waiting for the new version to be published"),
            standing=Standing.DRAFT,
        ),
        State(code="agrees", label=_("no longer differs"), standing=Standing.PUBLISHED, ends=True),
        State(code="disputed", label=_("ours is right"), standing=Standing.PUBLISHED, ends=True),
    ],
    [
        Move(
            code="adopt",
            label=_("taken over into a new version"),
            start=("differs",),
            end=("adopting",),
            act=Act.APPROVE,
            at=UNIT,
            heading=_("Take over what the source says"),
            button=_("Take over"),
            help_text=_(
                "Makes a new version of the document with this value. Then submit it for "
                "moderation; the public sees it once it is published."
            ),
        ),
        Move(
            code="dispute",
            label=_("ours found right"),
            start=("differs",),
            end=("disputed",),
            act=Act.APPROVE,
            at=UNIT,
            heading=_("Ours is right"),
            button=_("Ours is right"),
            help_text=_("It is not asked about again until the source says something else."),
            words=_("Why ours is right"),
            needs_words=True,
            closes="disputed",
        ),
        Move(
            code="says_otherwise",
            label=_("the source says something else now"),
            start=OPEN,
            end=("differs",),
        ),
        # The new version was given up, or edited again.
        Move(
            code="not_adopted",
            label=_("the new version does not have it any more"),
            start=("adopting",),
            end=("differs",),
        ),
        Move(
            code="agrees",
            label=_("no longer differs"),
            start=OPEN,
            end=("agrees",),
            closes="agrees",
        ),
    ],
    begins=("differs",),
)
