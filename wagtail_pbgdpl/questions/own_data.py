"""What a request about one's own data has to know of a question (Q7)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ..intake.sender import WAYS
from ..matters.deeds import Deed, Happening, act
from ..own_data import holders
from ..own_data.holders import Wrote
from . import letters
from .details import of_data_request
from .lifecycle import ANSWERED
from .models import STARS, Question


class QuestionHolder(holders.Holder):
    name = "question"
    model = Question
    corrected: ClassVar[tuple[str, ...]] = ("full_name", *WAYS, "commune")
    # A person is called something.
    kept: ClassVar[tuple[str, ...]] = ("full_name",)
    must_be_reachable = True

    def details(self, about: Question) -> holders.Rows:
        return of_data_request(about)

    def asked(self, request: Any, matter: Any, event: Any) -> None:
        letters.asked_about_data(request, matter, event)

    def decided(self, request: Any, matter: Any, event: Any, erased: str) -> None:
        letters.decided_on_data(request, matter, event, erased)

    def readdress(self, about: Question, before: str) -> None:
        letters.readdress(about, before)

    def letters(self, about: Question) -> Any:
        return letters.to_the_asker(about, about.matter)

    def further(self, about: Question) -> holders.Rows:
        field: Any = about._meta.get_field("commune")
        return [(str(field.verbose_name), about.commune)]

    def wrote(self, about: Question) -> list[Wrote]:
        found = [Wrote("", about.text)]
        for one in about.clarifications.all():
            found.append(Wrote(_("What we asked for"), one.wanted))
            found.append(Wrote(_("You added"), one.text))
        if about.matter.state in ANSWERED:
            found.append(Wrote(_("Answer"), about.answer))
        for former in about.former_ratings.all():
            said = f"{former.rating}/{STARS}. {former.comment}"
            found.append(Wrote(_("Your rating of a former answer"), said))
        if about.rating:
            rated = f"{about.rating}/{STARS}. {about.rating_comment}"
            found.append(Wrote(_("Your rating"), rated))
        return [one for one in found if one.text]

    def check_erasure(self, about: Question) -> None:
        if about.matter.state == "to_publish":
            raise ValidationError(
                _("The answer has to be published first. Until then erasure can only be refused.")
            )

    def erase(self, about: Question, user: Any) -> None:
        if about.matter.is_open:
            act(Happening(about.matter, "asker_withdrew"))
        act(Deed(about.matter, "erase", user, text=_("The asker requested it.")))
