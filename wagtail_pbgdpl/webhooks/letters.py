"""What the operator hears of receivers: once whenever one was given up."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..notices import telling
from ..notices.letters import absolute, register
from ..sources.letters import operators
from ..worktime import moment
from .models import WebhookDelivery, WebhookReceiver

STOPPED = register(
    "receiver_stopped",
    _("receiver of changes given up"),
    _("Given up: %(receiver)s takes no messages"),
    "receiver: its name; gone: whether it said that it takes nothing more; address: that is "
    "written to; since: when it began to fail; success: when it last took a message, if ever; why: "
    "the reason; details: in the words of the program; link: to the receiver in the admin",
)


def tell(receiver: WebhookReceiver, delivery: WebhookDelivery) -> int:
    """Tell the operators that a receiver was given up; return how many."""
    attempt = delivery.attempts.first()
    return telling.tell(
        STOPPED,
        operators(),
        lambda: {
            "receiver": receiver.name,
            "gone": attempt is not None and attempt.reason == "gone",
            "address": receiver.address,
            "since": moment(receiver.failing_since),
            "success": moment(receiver.succeeded_at),
            "why": attempt.why if attempt else "",
            "details": attempt.details if attempt else "",
            "link": absolute(reverse("pbgdpl_receiver", args=[receiver.pk])),
        },
        about=receiver,
        stage=f"{receiver.stopped_at:%Y%m%d%H%M%S%f}",
    )
