"""The journal of changes (sổ thay đổi): who may do what, and text that shows at once (R10, R12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..core.fields import NFCCharField
from ..core.history import AppendOnly
from ..core.personal import THE_TRAIL, Personal


class Change(AppendOnly):
    """One change of one object; the row outlives the object and every account that it names.

    ``person`` is whose access is concerned. ``login``: the person signs in in another way since.
    ``details`` holds for each field its label with the words before and after; never a password.
    """

    class Kind(models.TextChoices):
        SETTINGS = "settings", _("portal settings")
        REFERENCE = "reference", _("reference table")
        UNIT = "unit", _("unit")
        MENU = "menu", _("menu")
        PRIVACY = "privacy", _("who may read a page")
        WORKFLOW = "workflow", _("workflow of a page")
        SEAT = "seat", _("seat")
        DELEGATION = "delegation", _("delegation")
        ACCOUNT = "account", _("account")
        GROUPS = "groups", pgettext_lazy("of rights", "groups")
        CONFIRMED = "confirmed", _("confirmed by a member of the board")

    at = models.DateTimeField(_("at"), auto_now_add=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    model = models.CharField(_("table"), max_length=100)
    object_id = models.CharField(_("key"), max_length=64)
    title = NFCCharField(_("title"), max_length=255)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    person_name = NFCCharField(_("name of the person"), max_length=255, blank=True)
    login = models.BooleanField(_("concerns how the person signs in"), default=False)
    details = models.JSONField(_("changed"), default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    by_name = NFCCharField(_("name"), max_length=255, blank=True)

    personal: ClassVar[dict[str, Personal]] = {
        "person": Personal(_("to know whose rights changed"), "R12", kept=THE_TRAIL),
        "person_name": Personal(_("to know whose rights changed"), "R12", kept=THE_TRAIL),
        "title": Personal(_("to know whose rights changed"), "R12", kept=THE_TRAIL),
        "details": Personal(_("to know what was before"), "R12", kept=THE_TRAIL),
        "by": Personal(_("to know who decided"), "R12", kept=THE_TRAIL),
        "by_name": Personal(_("to know who decided"), "R12", kept=THE_TRAIL),
    }
    not_personal: ClassVar[tuple[str, ...]] = ("at", "kind", "model", "object_id", "login")

    person_id: int | None
    by_id: int | None
    get_kind_display: Callable[[], str]

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ("view",)
        ordering = ["pk"]
        indexes = [models.Index(fields=["person", "login"], name="pbgdpl_change_person")]
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self) -> str:
        return f"{self.Kind(self.kind).label}: {self.title}"
