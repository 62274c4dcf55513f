"""What all editor forms of the portal's pages have in common."""

from __future__ import annotations

from wagtail.admin.forms import WagtailAdminPageForm

from ..text import address_part


class RegulatedPageForm(WagtailAdminPageForm):
    """The editor's script makes an address of the title, accents and all; this drops them."""

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        return slug if slug.isascii() else address_part(slug)
