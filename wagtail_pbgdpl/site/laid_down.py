"""What the regulation lays down of the portal's identity: shown in its words, and not edited.

Name and short name (BK21 Điều 1.1), governing body (Điều 3) and standing agency (Điều 11.1), the
rule and the phrases of citation (Điều 10.3, 20.2a; S3, S4). An installation follows one regulation,
so its words stand on every site of it. Where the profile is silent on one of them, as LC19 is on
citation, the text in the portal's settings stands, and is edited there.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import Panel

from ..regulations.active import get_regulation


class LaidDown(NamedTuple):
    text: str
    clause: str


def laid_down() -> dict[str, LaidDown]:
    """Return what the effective profile says, by field of ``PortalSettings``; no empty texts."""
    regulation = get_regulation()
    identity, citation = regulation.portal, regulation.citation
    found = {
        name: LaidDown(getattr(identity, name), identity.clause)
        for name in ("name", "short_name", "governing_body", "standing_agency")
    }
    found["citation_rule"] = LaidDown(regulation.attribution.text, regulation.attribution.clause)
    found["citation_phrases"] = LaidDown("\n".join(citation.phrases), citation.clause)
    return {name: one for name, one in found.items() if one.text}


class LaidDownForm(WagtailAdminModelForm):
    """Without what the regulation lays down: nothing sent under such a name is taken."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in laid_down().keys() & self.fields.keys():
            del self.fields[name]


class LaidDownPanel(Panel):
    """Shows what the regulation lays down, with its clauses."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtail_pbgdpl/admin/laid_down_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            regulation = get_regulation()
            field = self.instance._meta.get_field
            context["document"] = regulation.document.title
            context["rows"] = [
                (field(name).verbose_name, one.text, one.clause)
                for name, one in laid_down().items()
            ]
            return context
