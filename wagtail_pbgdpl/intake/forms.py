"""The form through which the public sends something in; each kind adds the fields of its own.

A view does no more than::

    form = QuestionForm(request.POST or None, request.FILES or None, request=request)
    if earlier := form.earlier_result():
        return redirect(…)  # the same form once more
    if form.is_valid():
        sent = form.send_once(lambda: save(form))

Within ``save``, ``form.attach(…)`` makes attachments of the files. Whatever is wrong stands at its
field; what was typed stays, files that were taken too, and so does the key.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..conf import settings
from ..core.text import nfc
from . import captcha, held, limits, sending
from .attachments import Attachment, check_number
from .consent import ConsentText, consent_text
from .fields import FilesField
from .files import TAKEN, Sound
from .finders import Found, identifiers
from .labels import IDENTIFIERS
from .models import HeldUpload
from .sender import (
    ADDRESS_LENGTH,
    NAME_LENGTH,
    PHONE_LENGTH,
    WAYS,
    Sender,
    check_phone,
    unreachable,
)

Kept = TypeVar("Kept", bound=Attachment)


LONGEST = 20_000
WARNED = "identifiers"


class TextField(forms.CharField):
    """Text as somebody types it, composed (NFC)."""

    def __init__(self, rows: int, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": str(rows)})
        super().__init__(widget=widget, **{"max_length": LONGEST, **kwargs})

    def to_python(self, value: Any) -> str:
        return str(nfc(super().to_python(value)))


class PublicForm(forms.Form):
    """Idempotent, limited, and safe to show again. A subclass names its ``purpose``.

    ``takes_files`` and ``asks_consent`` switch their fields.
    """

    # A ``QueryDict`` where it is bound, and then a copy that may be changed.
    data: Any
    solved = False
    #: A code, up to 40 signs, such as «question». Keys and consent texts are of one purpose.
    purpose = ""
    takes_files = True
    asks_consent = True

    sending_key = forms.CharField(widget=forms.HiddenInput, required=False)
    # Whoever sees the page does not see it; who fills in whatever there is, is a program.
    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    captcha = forms.CharField(widget=forms.HiddenInput, required=False)
    uploads = FilesField(label=_("Files"), required=False)
    consent = forms.BooleanField(
        label=_("I agree to the use of my personal data as described."),
        error_messages={
            "required": _("What you send can be received only when you agree to this.")
        },
    )

    def __init__(
        self,
        *args: Any,
        request: HttpRequest,
        now: datetime.datetime | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now = now or timezone.now()
        self.mark = limits.mark_of(request, self.now)
        self._key_problem = ""
        self.key = self._read_key()
        carried = sending.signed(self.key, self.purpose)
        self.initial["sending_key"] = carried
        if self.is_bound:
            # A form that expired, or had no key of ours, goes on under a new one.
            self.data = self.data.copy()
            self.data[self.add_prefix("sending_key")] = carried
            self.solved = captcha.is_solved(
                self.data.get(self.add_prefix("captcha"), ""), self.key.key
            )
        if self.takes_files:
            self.fields["uploads"].help_text = gettext(
                "Up to %(most)s files of up to %(size)s MB: %(kinds)s. Place and camera are taken "
                "out of photos."
            ) % {
                "most": settings.INTAKE_FILES,
                "size": settings.INTAKE_FILE_MEGABYTES,
                "kinds": ", ".join(TAKEN),
            }
        else:
            del self.fields["uploads"]
        if not self.asks_consent:
            del self.fields["consent"]
        elif text := self.consent_text:
            self.fields["consent"].help_text = text.text

    def _read_key(self) -> sending.FormKey:
        if not self.is_bound:
            return sending.new_key(self.now)
        text = self.data.get(self.add_prefix("sending_key"), "")
        try:
            key = sending.read(text, self.purpose)
        except sending.Forged:
            self._key_problem = "forged"
            return sending.new_key(self.now)
        # What was sent in time is answered as before, however late it is asked for again.
        if not sending.is_expired(key, self.now) or sending.result_of(key.key, self.purpose):
            return key
        self._key_problem = "expired"
        renewed = sending.new_key(self.now)
        held.move(key.key, renewed.key)
        return renewed

    def earlier_result(self) -> str:
        """Return what came of this very form when it was sent before; empty where it was not."""
        return self._earlier if self.is_bound else ""

    @cached_property
    def _earlier(self) -> str:
        return sending.result_of(self.key.key, self.purpose)

    @cached_property
    def consent_text(self) -> ConsentText | None:
        """The words that the person was shown: those in force when the form was opened."""
        return consent_text(self.purpose, self.key.opened_at)

    @property
    def challenge(self) -> str:
        """The challenge of the captcha for the browser, JSON."""
        return json.dumps(captcha.challenge(self.key.key, self.now))

    @property
    def drop_name(self) -> str:
        """The name of the boxes by which files that are held are taken away again."""
        return str(self.add_prefix("drop"))

    @property
    def held(self) -> list[HeldUpload]:
        """The files that need not be chosen again."""
        return held.held(self.key.key)

    def clean_uploads(self) -> list[HeldUpload]:
        """Hold each file that is taken, then say why others are not."""
        self._let_files_go()
        found = self.cleaned_data["uploads"]
        problems = list(found.problems)
        try:
            self._hold(found.sound)
        except ValidationError as error:
            problems.append(error)
        if problems:
            raise ValidationError(problems)
        return self.held

    def _hold(self, sound: list[Sound]) -> None:
        if not sound or self.earlier_result():
            return
        check_number([*self.held, *sound])
        if not limits.may_hold(self.mark, self.solved, len(sound)):
            raise ValidationError(self._too_much(), code="limit")
        for one in sound:
            held.hold(self.key.key, one, self.mark)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("website"):
            raise ValidationError(
                gettext(
                    "A field that nobody sees was filled in, as programs do. Please send the form "
                    "once more."
                ),
                code="honeypot",
            )
        self._check_key()
        return cleaned

    def _check_key(self) -> None:
        if self._key_problem:
            raise ValidationError(
                gettext(
                    "The form was open for too long. Nothing is lost: check what you wrote and "
                    "send it once more."
                ),
                code=self._key_problem,
            )
        if sending.is_too_soon(self.key, self.now):
            seconds = settings.INTAKE_FORM_SECONDS
            raise ValidationError(
                ngettext(
                    "The form was sent within %(count)d second of being opened, as programs do. "
                    "Please send it once more.",
                    "The form was sent within %(count)d seconds of being opened, as programs do. "
                    "Please send it once more.",
                    seconds,
                )
                % {"count": seconds},
                code="soon",
            )

    def full_clean(self) -> None:
        super().full_clean()
        # Last: a form with mistakes costs nobody a place within the limits.
        if self.is_bound and not self.errors and not self.earlier_result():
            self._check_limits()

    def _check_limits(self) -> None:
        if limits.may_send(self.mark, self.solved, self.now, self.purpose):
            return
        self.add_error(None, ValidationError(self._too_much(), code="limit"))

    def _too_much(self) -> str:
        if self.solved:
            return gettext(
                "Very much is being sent at present. What you wrote is still here: please send it "
                "in an hour."
            )
        return gettext(
            "Very much is being sent at present. What you wrote is still here: please send it in "
            "an hour, or open this page in a browser with JavaScript, which may send at once."
        )

    def _let_files_go(self) -> None:
        chosen = self.data.getlist(self.drop_name)
        held.let_go(self.key.key, [int(one) for one in chosen if re.fullmatch(r"[0-9]{1,18}", one)])

    def send_once(self, make: Callable[[], str]) -> sending.Sent:
        """Call ``make`` for a valid form, once for its key. See ``sending.send_once``."""
        return sending.send_once(
            self.key.key, self.purpose, make, mark=self.mark, solved=self.solved
        )

    def attach(self, make: Callable[[], Kept]) -> list[Kept]:
        """Make an attachment of each file of the form, within ``make`` of :meth:`send_once`."""
        return held.attach(self.key.key, make)


class SenderForm(PublicForm):
    """With the fields of who sends it; see :class:`~wagtail_pbgdpl.intake.sender.Sender`."""

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        required=False,
        max_length=PHONE_LENGTH,
        validators=[check_phone],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    postal_address = forms.CharField(
        label=_("Postal address"),
        required=False,
        max_length=ADDRESS_LENGTH,
        widget=forms.Textarea(attrs={"autocomplete": "street-address", "rows": "2"}),
    )
    name_may_be_shown = forms.BooleanField(
        label=_("My name may be published with the answer."), required=False
    )

    #: Whether somebody has to give a way to reach them.
    must_be_reachable = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        # What is missing is not said twice where a way was given that is wrong.
        if self.must_be_reachable and not any(
            cleaned.get(name) or name in self.errors for name in WAYS
        ):
            self.add_error("email", unreachable())
        return cleaned

    def fill(self, sender: Sender) -> None:
        """Put the person of a valid form, and what they agreed to, into a row. It is not saved."""
        for name in ("full_name", *WAYS, "name_may_be_shown"):
            setattr(sender, name, self.cleaned_data[name])
        if self.asks_consent and self.consent_text:
            sender.consent(self.consent_text, self.now)

    def sender(self) -> dict[str, Any]:
        """Return the fields of ``Sender`` of a valid form."""
        names = ("full_name", *WAYS, "name_may_be_shown")
        found = {name: self.cleaned_data[name] for name in names}
        if self.asks_consent and (text := self.consent_text):
            found |= {"consent_version": text.version, "consented_at": self.now}
        return found


class WarningForm(PublicForm):
    """With a ``text`` in which a number that tells who somebody is is pointed out, once: whoever
    sends the form again has read that."""

    warned = forms.CharField(widget=forms.HiddenInput, required=False, max_length=4_000)

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
        return cleaned

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


def _mark(text: str) -> str:
    # Shown again in the page beside the text itself: no secret, only short.
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class LookupForm(PublicForm):
    """The tracking code, and what only who sent it knows."""

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
        required=False,
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
