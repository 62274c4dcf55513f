"""The lives of a consultation and of a comment; in a dialogue, of a question to the guests.

A consultation opens and closes by the clock. What is commented is looked at by the board, then
shown, then answered by the unit that drafts; its head sends the summary to the board, which
publishes it. Clauses: BK21 Điều 7, 9.12; BK18 Điều 3.3l, 9; BP20 Điều 5.9a (C12, X5).
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..authority.rules import Act, Step
from ..authority.rules import State as Standing
from ..authority.stand_in import ANSWERING, CLASSIFYING, DRAFTING
from ..matters.lifecycle import Lifecycle, Move, State
from ..regulations import Action, RoleCode

# By which role, the regulation says.
BOARD = Step(action=Action.APPROVE, role=RoleCode.CHIEF)
UNIT = (DRAFTING, ANSWERING)
#: Who may speak for the whole consultation.
ANYBODY = (CLASSIFYING, *UNIT)

BEFORE, OPEN, CLOSED, PROPOSED = (
    *("consult_upcoming", "consult_open", "consult_closed", "consult_proposed"),
)
#: In which a summary is still owed.
UNSUMMARISED = (BEFORE, OPEN, CLOSED, PROPOSED)

CONSULTATION = Lifecycle(
    [
        State(code=BEFORE, label=_("consultation not yet open"), standing=Standing.PUBLISHED),
        State(code=OPEN, label=_("open for comments"), standing=Standing.PUBLISHED),
        State(
            code=CLOSED,
            label=_("closed; the summary of comments is owed"),
            standing=Standing.SUBMITTED,
            step=DRAFTING,
        ),
        State(
            code=PROPOSED,
            label=_("waiting for the board to publish the summary of comments"),
            standing=Standing.SUBMITTED,
            step=BOARD,
        ),
        State(
            code="consult_summarised",
            label=_("summary of comments published"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
        State(
            code="consult_issued",
            label=_("document issued"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
        State(
            code="consult_ended",
            label=_("ended with its page"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
    ],
    [
        Move(code="consult_redated", label=_("dates changed"), start=(BEFORE,)),
        Move(code="consult_version", label=_("new version of the draft"), start=UNSUMMARISED),
        Move(code="consult_opens", label=_("opened"), start=(BEFORE,), end=(OPEN,)),
        Move(code="consult_closes", label=_("closed for comments"), start=(OPEN,), end=(CLOSED,)),
        Move(
            code="consult_prolong",
            label=_("prolonged"),
            start=(OPEN, CLOSED),
            end=(OPEN,),
            act=Act.APPROVE,
            at=(ANSWERING, CLASSIFYING),
            heading=_("Prolong the consultation"),
            button=_("Prolong"),
            help_text=_("A closed consultation is opened again. The public reads the reason."),
            words=_("Reason"),
            needs_words=True,
        ),
        Move(
            code="consult_invite",
            label=_("bodies invited to comment"),
            start=(BEFORE, OPEN),
            act=Act.APPROVE,
            at=ANYBODY,
            heading=_("Enter an invitation"),
            button=_("Enter"),
        ),
        Move(
            code="consult_propose",
            label=_("summary of comments sent to the board"),
            start=(CLOSED,),
            end=(PROPOSED,),
            act=Act.APPROVE,
            at=(ANSWERING,),
            heading=_("Send the summary of comments to the board"),
            button=_("Send to the board"),
            help_text=_("Every comment has to be answered before."),
            words=_("To the board"),
        ),
        Move(
            code="consult_return",
            label=_("summary of comments sent back"),
            start=(PROPOSED,),
            end=(CLOSED,),
            act=Act.RETURN,
            at=(BOARD,),
            heading=_("Send the summary back"),
            button=_("Send back"),
            words=_("What has to be done"),
            needs_words=True,
        ),
        Move(
            code="consult_summarise",
            label=_("summary of comments published"),
            start=(PROPOSED,),
            end=("consult_summarised",),
            act=Act.APPROVE,
            at=(BOARD,),
            heading=_("Publish the summary of comments"),
            button=_("Publish"),
            help_text=_(
                "The answers stand in public from then on, and each author who wanted it is told."
            ),
            serious=True,
            closes="summarised",
        ),
        Move(
            code="consult_issue",
            label=_("document issued"),
            start=("consult_summarised",),
            end=("consult_issued",),
            act=Act.APPROVE,
            at=ANYBODY,
            heading=_("Enter the document that was issued"),
            button=_("Enter"),
            closes="issued",
        ),
        Move(
            code="consult_end",
            label=_("ended with its page"),
            start=UNSUMMARISED,
            end=("consult_ended",),
            closes="ended",
        ),
    ],
    begins=(BEFORE,),
)

RECEIVED, TO_ANSWER, ANSWERED = "comment_received", "comment_to_answer", "comment_answered"
#: In a dialogue, what a guest says is looked at before the public reads it.
TO_TELL = "comment_to_tell"
WITHHELD, WITHDRAWN = "comment_withheld", "comment_withdrawn"
#: What the author may still correct or take back.
WITH_AUTHOR = (RECEIVED, TO_ANSWER, TO_TELL, ANSWERED)
#: In which somebody owes something.
UNANSWERED = (RECEIVED, TO_ANSWER, TO_TELL)
ENDED = (ANSWERED, WITHHELD, WITHDRAWN)

COMMENT = Lifecycle(
    [
        State(
            code=RECEIVED,
            label=_("waiting for the board to look at the comment"),
            standing=Standing.SUBMITTED,
            step=CLASSIFYING,
        ),
        State(
            code=TO_ANSWER,
            label=_("waiting for the drafting body's answer"),
            standing=Standing.SUBMITTED,
            step=DRAFTING,
        ),
        State(
            code=TO_TELL,
            label=_("waiting for the board to look at the answer"),
            standing=Standing.SUBMITTED,
            step=CLASSIFYING,
        ),
        State(
            code=ANSWERED,
            label=_("comment answered"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
        State(
            code=WITHHELD,
            label=_("comment not shown"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
        State(
            code=WITHDRAWN,
            label=_("comment withdrawn by its author"),
            standing=Standing.PUBLISHED,
            ends=True,
        ),
    ],
    [
        Move(
            code="comment_show",
            label=_("comment shown"),
            start=(RECEIVED, WITHHELD),
            end=(TO_ANSWER,),
            act=Act.APPROVE,
            at=(CLASSIFYING,),
            heading=_("Show the comment"),
            button=_("Show in public"),
            help_text=_("The words cannot be changed. What may not be shown is blacked out."),
            words=_("Why these passages are blacked out; the public reads it"),
        ),
        Move(
            code="comment_withhold",
            label=_("comment not shown"),
            start=(RECEIVED,),
            end=(WITHHELD,),
            act=Act.RETURN,
            at=(CLASSIFYING,),
            heading=_("Do not show the comment"),
            button=_("Do not show"),
            help_text=_("For what the law forbids as a whole. It counts, and needs no answer."),
            words=_("Reason, which the author reads"),
            needs_words=True,
            closes="withheld",
        ),
        Move(
            code="comment_black_out",
            label=_("passages of the comment blacked out"),
            start=(TO_ANSWER, TO_TELL, ANSWERED),
            act=Act.APPROVE,
            at=(CLASSIFYING,),
            heading=_("Black out passages"),
            button=_("Black out"),
            help_text=_("It cannot be undone. The words themselves are kept."),
            words=_("Why these passages are blacked out; the public reads it"),
            needs_words=True,
        ),
        Move(
            code="comment_group",
            label=_("comment sorted"),
            start=(TO_ANSWER, TO_TELL, ANSWERED),
            act=Act.APPROVE,
            at=UNIT,
            heading=_("Sort into a group"),
            button=_("Put into the group"),
        ),
        Move(
            code="comment_answer",
            label=_("comment answered"),
            start=(TO_ANSWER, TO_TELL, ANSWERED),
            end=(ANSWERED, TO_TELL),
            act=Act.APPROVE,
            at=UNIT,
            heading=_("Answer the comment"),
            button=_("Answer"),
            help_text=_("Until the summary is sent to the board, the answer can be changed."),
            closes="answered",
        ),
        Move(
            code="comment_tell",
            label=_("answer shown"),
            start=(TO_TELL,),
            end=(ANSWERED,),
            act=Act.APPROVE,
            at=(CLASSIFYING,),
            heading=_("Show the answer"),
            button=_("Show the answer"),
            help_text=_("It stands in public at once, and the author who wanted it is told."),
            closes="answered",
        ),
        Move(
            code="comment_send_back",
            label=_("answer sent back"),
            start=(TO_TELL,),
            end=(TO_ANSWER,),
            act=Act.RETURN,
            at=(CLASSIFYING,),
            heading=_("Send the answer back"),
            button=_("Send back"),
            words=_("What has to be done"),
            needs_words=True,
        ),
        Move(
            code="comment_corrected",
            label=_("comment corrected by its author"),
            start=WITH_AUTHOR,
            end=(RECEIVED,),
        ),
        Move(
            code="comment_withdrew",
            label=_("comment withdrawn by its author"),
            start=WITH_AUTHOR,
            end=(WITHDRAWN,),
            closes="withdrawn",
        ),
        Move(
            code="comment_erase",
            label=_("personal data erased"),
            start=(TO_ANSWER, TO_TELL, *ENDED),
            act=Act.RETURN,
            at=(CLASSIFYING, BOARD),
            heading=_("Erase the personal data"),
            button=_("Erase"),
            help_text=_(
                "Who wrote it, what is not public of the words, the files and the letters to the "
                "author go for good. What the public reads stays, without the name."
            ),
            words=_("Reason, without anything about the author: it is kept"),
            needs_words=True,
            serious=True,
        ),
        Move(code="expired", label=_("personal data erased: kept long enough"), start=()),
        Move(code="looked", label=_("contact data looked at"), start=()),
    ],
    begins=(RECEIVED,),
)
