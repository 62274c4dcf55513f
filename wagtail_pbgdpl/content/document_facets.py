"""By what a list of documents is narrowed (D1: QT24 Điều 5.1a), from the records of documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from ..corpus.models import DocumentRecord
from ..corpus.records import with_validity
from ..legal.validity import VALIDITY as NAMES
from ..legal.validity import Validity as Codes
from ..reference.models import DocumentType, IssuingBody
from ..worktime.active import today
from .facets import Facet, Value, Years


class _OfRecords(Facet):
    def _records(self, pages: Any) -> Any:
        return DocumentRecord.objects.filter(page__in=pages.order_by().values("pk")).order_by()


class Validity(_OfRecords):
    """What holds today; its codes stand in the address."""

    def read(self, text: str) -> str:
        code = text.strip().upper()
        return code if code in NAMES else ""

    def narrow(self, pages: Any, value: str) -> Any:
        return pages.filter(pk__in=with_validity(today()).filter(validity=value).values("pk"))

    def values(self, pages: Any) -> Iterator[Value]:
        rows = with_validity(today()).filter(page__in=pages.order_by().values("pk")).order_by()
        counts = dict(rows.values_list("validity").annotate(count=Count("pk")))
        for code in Codes:
            if counts.get(code.value):
                yield Value(code.value, str(NAMES[code.value]), counts[code.value])


class Table(_OfRecords):
    """Rows of a reference table that records name by key in ``field``."""

    def __init__(self, name: str, label: Any, field: str, table: Any) -> None:
        super().__init__(name, label)
        self.field, self.table = field, table

    def narrow(self, pages: Any, value: str) -> Any:
        rows = self.table._default_manager.filter(code=value).values("pk")
        records = DocumentRecord.objects.filter(**{f"{self.field}__in": rows})
        return pages.filter(pk__in=records.values("pk"))

    def values(self, pages: Any) -> Iterator[Value]:
        rows = self._records(pages).values_list(self.field).annotate(count=Count("pk"))
        counts = {key: count for key, count in rows if key}
        for row in self.table._default_manager.filter(pk__in=counts):
            yield Value(row.code, row.name, counts[row.pk])


class IssueYears(Years, _OfRecords):
    """The year of issue; the newest first."""

    def narrow(self, pages: Any, value: str) -> Any:
        records = DocumentRecord.objects.filter(issued_on__year=int(value))
        return pages.filter(pk__in=records.values("pk"))

    def values(self, pages: Any) -> Iterator[Value]:
        rows = self._records(pages).filter(issued_on__isnull=False)
        counts = rows.values_list("issued_on__year").annotate(count=Count("pk"))
        for year, count in sorted(counts, reverse=True):
            yield Value(str(year), str(year), count)


VALIDITY = Validity("hieu-luc", _("Validity"), chips=True)
TYPE = Table("loai-van-ban", _("Document type"), "type", DocumentType)
ISSUER = Table("co-quan", _("Issuing body"), "issuer", IssuingBody)
ISSUED = IssueYears("nam", _("Year of issue"))
