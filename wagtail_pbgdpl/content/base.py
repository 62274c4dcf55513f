"""What every item of content has, whatever its category."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, TitleFieldPanel
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.models import Locale
from wagtail.search import index

from ..blocks.field import BlocksField
from ..blocks.outline import outline
from ..core.fields import DayField, NFCCharField
from ..core.listed import ListedMixin
from ..desk.panels import ClockPanel
from ..full_text.editor import FullTextPanel, WordPanel
from ..reference.models import LegalField
from ..reviews.shown import changes_shown
from ..serving.prepared import Given, PreparedQuery
from ..serving.process_cache import of_version
from ..workflows.item_bar import ItemBar
from .facets import Facet
from .forms import ContentPageForm
from .regulated import RegulatedPageMixin
from .required import missing_fields, required_of
from .tags import ContentTag

LEAD_PANELS = [
    ItemBar(),
    TitleFieldPanel("title"),
    FieldPanel("summary", widget=AdminAutoHeightTextInput(attrs={"rows": 3})),
    FieldPanel("cover"),
]

ATTRIBUTION_PANEL = MultiFieldPanel(
    [FieldPanel("author"), FieldPanel("source"), FieldPanel("source_url")],
    heading=_("Author and source"),
)

SUPPLY_PANEL = MultiFieldPanel(
    [
        FieldPanel("unit"),
        FieldPanel("information_on"),
        FieldPanel("deadline_rule"),
        ClockPanel(heading=_("Time limit")),
    ],
    heading=_("Unit and time limit"),
)


def panels(*own: Any, after_body: Sequence[Any] = ()) -> list[Any]:
    """Return the content panels of a page type: lead, its own fields, body, attribution."""
    # Where the full text of a document is taken in, its file is as well.
    word = [] if any(isinstance(one, FullTextPanel) for one in own) else [WordPanel()]
    body = [*word, FieldPanel("body"), *after_body]
    return [*LEAD_PANELS, *own, *body, ATTRIBUTION_PANEL, SUPPLY_PANEL]


class ContentMixin(ListedMixin, RegulatedPageMixin):
    """Common fields of all content (S3, C1–C15). Narrow on purpose: listings read this table.

    Mix it into one concrete page model of the site; the page types extend that.
    """

    author = NFCCharField(
        _("author"),
        max_length=255,
        help_text=_("Full name or pen name; several authors are separated by commas."),
    )
    source = NFCCharField(
        _("source"),
        max_length=255,
        help_text=_("The unit or newspaper that the item comes from."),
    )
    source_url = models.URLField(
        _("address of the source"),
        max_length=500,
        blank=True,
        help_text=_("Only where the item was first published elsewhere."),
    )

    unit = models.ForeignKey(
        "wagtail_pbgdpl.Unit",
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The unit that supplies the item."),
    )
    information_on = DayField(
        _("day of the information"),
        null=True,
        blank=True,
        help_text=_(
            "The day on which it was decided, issued or took place: the time limit is counted "
            "from it. Documents and events have dates of their own, which come first."
        ),
    )
    deadline_rule = models.CharField(_("time limit"), max_length=60, blank=True)

    # What ``read`` found; ``None`` where the page was read in another way.
    read_tags: list[ContentTag] | None = None

    base_form_class = ContentPageForm
    page_template = "wagtail_pbgdpl/pages/content_page.html"
    #: What is drawn of ``body``; kept where all its blocks are the same for everybody.
    body_template: ClassVar[str] = "wagtail_pbgdpl/includes/body.html"

    # A copy is an item of its own, with a time of first publication of its own.
    exclude_fields_in_copy = ["listed_in", "published_at", "first_published_at"]

    category_kinds: ClassVar[tuple[str, ...] | None] = ()
    #: Foreign keys that the page shows: read together with it.
    shown_with: ClassVar[tuple[str, ...]] = ("cover",)
    #: By what lists of this type are narrowed, beside the year.
    listed_facets: ClassVar[tuple[Facet, ...]] = ()
    #: The sign on the card of an item (``face.glyphs``), and by the value of ``card_kind``.
    card_glyph: ClassVar[str] = "paper"
    card_glyphs: ClassVar[dict[str, str]] = {}
    #: The fields in which a card finds kind and files; empty where the type has none.
    card_kind: ClassVar[str] = ""
    card_files: ClassVar[str] = ""
    #: Search fields of this class alone; all those of the bases are added.
    own_search_fields: ClassVar[list[index.BaseField]] = [
        index.SearchField("summary"),
        index.SearchField("author"),
        index.SearchField("source"),
        index.FilterField("category"),
        index.FilterField("published_at"),
    ]

    class Meta:
        abstract = True

    @classmethod
    def get_search_fields(cls) -> list[index.BaseField]:
        own = (vars(base).get("own_search_fields", ()) for base in cls.__mro__)
        fields = [*super().get_search_fields(), *(field for fields in own for field in fields)]
        return list({(type(field), field.field_name): field for field in fields}.values())

    def clean_fields(self, exclude: Any = None) -> None:
        excluded = set(exclude or ())
        # The columns of S3 are not optional; a regulation may still not ask for them.
        not_asked = {
            name
            for name in ("author", "source")
            if not getattr(self, name) and name not in required_of(self)
        }
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude=excluded | not_asked)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        errors = missing_fields(self, excluded) | errors
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self._state.adding:
            self.take_place_in_tree()
        if self.live:
            self.published_at = self.first_published_at or self.published_at or timezone.now()
        if "first_published_at" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = [*kwargs["update_fields"], "published_at"]
        return super().save(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """A revision is content: where the page stands and since when it is public is not."""
        page = super().with_content_json(content)
        page.category = self.category
        page.listed_in = self.listed_in
        page.published_at = self.published_at
        if self.first_published_at:
            page.first_published_at = self.first_published_at
        return page

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        revision = super().save_revision(*args, **kwargs)
        if not self.live:
            # Whose a draft is must stand in its row: who may see it is asked there (R11).
            own = type(self)._base_manager.filter(pk=self.pk)
            own.exclude(unit=self.unit_id).update(unit=self.unit_id)
        return revision

    @property
    def counts_in_ledger(self) -> bool:
        """Whether the page is an item of its own: no alias, and no translation of another."""
        default = of_version("default_locale", lambda: Locale.get_default().pk)
        return self.alias_of_id is None and self.locale_id == default

    def take_place_in_tree(self) -> None:
        """Set ``listed_in`` and ``category`` from the index page above; saving is the caller's."""
        parent = self.get_parent()
        self.listed_in = parent.pk if parent else None
        self.category = getattr(parent.specific_deferred, "category", "") if parent else ""

    @classmethod
    def read(cls, pk: Any) -> Any:
        """Return the page with its cover, what it refers to and its tags, in one query.

        Raises ``DoesNotExist``.
        """
        rows = cls._query_to_read()(id=pk)
        if not rows:
            raise cls.DoesNotExist(f"There is no {cls._meta.label} with the primary key {pk}.")
        page = rows[0]
        if hasattr(cls, "tags"):
            page.read_tags = [
                ContentTag(pk=row.tag_pk, name=row.tag_name, slug=row.tag_slug)
                for row in rows
                if row.tag_pk is not None
            ]
        return page

    @classmethod
    @cache
    def _query_to_read(cls) -> PreparedQuery:
        def build() -> Any:
            key = Given("id", cls._meta.get_field("id"))  # type: ignore[arg-type]
            pages = cls._default_manager.filter(pk=key).select_related(*cls.shown_with)
            if not hasattr(cls, "tags"):
                return pages
            # One row for each tag; an item has a handful.
            return pages.annotate(
                tag_pk=F("tags__pk"), tag_name=F("tags__name"), tag_slug=F("tags__slug")
            ).order_by("tag_name")

        return PreparedQuery(build)

    def _outline(self, stamp: str | None) -> list[Any]:
        if not hasattr(self, "body"):
            return []
        if stamp is None:
            return outline(self.body)
        return of_version(("outline", self.pk, stamp), lambda: outline(self.body))

    def shown_tags(self) -> Iterable[ContentTag]:
        if self.read_tags is not None:
            return self.read_tags
        return self.tags.all() if hasattr(self, "tags") and self.pk else ()

    def shown_fields(self) -> Iterable[LegalField]:
        """Return the legal fields, which do not change before the page is published anew."""
        if not hasattr(self, "legal_fields") or not self.pk:
            return ()
        if self.read_tags is None:
            return self.legal_fields.all()
        key = ("legal fields", self._meta.label, self.pk)
        return of_version(key, lambda: tuple(self.legal_fields.all()))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["tags"] = self.shown_tags()
        context["outline"] = self._outline(context.get("stamp"))
        context["law_changes"] = changes_shown(self) if self.pk else []
        return context


class BodyMixin(models.Model):
    """The body of a page; its blocks come from the registry for the concrete page type."""

    body = BlocksField(use="body", blank=True, verbose_name=_("body"))

    category_kinds: ClassVar[tuple[str, ...] | None]
    page_template: ClassVar[str]
    own_search_fields: ClassVar[list[index.BaseField]] = [index.SearchField("body")]

    class Meta:
        abstract = True
