"""What the public fills in. Whatever is wrong stands at its field, and nothing typed is lost."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..core.text import nfc
from ..intake import sending
from ..intake.finders import Found, identifiers
from ..intake.forms import PublicForm, SenderForm
from ..intake.labels import IDENTIFIERS
from ..intake.sender import WAYS
from ..questions.models import STARS, DataRequest, Question
from ..regulations import QuestionKind
from ..search.alike import alike
from .entry import ENTRIES

LONGEST = 20_000
LONGEST_COMMENT = 2_000
WARNED = "identifiers"


class TextField(forms.CharField):
    """Text as somebody types it, composed (NFC)."""

    def __init__(self, rows: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": str(rows)})
        super().__init__(widget=widget, **{"max_length": LONGEST, **kwargs})

    def to_python(self, value: Any) -> str:
        return str(nfc(super().to_python(value)))


class QuestionForm(SenderForm):
    """A question, feedback or a petition, with who sends it (Q1, Q7, Q8, Q10, C20).

    A number in the text that tells who somebody is is pointed out once; whoever sends the form
    again has read that.
    """

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
    warned = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4_000)
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

    @property
    def identifiers(self) -> list[tuple[str, str]]:
        """What in the text tells who somebody is: what it is, and as it stands there."""
        return [(str(IDENTIFIERS[one.kind]), one.text) for one in self._found]

    @property
    def _found(self) -> list[Found]:
        return identifiers(self.cleaned_data.get("text") or "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        marks = {_mark(one.text) for one in self._found}
        if marks - set((cleaned.get("warned") or "").split(",")):
            self.add_error("text", ValidationError(self._warning(), code=WARNED))
        # What was pointed out now is confirmed by the next sending.
        self.data[self.add_prefix("warned")] = ",".join(sorted(marks))
        self.data[self.add_prefix("alike_seen")] = "1"
        return cleaned

    def shows_alike_first(self) -> bool:
        """Whether answered questions that look like a valid one are to be seen before it is sent.

        Once: whoever sends the form again has seen them.
        """
        if self.purpose != QuestionKind.QUESTION or self.cleaned_data["alike_seen"]:
            return False
        return bool(alike(self.cleaned_data["text"], 1))

    def _warning(self) -> str:
        named = "; ".join(f"{what} «{text}»" for what, text in dict.fromkeys(self.identifiers))
        return gettext(
            "Your text holds what tells who somebody is: %(named)s. Take it out where it is not "
            "needed. To send it as it is, send the form once more."
        ) % {"named": named}

    @property
    def is_only_warned(self) -> bool:
        """Whether nothing is wrong but that the text holds something personal."""
        found = [error.code for errors in self.errors.as_data().values() for error in errors]
        return found == [WARNED]

    def sender(self) -> dict[str, Any]:
        """Return the fields of ``Sender`` of a valid form."""
        filled = Question()
        self.fill(filled)
        names = ("full_name", *WAYS, "name_may_be_shown", "consent_version", "consented_at")
        return {name: getattr(filled, name) for name in names}


def _mark(text: str) -> str:
    # Shown again in the page beside the text itself: no secret, only short.
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class LookupForm(PublicForm):
    """The tracking code, and what only the asker knows."""

    purpose = "status"
    takes_files = False
    asks_consent = False

    code = forms.CharField(
        label=_("Tracking code"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        help_text=_("16 letters and digits in groups of four, as on the receipt."),
    )
    fact = forms.CharField(
        label=_("E-mail address or telephone number that you gave"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Your full name where you gave neither."),
    )

    def count(self) -> None:
        """Let this try count within the limits, whatever comes of it."""
        key, solved = self.key.key, self.solved
        if self.earlier_result():
            # Sent a second time: its sum was done for one try.
            key, solved = sending.new_key(self.now).key, False
        sending.send_once(key, self.purpose, lambda: "tried", mark=self.mark, solved=solved)


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
