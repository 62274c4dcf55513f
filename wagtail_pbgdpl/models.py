"""All models of the app, each from its room."""

from .changes.models import Change
from .content.tags import ContentTag
from .login.models import LoginNote
from .matters.models import Event, EventFile, Matter, Reminder, ReminderDay, Seal
from .media.models import FileOfUnit, LatestReference
from .notices.models import Notice
from .organisation.models import Delegation, RoleGroup, Seat, Unit, UnitSuccession
from .provisioning.models import ProvisionedObject
from .questions.models import Clarification, Part, Question
from .reference.models import Audience, DocumentType, IssuingBody, LegalField
from .site.portal import PortalSettings
from .traffic.models import TrafficDay, TrafficMinute, TrafficPage
from .workflows.models import StepTask
from .worktime.models import CalendarException

__all__ = [
    "Audience",
    "CalendarException",
    "Change",
    "Clarification",
    "ContentTag",
    "Delegation",
    "DocumentType",
    "Event",
    "EventFile",
    "FileOfUnit",
    "IssuingBody",
    "LatestReference",
    "LegalField",
    "LoginNote",
    "Matter",
    "Notice",
    "Part",
    "PortalSettings",
    "ProvisionedObject",
    "Question",
    "Reminder",
    "ReminderDay",
    "RoleGroup",
    "Seal",
    "Seat",
    "StepTask",
    "TrafficDay",
    "TrafficMinute",
    "TrafficPage",
    "Unit",
    "UnitSuccession",
]
