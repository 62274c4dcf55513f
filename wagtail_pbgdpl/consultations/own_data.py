"""What a request about one's own data has to know of a comment (Q7)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from ..intake.sender import WAYS
from ..matters.deeds import Deed, Happening, act
from ..own_data import holders
from ..own_data.holders import Wrote
from . import details, letters, lifecycle
from .models import Comment
from .shown import has_public_answer


class CommentHolder(holders.Holder):
    name = "comment"
    model = Comment
    corrected: ClassVar[tuple[str, ...]] = ("full_name", *WAYS, "organisation")

    def details(self, about: Comment) -> holders.Rows:
        return details.of_data_request(about)

    def asked(self, request: Any, matter: Any, event: Any) -> None:
        letters.asked_about_data(request, event)

    def decided(self, request: Any, matter: Any, event: Any, erased: str) -> None:
        letters.decided_on_data(request, event, erased)

    def readdress(self, about: Comment, before: str) -> None:
        letters.readdress(about, before)

    def letters(self, about: Comment) -> Any:
        return letters.to_the_author(about)

    def further(self, about: Comment) -> holders.Rows:
        field: Any = about._meta.get_field("organisation")
        return [(str(field.verbose_name), about.organisation)]

    def wrote(self, about: Comment) -> list[Wrote]:
        found = [Wrote(about.label, one.text) for one in about.wordings.all()]
        if about.answer is not None and has_public_answer(about, about.matter):
            found.append(Wrote(about.answer.heading, about.answer.text))
        return found

    def erase(self, about: Comment, user: Any) -> None:
        """What nobody has looked at yet is taken back; what is public stays, without the name."""
        if about.matter.state == lifecycle.RECEIVED:
            act(Happening(about.matter, "comment_withdrew"))
        act(Deed(about.matter, "comment_erase", user, text=_("The author requested it.")))
