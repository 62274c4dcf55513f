"""The life of a review: the unit looks at the item, its head decides.

An amended item goes the way of every item, and so does taking down; either closes the review.
Clauses: BP20 Điều 13.3; BK21 Điều 11.2, 21.3 (R6, R16, Q12).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..authority.rules import Act
from ..authority.rules import State as Standing
from ..authority.stand_in import ANSWERING, DRAFTING
from ..matters.lifecycle import Lifecycle, Move, State

OPEN = ("review_due", "review_proposed")

REVIEW = Lifecycle(
    [
        State(
            code="review_due",
            label=_("waiting for the unit to look at the item again"),
            standing=Standing.SUBMITTED,
            step=DRAFTING,
        ),
        State(
            code="review_proposed",
            label=_("waiting for the head of the unit to decide on the item"),
            standing=Standing.SUBMITTED,
            step=ANSWERING,
        ),
        State(code="still_right", label=_("still right"), standing=Standing.PUBLISHED, ends=True),
        State(code="amended", label=_("amended"), standing=Standing.PUBLISHED, ends=True),
        State(
            code="answer_withdrawn",
            label=_("no longer public"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
    ],
    [
        Move(
            code="review_propose",
            label=_("looked at; the head of the unit is asked to decide"),
            start=("review_due",),
            end=("review_proposed",),
            act=Act.APPROVE,
            at=(DRAFTING,),
            heading=_("Propose that the item is still right"),
            button=_("Send to the head of the unit"),
            help_text=_("Where it no longer is, amend or take down its page instead."),
            words=_("Why it is still right"),
            needs_words=True,
        ),
        Move(
            code="still_right",
            label=_("found still right"),
            start=OPEN,
            end=("still_right",),
            act=Act.APPROVE,
            at=(ANSWERING,),
            heading=_("The item is still right"),
            button=_("Still right"),
            help_text=_("The public page no longer says that the law has changed."),
            words=_("Why it is still right"),
            needs_words=True,
            closes="still_right",
        ),
        Move(
            code="review_send_back",
            label=_("sent back to be looked at again"),
            start=("review_proposed",),
            end=("review_due",),
            act=Act.RETURN,
            at=(ANSWERING,),
            heading=_("Send back"),
            button=_("Send back"),
            words=_("What has to be done"),
            needs_words=True,
        ),
        # What was proposed did not know of it.
        Move(
            code="law_changed",
            label=_("a further change of the legal basis"),
            start=OPEN,
            end=("review_due",),
        ),
        Move(
            code="answer_amended",
            label=_("amended item published"),
            start=OPEN,
            end=("amended",),
            closes="amended",
        ),
        Move(
            code="answer_withdrawn",
            label=_("item no longer public"),
            start=OPEN,
            end=("answer_withdrawn",),
            closes="withdrawn",
        ),
    ],
    begins=("review_due",),
)
