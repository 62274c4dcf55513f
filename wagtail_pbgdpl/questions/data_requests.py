"""The kind «data_request»: what an asker wants done with their own data (Q7).

Who asks has opened the case with code and second fact; who decides is whoever may erase. Clauses:
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
from ..matters import letters as letters_to_officials
from ..matters import record
from ..matters.deeds import Deed, Happening, act
from ..matters.lifecycle import Move
from ..matters.models import Event, Matter
from ..matters.stood_in import StoodIn
from ..regulations import DeadlineRule
from ..regulations import Event as Starts
from ..regulations.active import get_regulation
from ..worktime import Limit, Unit
from . import corrections, data_life, letters
from .details import details_of_data_request
from .models import DATA_REQUEST, DataRequest, Question
from .subjects import data_request_of

Sort = DataRequest.Sort


class DataRequestMatter(StoodIn):
    code: ClassVar[str] = DATA_REQUEST
    name: ClassVar[object] = gettext_lazy("request about personal data")
    lifecycle = data_life.DATA_REQUEST

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
        return details_of_data_request(data_request_of(matter))

    def fields(self, move: Move, matter: Any, user: Any) -> Mapping[str, Field]:
        if move.code == "data_grant" and data_request_of(matter).sort == Sort.CORRECTION:
            return corrections.fields()
        return {}

    def check(self, deed: Any) -> None:
        request = data_request_of(deed.matter)
        if deed.move.code == "data_grant" and request.sort == Sort.CORRECTION:
            corrections.check(request.question, deed.values)
        elif deed.move.code == "data_grant" and request.sort == Sort.ERASURE:
            _check_erasure(request)

    def detail(self, deed: Any) -> dict[str, object]:
        request = data_request_of(deed.matter)
        found: dict[str, object] = {"sort": request.sort}
        if deed.move.code == "data_grant" and request.sort == Sort.CORRECTION:
            # What it was before, and what it is now, stand in no event: none is ever erased.
            found["fields"] = sorted(corrections.changes(deed.values))
        return found

    def story(self, event: Any) -> str:
        return corrections.named(event.detail.get("fields", ()))

    def effect(self, deed: Any) -> None:
        request = data_request_of(deed.matter)
        request.decided_at = timezone.now()
        request.save(update_fields=["decided_at"])
        if deed.move.code == "data_grant" and request.sort == Sort.CORRECTION:
            corrections.apply(request.question, deed.values)

    def afterwards(self, deed: Any) -> None:
        """Erase once the request is decided: no question is erased while one is open."""
        request, address = data_request_of(deed.matter), ""
        if deed.move.code == "data_grant" and request.sort == Sort.ERASURE:
            address = request.question.email
            _erase(request.question, deed.user)
        letters.decided_on_data(request, deed.matter, deed.event, address)


def ask(
    question: Question, sort: str, text: str = "", at: datetime.datetime | None = None
) -> DataRequest:
    """Take in a request of the asker, begin its matter, and tell the asker and the secretaries.

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
        of_question = Matter.objects.select_for_update(of=("self",)).get(
            kind=question.kind, subject=question.pk
        )
        question = Question.objects.get(pk=question.pk)
        if question.erased_at is not None:
            raise ValidationError(_("Your personal data have been erased."))
        if question.open_data_requests().filter(sort=sort).exists():
            raise ValidationError(
                {"sort": _("You have asked for this already. It is being worked on.")}
            )
        request: DataRequest = DataRequest.objects.create(
            question=question, sort=sort, text=text, asked_at=at
        )
        matter = record.begin(
            DataRequestMatter,
            request,
            title=_title(request),
            category=of_question.category,
            start=at,
        )
        begun = matter.events.latest("pk")
        letters_to_officials.turn_begins(matter, begun, apart_from=None)
        letters.asked_about_data(request, matter, begun)
    return request


def withdraw(request: DataRequest) -> Event:
    """Close it, as the asker wants. Raises ``Refused`` where it is decided already."""
    return act(Happening(request.matter, "data_withdrew"))


def _title(request: DataRequest) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return f"{request.question.number} · {request.get_sort_display()}"


def _check_erasure(request: DataRequest) -> None:
    question = request.question
    if question.matter.state == "to_publish":
        raise ValidationError(
            _("The answer has to be published first. Until then erasure can only be refused.")
        )
    if question.open_data_requests().exclude(pk=request.pk).exists():
        raise ValidationError(_("Decide first on what else the asker wants done with the data."))


def _erase(question: Question, user: Any) -> None:
    if question.matter.is_open:
        act(Happening(question.matter, "asker_withdrew"))
    act(Deed(question.matter, "erase", user, text=_("The asker requested it.")))
