"""All models of the app, each from its room."""

from .api.models import PublicChange, PublicLog, PublicObject
from .changes.models import Change
from .consultations.models import (
    Answer,
    BlackOut,
    Comment,
    CommentFile,
    Consultation,
    DraftVersion,
    Wording,
)
from .content.tags import ContentTag
from .corpus.models import Citation, DocumentIdentity, DocumentRecord, DocumentRelation
from .differences.models import Difference
from .exchange.models import Exchanged
from .full_text.models import TextReading
from .intake.consent import ConsentText
from .intake.models import HeldUpload, Sending
from .login.models import LoginNote
from .mailbox.models import ReceivedMail
from .matters.models import Event, EventFile, Matter, Reminder, ReminderDay, Seal
from .media.models import FileOfUnit, LatestReference
from .notices.models import MailChoice, Notice
from .organisation.models import Delegation, RoleGroup, Seat, Unit, UnitSuccession
from .own_data.models import DataRequest
from .provisioning.models import ProvisionedObject
from .questions.desk_models import AnswerText, SavedView
from .questions.models import (
    Batch,
    Clarification,
    FormerRating,
    Part,
    Question,
    QuestionFile,
)
from .questions.tally_models import Recount, Tally
from .reference.models import Audience, DocumentType, IssuingBody, LegalField
from .reviews.models import KnownValidity, LawChange, Review
from .search.file_models import FileText
from .search.index_models import (
    SearchEntry,
    SearchPin,
    SearchState,
    SearchSynonym,
    SearchWord,
)
from .search.models import AlikeCount, AlikeTerm
from .site.portal import PortalSettings
from .sources.models import ExternalSource, SourceItem, SourceRun, TakenItem
from .surveys.models import Survey, SurveyCount, SurveyMark
from .traffic.models import (
    TrafficDay,
    TrafficHelpful,
    TrafficMinute,
    TrafficPage,
    TrafficSearch,
)
from .webhooks.models import WebhookAttempt, WebhookDelivery, WebhookReceiver
from .workflows.models import StepTask
from .worktime.models import CalendarException

__all__ = [
    "AlikeCount",
    "AlikeTerm",
    "Answer",
    "AnswerText",
    "Audience",
    "Batch",
    "BlackOut",
    "CalendarException",
    "Change",
    "Citation",
    "Clarification",
    "Comment",
    "CommentFile",
    "ConsentText",
    "Consultation",
    "ContentTag",
    "DataRequest",
    "Delegation",
    "Difference",
    "DocumentIdentity",
    "DocumentRecord",
    "DocumentRelation",
    "DocumentType",
    "DraftVersion",
    "Event",
    "EventFile",
    "Exchanged",
    "ExternalSource",
    "FileOfUnit",
    "FileText",
    "FormerRating",
    "HeldUpload",
    "IssuingBody",
    "KnownValidity",
    "LatestReference",
    "LawChange",
    "LegalField",
    "LoginNote",
    "MailChoice",
    "Matter",
    "Notice",
    "Part",
    "PortalSettings",
    "ProvisionedObject",
    "PublicChange",
    "PublicLog",
    "PublicObject",
    "Question",
    "QuestionFile",
    "ReceivedMail",
    "Recount",
    "Reminder",
    "ReminderDay",
    "Review",
    "RoleGroup",
    "SavedView",
    "Seal",
    "SearchEntry",
    "SearchPin",
    "SearchState",
    "SearchSynonym",
    "SearchWord",
    "Seat",
    "Sending",
    "SourceItem",
    "SourceRun",
    "StepTask",
    "Survey",
    "SurveyCount",
    "SurveyMark",
    "TakenItem",
    "Tally",
    "TextReading",
    "TrafficDay",
    "TrafficHelpful",
    "TrafficMinute",
    "TrafficPage",
    "TrafficSearch",
    "Unit",
    "UnitSuccession",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookReceiver",
    "Wording",
]
