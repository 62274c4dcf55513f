"""What all editor forms of the portal's pages have in common."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from ..text import address_part
from .base_page import free_slug
from .required import required_of


class RegulatedPageForm(WagtailAdminPageForm):
    """The editor's script makes an address of the title, accents and all; this drops them.

    Where the script was too slow, the page makes an address of its own.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        return slug if slug.isascii() else address_part(slug)


class ContentPageForm(RegulatedPageForm):
    """Ask for exactly what the regulation asks for (S3, D1); drafts may still lack it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.category:
            self.instance.category = getattr(self.parent_page, "category", "")
        self.asked_for = required_of(self.instance)
        for name in {"author", "source", *self.asked_for} & self.fields.keys():
            self.fields[name].required = name in self.asked_for

    def _get_validation_exclusions(self) -> set[str]:
        exclude: set[str] = super()._get_validation_exclusions()
        if self.is_deferred_validation:
            exclude.update(name for name in self.asked_for if not self.cleaned_data.get(name))
        return exclude

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("title") and cleaned.get("slug") == "":
            wanted = address_part(cleaned["title"]) or "trang"
            cleaned["slug"] = free_slug(self.parent_page, wanted, self.instance)
        return cleaned
