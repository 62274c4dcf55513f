"""What a person fills in to decide about an item."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from ..desk.acting import LONGEST, area, grounds_field
from .heads import ASKED, HeadWord, word_of_the_head
from .pages import ModeratedPage


class DecisionForm(forms.Form):
    """``seen`` is the mark of the version that the person looks at."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)

    def arguments(self) -> dict[str, object]:
        return dict(self.cleaned_data)

    def about(self, page: ModeratedPage) -> None:
        """Fit the form to the item."""

    def begin_here(self) -> None:
        """Let the person write at once, where the page was opened for this form."""
        written = (one for one in self.fields.values() if isinstance(one.widget, forms.Textarea))
        if first := next(written, None):
            first.widget.attrs["autofocus"] = True

    def renew(self, values: Mapping[str, object]) -> None:
        """Look at the present text and step, beside what was typed."""
        data = cast("MultiValueDict[str, object]", self.data).copy()
        data.update({self.add_prefix(name): values[name] for name in self.fields.keys() & values})
        self.data = data


class StepForm(DecisionForm):
    """``step`` is the number of the step that the person looks at."""

    step = forms.IntegerField(widget=forms.HiddenInput, required=False)


class CommentForm(StepForm):
    comment = forms.CharField(
        label=_("Comment to the writers"),
        widget=area(2),
        required=False,
        max_length=LONGEST,
        help_text=_("They receive it by e-mail."),
    )


class _GroundsForm(DecisionForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["grounds"] = grounds_field()
        self.order_fields(["grounds"])

    def arguments(self) -> dict[str, object]:
        values = super().arguments()
        values.pop("seen")
        return values


class ReturnForm(StepForm, _GroundsForm):
    explanation = forms.CharField(
        label=_("Explanation"),
        widget=area(),
        max_length=LONGEST,
        help_text=_("What has to be corrected, so that the sender can do it."),
        error_messages={"required": _("Say what has to be corrected.")},
    )


class TakeDownForm(_GroundsForm):
    reason = forms.CharField(
        label=_("Reason"),
        widget=area(),
        max_length=LONGEST,
        error_messages={"required": _("Say why the item is taken down.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["reason", "grounds"])


class EmergencyForm(DecisionForm):
    """Asks for the word of the head where they have not approved the text."""

    head = forms.ChoiceField(
        label=_("Head of the unit"),
        choices=[(word.value, word.label) for word in ASKED],
        initial=HeadWord.MISSING,
        widget=forms.RadioSelect,
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=area(),
        max_length=LONGEST,
        error_messages={"required": _("Say why the item cannot wait.")},
    )

    def about(self, page: ModeratedPage) -> None:
        if word_of_the_head(page) not in ASKED:
            del self.fields["head"]


class TakeBackForm(DecisionForm):
    reason = forms.CharField(label=_("Reason"), widget=area(2), required=False, max_length=LONGEST)

    def arguments(self) -> dict[str, object]:
        values = super().arguments()
        values.pop("seen")
        return values


class ReviewForm(TakeBackForm):
    reason = None  # type: ignore[assignment]
    comment = forms.CharField(
        label=_("Result of the review"),
        widget=area(),
        max_length=LONGEST,
        error_messages={"required": _("Say what the review found.")},
    )
