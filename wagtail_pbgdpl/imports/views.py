"""The import of documents in the admin: a file is checked, looked at row by row, and then taken."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from ..core.accounts import AdminRequest
from ..core.base_page import page_of
from ..intake.files import Sound, plain_name
from ..intake.held import held, hold, let_go
from ..intake.models import HeldUpload
from ..regulations.active import get_regulation, is_usable
from ..reporting.files import WORKBOOK, handed_out
from .checking import Entry, Note, may_import
from .importing import Report, run
from .tables import MEGABYTE, MOST_BYTES, TableRow, read
from .template import template

KINDS = ("C3", "C7", "C9")
#: More in one request would take longer than others should wait; the command takes them.
MOST_ROWS = 100
TEMPLATE_NAME = "mau-nhap-van-ban.xlsx"
_SALT = "wagtail_pbgdpl.imports"


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.jsonl"}),
    )

    rows: list[TableRow]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext(
            "A workbook (.xlsx), a CSV in UTF-8, or lines of JSON; up to %(most)d MB."
        ) % {"most": MOST_BYTES // MEGABYTE}

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                gettext("The file is too large: up to %(most)d MB.")
                % {"most": MOST_BYTES // MEGABYTE}
            )
        self.rows = read(file.name, file.read())
        check_number(self.rows)
        return file


class Shown(NamedTuple):
    entry: Entry
    #: The address of the draft that was made; empty for none.
    address: str
    #: What is said, each with whether it refuses the row, and where the other page is.
    notes: list[tuple[str, bool, str]]


def may_use(user: Any) -> bool:
    """Whether somebody may add documents to a category that takes them."""
    if not is_usable():
        return False
    categories = get_regulation().categories.values()
    return any(may_import(user, one.code) for one in categories if one.kind in KINDS)


def documents(request: AdminRequest) -> HttpResponse:
    """Check a file and say of each row what would come of it; then make the drafts."""
    if not may_use(request.user):
        raise PermissionDenied
    if "import" in request.POST:
        return _take(request)
    form = ImportForm(request.POST or None, request.FILES or None)
    report = upload = None
    if request.method == "POST" and form.is_valid():
        report = run(form.rows, request.user, is_trial=True)
        upload = _hold(request, form.cleaned_data["file"])
    return _answer(request, form, report, upload)


def _take(request: AdminRequest) -> HttpResponse:
    """Make the drafts of the file that was checked, and of no other."""
    upload = next(iter(held(_key(request.user))), None)
    form = ImportForm()
    if upload is None or upload.sha256 != request.POST["import"]:
        messages.error(request, gettext("Choose the file again: another was checked meanwhile."))
        return _answer(request, form, None, None)
    with upload.file.open("rb") as file:
        rows = read(upload.name, file.read())
    report = run(rows, request.user, is_trial=False, skips_refused="skip" in request.POST)
    if not report.is_done:
        messages.error(request, gettext("Nothing was imported. Look at the rows below."))
        return _answer(request, form, report, upload)
    let_go(_key(request.user), [upload.pk])
    made = len(report.good)
    messages.success(
        request,
        ngettext(
            "%(count)d draft was made. It goes the way of every item before it is public.",
            "%(count)d drafts were made. They go the way of every item before they are public.",
            made,
        )
        % {"count": made},
    )
    return _answer(request, form, report, None)


def download_template(request: AdminRequest) -> HttpResponse:
    if not may_use(request.user):
        raise PermissionDenied
    return handed_out(template(), WORKBOOK, TEMPLATE_NAME)


def check_number(rows: list[TableRow]) -> None:
    if len(rows) > MOST_ROWS:
        raise ValidationError(
            gettext(
                "Here a file may have up to %(most)d rows. Divide it, or let the operator use the "
                "command pbgdpl_import_documents."
            )
            % {"most": MOST_ROWS}
        )


def _answer(
    request: AdminRequest, form: ImportForm, report: Report | None, upload: HeldUpload | None
) -> HttpResponse:
    shown = [_shown(one, report, request.user) for one in report.entries] if report else []
    title = gettext("Import documents")
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/import_documents.html",
        {
            "breadcrumbs_items": [
                {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
                {"url": "", "label": title},
            ],
            "header_title": title,
            "page_title": title,
            "header_icon": "upload",
            "form": form,
            "report": report,
            "upload": upload,
            "shown": shown,
        },
    )


def _shown(entry: Entry, report: Report, user: Any) -> Shown:
    is_made = report.is_done and not entry.errors
    notes = [
        *((note.text, True, _address_of(note, user)) for note in entry.errors),
        *((note.text, False, _address_of(note, user)) for note in entry.warnings),
    ]
    address = reverse("wagtailadmin_pages:edit", args=[entry.page.pk]) if is_made else ""
    return Shown(entry, address, notes)


def _address_of(note: Note, user: Any) -> str:
    """Return where the other page is edited; empty for who may not see it."""
    page = page_of(note.page) if note.page is not None else None
    if page is None or not page.permissions_for_user(user).can_edit():
        return ""
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _hold(request: AdminRequest, file: Any) -> HeldUpload:
    """Keep the file until its drafts are wanted; of each person one."""
    key = _key(request.user)
    let_go(key, [one.pk for one in held(key)])
    file.seek(0)
    name = plain_name(file.name)
    return hold(key, Sound(name, name.rpartition(".")[2].lower()[:8], file.read()))


def _key(user: Any) -> str:
    return salted_hmac(_SALT, str(user.pk), algorithm="sha256").hexdigest()[:32]


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_use(request.user)


def menu_item() -> MenuItem:
    return ImportMenuItem(
        _("Import from a table"), reverse("pbgdpl_import"), icon_name="upload", order=640
    )


def urls() -> list[URLPattern]:
    return [
        path("pbgdpl/import/", documents, name="pbgdpl_import"),
        path("pbgdpl/import/template/", download_template, name="pbgdpl_import_template"),
    ]
