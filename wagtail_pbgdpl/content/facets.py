"""By what a list can be narrowed: each facet knows its values, and how many items have each.

A page type declares its facets; a list has those of the types that its category takes.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.discovery import concrete_models
from ..core.listed import ListedMixin
from ..core.text import fold, nfc

LONGEST = 100
FIRST_YEAR = 1945


class Value(NamedTuple):
    """A value of a facet as it stands in an address, how it reads, and how many items have it."""

    value: str
    label: str
    items: int


class Facet:
    """``name``: the parameter in the address; ``chips``: whether its values are shown as links."""

    #: Whether it is shown where all items have the same value.
    shows_one = True

    def __init__(self, name: str, label: Any, *, chips: bool = False) -> None:
        self.name, self.label, self.chips = name, label, chips

    def read(self, text: str) -> str:
        """Return what was chosen; empty for what makes no sense."""
        return nfc(text).replace("\x00", "").strip()[:LONGEST]

    def narrow(self, pages: Any, value: str) -> Any:
        """Return the content in ``pages``, rows of all content, that has a value."""
        raise NotImplementedError

    def values(self, pages: Any) -> Iterable[Value]:
        """Return the values that occur in ``pages``, in the order in which they are offered."""
        raise NotImplementedError


class Years(Facet):
    """The year of first publication, in the time zone of the site; the newest first."""

    def read(self, text: str) -> str:
        year = text.strip()
        four = len(year) == 4 and year.isascii() and year.isdigit()
        return year if four and FIRST_YEAR <= int(year) < datetime.MAXYEAR else ""

    def narrow(self, pages: Any, value: str) -> Any:
        zone = timezone.get_current_timezone()
        start = datetime.datetime(int(value), 1, 1, tzinfo=zone)
        end = datetime.datetime(int(value) + 1, 1, 1, tzinfo=zone)
        return pages.filter(published_at__gte=start, published_at__lt=end)

    def values(self, pages: Any) -> Iterator[Value]:
        rows = pages.filter(published_at__isnull=False).order_by()
        rows = rows.values_list(ExtractYear("published_at")).annotate(count=Count("pk"))
        for year, count in sorted(rows, reverse=True):
            yield Value(str(year), str(year), count)


class _OfAll(Facet):
    """What content of whatever type has in a relation; ``field``: its name, ``key``: by what of the
    related table it stands in an address."""

    shows_one = False
    most: int | None = None

    def __init__(self, name: str, label: Any, field: str, key: str) -> None:
        super().__init__(name, label)
        self.field, self.key = field, key

    def narrow(self, pages: Any, value: str) -> Any:
        wanted = {f"{self.field}__{self.key}": value}
        return pages.filter(**wanted) if self._is_had(pages) else pages

    def values(self, pages: Any) -> Iterator[Value]:
        if not self._is_had(pages):
            return
        columns = [f"{self.field}__{name}" for name in (self.key, "name")]
        rows = pages.filter(**{f"{self.field}__isnull": False}).order_by().values_list(*columns)
        rows = rows.annotate(count=Count("pk", distinct=True)).order_by("-count", columns[1])
        for value, label, count in sorted(rows[: self.most], key=lambda row: fold(row[1]).lower()):
            yield Value(value, label, count)

    def _is_had(self, pages: Any) -> bool:
        return hasattr(pages.model, self.field)


class Suppliers(_OfAll):
    """The unit that supplied an item."""


class Tags(_OfAll):
    """The tags of items; of many the commonest are offered."""

    most = 40


class OfTypes(Facet):
    """What several page types have in a field of the same name; ``field``: its name."""

    def __init__(self, name: str, label: Any, field: str, *, chips: bool = False) -> None:
        super().__init__(name, label, chips=chips)
        self.field = field

    @property
    def models(self) -> Iterator[Any]:
        for model in concrete_models(ListedMixin):
            if self in getattr(model, "listed_facets", ()):
                yield model

    def _rows(self, pages: Any) -> Iterator[Any]:
        keys = pages.order_by().values("pk")
        for model in self.models:
            yield model._default_manager.filter(pk__in=keys).order_by()

    def _having(self, pages: Any, **condition: Any) -> Any:
        wanted = Q(pk__in=())
        for model in self.models:
            rows = model._default_manager.filter(**condition).order_by()
            wanted |= Q(pk__in=rows.values("pk"))
        return pages.filter(wanted)


class Choices(OfTypes):
    """A field with choices; offered in the order of these."""

    def narrow(self, pages: Any, value: str) -> Any:
        return self._having(pages, **{self.field: value})

    def values(self, pages: Any) -> Iterator[Value]:
        counts: Counter[str] = Counter()
        labels: dict[str, Any] = {}
        for rows in self._rows(pages):
            labels |= dict(rows.model._meta.get_field(self.field).flatchoices)
            for value, count in rows.values_list(self.field).annotate(count=Count("pk")):
                counts[value] += count
        for value, label in labels.items():
            if counts[value]:
                yield Value(value, str(label), counts[value])


class Rows(OfTypes):
    """Rows of a table with ``code`` and ``name``, one or several to an item; ``order``: fields of
    that table."""

    def __init__(
        self, name: str, label: Any, field: str, *, order: Sequence[str] = ("order", "name")
    ) -> None:
        super().__init__(name, label, field)
        self.order = order

    def narrow(self, pages: Any, value: str) -> Any:
        return self._having(pages, **{f"{self.field}__code": value})

    def values(self, pages: Any) -> Iterator[Value]:
        columns = [f"{self.field}__{name}" for name in (*self.order, "code", "name")]
        counts: Counter[tuple[Any, ...]] = Counter()
        for rows in self._rows(pages):
            found = rows.filter(**{f"{self.field}__isnull": False}).values_list(*columns)
            for *row, count in found.annotate(count=Count("pk")):
                counts[tuple(row)] += count
        for row in sorted(counts):
            yield Value(row[-2], row[-1], counts[row])


class Kinds(Facet):
    """The page type, where several occur; ``listed_as`` of a type is its value, shared at will."""

    def narrow(self, pages: Any, value: str) -> Any:
        types = ContentType.objects.get_for_models(
            *(one for one in concrete_models(ListedMixin) if listed_as(one) == value)
        )
        return pages.filter(content_type__in=[one.pk for one in types.values()])

    def values(self, pages: Any) -> Iterator[Value]:
        counts: Counter[str] = Counter()
        labels: dict[str, str] = {}
        rows = pages.order_by().values_list("content_type").annotate(count=Count("pk"))
        for key, count in rows:
            model: Any = ContentType.objects.get_for_id(key).model_class()
            if model is not None:
                value = listed_as(model)
                counts[value] += count
                label = getattr(model, "listed_label", None) or model._meta.verbose_name_plural
                labels[value] = str(label)
        if len(counts) > 1:
            for value, count in counts.most_common():
                text = labels[value]
                yield Value(value, text[:1].upper() + text[1:], count)


def listed_as(model: Any) -> str:
    return str(getattr(model, "listed_as", "") or model._meta.model_name)


YEAR = Years("nam", _("Year"))
KIND = Kinds("kieu", _("Kind of item"), chips=True)
FIELD = Rows("linh-vuc", _("Legal field"), "legal_fields")
AUDIENCE = Rows("doi-tuong", _("Audience"), "audiences")
SUPPLIER = Suppliers("don-vi", _("Unit that supplied it"), "unit", "code")
TAG = Tags("the", pgettext_lazy("content", "Tag"), "tags", "slug")
UNIT = Rows("don-vi", _("Answering unit"), "unit", order=("name",))
