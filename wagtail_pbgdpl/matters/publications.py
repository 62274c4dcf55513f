"""The life of a publication, and of a page that is no item of its own: one table for both.

A matter of theirs is in the state of the version on its way, or else in that of what is public.
Clauses: BK21 Điều 10.4, 14.2, 15.2, 20.1c; BP20 Điều 12.3, 15; QT24 Điều 4.2, 6.4 (R2, R3, R6–R9).
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..authority.rules import Act
from ..authority.rules import State as Standing
from . import lifecycle

#: The kinds: what counts as an item of its own, and what does not.
PUBLICATION, PAGE = "publication", "page"
OF_PAGES = (PUBLICATION, PAGE)


class State(models.TextChoices):
    OWED = "owed", _("not yet written")
    DRAFT = "draft", _("being written")
    SUBMITTED = "submitted", _("at a step")
    RETURNED = "returned", _("returned for correction")
    PUBLISHED = "published", _("published")
    EMERGENCY = "emergency", _("published in an emergency")


class Outcome(models.TextChoices):
    PUBLISHED = "published", _("published")
    EMERGENCY = "emergency", _("published in an emergency")
    GIVEN_UP = "given_up", _("given up")


class Move(models.TextChoices):
    SUBMITTED = "submitted", _("submitted")
    PASSED = "passed", _("passed on")
    RETURNED = "returned", _("returned for correction")
    WITHDRAWN = "withdrawn", _("taken back by the sender")
    EMERGENCY = "emergency", _("published in an emergency")
    REVIEWED = "reviewed", _("reviewed after publication")
    TAKEN_DOWN = "taken_down", _("taken down")
    ENTERED = "entered", _("entered by the set-up or an import")
    # Of the clock.
    OWED = "owed", _("entered as owed")
    BEGUN = "begun", _("begun")
    CHANGED = "changed", _("changed")
    MOVED = "moved", _("time limit moved")
    PUBLISHED = "published", _("published")
    UNPUBLISHED = "unpublished", _("taken down")
    OWED_AGAIN = "owed_again", _("owed again")
    GIVEN_UP = "given_up", _("given up")


ON_ITS_WAY = (State.SUBMITTED, State.RETURNED)
PUBLIC = (State.PUBLISHED, State.EMERGENCY)
#: Outcomes of what was published.
PUBLISHED = (Outcome.PUBLISHED, Outcome.EMERGENCY)

_STANDINGS = {
    State.OWED: Standing.DRAFT,
    State.DRAFT: Standing.DRAFT,
    State.SUBMITTED: Standing.SUBMITTED,
    State.RETURNED: Standing.RETURNED,
    State.PUBLISHED: Standing.PUBLISHED,
    State.EMERGENCY: Standing.EMERGENCY,
}


def _move(move: Move, start: tuple[str, ...], *end: str, **others: object) -> lifecycle.Move:
    words: dict[str, object] = {"label": move.label, "start": start, "end": end, **others}
    return lifecycle.Move(code=move.value, **words)  # type: ignore[arg-type]


LIFECYCLE = lifecycle.Lifecycle(
    [
        lifecycle.State(
            code=state.value, label=state.label, standing=standing, ends=state in PUBLIC
        )
        for state, standing in _STANDINGS.items()
    ],
    [
        _move(
            Move.SUBMITTED,
            (State.DRAFT, State.RETURNED, *PUBLIC),
            State.SUBMITTED,
            act=Act.SUBMIT,
        ),
        # The last step publishes, or leaves it to a time that was set.
        _move(
            Move.PASSED,
            (State.SUBMITTED,),
            *PUBLIC,
            State.DRAFT,
            may_stay=True,
            act=Act.APPROVE,
            heading=_("Pass on"),
            button=_("Pass on"),
        ),
        _move(
            Move.RETURNED,
            (State.SUBMITTED,),
            State.RETURNED,
            act=Act.RETURN,
            grounds=True,
            needs_words=True,
            heading=_("Return for correction"),
            button=_("Return"),
            help_text=_("The sender corrects the item and sends it again from the first step."),
            serious=True,
        ),
        # What is public stays so, whatever becomes of its new version.
        _move(
            Move.WITHDRAWN,
            ON_ITS_WAY,
            State.DRAFT,
            *PUBLIC,
            act=Act.WITHDRAW,
            heading=_("Take back"),
            button=_("Take back"),
            help_text=_("The item becomes a draft of its unit again."),
        ),
        _move(
            Move.EMERGENCY,
            (State.DRAFT, *ON_ITS_WAY, *PUBLIC),
            State.EMERGENCY,
            State.DRAFT,
            act=Act.EMERGENCY,
            needs_words=True,
            heading=_("Emergency publication"),
            button=_("Publish in an emergency"),
            help_text=_(
                "Publishes the present text at once, without the steps. It is marked and reported, "
                "and somebody else reviews it."
            ),
            serious=True,
        ),
        _move(
            Move.REVIEWED,
            (State.EMERGENCY, *ON_ITS_WAY),
            State.PUBLISHED,
            may_stay=True,
            act=Act.REVIEW,
            needs_words=True,
            heading=_("Review after the emergency"),
            button=_("Close the review"),
            help_text=_(
                "The item was published without the steps. Check it, and close the matter."
            ),
        ),
        _move(
            Move.TAKEN_DOWN,
            (*PUBLIC, *ON_ITS_WAY),
            State.DRAFT,
            may_stay=True,
            act=Act.UNPUBLISH,
            grounds=True,
            needs_words=True,
            heading=_("Take down"),
            button=_("Take down"),
            help_text=_("The public no longer sees the item; what was decided stays written."),
            serious=True,
        ),
        _move(Move.ENTERED, (State.DRAFT,), State.PUBLISHED, decides=True),
        _move(Move.OWED, ()),
        # A draft takes up what was owed; where it is deleted, that is owed as before.
        _move(Move.CHANGED, (State.OWED,), State.DRAFT, *ON_ITS_WAY),
        _move(Move.OWED_AGAIN, (State.DRAFT, *ON_ITS_WAY), State.OWED),
        _move(Move.PUBLISHED, (State.DRAFT, *ON_ITS_WAY), *PUBLIC, may_stay=True),
        _move(Move.UNPUBLISHED, PUBLIC, State.DRAFT),
        _move(
            Move.GIVEN_UP,
            (State.OWED, State.DRAFT, *ON_ITS_WAY),
            State.DRAFT,
            may_stay=True,
            closes=Outcome.GIVEN_UP,
        ),
    ],
    begins=(State.OWED, State.DRAFT, State.PUBLISHED),
)
