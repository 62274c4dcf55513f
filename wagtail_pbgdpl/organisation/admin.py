"""Units, seats and delegations in the Wagtail admin: they are entered and end, none is deleted."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy

from ..core.history import name_of
from ..core.policies import register_policy
from ..worktime import moment
from ..worktime.active import today
from .forms import DelegationForm, RevocationForm, SeatForm
from .kept_views import IndexView, InspectView
from .models import Delegation, Seat, Unit, delegation_choices

PERIOD = FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")])
DECISION = FieldRowPanel([FieldPanel("decision_number"), FieldPanel("decided_on")])


class KeptPolicy(ModelPermissionPolicy):
    """What has counted is not deleted, by nobody (R12)."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


class EnteredOncePolicy(KeptPolicy):
    """Nor changed: a delegation is revoked and another one made."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "change" and super().user_has_permission(user, action)


class KeptViewSet(ModelViewSet):
    policy: type[ModelPermissionPolicy] = KeptPolicy
    copy_view_enabled = False
    index_view_class = IndexView
    inspect_view_enabled = True
    inspect_view_class = InspectView
    list_per_page = 50

    @property
    def permission_policy(self) -> ModelPermissionPolicy:
        return self.policy(self.model)


def _holds(row: Any) -> str:
    """Say whether a row gives rights today, and what is missing if somebody has to confirm it."""
    if missing := _waits_for(row):
        return missing
    holds = row.in_force if isinstance(row, Delegation) else row.holds_on
    return gettext("yes") if holds(today()) else gettext("no")


def _waits_for(row: Any) -> str:
    """Say who has to confirm a seat or a delegation; empty where nobody has to."""
    if isinstance(row, Unit) or not row.waits(today()):
        return ""
    if isinstance(row, Delegation):
        return gettext("waits for confirmation by %(name)s") % {"name": name_of(row.delegator.user)}
    return gettext("waits for confirmation by a member of the board")


def may_keep_units(user: Any) -> bool:
    """Whether the user may let units end and others succeed them: who may add and change them."""
    return all(
        user.has_perm(f"wagtail_pbgdpl.{action}_unit") for action in ("add", "change", "view")
    )


class SuccessionButtons:
    """Leads to where units are merged, renamed and divided; the page stands above this room."""

    request: Any

    @property
    def header_more_buttons(self) -> list[Any]:
        buttons = list(super().header_more_buttons)  # type: ignore[misc]
        if not may_keep_units(self.request.user):
            return buttons
        unit = getattr(self, "object", None)
        chosen = f"?unit={unit.pk}" if isinstance(unit, Unit) else ""
        for priority, (kind, label, icon) in enumerate(
            (
                ("merge", gettext("Merge units"), "link"),
                ("rename", gettext("Rename a unit"), "edit"),
                ("divide", gettext("Divide a unit"), "cut"),
            ),
            start=100,
        ):
            address = reverse("pbgdpl_succession", args=[kind]) + chosen
            buttons.append(Button(label, url=address, icon_name=icon, priority=priority))
        return buttons


class UnitIndexView(SuccessionButtons, IndexView):
    pass


class UnitEditView(SuccessionButtons, generic.EditView):
    pass


class UnitInspectView(SuccessionButtons, InspectView):
    pass


class UnitViewSet(KeptViewSet):
    model = Unit
    index_view_class = UnitIndexView
    edit_view_class = UnitEditView
    inspect_view_class = UnitInspectView
    icon = "group"
    name = "pbgdpl_units"
    url_prefix = "pbgdpl/units"
    menu_label = _("Units")
    list_display = ["name", "code", "parent", "starts_on", "ends_on"]
    list_filter = ["kind"]
    search_fields = ["name__folded", "short_name__folded", "code"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("short_name"),
            FieldPanel("code"),
            FieldPanel("kind"),
            FieldPanel("parent"),
            FieldPanel("email"),
            FieldPanel("phone"),
            PERIOD,
            FieldPanel("categories"),
        ]
    )


class SavedMixin:
    """Says in the message what the saved row still waits for."""

    object: Any

    def get_success_message(self, *args: Any) -> Any:
        message = super().get_success_message(*args)  # type: ignore[misc]
        missing = _waits_for(*args or [self.object])
        return f"{message} {missing[:1].upper()}{missing[1:]}." if missing else message


class WaitingInspectView(InspectView):
    """Shows what the row waits for, and leads on whoever may confirm it."""

    confirm_url_name = ""

    def get_confirmed_at_display_value(self) -> str:
        return _waits_for(self.object) or moment(self.object.confirmed_at)

    def may_confirm(self) -> bool:
        """Whether to offer it to the user; the page that it leads to asks more."""
        raise NotImplementedError

    @property
    def header_buttons(self) -> list[Any]:
        buttons = list(super().header_buttons)
        if self.object.waits(today()) and self.may_confirm():
            address = reverse(self.confirm_url_name, args=[self.object.pk])
            buttons.append(HeaderButton(gettext("Confirm"), url=address, icon_name="check"))
        return buttons


class SeatIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("user", "unit")


class SeatCreateView(SavedMixin, generic.CreateView):
    pass


class SeatEditView(SavedMixin, generic.EditView):
    pass


class SeatInspectView(WaitingInspectView):
    confirm_url_name = "pbgdpl_confirm_seat"

    def get_role_display_value(self) -> str:
        return self.object.role_name

    def may_confirm(self) -> bool:
        user = self.request.user
        seated = Seat.objects.on(today()).of_the_board().filter(user=user).exists()
        return user != self.object.user and (seated or user.is_superuser)


class SeatViewSet(KeptViewSet):
    model = Seat
    icon = "user"
    name = "pbgdpl_seats"
    url_prefix = "pbgdpl/seats"
    index_view_class = SeatIndexView
    add_view_class = SeatCreateView
    edit_view_class = SeatEditView
    inspect_view_class = SeatInspectView
    menu_label = _("Seats")
    list_display = [
        # The first one leads to the seat; for that it must be the name of a field or a method.
        "person_name",
        Column("role_name", label=_("Role")),
        "unit",
        "starts_on",
        "ends_on",
        Column("holds", label=_("Holds today"), accessor=_holds),
    ]
    list_filter = ["role", "unit"]
    search_fields = [
        "user__first_name__folded",
        "user__last_name__folded",
        "user__username",
        "unit__name__folded",
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("role"),
            FieldPanel("user"),
            FieldPanel("unit"),
            PERIOD,
            DECISION,
            FieldPanel("categories"),
        ],
        base_form_class=SeatForm,
    )


class DelegationIndexView(IndexView):
    def get_base_queryset(self) -> Any:
        seats = ("delegate__user", "delegate__unit", "delegator__user")
        return super().get_base_queryset().select_related(*seats)


class DelegationCreateView(SavedMixin, generic.CreateView):
    pass


class DelegationInspectView(WaitingInspectView):
    confirm_url_name = "pbgdpl_confirm_delegation"

    def get_code_display_value(self) -> str:
        return str(dict(delegation_choices()).get(self.object.code, self.object.code))

    def get_categories_display_value(self) -> list[str] | str:
        return self.object.categories or gettext("all")

    def may_confirm(self) -> bool:
        return bool(self.request.user == self.object.delegator.user)

    @property
    def header_buttons(self) -> list[Any]:
        buttons = super().header_buttons
        if self.object.revoked_at is None and may_revoke(self.request.user):
            address = reverse("pbgdpl_revoke_delegation", args=[self.object.pk])
            buttons.append(HeaderButton(gettext("Revoke"), url=address, icon_name="cross"))
        return buttons


class DelegationViewSet(KeptViewSet):
    model = Delegation
    policy = EnteredOncePolicy
    icon = "key"
    name = "pbgdpl_delegations"
    url_prefix = "pbgdpl/delegations"
    menu_label = _("Delegations")
    index_view_class = DelegationIndexView
    add_view_class = DelegationCreateView
    inspect_view_class = DelegationInspectView
    list_display = [
        "delegate",
        "decision_number",
        "starts_on",
        "ends_on",
        Column("in_force", label=_("Holds today"), accessor=_holds),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            FieldPanel("delegator"),
            FieldPanel("delegate"),
            DECISION,
            PERIOD,
            FieldPanel("overlaps"),
            FieldPanel("categories"),
        ],
        base_form_class=DelegationForm,
    )


class OrganisationGroup(ModelViewSetGroup):
    menu_label = _("Editorial board")
    menu_icon = "group"
    menu_order = 550
    items = (SeatViewSet, DelegationViewSet, UnitViewSet)


def may_revoke(user: Any) -> bool:
    """Whether the user may end a delegation: whoever may enter one."""
    return user.has_perm("wagtail_pbgdpl.add_delegation")


def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then end the delegation at once (R3)."""
    if not may_revoke(request.user):
        raise PermissionDenied
    delegation = get_object_or_404(Delegation, pk=pk)
    form = RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            delegation.revoke(by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            log(delegation, "wagtail.edit", user=request.user)
            messages.success(request, gettext("The delegation is revoked."))
        return redirect("pbgdpl_delegations:index")
    return TemplateResponse(
        request,
        "wagtail_pbgdpl/admin/revoke_delegation.html",
        {"form": form, "delegation": delegation},
    )


def urls() -> list[URLPattern]:
    return [path("pbgdpl/delegations/<int:pk>/revoke/", revoke, name="pbgdpl_revoke_delegation")]


def register_policies() -> None:
    for view_set in OrganisationGroup.items:
        register_policy(view_set.model, view_set.policy(view_set.model))
