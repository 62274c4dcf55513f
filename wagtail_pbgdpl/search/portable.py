"""What editors taught the search moves with a portal; the index is made anew from what moves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ..core.portable import Portable, Same, register, stays
from .file_models import FileText
from .index_models import SearchEntry, SearchPin, SearchState, SearchSynonym, SearchWord
from .models import AlikeCount, AlikeTerm


def register_all() -> None:
    register(
        Portable(
            kind="search_synonym",
            model=lambda: SearchSynonym,
            key=("phrases",),
            same=Same.SERVES,
        ),
        Portable(kind="search_pin", model=lambda: SearchPin, numbers={"page": "page"}),
    )
    stays(
        _("read anew from what moves"),
        *(AlikeCount, AlikeTerm, FileText, SearchEntry, SearchState, SearchWord),
    )
