"""The index of the search, and what editors add to it.

The sets of tokens stand in tables of their own, which differ by database: see ``postgres`` and
``sqlite``. All of it can be made anew from what is public.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..core.base_page import base_page_model
from ..core.fields import NFCCharField, NFCTextField
from ..core.personal import Personal
from .models import LONGEST_TERM
from .words import syllables

LONGEST_QUERY = 200


class SearchEntry(models.Model):
    """What results show of an entry. ``key`` orders by the time of publication.

    ``digest`` and ``mark`` say of what it was made; ``words``: the syllables of the title;
    ``facets``: by what results are counted.
    """

    key = models.BigIntegerField(unique=True)
    source = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    kind = models.CharField(max_length=20)
    facets = models.CharField(max_length=400)
    digest = models.CharField(max_length=32)
    mark = models.CharField(max_length=32)
    words = models.TextField()
    title = NFCTextField()
    number = NFCCharField(max_length=100)
    day = models.DateField(null=True)
    date = models.DateTimeField()
    indexed_at = models.DateTimeField(auto_now=True)
    # Last, so that a row is read without them.
    lead = NFCTextField()
    sections = models.JSONField()
    text = NFCTextField()

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "object_id"], name="pbgdpl_search_object")
        ]
        verbose_name = _("entry of the search")
        verbose_name_plural = _("entries of the search")

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A syllable, or a pair of neighbours, and how many entries have it.

    Whoever publishes only adds terms that are not there: nobody waits for another, and two at once
    may add one twice. The timed command counts, and takes the second away.
    """

    term = models.CharField(max_length=LONGEST_TERM, db_index=True)
    documents = models.PositiveIntegerField()

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("word of the search")
        verbose_name_plural = _("words of the search")

    def __str__(self) -> str:
        return f"{self.term} {self.documents}"


class SearchState(models.Model):
    """The one row that says when all that is public was last compared with the index."""

    compared_at = models.DateTimeField(null=True)

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("state of the search")
        verbose_name_plural = _("state of the search")

    def __str__(self) -> str:
        return f"{self.compared_at}"


class SearchSynonym(models.Model):
    """Phrases that mean the same: an abbreviation, what people say, what the law says."""

    phrases = NFCTextField(
        _("words that mean the same"),
        max_length=1000,
        help_text=_("One on each line, at least two, for example sổ đỏ and giấy chứng nhận."),
    )

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        ordering = ["phrases"]
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")

    def __str__(self) -> str:
        return " = ".join(self.group())

    def group(self) -> list[str]:
        return [phrase for line in self.phrases.splitlines() if (phrase := line.strip())]

    def clean(self) -> None:
        super().clean()
        phrases = {tuple(syllables(phrase)) for phrase in self.group()} - {()}
        if len(phrases) < 2:
            raise ValidationError({"phrases": _("Write at least two, each on a line of its own.")})


class SearchPin(models.Model):
    """A page, by its number, that stands first for certain words."""

    query = NFCCharField(
        _("searched words"),
        max_length=LONGEST_QUERY,
        help_text=_("As people type them; accents and capitals do not matter."),
    )
    words = models.CharField(max_length=LONGEST_QUERY, editable=False, db_index=True)
    page = models.PositiveBigIntegerField(_("page"))

    personal: ClassVar[dict[str, Personal]] = {}

    objects: Any = models.Manager()

    class Meta:
        app_label = "wagtail_pbgdpl"
        ordering = ["query"]
        constraints = [models.UniqueConstraint(fields=["words", "page"], name="pbgdpl_search_pin")]
        verbose_name = _("pinned result")
        verbose_name_plural = _("pinned results")

    def __str__(self) -> str:
        return self.query

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.words = " ".join(syllables(self.query))[:LONGEST_QUERY]
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if not syllables(self.query):
            raise ValidationError({"query": _("Write words.")})

    @property
    def page_title(self) -> str:
        page = base_page_model()._default_manager.filter(pk=self.page).first()
        return str(page) if page else str(self.page)
