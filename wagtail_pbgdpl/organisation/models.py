"""The rows of the organisation. None is deleted once it has counted: it ends.

Every period is of whole days in Asia/Ho_Chi_Minh, both ends included; an empty end is open.
Clauses: BK21 Điều 2.2, Điều 13–17, Điều 20–21; BK18 Điều 6.1b; QT24 Điều 7.2 (R1–R6, R10, R11).
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..core.fields import LASTING, DayField, NFCCharField, NFCTextField
from ..core.history import name_of
from ..regulations import BOARD, RoleCode, Scope
from ..regulations.active import get_regulation
from ..worktime.active import today
from . import signals
from .fields import CategoryCodesField


def role_choices() -> list[tuple[str, str]]:
    """Return the roles of the effective regulation as pairs of code and Vietnamese name."""
    return [(str(code), role.name) for code, role in get_regulation().roles.items()]


def delegation_choices() -> list[tuple[str, str]]:
    """Return the delegations that the effective regulation knows."""
    return [(code, entry.name) for code, entry in get_regulation().delegations.items()]


class PeriodQuerySet(models.QuerySet):
    def on(self, day: datetime.date) -> PeriodQuerySet:
        """Return the rows whose period holds ``day``."""
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
        )


class Period(models.Model):
    """A row that holds from one day to another."""

    starts_on = DayField(_("from"), null=True, blank=True, years_ahead=LASTING)
    ends_on = DayField(
        _("until"),
        null=True,
        blank=True,
        years_ahead=LASTING,
        help_text=_("The last day; all of it counts."),
    )

    objects: Any = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("This day lies before the first.")})

    def holds_on(self, day: datetime.date) -> bool:
        return not (
            (self.starts_on and day < self.starts_on) or (self.ends_on and day > self.ends_on)
        )

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day; of an open end the first or last that there is."""
        return self.starts_on or datetime.date.min, self.ends_on or datetime.date.max

    def meets(self, other: Period) -> bool:
        """Whether the two periods have a day in common."""
        (begins, ends), (other_begins, other_ends) = self.days, other.days
        return begins <= other_ends and other_begins <= ends

    def covers(self, other: Period) -> bool:
        """Whether every day of the other period is one of this."""
        (begins, ends), (other_begins, other_ends) = self.days, other.days
        return begins <= other_begins and other_ends <= ends


class Unit(Period):
    """A unit (đơn vị) that supplies content: sở, ban, ngành, đoàn thể, UBND cấp xã … (R5, R6).

    Renamed, merged or split, it ends, and others succeed it; see ``succession``.
    """

    class Kind(models.TextChoices):
        DEPARTMENT = "department", _("department or sector")
        ORGANISATION = "organisation", _("mass organisation")
        COMMUNE = "commune", _("People's Committee of a commune")
        DIVISION = "division", _("division of a department")
        OTHER = "other", _("other")

    code = models.SlugField(
        _("code"), max_length=60, unique=True, help_text=_("Short and lasting, such as so-tu-phap.")
    )
    name = NFCCharField(_("name"), max_length=255)
    short_name = NFCCharField(_("short name"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.DEPARTMENT)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = NFCCharField(
        _("phone"),
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(
                r"^\+?[\d ().-]{3,24}$", _("Write one phone number, with digits and spaces.")
            )
        ],
        help_text=_("Of the office; the public reads it below the answers of the unit."),
    )
    categories = CategoryCodesField(
        _("categories that it supplies"),
        help_text=_("The unit's people add content to these categories and to no other."),
    )

    parent_id: int | None
    children: Any
    seats: Any

    class Meta:
        app_label = "wagtail_pbgdpl"
        ordering = ["name"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    @property
    def dialled(self) -> str:
        """The telephone number as a ``tel:`` link needs it."""
        return re.sub(r"[^\d+]", "", self.phone)

    def clean(self) -> None:
        super().clean()
        above, seen = self.parent, {self.pk} if self.pk else set()
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("A unit cannot belong to itself.")})
            seen.add(above.pk)
            above = above.parent


