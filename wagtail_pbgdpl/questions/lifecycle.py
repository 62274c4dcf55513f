"""The life of a question, of feedback and of a petition; and that of a unit's part in an answer.

The board receives, classifies and forwards; the unit's contact officer drafts, its head answers, or
passes on to the board where the regulation lets the board answer. Clauses: BK21 Điều 12.1c, 21.3;
BK18 Điều 7.1f; BP20 Điều 9.3e, 11 (Q1–Q6, Q10, Q12, T3, T8, T12).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..authority.rules import Act, Step
from ..authority.rules import State as Standing
from ..authority.stand_in import ANSWERING, CLASSIFYING, DRAFTING
from ..matters.lifecycle import Lifecycle, Move, State
from ..regulations import Action, RoleCode

# By which role, the workflow of the regulation says.
BOARD = Step(action=Action.APPROVE, role=RoleCode.CHIEF)
ADVISING = Step(action=Action.COLLECT_EDIT, role=RoleCode.EXPERT)
#: Either of the unit's people.
UNIT = (DRAFTING, ANSWERING)
ANYBODY = (CLASSIFYING, *UNIT)

WITH_THE_UNIT = ("with_unit", "drafted")
ON_ITS_WAY = ("received", *WITH_THE_UNIT, "with_board")
ANSWERED = ("answered", "to_publish", "published")
#: Ends without an answer.
SET_ASIDE = ("out_of_scope", "spam", "duplicate")
WITHDRAWN = "withdrawn"

QUESTION = Lifecycle(
    [
        State(
            code="received",
            label=_("waiting to be classified and forwarded"),
            standing=Standing.SUBMITTED,
            step=CLASSIFYING,
        ),
        State(
            code="with_unit",
            label=_("waiting for the unit's draft of an answer"),
            standing=Standing.SUBMITTED,
            step=DRAFTING,
        ),
        State(
            code="drafted",
            label=_("waiting for the head of the unit to approve the answer"),
            standing=Standing.SUBMITTED,
            step=ANSWERING,
        ),
        State(
            code="with_board",
            label=_("waiting for the board to approve the answer"),
            standing=Standing.SUBMITTED,
            step=BOARD,
        ),
        State(
            code="needs_information",
            label=_("waiting for the asker to give more information"),
            standing=Standing.DRAFT,
            stops_the_clock=True,
        ),
        State(code="answered", label=_("answered"), standing=Standing.PUBLISHED, ends=True),
        State(
            code="to_publish",
            label=_("answered; the answer is to be published"),
            standing=Standing.SUBMITTED,
            step=DRAFTING,
        ),
        State(code="published", label=_("published"), standing=Standing.PUBLISHED, ends=True),
        State(code="out_of_scope", label=_("out of scope"), standing=Standing.PUBLISHED, ends=True),
        State(
            code="spam",
            label=_("not a question (spam, abuse)"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
        State(
            code="duplicate",
            label=_("the same as another"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
        State(
            code=WITHDRAWN,
            label=_("withdrawn by the asker"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
    ],
    [
        Move(
            code="forward",
            label=_("classified and forwarded"),
            start=("received",),
            end=("with_unit",),
            act=Act.APPROVE,
            heading=_("Classify and forward"),
            button=_("Forward to the unit"),
            words=_("To the unit"),
        ),
        Move(
            code="classify",
            label=_("classified"),
            start=ON_ITS_WAY,
            act=Act.APPROVE,
            at=(CLASSIFYING,),
            heading=_("Set the legal field"),
            button=_("Classify"),
            words=_("Reason"),
        ),
        Move(
            code="approve",
            label=_("answer approved"),
            start=("drafted",),
            end=("answered", "to_publish", "with_board"),
            act=Act.APPROVE,
            button=_("Approve the answer"),
            help_text=_(
                "The answer is approved as this page shows it; the asker gets it, or the board "
                "where that answers."
            ),
            closes="answered",
        ),
        Move(
            code="send_back",
            label=_("sent back for correction"),
            start=("drafted",),
            end=("with_unit",),
            act=Act.RETURN,
            heading=_("Send back for correction"),
            button=_("Send back"),
            words=_("What has to be corrected"),
            needs_words=True,
        ),
        Move(
            code="board_approve",
            label=_("answer approved by the board"),
            start=("with_board",),
            end=("answered", "to_publish"),
            act=Act.APPROVE,
            button=_("Approve the answer"),
            help_text=_("The asker gets the answer as this page shows it."),
            closes="answered",
        ),
        Move(
            code="board_send_back",
            label=_("sent back by the board"),
            start=("with_board",),
            end=("with_unit",),
            act=Act.RETURN,
            heading=_("Send back to the unit"),
            button=_("Send back"),
            words=_("What has to be corrected"),
            needs_words=True,
        ),
        # The page shows the first move that is possible opened: at a draft that is to approve it.
        Move(
            code="draft",
            label=_("answer drafted"),
            start=WITH_THE_UNIT,
            end=("drafted",),
            act=Act.APPROVE,
            at=UNIT,
            heading=_("Draft the answer"),
            button=_("Send to the head of the unit"),
            help_text=_("A new draft takes the place of the one before."),
        ),
        Move(
            code="ask_more",
            label=_("asked for more information"),
            start=("received", *WITH_THE_UNIT),
            end=("needs_information",),
            act=Act.RETURN,
            at=ANYBODY,
            heading=_("Ask the asker for more information"),
            button=_("Ask for more"),
            help_text=_("The clock stands still until the asker has answered."),
        ),
        Move(
            code="supplied",
            label=_("more information given by the asker"),
            start=("needs_information",),
            end=("with_unit", "received"),
        ),
        Move(
            code="go_on",
            label=_("taken up again without the information"),
            start=("needs_information",),
            end=("with_unit", "received"),
            act=Act.APPROVE,
            at=ANYBODY,
            heading=_("Go on without the information"),
            button=_("Go on"),
            words=_("Reason"),
            needs_words=True,
        ),
        Move(
            code="transfer",
            label=_("transferred to another unit"),
            start=WITH_THE_UNIT,
            end=("with_unit",),
            act=Act.RETURN,
            at=ANYBODY,
            heading=_("Transfer to another unit"),
            button=_("Transfer"),
            help_text=_("The asker's clock goes on: a transfer takes no day from it."),
            words=_("Reason"),
            needs_words=True,
        ),
        Move(
            code="give_back",
            label=_("given back to the board"),
            start=WITH_THE_UNIT,
            end=("received",),
            act=Act.RETURN,
            at=UNIT,
            heading=_("Give back to the board"),
            button=_("Give back"),
            words=_("Reason"),
            needs_words=True,
        ),
        Move(
            code="extend",
            label=_("time limit extended"),
            start=ON_ITS_WAY,
            act=Act.RETURN,
            at=(CLASSIFYING, ANSWERING),
            heading=_("Extend the time limit"),
            button=_("Extend"),
            help_text=_("The asker is told of the progress and of the new time limit."),
            words=_("Reason, which the asker reads"),
            needs_words=True,
        ),
        Move(
            code="ask_expert",
            label=_("outside expert asked"),
            start=("received", *WITH_THE_UNIT),
            act=Act.RETURN,
            at=ANYBODY,
            heading=_("Ask an outside expert for a draft"),
            button=_("Ask the expert"),
            help_text=_(
                "The expert sees this one question without contact data and files, and nothing "
                "else; the unit answers for what goes out."
            ),
        ),
        Move(
            code="out_of_scope",
            label=_("declared out of scope"),
            start=("received",),
            end=("out_of_scope",),
            act=Act.RETURN,
            heading=_("Out of scope"),
            button=_("Close as out of scope"),
            words=_("Reason, which the asker reads"),
            needs_words=True,
            serious=True,
            closes="out_of_scope",
        ),
        Move(
            code="spam",
            label=_("set aside as no question"),
            start=("received",),
            end=("spam",),
            act=Act.RETURN,
            heading=_("No question (spam, abuse)"),
            button=_("Set aside"),
            help_text=_("The asker is not told."),
            words=_("Reason"),
            needs_words=True,
            serious=True,
            closes="spam",
        ),
        Move(
            code="duplicate",
            label=_("set aside as the same as another"),
            start=("received",),
            end=("duplicate",),
            act=Act.RETURN,
            heading=_("The same as another"),
            button=_("Set aside"),
            help_text=_("The asker is told that it is answered there, and not its number."),
            serious=True,
            closes="duplicate",
        ),
        Move(
            code="asker_withdrew",
            label=_("withdrawn by the asker"),
            start=(*ON_ITS_WAY, "needs_information"),
            end=(WITHDRAWN,),
            closes=WITHDRAWN,
        ),
        # What is answered to the asker alone may still be published: by the moderation of its page.
        Move(
            code="published",
            label=_("published"),
            start=("answered", "to_publish"),
            end=("published",),
        ),
        Move(
            code="reopen",
            label=_("opened again"),
            start=(*ANSWERED, *SET_ASIDE),
            end=("received",),
            act=Act.RETURN,
            at=(CLASSIFYING,),
            heading=_("Open again"),
            button=_("Open again"),
            help_text=_("The clock begins anew."),
            words=_("Reason"),
            needs_words=True,
        ),
        Move(
            code="erase",
            label=_("personal data erased"),
            # What has to be published is published first.
            start=("answered", "published", *SET_ASIDE, WITHDRAWN),
            act=Act.RETURN,
            at=(CLASSIFYING, BOARD),
            heading=_("Erase the personal data"),
            button=_("Erase"),
            help_text=_(
                "What the asker said and wrote, the answer, the files, the letters to the asker "
                "and an unpublished draft of the public answer go for good. Number, history, "
                "figures and what is public stay."
            ),
            words=_("Reason, without anything about the asker: it is kept"),
            needs_words=True,
            serious=True,
        ),
        Move(code="by_mail", label=_("received by e-mail"), start=()),
        Move(code="added", label=_("added to by the asker"), start=()),
        Move(code="expired", label=_("personal data erased: kept long enough"), start=()),
        Move(code="looked", label=_("contact data looked at"), start=()),
        Move(code="rated", label=_("answer rated by the asker"), start=()),
    ],
    begins=("received",),
)

PART = Lifecycle(
    [
        State(
            code="part_asked",
            label=_("waiting for the co-ordinating unit's draft"),
            standing=Standing.SUBMITTED,
            step=DRAFTING,
        ),
        State(
            code="part_drafted",
            label=_("waiting for the head of the co-ordinating unit"),
            standing=Standing.SUBMITTED,
            step=ANSWERING,
        ),
        State(code="part_signed", label=_("signed"), standing=Standing.PUBLISHED, ends=True),
        State(
            code="part_given_back",
            label=_("given back to the lead unit"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
        State(
            code="part_not_needed",
            label=_("no longer needed"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
    ],
    [
        Move(
            code="part_sign",
            label=_("part signed"),
            start=("part_drafted",),
            end=("part_signed",),
            act=Act.APPROVE,
            button=_("Sign the part"),
            help_text=_("The lead unit gets the part as this page shows it."),
            closes="part_signed",
        ),
        Move(
            code="part_send_back",
            label=_("part sent back for correction"),
            start=("part_drafted",),
            end=("part_asked",),
            act=Act.RETURN,
            heading=_("Send back for correction"),
            button=_("Send back"),
            words=_("What has to be corrected"),
            needs_words=True,
        ),
        # As above: who can sign the part sees that first.
        Move(
            code="part_draft",
            label=_("part drafted"),
            start=("part_asked", "part_drafted"),
            end=("part_drafted",),
            act=Act.APPROVE,
            at=UNIT,
            heading=_("Draft the part"),
            button=_("Send to the head of the unit"),
        ),
        Move(
            code="part_give_back",
            label=_("part given back"),
            start=("part_asked", "part_drafted"),
            end=("part_given_back",),
            act=Act.RETURN,
            at=UNIT,
            heading=_("Give back to the lead unit"),
            button=_("Give back"),
            words=_("Reason"),
            needs_words=True,
            closes="part_given_back",
        ),
        Move(
            code="part_dropped",
            label=_("no longer needed"),
            start=("part_asked", "part_drafted"),
            end=("part_not_needed",),
            closes="part_not_needed",
        ),
    ],
    begins=("part_asked",),
)

EXPERT_DRAFT = Lifecycle(
    [
        State(
            code="expert_asked",
            label=_("waiting for the expert's draft"),
            standing=Standing.SUBMITTED,
            step=ADVISING,
        ),
        State(
            code="expert_given", label=_("draft handed in"), standing=Standing.PUBLISHED, ends=True
        ),
        State(
            code="expert_declined",
            label=_("declined by the expert"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
        State(
            code="expert_recalled",
            label=_("no longer asked of the expert"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
        State(
            code="part_not_needed",
            label=_("no longer needed"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
    ],
    [
        Move(
            code="expert_hand_in",
            label=_("draft handed in"),
            start=("expert_asked",),
            end=("expert_given",),
            act=Act.APPROVE,
            heading=_("Draft an answer"),
            button=_("Hand in the draft"),
            help_text=_(
                "Whoever asked you reads it and answers for what goes out: nothing is sent by "
                "itself. Once it is handed in, you no longer see the question."
            ),
            closes="expert_given",
        ),
        Move(
            code="expert_decline",
            label=_("declined by the expert"),
            start=("expert_asked",),
            end=("expert_declined",),
            act=Act.RETURN,
            heading=_("Decline"),
            button=_("Decline"),
            words=_("Reason"),
            needs_words=True,
            closes="expert_declined",
        ),
        Move(
            code="expert_recall",
            label=_("no longer asked of the expert"),
            start=("expert_asked",),
            end=("expert_recalled",),
            act=Act.RETURN,
            at=ANYBODY,
            heading=_("Ask no longer"),
            button=_("Ask no longer"),
            help_text=_("The expert no longer sees the question."),
            words=_("Reason"),
            needs_words=True,
            closes="expert_recalled",
        ),
        Move(
            code="part_dropped",
            label=_("no longer needed"),
            start=("expert_asked",),
            end=("part_not_needed",),
            closes="part_not_needed",
        ),
    ],
    begins=("expert_asked",),
)
