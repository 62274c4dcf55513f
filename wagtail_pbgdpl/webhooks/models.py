"""Systems that are told what changes in public, each message to one, and each attempt to send it.

Nothing of these rows is about a person, and no message holds more than the feed of changes: kinds,
identifiers and times (I2).
"""

from __future__ import annotations

import datetime
import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Site

from ..api import log
from ..core.encrypted import Unreadable, opened, sealed
from ..core.fields import NFCCharField
from ..core.history import AppendOnly
from ..core.personal import Personal
from ..organisation.fields import CategoryCodesField
from ..sources import addresses
from ..sources.models import LONGEST_ADDRESS
from .signing import make_secret

#: For so long a secret that was replaced still signs beside the new one.
BOTH_FOR = datetime.timedelta(days=1)


class WebhookReceiver(models.Model):
    """A system of others that is told what changes in public on a site.

    ``kinds`` and ``categories``: of these alone, where any are named. ``position``: the number in
    the log of what changed in public up to which everything stands in messages; ``number``: that of
    the last message. What stands below «state» is written by the runs and by ``receivers``, never
    by ``save()`` of a form. All instants are aware.
    """

    name = NFCCharField(_("name"), max_length=150)
    site = models.ForeignKey(
        Site,
        verbose_name=pgettext_lazy("portal", "site"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("What changes on this site is told."),
    )
    address = models.URLField(
        _("address that is written to"),
        max_length=LONGEST_ADDRESS,
        help_text=_(
            "With https wherever possible. Addresses that it leads on to are not followed."
        ),
    )
    kinds = models.JSONField(
        _("kinds"), default=list, blank=True, help_text=_("Of these alone; none ticked: of all.")
    )
    categories = CategoryCodesField(
        _("categories"),
        help_text=_(
            "What stands in these alone, or is moved out of them; none ticked: everything. Units "
            "stand in no category."
        ),
    )

    # State.
    is_on = models.BooleanField(_("switched on"), default=False, editable=False)
    # Encrypted, and opened only to sign: one that cannot be opened breaks no list.
    sealed_secret = models.TextField(blank=True, editable=False)
    sealed_former_secret = models.TextField(blank=True, editable=False)
    secret_made_at = models.DateTimeField(_("secret made at"), null=True, editable=False)
    former_until = models.DateTimeField(_("former secret signs until"), null=True, editable=False)
    position = models.PositiveBigIntegerField(null=True, editable=False)
    number = models.PositiveIntegerField(default=0, editable=False)
    succeeded_at = models.DateTimeField(_("last success"), null=True, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    stopped_at = models.DateTimeField(_("given up at"), null=True, editable=False)

    site_id: int
    deliveries: Any

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("add", "change", "view")
        ordering = ["name"]
        verbose_name = _("receiver of changes")
        verbose_name_plural = _("receivers of changes")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.position is None:
            # What was before, a receiver reads from the API.
            self.position = log.last_number()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Raises ``ValidationError`` for what is no address of the web."""
        super().clean()
        if wrong := addresses.wrong_in(self.address):
            raise ValidationError({"address": wrong})

    def signing_secrets(self, now: datetime.datetime) -> list[str]:
        """Return by what a message is signed now, the newest first. Raises ``Unreadable``."""
        found = [self.sealed_secret]
        if self.former_until is not None and now < self.former_until:
            found.append(self.sealed_former_secret)
        return [opened(one) for one in found if one]

    def renew_secret(self, now: datetime.datetime) -> str:
        """Make a new secret and return it; the one before signs beside it for a day."""
        secret = make_secret()
        former = self.sealed_secret if self._can_sign(now) else ""
        self.sealed_secret, self.secret_made_at = sealed(secret), now
        self.sealed_former_secret = former
        self.former_until = now + BOTH_FOR if former else None
        self.save(
            update_fields=[
                *("sealed_secret", "secret_made_at", "sealed_former_secret", "former_until")
            ]
        )
        return secret

    def _can_sign(self, now: datetime.datetime) -> bool:
        try:
            return bool(self.signing_secrets(now))
        except Unreadable:
            # Encrypted with a key that is no more: nobody can be told by it.
            return False


class WebhookDelivery(models.Model):
    """One message to one receiver: up to a hundred changes, in their order.

    ``key``: by which the receiver recognises a repeat; ``number``: which of its receiver it is,
    none for a trial. One at a time is under way to a receiver: so they come in their order.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given_up", _("no longer sent")
        SKIPPED = "skipped", _("left out")

    receiver = models.ForeignKey(
        WebhookReceiver,
        verbose_name=_("receiver"),
        on_delete=models.PROTECT,
        related_name="deliveries",
    )
    key = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True)
    number = models.PositiveIntegerField(_("number"), null=True)
    # As it is signed and sent, each time the same.
    body = models.TextField()
    count = models.PositiveIntegerField(_("changes"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    delivered_at = models.DateTimeField(_("delivered at"), null=True)
    tries = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, default=timezone.now)

    receiver_id: int
    attempts: Any
    get_state_display: Any

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["receiver"],
                condition=models.Q(number__isnull=False, state__in=["waiting", "given_up"]),
                name="pbgdpl_webhook_one_open",
            ),
            models.UniqueConstraint(fields=["receiver", "number"], name="pbgdpl_webhook_number"),
        ]
        verbose_name = _("message to a receiver of changes")
        verbose_name_plural = _("messages to receivers of changes")

    def __str__(self) -> str:
        return str(self.number or self.key)

    @property
    def is_trial(self) -> bool:
        return self.number is None

    @property
    def is_open(self) -> bool:
        """Whether the messages behind it wait for it."""
        return not self.is_trial and self.state in OPEN

    @property
    def last_attempt(self) -> WebhookAttempt | None:
        # As they were prefetched, the newest first.
        return next(iter(self.attempts.all()), None)


OPEN = (WebhookDelivery.State.WAITING, WebhookDelivery.State.GIVEN_UP)


class WebhookAttempt(AppendOnly):
    """That a message was sent, and what came of it."""

    delivery = models.ForeignKey(
        WebhookDelivery,
        verbose_name=_("message"),
        on_delete=models.PROTECT,
        related_name="attempts",
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    # The HTTP status; none where there was no answer.
    status = models.PositiveSmallIntegerField(pgettext_lazy("of an answer", "status"), null=True)
    # A code of ``reasons.REASONS`` or of the linked systems; empty where it was taken.
    reason = models.CharField(_("reason"), max_length=30, blank=True)
    details = NFCCharField(_("details"), max_length=255, blank=True)
    by_hand = models.BooleanField(_("by hand"), default=False)

    delivery_id: int

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["-pk"]
        verbose_name = _("attempt to send a message")
        verbose_name_plural = _("attempts to send messages")

    def __str__(self) -> str:
        return f"{self.delivery_id}: {self.status or self.reason}"

    @property
    def why(self) -> str:
        from .reasons import words

        return words(self.reason)