class UnitSuccession(models.Model):
    """That one unit succeeded another: by renaming, merger or division. Never changed."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", _("renamed")
        MERGED = "merged", _("merged")
        DIVIDED = "divided", _("divided")

    predecessor = models.ForeignKey(
        Unit, verbose_name=_("predecessor"), on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Unit, verbose_name=_("successor"), on_delete=models.PROTECT, related_name="origins"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on = DayField(_("first day of the successor"))
    decision_number = NFCCharField(_("number of the decision"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("created by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        app_label = "wagtail_pbgdpl"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"], name="pbgdpl_unit_succession"
            )
        ]
        verbose_name = _("succession of units")
        verbose_name_plural = _("successions of units")

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class SeatQuerySet(PeriodQuerySet):
    def confirmed(self) -> SeatQuerySet:
        """Return the seats that give rights on their days: those that wait for nobody."""
        return self.filter(awaits_confirmation=False)

    def on(self, day: datetime.date) -> SeatQuerySet:
        """Return the seats that give rights on ``day``. One that waits gives none."""
        return super().on(day).confirmed()  # type: ignore[attr-defined]

    def of_the_board(self) -> SeatQuerySet:
        return self.filter(role__in=BOARD)

    def not_over(self, day: datetime.date) -> SeatQuerySet:
        """Return the seats that hold on ``day`` or begin later, those that wait among them."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Seat(Period):
    """One person in one role of the regulation, from a day to a day (R1–R6, R10).

    ``unit`` is set for roles of a unit; ``categories`` holds what a member follows (R4). A seat is
    not deleted: it ends, and with it, at once, every right that came of it. While
    ``awaits_confirmation``, it gives no right at all.
    """

    role = models.CharField(_("role"), max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="pbgdpl_seats",
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="seats",
        help_text=_("For the head and the contact officer of a unit."),
    )
    categories = CategoryCodesField(
        _("categories followed"), help_text=_("For members of the editorial board.")
    )
    decision_number = NFCCharField(_("number of the decision"), max_length=100, blank=True)
    decided_on = DayField(_("date of the decision"), null=True, blank=True)
    awaits_confirmation = models.BooleanField(
        _("waits for a member of the board"), default=False, editable=False
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True, editable=False)

    objects: Any = SeatQuerySet.as_manager()

    user_id: int
    unit_id: int | None

    class Meta:
        app_label = "wagtail_pbgdpl"
        ordering = ["role", "-starts_on", "pk"]
        indexes = [models.Index(fields=["user", "ends_on"], name="pbgdpl_seat_user")]
        verbose_name = _("seat")
        verbose_name_plural = _("seats")

    def __str__(self) -> str:
        return " – ".join(
            filter(None, [self.role_name, self.unit and self.unit.name, self.person_name()])
        )

    def person_name(self) -> str:
        return name_of(self.user)

    person_name.short_description = _("person")  # type: ignore[attr-defined]
    person_name.admin_order_field = "user__first_name"  # type: ignore[attr-defined]

    @property
    def role_name(self) -> str:
        """The role as the effective regulation calls it."""
        role = get_regulation().roles.get(self.role)
        return role.name if role else self.role

    @property
    def scope(self) -> Scope | None:
        role = get_regulation().roles.get(self.role)
        return role.scope if role else None

    @property
    def is_of_the_board(self) -> bool:
        return self.role in BOARD

    def holds_on(self, day: datetime.date) -> bool:
        """Whether it gives rights on ``day``."""
        return not self.awaits_confirmation and super().holds_on(day)

    def waits(self, day: datetime.date) -> bool:
        """Whether it may still be confirmed on ``day``."""
        return self.awaits_confirmation and self.days[1] >= day

    def confirm(self, *, by: Any) -> None:
        """Let it give its rights from now on. Raises ``ValidationError`` where it waits no more."""
        with transaction.atomic():
            waiting = Seat.objects.filter(pk=self.pk, awaits_confirmation=True)
            if not waiting.update(
                awaits_confirmation=False, confirmed_by=by, confirmed_at=timezone.now()
            ):
                raise ValidationError(_("This seat was confirmed already. Nothing was changed."))
            self.refresh_from_db()
            signals.seat_confirmed.send(Seat, seat=self, by=by)

    def clean(self) -> None:
        super().clean()
        self._ask_for_the_decision()
        if self.role not in get_regulation().roles:
            raise ValidationError({"role": _("The regulation has no such role.")})
        if self.scope is Scope.UNIT and self.unit is None:
            raise ValidationError({"unit": _("This role needs a unit.")})
        if self.scope is not Scope.UNIT and self.unit is not None:
            raise ValidationError({"unit": _("This role has no unit.")})
        if self.scope is not Scope.CATEGORIES and self.categories:
            raise ValidationError({"categories": _("This role follows no single categories.")})
        self._refuse_second_holder()

    def _ask_for_the_decision(self) -> None:
        """Who sits on the board stands on paper. What is over needs no paper to be ended."""
        problems = {}
        if self.is_of_the_board and (self.ends_on is None or self.ends_on >= today()):
            problems = {
                name: ValidationError(
                    _("A seat on the board needs number and date of the decision."),
                    code="required",
                )
                for name in ("decision_number", "decided_on")
                if not getattr(self, name)
            }
        if problems := problems | _of_the_future(self):
            raise ValidationError(problems)

    def _refuse_second_holder(self) -> None:
        others = Seat.objects.filter(role=self.role).exclude(pk=self.pk)
        if self.role == RoleCode.UNIT_HEAD:
            others = others.filter(unit=self.unit)
        elif self.role != RoleCode.CHIEF:
            others = others.filter(user_id=self.user_id, unit=self.unit)
        for other in others.select_related("user", "unit"):
            if self.meets(other):
                raise ValidationError(
                    _("In this time there is already: %(seat)s."), params={"seat": other}
                )


