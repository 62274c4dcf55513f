"""The words of the vocabulary as people read them, in the active language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .vocabulary import Action, Answerer, Event, Period, Publication, QuestionKind, Scope

EVENTS = {
    Event.DECIDED: _("the change is decided"),
    Event.CHANGED: _("the information changes"),
    Event.ISSUED: _("the document is issued"),
    Event.RECEIVED: _("the question is received"),
    Event.FORWARDED: _("the unit receives the question from the board"),
    Event.REQUESTED: _("the request to publish is received"),
    Event.APPROVED: _("the plan, project or task is approved"),
    Event.ACCEPTED: _("the results of the task are accepted"),
    Event.ANNOUNCED: _("the head decides to make the figures public"),
    Event.HELD: _("the event takes place"),
    Event.PERIOD_ENDED: _("the period ends"),
    Event.CONFERENCE_HELD: _("the conference is held"),
    Event.ENDED: _("the programme or project ends"),
}

ACTIONS = {
    Action.SUBMIT: _("submit"),
    Action.UNIT_APPROVE: _("approve for the unit"),
    Action.COLLECT_EDIT: _("collect and edit"),
    Action.VERIFY: _("verify"),
    Action.APPROVE: _("approve for publication"),
    Action.PUBLISH: _("publish"),
}

PERIODS = {
    Period.MONTH: _("month"),
    Period.QUARTER: _("quarter"),
    Period.HALF_YEAR: _("half-year"),
    Period.YEAR: _("year"),
    Period.PROGRAMME: _("programme or event"),
    Period.OTHER: _("interval laid down elsewhere"),
}

SCOPES = {
    Scope.UNIT: _("own unit"),
    Scope.CATEGORIES: _("categories given to the person"),
    Scope.PORTAL: _("whole portal"),
    Scope.PERSON: _("what was given to the person alone"),
}

QUESTION_KINDS = {
    QuestionKind.QUESTION: _("question"),
    QuestionKind.FEEDBACK: _("feedback"),
    QuestionKind.PETITION: _("petition"),
}

ANSWERED_BY = {
    Answerer.UNIT: _("the unit answers"),
    Answerer.BOARD: _("the board answers"),
}

PUBLICATION = {
    Publication.OBLIGATORY: _("the answer must be published"),
    Publication.OPTIONAL: _("the answer may go to the asker alone"),
}
