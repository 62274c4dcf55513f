"""Wagtail's page for whoever has forgotten a password, without a letter in the request (X1)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from .models import LoginNote
from .notes import write_down


class PasswordResetForm(WagtailPasswordResetForm):
    """Write the address down; ``pbgdpl_tick`` finds the accounts and sends the letters.

    For ``WAGTAILADMIN_USER_PASSWORD_RESET_FORM``. Whether there is an account, and what the mail
    server does, shows neither in the answer nor in its time.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "A letter with a link comes within a few minutes, at most one in a quarter of an hour."
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Take the arguments of Django's form, none of which is needed."""
        address = self.cleaned_data["email"]
        # One note for an address in whatever letters. Databases differ in what others they know.
        write_down(LoginNote.Kind.FORGOTTEN, address.lower() if address.isascii() else address)
