"""The words that a profile may use where the package has to act on them."""

from __future__ import annotations

import enum


class Event(enum.StrEnum):
    """What starts the clock of a deadline."""

    DECIDED = "decided"
    """The competent person decided the change."""
    CHANGED = "changed"
    """The information itself changed."""
    ISSUED = "issued"
    """The document was issued."""
    RECEIVED = "received"
    """The portal received the question."""
    FORWARDED = "forwarded"
    """The unit received the question from the editorial board."""
    REQUESTED = "requested"
    """The written request to publish was received."""
    APPROVED = "approved"
    """The plan, project or task was approved."""
    ACCEPTED = "accepted"
    """The results of the task were accepted (nghiệm thu)."""
    ANNOUNCED = "announced"
    """The competent head decided to make the figures public."""
    HELD = "held"
    """The activity or event took place."""
    PERIOD_ENDED = "period_ended"
    """The month or quarter ended."""
    CONFERENCE_HELD = "conference_held"
    """The conference that reviews the period was held."""
    ENDED = "ended"
    """The programme, project or scheme ended."""


class RoleCode(enum.StrEnum):
    """Who acts. A profile names only those that its regulation has (R1–R7, R10)."""

    CONTACT_OFFICER = "contact_officer"
    UNIT_HEAD = "unit_head"
    SECRETARY = "secretary"
    MEMBER = "member"
    DEPUTY_CHIEF = "deputy_chief"
    CHIEF = "chief"
    OPERATOR = "operator"
    EXPERT = "expert"
    """From outside: lawyers, jurists, organisations; drafts what was given to the person (Q9)."""


#: The editorial board, Ban Biên tập: who moderates what others supply (R2–R4, R7).
BOARD = frozenset({RoleCode.SECRETARY, RoleCode.MEMBER, RoleCode.DEPUTY_CHIEF, RoleCode.CHIEF})


class Scope(enum.StrEnum):
    """What a role is answerable for."""

    UNIT = "unit"
    """The content of its own unit (R5, R6, R11)."""
    CATEGORIES = "categories"
    """The categories that were given to the person (R4)."""
    PORTAL = "portal"
    """The whole portal."""
    PERSON = "person"
    """What was given to the person, one by one, and nothing else (Q9)."""


class Action(enum.StrEnum):
    """What a step of a workflow does."""

    SUBMIT = "submit"
    UNIT_APPROVE = "unit_approve"
    COLLECT_EDIT = "collect_edit"
    VERIFY = "verify"
    APPROVE = "approve"
    """The moderation by the editorial board, without which nothing is published (R8)."""
    PUBLISH = "publish"


class Publication(enum.StrEnum):
    """Whether an answer has to appear on the portal (Q4)."""

    OBLIGATORY = "obligatory"
    OPTIONAL = "optional"


class Answerer(enum.StrEnum):
    """Who answers the asker, once the head of the unit has approved what to say (Q6)."""

    UNIT = "unit"
    BOARD = "board"


class QuestionKind(enum.StrEnum):
    """What somebody sends in."""

    QUESTION = "question"
    FEEDBACK = "feedback"
    """On the portal and what it publishes, or on what the unit does (Q8, Q10)."""
    PETITION = "petition"
    """A petition on administrative rules (phản ánh, kiến nghị)."""


class UnitKind(enum.StrEnum):
    """The sorts of units that supply content."""

    DEPARTMENT = "department"
    ORGANISATION = "organisation"
    COMMUNE = "commune"
    DIVISION = "division"
    OTHER = "other"


class Period(enum.StrEnum):
    """What a report or a quota covers."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    PROGRAMME = "programme"
    """A programme, project, scheme or single event."""
    OTHER = "other"
    """An interval that is laid down elsewhere."""


class ContentField(enum.StrEnum):
    """Fields of content that a regulation may require (S3, D1, D3, D4)."""

    TITLE = "title"
    SUMMARY = "summary"
    BODY = "body"
    FULL_TEXT = "full_text"
    """The body holds the full text; asked of documents alone (BP20 Điều 12.2)."""
    AUTHOR = "author"
    SOURCE = "source"
    PUBLISHED_AT = "published_at"
    EVENT_START = "event_start"
    PLACE = "place"
    CONTACTS = "contacts"
    ATTACHMENTS = "attachments"
    DOCUMENT_TYPE = "document_type"
    ISSUING_BODY = "issuing_body"
    DOCUMENT_NUMBER = "document_number"
    ISSUED_ON = "issued_on"
    EFFECTIVE_ON = "effective_on"
    DOCUMENT_ABSTRACT = "document_abstract"
    FILES = "files"
    SIGNED_ORIGINAL = "signed_original"
    """Among the files one that somebody called the signed original; asked of documents alone."""


class SenderField(enum.StrEnum):
    """What somebody who writes to the portal has to give (Q7)."""

    UNIT = "unit"
    FULL_NAME = "full_name"
    POSITION = "position"
    EMAIL = "email"
    PHONE_OR_ADDRESS = "phone_or_address"
