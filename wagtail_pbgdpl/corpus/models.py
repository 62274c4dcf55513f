"""What the portal knows of its documents together: identity, validity, relations, citations.

All of it follows from the pages, which are what the board approves; the rows are written when a
version is stored or published, and can be made anew. Pages stand here by number. Clauses: QT24
Điều 5.1a (D1, D2); LC19 mục II.3 (D5).
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.fields import NFCCharField
from ..legal.relations import Relation
from ..legal.validity import Standing, Validity


class DocumentIdentity(models.Model):
    """That a number, an issuing body and a day of issue are those of one page, be it a draft."""

    key = NFCCharField(_("key"), max_length=160, unique=True)
    page = models.PositiveBigIntegerField(_("page"), db_index=True)

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("identity of a document")
        verbose_name_plural = _("identities of documents")

    def __str__(self) -> str:
        return self.key


class DocumentRecord(models.Model):
    """A public document as lists, citations and relations know it.

    ``original`` is the page of which this one is a copy in another place or language, or itself.
    ``places`` has the anchors of those articles whose number alone says which is meant, where they
    are not ``dieu-N``; ``folded`` is what the search of the list looks in; ``law`` is the folded
    name and the year by which one cites a law.
    """

    page = models.PositiveBigIntegerField(_("page"), primary_key=True)
    original = models.PositiveBigIntegerField(_("original"), db_index=True)
    number = NFCCharField(_("number and symbol"), max_length=100, blank=True)
    number_key = NFCCharField(_("key of the number"), max_length=100, blank=True, db_index=True)
    law = models.CharField(_("name of the law"), max_length=255, blank=True, db_index=True)
    abstract = NFCCharField(_("abstract of the document"), max_length=500, blank=True)
    issuer = models.PositiveBigIntegerField(_("issuing body"), null=True, blank=True)
    type = models.PositiveBigIntegerField(_("document type"), null=True, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True, db_index=True)
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    expired_on = models.DateField(_("in force until"), null=True, blank=True)
    stated = models.CharField(_("validity"), max_length=6, choices=Validity, blank=True)
    ended_on = models.DateField(_("ended by another document on"), null=True, blank=True)
    partly_on = models.DateField(_("changed by another document on"), null=True, blank=True)
    folded = models.TextField(_("words without accents"), blank=True)
    places = models.JSONField(_("places of articles"), default=dict, blank=True)
    has_relations = models.BooleanField(_("has relations"), default=False)

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("record of a document")
        verbose_name_plural = _("records of documents")

    def __str__(self) -> str:
        return f"{self.page}: {self.number}"

    @property
    def standing(self) -> Standing:
        return Standing(
            self.effective_on, self.expired_on, self.stated, self.ended_on, self.partly_on
        )


class DocumentRelation(models.Model):
    """What one document does to another; ``source`` acts, ``target`` is acted on.

    Either may be a document that the portal does not have: then it stands here by its words alone,
    and pages by their numbers alone.
    ``provisions`` are those of the target, empty for the whole. ``since`` is a day in
    Asia/Ho_Chi_Minh: as stated, or that of the document that acts. ``told_at`` says since when
    those who cite the target know of it.
    """

    stated_by = models.PositiveBigIntegerField(_("stated by"), db_index=True)
    relation = models.CharField(_("relation"), max_length=16, choices=Relation)
    source = models.PositiveBigIntegerField(_("document that acts"), null=True, db_index=True)
    source_key = NFCCharField(max_length=100, blank=True, db_index=True)
    source_name = NFCCharField(max_length=500, blank=True)
    target = models.PositiveBigIntegerField(_("document acted on"), null=True, db_index=True)
    target_key = NFCCharField(max_length=100, blank=True, db_index=True)
    target_name = NFCCharField(max_length=500, blank=True)
    provisions = NFCCharField(_("provisions"), max_length=500, blank=True)
    since = models.DateField(_("since"), db_index=True)
    is_dated = models.BooleanField(_("day stated"), default=False)
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    get_relation_display: Any

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["since", "pk"]
        verbose_name = _("relation between documents")
        verbose_name_plural = _("relations between documents")

    def __str__(self) -> str:
        source, target = self.source or self.source_name, self.target or self.target_name
        return f"{source} {self.relation} {target}"


class Citation(models.Model):
    """That the public version of a page cites a document; one row with empty keys says it was read.

    ``key`` is that of a number (``n:``), of a law by name and year (``l:``), or a page (``p:``).
    ``provisions`` are as cited, empty for the whole document.
    """

    page = models.PositiveBigIntegerField(_("page"), db_index=True)
    key = NFCCharField(_("key"), max_length=260, blank=True, db_index=True)
    name = NFCCharField(pgettext_lazy("law", "document"), max_length=500, blank=True)
    provisions = NFCCharField(_("provisions"), max_length=500, blank=True)

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("citation")
        verbose_name_plural = _("citations")

    def __str__(self) -> str:
        return f"{self.page} → {self.key or '–'}"
