"""What the public fills in. Whatever is wrong stands at its field, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..intake.forms import PublicForm, SenderForm, TextField, WarningForm
from ..intake.sender import WAYS
from ..own_data.models import DataRequest
from ..questions.models import STARS, Question
from ..regulations import QuestionKind
from ..search.alike import alike
from .entry import ENTRIES

LONGEST_COMMENT = 2_000


class QuestionForm(SenderForm, WarningForm):
    """A question, feedback or a petition, with who sends it (Q1, Q7, Q8, Q10, C20)."""

    text = TextField(
        rows=7,
        help_text=_(
            "Say what happened, when and in which commune. Leave out numbers of identity cards, "
            "bank accounts and telephones."
        ),
    )
    commune = forms.CharField(
        label=_("Commune or ward where it happened"), max_length=120, required=False
    )
    # The script shows them while somebody types, and says so here.
    alike_seen = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-pbgdpl-alike-seen": ""}),
        required=False,
        max_length=1,
    )

    # What goes into the row beside who sends it.
    about = ("commune", "legal_field")

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        self.purpose = kind
        super().__init__(*args, **kwargs)
        self.fields["text"].label = ENTRIES[QuestionKind(kind)].label
        if kind == QuestionKind.FEEDBACK:
            del self.fields["commune"]
        else:
            field: Any = Question._meta.get_field("legal_field")
            self.fields["legal_field"] = field.formfield(
                label=_("Legal field"), empty_label=gettext("I do not know"), required=False
            )
        self.fields["postal_address"].widget.attrs["rows"] = "1"
        # What is wrong is listed as it stands on the page.
        about = ("text", "legal_field", "commune", "uploads")
        self.order_fields([*about, "full_name", *WAYS, "name_may_be_shown", "consent"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.data[self.add_prefix("alike_seen")] = "1"
        return cleaned

    def shows_alike_first(self) -> bool:
        """Whether answered questions that look like a valid one are to be seen before it is sent.

        Once: whoever sends the form again has seen them.
        """
        if self.purpose != QuestionKind.QUESTION or self.cleaned_data["alike_seen"]:
            return False
        return bool(alike(self.cleaned_data["text"], 1))


class SupplyForm(PublicForm):
    """What was missing."""

    purpose = "supplied"
    asks_consent = False

    text = TextField(rows=5, label=_("What you want to add"))


class DataForm(PublicForm):
    """What the asker wants done with their own data (Q7: Luật 91/2025/QH15)."""

    purpose = "data"
    takes_files = False
    asks_consent = False

    sort = forms.ChoiceField(
        label=_("What do you want?"),
        choices=[
            (DataRequest.Sort.COPY, _("A copy of my data, and who looked at how to reach me")),
            (DataRequest.Sort.CORRECTION, _("Correct my data")),
            (DataRequest.Sort.ERASURE, _("Erase my data")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you ask for.")},
    )
    text = TextField(
        rows=3,
        label=_("What is wrong, and how it is right"),
        required=False,
        max_length=LONGEST_COMMENT,
        help_text=_("For a correction. Otherwise it may stay empty."),
    )


class RatingForm(forms.Form):
    """Five stars at most, and why."""

    rating = forms.TypedChoiceField(
        label=_("Are you content with the answer?"),
        coerce=int,
        choices=[
            (5, _("5 – very content")),
            (4, _("4 – content")),
            (3, _("3 – neither")),
            (2, _("2 – not content")),
            (1, _("1 – not content at all")),
        ],
        widget=forms.RadioSelect,
    )
    comment = TextField(
        rows=2,
        label=_("Why (may stay empty)"),
        required=False,
        max_length=LONGEST_COMMENT,
    )

    assert STARS == 5  # noqa: S101
