"""Views of the list of questions that somebody keeps: the filters in use, under a name (Q2)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from ..authority.facts import person
from ..authority.rules import BOARD
from ..core.accounts import AdminRequest
from ..worktime.active import today
from .desk_models import SavedView

SEEN_WITH = "wagtail_pbgdpl.view_matter"
#: Of the address of the list what is no filter; words that are looked for may tell who asked.
LEFT_OUT = ("p", "q", "export", "_w_filter_fragment")


class SaveForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ("name", "query", "is_shared")
        widgets = {"query": forms.HiddenInput}

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=80)

    def clean_query(self) -> str:
        return filters_in(QueryDict(self.cleaned_data["query"]))


def filters_in(query: QueryDict) -> str:
    """Return the filters of an address of the list, as an address has them."""
    kept = query.copy()
    for name in LEFT_OUT:
        kept.pop(name, None)
    for name in [name for name, values in kept.lists() if not any(values)]:
        del kept[name]
    return kept.urlencode()


def may_share(user: Any) -> bool:
    """Whether the user is of the board today."""
    return any(post.role in BOARD and post.holds(today()) for post in person(user).posts)


def views_of(user: Any) -> QuerySet[SavedView]:
    """Return the user's own views and those that are shared."""
    found: QuerySet[SavedView] = SavedView.objects.filter(Q(owner=user.pk) | Q(is_shared=True))
    return found


def context_for(user: Any, query: QueryDict) -> dict[str, Any]:
    """Return what the list shows of views: each with its address, and whether the user ends it."""
    address, shares = reverse("pbgdpl_questions:list"), may_share(user)
    rows = [
        (view, f"{address}?{view.query}", view.owner_id == user.pk or (view.is_shared and shares))
        for view in views_of(user)
    ]
    form = SaveForm(initial={"query": filters_in(query)})
    if not shares:
        del form.fields["is_shared"]
    return {"saved_views": rows, "save_form": form}


@require_POST
def save(request: AdminRequest) -> HttpResponse:
    """Keep the filters under a name; one of the same name is taken over.

    Raises ``PermissionDenied`` for who has no list.
    """
    _check(request)
    form = SaveForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, " ".join(str(text) for texts in form.errors.values() for text in texts)
        )
        return redirect(reverse("pbgdpl_questions:list"))
    said = form.cleaned_data
    values = {"query": said["query"], "is_shared": said["is_shared"] and may_share(request.user)}
    view, _made = SavedView.objects.update_or_create(
        owner=request.user, name=said["name"], defaults=values
    )
    messages.success(request, _("The view «%(name)s» is saved.") % {"name": view.name})
    return redirect(f"{reverse('pbgdpl_questions:list')}?{view.query}")


@require_POST
def end(request: AdminRequest, pk: int) -> HttpResponse:
    """Delete a view of one's own, or as the board a shared one. Raises ``Http404`` for others."""
    _check(request)
    mine = Q(owner=request.user.pk)
    if may_share(request.user):
        mine |= Q(is_shared=True)
    view = get_object_or_404(SavedView.objects.filter(mine), pk=pk)
    view.delete()
    messages.success(request, _("The view «%(name)s» is deleted.") % {"name": view.name})
    return redirect(reverse("pbgdpl_questions:list"))


def _check(request: AdminRequest) -> None:
    if not request.user.has_perm(SEEN_WITH):
        raise PermissionDenied
