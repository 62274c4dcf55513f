"""In which capacity somebody acts, in words that hold for ever (R3, R12)."""

from __future__ import annotations

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ..authority.rules import Answer
from ..core.history import name_of
from ..organisation.models import Delegation
from ..regulations.active import get_regulation


def signature(answer: Answer | None) -> dict[str, object]:
    """Return what an event keeps of the authority by which it happened; a query where that was
    delegated."""
    role = answer.role if answer else None
    delegation = _delegation(answer)
    return {
        "role": str(role or ""),
        "authority": authority_in_words(answer, delegation),
        "delegation": delegation,
    }


def authority_in_words(answer: Answer | None, delegation: Delegation | None) -> str:
    """Say in which capacity somebody acts, as a signature under a document does."""
    if answer is None or answer.role is None:
        return ""
    role = get_regulation().roles[answer.role].name
    if delegation is None:
        return role
    # It is kept: in the language of the portal, not in that of who happens to act.
    with translation.override(settings.LANGUAGE_CODE):
        return _("On behalf of %(role)s %(name)s, under Decision no. %(number)s") % {
            "role": role,
            "name": name_of(delegation.delegator.user),
            "number": delegation.decision_number,
        }


def _delegation(answer: Answer | None) -> Delegation | None:
    if answer is None or answer.mandate is None:
        return None
    rows = Delegation.objects.select_related("delegator__user")
    return rows.get(pk=answer.mandate.pk)
