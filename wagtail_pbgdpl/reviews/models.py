"""Public items that are to be looked at again because law that they cite has changed (R16).

State, clock and history stand in the matter and its events. Pages stand here by number: the rows
outlive them. Clauses: BP20 Điều 13.3; BK21 Điều 12.1a.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.fields import DayField, NFCCharField
from ..legal.relations import Relation, label
from ..legal.validity import VALIDITY, Validity

#: Code of the kind.
ANSWER_REVIEW = "answer_review"


class Review(models.Model):
    """That a public item is looked at again; ``page`` is its number. One is open at a time."""

    page = models.PositiveBigIntegerField(_("page"), db_index=True)
    is_open = models.BooleanField(_("open"), default=True)

    changes: models.QuerySet[LawChange]

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["page"], condition=Q(is_open=True), name="pbgdpl_review_one_open"
            )
        ]
        verbose_name = _("review of an item")
        verbose_name_plural = _("reviews of items")

    def __str__(self) -> str:
        return f"{self.page}"


class LawChange(models.Model):
    """What became of a document that the item cites.

    ``name`` and ``articles`` are those by which the item cites it, ``document`` the number of its
    page; ``before`` and ``after`` codes of its validity; ``since`` a day in Asia/Ho_Chi_Minh.
    Where another document did it, ``by`` is its name and ``relation`` what it did.
    """

    review = models.ForeignKey(
        Review, verbose_name=_("review"), on_delete=models.CASCADE, related_name="changes"
    )
    document = models.PositiveBigIntegerField(pgettext_lazy("law", "document"))
    name = NFCCharField(pgettext_lazy("law", "document"), max_length=500)
    articles = NFCCharField(_("articles"), max_length=500, blank=True)
    before = models.CharField(_("before"), max_length=6, choices=Validity)
    after = models.CharField(_("after"), max_length=6, choices=Validity)
    since = DayField(_("since"))
    relation = models.CharField(_("relation"), max_length=16, choices=Relation, blank=True)
    by = NFCCharField(_("by the document"), max_length=500, blank=True)
    noted_at = models.DateTimeField(_("noted at"), auto_now_add=True)

    get_before_display: Any
    get_after_display: Any

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        ordering = ["pk"]
        verbose_name = _("change of a legal basis")
        verbose_name_plural = _("changes of legal bases")

    def __str__(self) -> str:
        return f"{self.name}: {self.after}"

    @property
    def cited(self) -> str:
        """The document with its articles, as the item cites them."""
        return ", ".join(filter(None, [self.name, self.articles]))

    @property
    def became(self) -> str:
        """What became of it, in the language in use."""
        return words_for(self.before, self.after, self.relation, self.by)


def words_for(before: str, after: str, relation: str, by: str) -> str:
    """Return what became of a document in words: its validity, and which document did what."""
    said = str(VALIDITY.get(after, after))
    if not relation:
        return said
    if not by:
        return said
    did = f"{label(relation, acts=False)} {by}"
    return f"{said} ({did})" if after != before else did


class KnownValidity(models.Model):
    """The validity of a document that the portal knew last; ``page`` is the number of its page.

    Of another one items that cite it are told once, whether a page was published or a day has come.
    """

    page = models.PositiveBigIntegerField(_("page"), primary_key=True)
    validity = models.CharField(_("validity"), max_length=6, choices=Validity)
    known_at = models.DateTimeField(_("known since"), auto_now=True)

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("known validity of a document")
        verbose_name_plural = _("known validities of documents")

    def __str__(self) -> str:
        return f"{self.page}: {self.validity}"
