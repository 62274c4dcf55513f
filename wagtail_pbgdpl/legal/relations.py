"""What documents do to one another: the relations of the national database, and D5. Pure.

Each relation goes from the document that acts to the one that it acts on. Clauses: QT24 Điều 5.1a;
LC19 mục II.3; Luật 64/2025/QH15.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _


class Relation(models.TextChoices):
    """The label is read at the document that acts."""

    BASED_ON = "based_on", _("is based on")
    AMENDS = "amends", _("amends")
    REPLACES = "replaces", _("replaces")
    REPEALS = "repeals", _("repeals")
    CORRECTS = "corrects", _("corrects")
    CONSOLIDATES = "consolidates", _("consolidates")
    GUIDES = "guides", _("guides")
    INTRODUCES = "introduces", _("introduces")


#: As read at the document that is acted on.
PASSIVE = {
    Relation.BASED_ON: _("is the basis of"),
    Relation.AMENDS: _("is amended by"),
    Relation.REPLACES: _("is replaced by"),
    Relation.REPEALS: _("is repealed by"),
    Relation.CORRECTS: _("is corrected by"),
    Relation.CONSOLIDATES: _("is consolidated in"),
    Relation.GUIDES: _("is guided by"),
    Relation.INTRODUCES: _("is introduced by"),
}
#: After these the law is another one: who cites it looks again.
CHANGING = (Relation.AMENDS, Relation.REPLACES, Relation.REPEALS, Relation.CORRECTS)
#: Of a whole document they end its force, of parts those parts alone.
ENDING = (Relation.REPLACES, Relation.REPEALS)
#: Marks in what an editor chooses that the other document acts on this one.
BY = "_by"


class Said(NamedTuple):
    """What an editor chose: a relation, and whether this document is the one that acts."""

    relation: str
    acts: bool


def said(code: str) -> Said:
    """Return what a choice means; the inverse of ``code_of``."""
    return Said(code.removesuffix(BY), not code.endswith(BY))


def choices() -> list[tuple[Any, list[tuple[str, Any]]]]:
    """Return what editors choose from, in both directions; introductions name their document."""
    ours = [one for one in Relation if one != Relation.INTRODUCES]
    return [
        (_("This document …"), [(one.value, one.label) for one in ours]),
        (_("This document …, by the other"), [(f"{one.value}{BY}", PASSIVE[one]) for one in ours]),
    ]


def label(relation: str, *, acts: bool) -> Any:
    """Return the words for a relation as read at the document that acts, or at the other."""
    one = Relation(relation)
    return one.label if acts else PASSIVE[one]


def ends(relation: str, provisions: str) -> bool:
    """Whether the relation ends the whole document that is acted on."""
    return relation in ENDING and not provisions


def changes_part(relation: str, provisions: str) -> bool:
    """Whether after it parts of the document are no longer in force as they were."""
    return relation == Relation.AMENDS or (relation in ENDING and bool(provisions))
