"""What somebody who comments fills in. Whatever is wrong stands at its field; nothing is lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..consultations.models import Comment
from ..intake.forms import SenderForm, TextField, WarningForm
from ..intake.sender import WAYS


class CommentForm(SenderForm, WarningForm):
    """The words come first, and nobody has to say who they are (C12, X5)."""

    purpose = "draft_comment"
    must_be_reachable = False

    text = TextField(rows=5, label=_("Your comment"))
    author = forms.ChoiceField(
        label=_("You comment as"), choices=Comment.Author.choices, required=False
    )
    organisation = forms.CharField(
        label=_("Organisation, business or agency"), max_length=255, required=False
    )
    wants_answer = forms.BooleanField(
        label=_("Tell me by e-mail what becomes of my comment."), required=False
    )
    # Which text was read: a new version may be published meanwhile.
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["full_name"].required = False
        self.fields["name_may_be_shown"].label = gettext(
            "My name may be shown in public with the comment."
        )
        self.fields["postal_address"].widget.attrs["rows"] = "1"
        who = ("full_name", "author", "organisation", *WAYS, "wants_answer", "name_may_be_shown")
        self.order_fields(["text", "consent", *who, "uploads"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("wants_answer") and not cleaned.get("email") and "email" not in self.errors:
            message = gettext("Give the e-mail address to which the outcome is sent.")
            self.add_error("email", ValidationError(message, code="missing"))
        return cleaned

    @property
    def about(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "author": said["author"] or Comment.Author.PERSON,
            "organisation": said["organisation"],
            "wants_answer": said["wants_answer"],
            "version": said["version"],
        }

    @property
    def is_about_who(self) -> bool:
        """Whether something is wrong, or stands, in the part that is folded away."""
        folded = ("full_name", "organisation", *WAYS, "uploads")
        return any(self.data.get(name) or name in self.errors for name in folded)


class CorrectionForm(WarningForm):
    """Other words in the place of those that were sent."""

    purpose = "comment_corrected"
    takes_files = False
    asks_consent = False

    text = TextField(rows=6, label=_("Your comment"))
