"""The kind «data_request»: what somebody wants done with their own data (Q7).

Who asks has opened the case with code and second fact; who decides is whoever may erase. What the
case is, its holder knows. Clauses:
Luật 91/2025/QH15; Nghị định 356/2025/NĐ-CP.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import Field
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..core.text import nfc
from ..matters import kinds, record
from ..matters import letters as letters_to_officials
from ..matters.deeds import Happening, act
from ..matters.lifecycle import Move
from ..matters.models import Event, Matter
from ..matters.stood_in import StoodIn
from ..regulations import DeadlineRule
from ..regulations import Event as Starts
from ..regulations.active import get_regulation
from ..worktime import Limit, Unit
from . import corrections, life
from .holders import holder_of
from .models import DATA_REQUEST, WHOSE, DataRequest

Sort = DataRequest.Sort
# Where a matter carries what it is about.
HELD = "_held_subject"


class DataRequestMatter(StoodIn):
    code: ClassVar[str] = DATA_REQUEST
    name: ClassVar[object] = gettext_lazy("request about personal data")
    lifecycle = life.DATA_REQUEST

    def rule_of(self, matter: Any) -> DeadlineRule | None:
        said = get_regulation().data_requests
        return DeadlineRule(
            code=DATA_REQUEST,
            name=_("Request about personal data"),
            clause=said.clause,
            limit=Limit(Unit.WORKING_DAY, said.answer_working_days),
            starts=Starts.RECEIVED,
        )

    def details(self, matter: Any) -> Sequence[tuple[object, object]]:
        request = data_request_of(matter)
        return [
            *holder_of(request.about).details(request.about),
            (_("what is asked for"), request.get_sort_display()),
            (_("what the asker says to it"), request.text),
        ]

    def fields(self, move: Move, matter: Any, user: Any) -> Mapping[str, Field]:
        request = data_request_of(matter)
        if move.code == "data_grant" and request.sort == Sort.CORRECTION:
            return corrections.fields(request.about)
        return {}

    def check(self, deed: Any) -> None:
        request = data_request_of(deed.matter)
        if deed.move.code == "data_grant" and request.sort == Sort.CORRECTION:
            corrections.check(request.about, deed.values)
        elif deed.move.code == "data_grant" and request.sort == Sort.ERASURE:
            _check_erasure(request)

    def detail(self, deed: Any) -> dict[str, object]:
        request = data_request_of(deed.matter)
        found: dict[str, object] = {"sort": request.sort}
        if deed.move.code == "data_grant" and request.sort == Sort.CORRECTION:
            # What it was before, and what it is now, stand in no event: none is ever erased.
            found["fields"] = sorted(corrections.changes(request.about, deed.values))
        return found

    def story(self, event: Any) -> str:
        return corrections.named(event.detail.get("fields", ()))

    def effect(self, deed: Any) -> None:
        request = data_request_of(deed.matter)
        request.decided_at = timezone.now()
        request.save(update_fields=["decided_at"])
        if deed.move.code == "data_grant" and request.sort == Sort.CORRECTION:
            corrections.apply(request.about, deed.values)

    def afterwards(self, deed: Any) -> None:
        """Erase once the request is decided: nothing is erased while one is open."""
        request, address = data_request_of(deed.matter), ""
        holder = holder_of(request.about)
        if deed.move.code == "data_grant" and request.sort == Sort.ERASURE:
            address = request.about.email
            holder.erase(request.about, deed.user)
        holder.decided(request, deed.matter, deed.event, address)


def register() -> None:
    kinds.register(DataRequestMatter())


def ask(about: Any, sort: str, text: str = "", at: datetime.datetime | None = None) -> DataRequest:
    """Take in a request about what somebody sent, begin its matter, tell them and the secretaries.

    ``at``: the aware instant of the receipt, otherwise now. Raises ``ValidationError`` for an
    unknown sort, a correction without words, a second one of a sort that is open, and once the
    data are erased.
    """
    text, at = nfc(text).strip(), at or timezone.now()
    if sort not in Sort.values:
        raise ValidationError({"sort": _("Choose what you ask for.")})
    if sort == Sort.CORRECTION and not text:
        raise ValidationError({"text": _("Say what is wrong, and how it is right.")})
    with transaction.atomic():
        # Two at once come one after the other; so does who erases.
        rows = Matter.objects.select_for_update(of=("self",))
        case = rows.get(pk=about.matter.pk)
        about = type(about).objects.get(pk=about.pk)
        if about.erased_at is not None:
            raise ValidationError(_("Your personal data have been erased."))
        if about.open_data_requests().filter(sort=sort).exists():
            raise ValidationError(
                {"sort": _("You have asked for this already. It is being worked on.")}
            )
        holder = holder_of(about)
        request: DataRequest = DataRequest.objects.create(
            **{holder.name: about}, sort=sort, text=text, asked_at=at
        )
        matter = record.begin(
            DataRequestMatter,
            request,
            title=_title(request),
            category=case.category,
            start=at,
        )
        begun = matter.events.latest("pk")
        letters_to_officials.turn_begins(matter, begun, apart_from=None)
        holder.asked(request, matter, begun)
    return request


def withdraw(request: DataRequest) -> Event:
    """Close it, as the asker wants. Raises ``Refused`` where it is decided already."""
    return act(Happening(request.matter, "data_withdrew"))


def data_request_of(matter: Any) -> DataRequest:
    """Return the request with what it is about, the same object each time.

    Raises ``DataRequest.DoesNotExist``.
    """
    found: DataRequest | None = matter.__dict__.get(HELD)
    if found is None or found.pk != matter.subject:
        rows = DataRequest.objects.select_related(*WHOSE)
        found = matter.__dict__[HELD] = rows.get(pk=matter.subject)
    return found


def said_of(request: DataRequest, move: str = "") -> str:
    """Say to who asked what came of it by a move; without one, that it was received."""
    match move, request.sort:
        case "data_grant", "copy":
            return _("Your copy is ready. Download it on the page where your letter stands.")
        case "data_grant", "correction":
            return _("Your personal data have been corrected as you asked.")
        case "data_grant", "erasure":
            return _(
                "Your personal data have been erased as you asked. The tracking code opens nothing "
                "any longer."
            )
        case "data_refuse", _sort:
            return _("Your request about your personal data was refused. The reason:")
    return _("Your request has been received: %(what)s.") % {"what": request.get_sort_display()}


def _title(request: DataRequest) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return f"{request.about.number} · {request.get_sort_display()}"


def _check_erasure(request: DataRequest) -> None:
    about = request.about
    holder_of(about).check_erasure(about)
    if about.open_data_requests().exclude(pk=request.pk).exists():
        raise ValidationError(_("Decide first on what else the asker wants done with the data."))
