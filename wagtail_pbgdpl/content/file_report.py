"""The files of public pages whose text the search could not read, and why."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from ..media.shown import documents_on_pages
from ..questions.answer_texts import BySecretary
from ..reporting.fields import Field
from ..reporting.report import Report
from ..search.file_models import FileText


class UnreadFilesFilterSet(WagtailFilterSet):
    fault = django_filters.ChoiceFilter(label=_("Reason"), choices=list(FileText.FAULTS.items()))


class FilesPolicy(BySecretary):
    """The secretary, and who runs the portal: what is read depends on how it is installed."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        runs_it = user.is_active and user.is_superuser
        return runs_it or super().user_has_permission(user, action)


class UnreadFilesReport(Report):
    """Of files that the public may open; of others nothing is read."""

    page_title = _("Files that the search cannot read")
    header_icon = "doc-full-inverse"
    menu_order = 1017
    index_url_name = "pbgdpl_unread_files"
    permission_policy = FilesPolicy(FileText)
    filterset_class = UnreadFilesFilterSet
    default_ordering = "-read_at"
    export_filename = "tep-chua-doc-duoc"

    def get_fields(self) -> Sequence[Field]:
        return (
            Field(
                "file",
                _("File"),
                lambda row: posixpath.basename(row.file),
                link=lambda row: reverse("wagtaildocs:edit", args=[row.document]),
            ),
            Field("fault", _("Reason"), "get_fault_display"),
            Field("read_at", _("Tried at")),
        )

    def get_base_queryset(self) -> QuerySet[Any]:
        return FileText.objects.exclude(fault="").filter(document__in=documents_on_pages())
