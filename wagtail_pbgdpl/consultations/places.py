"""At which provisions of a page a comment can be made, and how many the public sees there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.urls import reverse

from .counting import shown_at
from .models import Consultation
from .sorts import Words
from .states import ConsultationState


class Commenting(NamedTuple):
    """``is_open``: whether the forms are to be offered; ``counts``: what is shown, by anchor."""

    page: int
    is_open: bool
    counts: Mapping[str, int]
    anchors: frozenset[str]
    total: int
    words: Words

    @property
    def whole(self) -> Place:
        return self.at("")

    def at(self, anchor: str) -> Place:
        """Return the way to the form and the comments of a provision; of the whole at none."""
        args = [self.page, anchor] if anchor else [self.page]
        address = reverse(f"wagtail_pbgdpl:comment{'_at' if anchor else ''}", args=args)
        return Place(address, self.counts.get(anchor, 0), self.is_open)

    def has(self, anchor: str) -> bool:
        """Whether there is anything to do or to read at the provision."""
        return anchor in self.anchors and (self.is_open or bool(self.counts.get(anchor)))


class Place(NamedTuple):
    address: str
    shown: int
    is_open: bool


def commenting(consultation: Consultation, state: ConsultationState) -> Commenting:
    """Return what the page of a draft offers; three queries."""
    version = consultation.latest_version
    anchors = frozenset(row[0] for row in version.provisions) if version else frozenset()
    return Commenting(
        consultation.page,
        state is ConsultationState.OPEN,
        shown_at(consultation),
        anchors,
        consultation.comments.filter(is_shown=True).count(),
        consultation.words,
    )
