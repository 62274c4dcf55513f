"""Linked systems, what they published, and how each attempt to ask them went (C13, I1).

Clauses: BK21 Điều 9.13, Điều 12.2.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string

from ..core.fields import NFCCharField, NFCTextField
from ..core.history import AppendOnly
from ..core.personal import THE_TRAIL, Personal

LONGEST_ADDRESS = 1000
#: By what is kept of each record: 2 with its number and facts.
READS = 2


class ExternalSource(models.Model):
    """A system of others that the portal links to and, where it publishes a list, reads.

    ``interval_minutes``: how often it is asked; ``down_after_minutes``: for how long it may fail
    before it counts as down. What stands below «state» is written by the runs alone, never by
    ``save()`` of a form. All instants are aware.
    """

    class Documents(models.TextChoices):
        """Whose word on documents a source is (D2)."""

        DATABASE = "database", _("National database of legal documents")
        GAZETTE = "gazette", _("Gazette of the state")
        OWN_GAZETTE = "own_gazette", _("Gazette of the province")

    name = NFCCharField(_("name"), max_length=150)
    code = models.SlugField(
        _("code"),
        max_length=50,
        unique=True,
        help_text=_("Short, of letters without accents: by it the command and blocks name it."),
    )
    kind = models.CharField(_("kind"), max_length=40)
    address = models.URLField(
        _("address that is read"),
        max_length=LONGEST_ADDRESS,
        blank=True,
        help_text=_("Of the feed, the list or the sitemap. Empty for a plain link."),
    )
    home = models.URLField(
        _("address for people"),
        max_length=LONGEST_ADDRESS,
        blank=True,
        help_text=_("Where visitors are led, above all while there is nothing to show."),
    )
    mapping = models.JSONField(
        _("mapping"),
        default=dict,
        blank=True,
        help_text=_("Where in the answer the records are, and what they hold: a JSON object."),
    )
    documents = models.CharField(
        _("its items are documents of"),
        max_length=12,
        choices=Documents,
        blank=True,
        help_text=_(
            "They can then be taken over as drafts, and what they say is compared with our own "
            "documents."
        ),
    )
    search_address = models.URLField(
        _("address of its search"),
        max_length=LONGEST_ADDRESS,
        blank=True,
        help_text=_("With {query} where the words go, such as https://vbpl.vn/tim?q={query}."),
    )
    search_feed = models.URLField(
        _("address of what its search finds, as a feed"),
        max_length=LONGEST_ADDRESS,
        blank=True,
        help_text=_(
            "RSS or Atom, with {query} where the words go; or the OpenSearch description of the "
            "site, which names that address. Who searches the portal can then look there too."
        ),
    )
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    logo_alt = NFCCharField(
        _("what the logo shows"),
        max_length=150,
        blank=True,
        help_text=_("Read aloud. Empty where it shows no more than the name beside it."),
    )
    allowed_hosts = NFCTextField(
        _("allowed hosts"),
        blank=True,
        help_text=_("Besides that of the address: hosts to which it may lead on, one a line."),
    )
    interval_minutes = models.PositiveIntegerField(_("asked every (minutes)"), default=60)
    down_after_minutes = models.PositiveIntegerField(
        _("counts as down after (minutes)"), default=24 * 60
    )
    order = models.PositiveIntegerField(_("order"), default=100)
    is_on = models.BooleanField(_("switched on"), default=False)

    # State.
    checked_at = models.DateTimeField(_("last checked"), null=True, editable=False)
    succeeded_at = models.DateTimeField(_("last success"), null=True, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    next_run_at = models.DateTimeField(_("next attempt"), default=timezone.now, editable=False)
    running_since = models.DateTimeField(_("running since"), null=True, editable=False)
    running_key = models.CharField(max_length=32, blank=True, editable=False)
    etag = models.CharField(max_length=500, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)
    # Of kind, address and mapping as they were read: others make the whole list anew.
    read_as = models.CharField(max_length=64, blank=True, editable=False)
    takes_loss = models.BooleanField(_("may lose records once"), default=False, editable=False)

    items: Any
    runs: Any

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("add", "change", "view")
        ordering = ["order", "name"]
        verbose_name = _("linked system")
        verbose_name_plural = _("linked outside systems")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ``ValidationError``: what the kind cannot read, or no address of the web."""
        from . import addresses, search_form
        from .adapters.registry import UnknownKind, adapter_of

        super().clean()
        errors: dict[str, Any] = {}
        try:
            adapter = adapter_of(self.kind)
        except UnknownKind:
            raise ValidationError({"kind": _("There is no such kind.")}) from None
        if not isinstance(self.mapping, dict):
            errors["mapping"] = _("Write a JSON object, such as {}.")
        elif wrong := adapter.wrong_in(self.mapping):
            errors["mapping"] = wrong
        if adapter.fetches and not self.address:
            errors["address"] = _("This kind needs an address that is read.")
        if not adapter.fetches and not self.address and not self.home:
            errors["home"] = _("A link needs an address for people.")
        if wrong := search_form.wrong_in(self.search_address):
            errors["search_address"] = wrong
        if self.search_feed.count("{query}") > 1:
            errors["search_feed"] = _("Write {query} once at most.")
        for field in ("address", "home", "search_feed"):
            address = getattr(self, field)
            if address and (wrong := addresses.wrong_in(address)):
                errors[field] = wrong
        if self.interval_minutes < 5:
            errors["interval_minutes"] = _("Not more often than every 5 minutes.")
        if errors:
            raise ValidationError(errors)

    @property
    def link(self) -> str:
        """The address to which people are led."""
        return self.home or self.address

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts, in lower case, that may be asked in its name."""
        listed = {line.strip().lower() for line in self.allowed_hosts.splitlines()}
        own = urlsplit(self.address).hostname or ""
        return frozenset((listed | {own}) - {""})

    @property
    def reading(self) -> str:
        """What the list that is kept was read by."""
        # What else is kept of each record than before: the whole list is read anew.
        parts = json.dumps([READS, self.kind, self.address, self.mapping], sort_keys=True)
        return hashlib.sha256(parts.encode()).hexdigest()


class SourceItem(models.Model):
    """Something that a linked system published. It is marked when it is no longer listed there."""

    source = models.ForeignKey(
        ExternalSource, verbose_name=_("source"), on_delete=models.PROTECT, related_name="items"
    )
    guid = models.CharField(_("key at the source"), max_length=64)
    title = NFCCharField(_("title"), max_length=500)
    link = models.URLField(_("link"), max_length=LONGEST_ADDRESS)
    summary = NFCTextField(_("summary"), blank=True)
    number = NFCCharField(_("number of the document"), max_length=100, blank=True)
    # By which it is told to be that of a document of ours.
    number_key = NFCCharField(max_length=100, blank=True)
    # What else it says of the document; see ``facts``.
    facts = models.JSONField(_("what it says"), default=dict)
    published_at = models.DateTimeField(_("published at"), null=True)
    # By which it is ordered: when it was published, or where nobody says so, first seen.
    listed_at = models.DateTimeField()
    # Its place in the list, the first 0.
    position = models.PositiveIntegerField(default=0)
    first_seen_at = models.DateTimeField(_("first seen"))
    last_seen_at = models.DateTimeField(_("last seen"))
    gone_at = models.DateTimeField(_("no longer listed since"), null=True)

    source_id: int
    taken: Any

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "guid"], name="pbgdpl_item_of_source")
        ]
        indexes = [
            models.Index(
                fields=["source", "-listed_at", "position"],
                condition=models.Q(gone_at=None),
                name="pbgdpl_item_newest",
            ),
            models.Index(
                fields=["number_key"],
                condition=~models.Q(number_key=""),
                name="pbgdpl_item_number",
            ),
        ]
        verbose_name = _("item of a linked system")
        verbose_name_plural = _("items of linked systems")

    def __str__(self) -> str:
        return self.title


class TakenItem(models.Model):
    """That an item became the page with the number ``page``; at one time it is one page alone.

    Where that page is deleted, the item can be taken over again: the row stays, no longer current.
    """

    item = models.ForeignKey(
        SourceItem, verbose_name=_("item"), on_delete=models.PROTECT, related_name="taken"
    )
    page = models.PositiveBigIntegerField(_("page"), db_index=True)
    is_current = models.BooleanField(_("current"), default=True)
    at = models.DateTimeField(_("taken over at"), auto_now_add=True)
    by = models.ForeignKey(
        django_settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_name = NFCCharField(_("name"), max_length=255, blank=True)

    item_id: int
    by_id: int | None

    personal: ClassVar[dict[str, Personal]] = dict.fromkeys(
        ("by", "by_name"), Personal(_("to know who took it over"), "R12", kept=THE_TRAIL)
    )
    not_personal: ClassVar[tuple[str, ...]] = ("item", "page", "is_current", "at")

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=models.Q(is_current=True), name="pbgdpl_item_taken_once"
            )
        ]
        verbose_name = _("item that was taken over")
        verbose_name_plural = _("items that were taken over")

    def __str__(self) -> str:
        return f"{self.item_id} → {self.page}"


class SourceRun(AppendOnly):
    """One attempt to read a source: what came of it, and why."""

    class Result(models.TextChoices):
        NEW = "new", _("read")
        SAME = "same", _("unchanged")
        REFUSED = "refused", _("not taken over")
        FAILED = "failed", _("failed")
        STUCK = "stuck", _("got stuck")

    source = models.ForeignKey(
        ExternalSource, verbose_name=_("source"), on_delete=models.PROTECT, related_name="runs"
    )
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"))
    result = models.CharField(_("result"), max_length=10, choices=Result.choices)
    # A code of ``reasons.REASONS``; empty where all went well.
    reason = models.CharField(_("reason"), max_length=30, blank=True)
    details = NFCCharField(_("details"), max_length=255, blank=True)
    count = models.PositiveIntegerField(_("records"), default=0)
    skipped = models.PositiveIntegerField(_("records left out"), default=0)
    bytes = models.PositiveIntegerField(_("bytes"), default=0)

    source_id: int
    get_result_display: Any

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["source", "-id"], name="pbgdpl_run_of_source")]
        verbose_name = _("attempt to read a linked system")
        verbose_name_plural = _("attempts to read linked systems")

    def __str__(self) -> str:
        return f"{self.source_id}: {self.result}"

    @property
    def why(self) -> str:
        from .reasons import words

        return words(self.reason)
