"""The full text in the editor's form: the panel that leads to it, and what comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.panels import Panel
from wagtail.admin.staticfiles import versioned_static

from ..core.accounts import AdminRequest
from .field import is_locked_for, offers_full_text
from .forms import AFTER
from .models import TextReading
from .reading import Reading

#: The button of the form that saves the draft and leads to where a text is taken in.
BUTTON = "action-full-text"
#: The one that saves the draft and has the file in ``WORD_FILE`` read, by its value as what.
WORD_BUTTON, WORD_FILE = "action-word", "word_file"
RUNNING, ARTICLES = "running", "articles"


class FullTextPanel(Panel):
    """Above the body: paste a text, or choose a Word file, or drop it on the form."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_pbgdpl/admin/full_text_panel.html"
        button = BUTTON
        word_button, file, read_as = WORD_BUTTON, WORD_FILE, ARTICLES

        def is_shown(self) -> bool:
            page, user = self.instance, getattr(self.request, "user", None)
            if user is None or not offers_full_text(type(page)):
                return False
            is_free = not (page.pk and is_locked_for(user, page))
            return is_free and not page.alias_of_id and super().is_shown()

        @property
        def put_in(self) -> str:
            """Return where the reading is that stands in the form; empty for none."""
            key = getattr(self.request, "pbgdpl_full_text", "")
            return reverse("pbgdpl_full_text_reading", args=[self.instance.pk, key]) if key else ""

        @property
        def media(self) -> forms.Media:
            names = ("unsaved.js", "word.js")
            scripts = [versioned_static(f"wagtail_pbgdpl/full_text/{name}") for name in names]
            return super().media + forms.Media(js=scripts)


class WordPanel(FullTextPanel):
    """Above the body: a Word file that is chosen, or dropped on the form, becomes its text."""

    class BoundPanel(FullTextPanel.BoundPanel):
        template_name = "wagtail_pbgdpl/admin/word_panel.html"
        read_as = RUNNING


def lead_on(request: AdminRequest, page: Any) -> HttpResponse | None:
    """After the draft is saved with the panel's button, lead to where a text is taken in."""
    if BUTTON in request.POST and offers_full_text(type(page)):
        return redirect("pbgdpl_full_text", page.pk)
    return None


def put_in(request: AdminRequest, page: Any) -> HttpResponse | None:
    """Put a reading into the form that is about to be shown; it is stored with the form.

    Where the page was saved since it was looked at, that version is shown and nothing is put in.
    """
    key = request.GET.get("full_text", "")
    if request.method != "GET" or not key or not offers_full_text(type(page)):
        return None
    row = TextReading.objects.filter(key=key, page=page.pk, user=request.user).first()
    if row is None or "place" not in row.answers or is_locked_for(request.user, page):
        return redirect("wagtailadmin_pages:edit", page.pk)
    revision = page.latest_revision
    now = [revision.pk, revision.created_at.isoformat()] if revision else None
    if row.answers.get("revision") != now:
        messages.warning(
            request,
            gettext(
                "The page has been saved since the text was put into the form. This is what was "
                "saved. If the text is not in it, put it in again."
            ),
            buttons=[
                messages.button(
                    reverse("pbgdpl_full_text_reading", args=[page.pk, key]),
                    gettext("Back to the recognised text"),
                )
            ],
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    blocks = Reading(row).stream()
    if row.answers["place"] == AFTER:
        blocks = [*page.body.get_prep_value(), *blocks]
    page.body = blocks
    request.pbgdpl_full_text = key  # type: ignore[attr-defined]
    return None