def _of_the_future(row: Seat | Delegation) -> dict[str, ValidationError]:
    if row.decided_on is None or row.decided_on <= today():
        return {}
    return {"decided_on": ValidationError(_("This day has not come yet."))}


class DelegationQuerySet(PeriodQuerySet):
    def valid(self) -> DelegationQuerySet:
        """Return those that their delegator has confirmed and nobody revoked."""
        return self.filter(confirmed_at__isnull=False, revoked_at=None)

    def unconfirmed(self, day: datetime.date) -> DelegationQuerySet:
        """Return those that wait for their delegator and are not over on ``day``."""
        return self.filter(confirmed_at=None, revoked_at=None, ends_on__gte=day)


class Delegation(Period):
    """The delegation (ủy quyền) of a Trưởng Ban's approval (R3: BK21 Điều 15.2; BP20 Điều 19.2).

    ``code`` names the entry of the regulation that allows it. It is valid once the delegator has
    confirmed it. It has an end, and can be revoked before; what was approved under it goes on
    saying so.
    """

    code = models.CharField(_("delegation of the regulation"), max_length=60)
    delegator = models.ForeignKey(
        Seat, verbose_name=_("delegator"), on_delete=models.PROTECT, related_name="given"
    )
    delegate = models.ForeignKey(
        Seat, verbose_name=_("delegate"), on_delete=models.PROTECT, related_name="held"
    )
    decision_number = NFCCharField(_("number of the decision"), max_length=100)
    decided_on = DayField(_("date of the decision"), null=True)
    confirmed_at = models.DateTimeField(
        _("confirmed by the delegator at"), null=True, blank=True, editable=False
    )
    categories = CategoryCodesField(
        _("categories"), help_text=_("For these alone; none chosen: for all.")
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revocation_reason = NFCTextField(_("reason"), blank=True, editable=False)

    objects: Any = DelegationQuerySet.as_manager()

    delegator_id: int
    delegate_id: int

    class Meta:
        app_label = "wagtail_pbgdpl"
        ordering = ["-starts_on", "pk"]
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")

    def __str__(self) -> str:
        return gettext("%(delegate)s for %(delegator)s, Decision no. %(number)s") % {
            "delegate": self.delegate,
            "delegator": self.delegator,
            "number": self.decision_number,
        }

    def clean_fields(self, exclude: Any = None) -> None:
        super().clean_fields(exclude=exclude)
        missing = {
            name: ValidationError(_("This field is required."), code="required")
            for name in {"starts_on", "ends_on"} - {*(exclude or ())}
            if getattr(self, name) is None
        }
        if missing:
            raise ValidationError(missing)

    def clean(self) -> None:
        super().clean()
        if problems := _of_the_future(self):
            raise ValidationError(problems)
        if self.starts_on is None or self.ends_on is None:
            return  # which the field says
        entry = get_regulation().delegations.get(self.code)
        if entry is None:
            raise ValidationError({"code": _("The regulation has no such delegation.")})
        if entry.applies_to and not set(self.categories) <= set(entry.applies_to):
            raise ValidationError(
                {
                    "categories": ValidationError(
                        _("This delegation is for these categories alone: %(codes)s (%(clause)s)."),
                        params={"codes": ", ".join(entry.applies_to), "clause": entry.clause},
                    )
                }
            )
        if not (self.delegator_id and self.delegate_id):
            return
        for name, role in (("delegator", entry.delegator), ("delegate", entry.delegate)):
            if getattr(self, name).role != role:
                raise ValidationError({name: _("This seat has another role.")})
        if self.delegator.user_id == self.delegate.user_id:
            raise ValidationError({"delegate": _("Nobody delegates to themselves.")})
        for name in ("delegator", "delegate"):
            if not self._lies_within(getattr(self, name)):
                raise ValidationError({name: _("The seat does not last so long.")})

    def _lies_within(self, seat: Seat) -> bool:
        return seat.holds_on(self.starts_on) and seat.holds_on(self.ends_on)

    def overlapping(self) -> list[Delegation]:
        """Return what else its delegator gave, or may confirm, for days and categories of it."""
        others = Delegation.objects.filter(
            delegator__user=self.delegator.user_id,
            revoked_at=None,
            starts_on__lte=self.ends_on,
            ends_on__gte=self.starts_on,
        ).exclude(pk=self.pk)
        return [
            other
            for other in others.select_related("delegator__user", "delegate__user")
            if not (other.categories and self.categories)
            or set(other.categories) & set(self.categories)
        ]

    def in_force(self, day: datetime.date) -> bool:
        """Whether it holds on ``day``: confirmed, neither over nor revoked, both seats held."""
        return (
            self.confirmed_at is not None
            and self.revoked_at is None
            and self.holds_on(day)
            and self.delegator.holds_on(day)
            and self.delegate.holds_on(day)
        )

    def waits(self, day: datetime.date) -> bool:
        """Whether its delegator may still confirm it on ``day``."""
        return self.confirmed_at is None and self.revoked_at is None and self.days[1] >= day

    def confirm(self, *, by: Any) -> None:
        """Make it valid. Raises ``ValidationError`` where it is confirmed, revoked or over."""
        with transaction.atomic():
            waiting = Delegation.objects.filter(pk=self.pk).unconfirmed(today())
            if not waiting.update(confirmed_at=timezone.now()):
                raise ValidationError(
                    _("This delegation waits for no confirmation any more. Nothing was changed.")
                )
            self.refresh_from_db()
            signals.delegation_confirmed.send(Delegation, delegation=self, by=by)

    def revoke(self, *, by: Any, reason: str) -> None:
        """End it at once. Raises ``ValidationError`` where it is revoked already."""
        with transaction.atomic():
            changed = Delegation.objects.filter(pk=self.pk, revoked_at=None).update(
                revoked_at=timezone.now(), revoked_by=by, revocation_reason=reason
            )
            if not changed:
                raise ValidationError(_("This delegation is revoked already."))
            self.refresh_from_db()
            signals.delegation_revoked.send(Delegation, delegation=self, by=by)


class RoleGroup(models.Model):
    """Which group of Django stands for a role. Its members follow from the seats."""

    role = models.CharField(_("role"), max_length=20, unique=True)
    group = models.OneToOneField(
        "auth.Group", verbose_name=_("group"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        app_label = "wagtail_pbgdpl"
        default_permissions = ()
        verbose_name = _("group of a role")
        verbose_name_plural = _("groups of roles")

    def __str__(self) -> str:
        return f"{self.role}: {self.group}"
