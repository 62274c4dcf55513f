"""What came by another way than the portal, entered by an official beside the rest (C12)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from ..core.accounts import AdminRequest
from ..intake import sending
from ..intake.fields import FilesField
from ..intake.sender import NAME_LENGTH, PHONE_LENGTH, check_phone
from ..matters.deeds import may_make
from ..matters.models import Matter
from ..matters.timeliness import seen_by
from ..worktime.active import today
from . import cases, lifecycle
from .details import of_draft
from .forms import FIT, area, day
from .models import CONSULTATION, Comment, CommentFile, Consultation

PURPOSE = "draft_comment_entered"
OTHER_WAYS = [one for one in Comment.Source.choices if one[0] != Comment.Source.PORTAL]


class EntryForm(forms.Form):
    sending_key = forms.CharField(widget=forms.HiddenInput, required=False)
    source = forms.ChoiceField(label=gettext_lazy("How it came"), choices=OTHER_WAYS)
    arrived_on = day(gettext_lazy("Arrived on"), initial=today)
    register_number = forms.CharField(
        label=gettext_lazy("Number of the incoming document"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Needed where it is entered after the closing."),
    )
    anchor = forms.ChoiceField(
        label=gettext_lazy("Provision"), required=False, widget=forms.Select(attrs=FIT)
    )
    text = area(gettext_lazy("Comment, word for word"), rows=6)
    author = forms.ChoiceField(label=gettext_lazy("Who comments"), choices=Comment.Author.choices)
    organisation = forms.CharField(
        label=gettext_lazy("Organisation, business or agency"), max_length=255, required=False
    )
    full_name = forms.CharField(
        label=gettext_lazy("Full name"), max_length=NAME_LENGTH, required=False
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    phone = forms.CharField(
        label=gettext_lazy("Telephone"),
        max_length=PHONE_LENGTH,
        required=False,
        validators=[check_phone],
    )
    wants_answer = forms.BooleanField(
        label=gettext_lazy("The author wants to be told the outcome by e-mail"), required=False
    )
    uploads = FilesField(label=gettext_lazy("Files, such as the scanned letter"), required=False)

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = consultation.latest_version
        field: Any = self.fields["anchor"]
        places = [(row[0], row[1]) for row in version.provisions] if version else []
        field.choices = [("", consultation.words.whole), *places]
        self.initial["sending_key"] = sending.signed(sending.new_key(), PURPOSE)

    def clean_uploads(self) -> Any:
        found = self.cleaned_data["uploads"]
        if found.problems:
            raise ValidationError(found.problems)
        return found.sound

    @property
    def key(self) -> str:
        """Return the key by which it counts once. Raises ``sending.Forged``."""
        return sending.read(self.cleaned_data["sending_key"], PURPOSE).key


def enter(request: AdminRequest, pk: int) -> HttpResponse:
    """Enter a comment. Raises ``Http404`` and ``PermissionDenied`` (R11)."""
    consultation = get_object_or_404(Consultation, pk=pk)
    rows = seen_by(request.user).select_related("unit")
    matter: Matter = get_object_or_404(rows, kind=CONSULTATION, subject=pk)
    if not may_enter(request.user, matter):
        raise PermissionDenied
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = EntryForm(*sent, consultation=consultation)
    if form.is_bound and form.is_valid():
        try:
            sending.send_once(form.key, PURPOSE, lambda: _made(request.user, consultation, form))
        except ValidationError as error:
            for name, texts in getattr(error, "message_dict", {None: error.messages}).items():
                form.add_error(name if name in form.fields else None, texts)
        except sending.Forged:
            form.add_error(None, _("Send the form once more."))
            form = EntryForm(consultation=consultation, initial=form.cleaned_data)
        else:
            messages.success(request, _("The comment was entered. The board looks at it next."))
            return redirect("pbgdpl_consultation_table", pk)
    context = {"form": form, "matter": matter, "draft": of_draft(consultation)}
    template = "wagtail_pbgdpl/admin/consultation_enter.html"
    return TemplateResponse(request, template, context, status=422 if form.is_bound else 200)


def _made(user: Any, consultation: Consultation, form: EntryForm) -> str:
    said = dict(form.cleaned_data)
    files, anchor, text = said.pop("uploads"), said.pop("anchor"), said.pop("text")
    del said["sending_key"]
    comment = cases.enter(consultation, anchor, text, user, said)
    for one in files:
        row = CommentFile(comment=comment)
        row.keep(one)
        row.save()
    return str(comment.pk)


def may_enter(user: Any, matter: Matter) -> bool:
    """Whether the user works on the consultation: of the unit that drafts, or the secretary."""
    return bool(may_make(user, lifecycle.CONSULTATION.moves["consult_invite"], matter))
