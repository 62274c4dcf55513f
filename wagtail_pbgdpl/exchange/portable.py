"""What each room lets travel, put together; and the rooms of which nothing does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..api.models import PublicChange, PublicLog, PublicObject
from ..changes.models import Change
from ..consultations import portable as consultations
from ..content import portable as content
from ..core.portable import stays
from ..corpus.models import Citation, DocumentIdentity, DocumentRecord, DocumentRelation
from ..differences import portable as differences
from ..full_text.models import TextReading
from ..intake import portable as intake
from ..login.models import LoginNote
from ..mailbox.models import ReceivedMail
from ..matters import portable as matters
from ..media import portable as media
from ..notices.models import MailChoice, Notice
from ..organisation import portable as organisation
from ..own_data import portable as own_data
from ..provisioning.models import ProvisionedObject
from ..questions import portable as questions
from ..reference import portable as reference
from ..reviews import portable as reviews
from ..search import portable as search
from ..site import portable as site
from ..sources.models import ExternalSource, SourceItem, SourceRun, TakenItem
from ..surveys import portable as surveys
from ..traffic.models import TrafficDay, TrafficHelpful, TrafficMinute, TrafficPage, TrafficSearch
from ..webhooks.models import WebhookAttempt, WebhookDelivery, WebhookReceiver
from ..workflows import portable as workflows
from ..worktime import portable as worktime
from .models import Exchanged

ROOMS = (
    *(organisation, reference, worktime, site, media, content, search, intake, questions),
    *(reviews, consultations, own_data, differences, workflows, matters, surveys),
)


def register_all() -> None:
    for room in ROOMS:
        room.register_all()
    stays(
        _("read anew from what moves"),
        *(Citation, DocumentIdentity, DocumentRecord, DocumentRelation),
    )
    stays(_("each portal tells its own readers"), PublicChange, PublicLog, PublicObject)
    stays(_("the journal of access to this portal"), Change, LoginNote)
    stays(_("letters of this portal, which are not sent again"), Notice, MailChoice)
    stays(_("what came of a letter is a question, and moves"), ReceivedMail)
    stays(
        _("of the systems that this portal is linked with"),
        *(ExternalSource, SourceItem, SourceRun, TakenItem),
    )
    stays(
        _("figures of the readers of this portal"),
        *(TrafficDay, TrafficHelpful, TrafficMinute, TrafficPage, TrafficSearch),
    )
    stays(
        _("of the systems that this portal tells what changes"),
        *(WebhookReceiver, WebhookDelivery, WebhookAttempt),
    )
    stays(_("made by the set-up of each portal"), ProvisionedObject)
    stays(_("a draft of a text, kept for some days"), TextReading)
    stays(_("by which each portal knows the records"), Exchanged)
