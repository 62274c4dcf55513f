"""What a form shows of a thing that was named by its number: to others than its own, nothing.

A form that is refused is drawn again with all that was typed. Wagtail would look each number up,
and draw its title, its picture and the name of its file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.rich_text.converters.contentstate_models import Entity
from wagtail.admin.rich_text.converters.html_to_contentstate import PageLinkElementHandler
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents.rich_text.contentstate import DocumentLinkElementHandler
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.rich_text.contentstate import ImageElementHandler
from wagtail.images.widgets import AdminImageChooser

from ..core.base_page import base_page_model
from ..core.wrapping import wrap_once
from ..workflows.keys import as_key
from .forged import is_sound
from .pointing import is_withheld
from .references import files


def narrow_choosers() -> None:
    """Let Wagtail's choosers in forms keep the number and show no more, where it is another's.

    Fields and blocks make their widgets of these classes, so that one place serves both.
    """
    image, document = files()
    for widget, model in (
        (AdminImageChooser, image),
        (AdminDocumentChooser, document),
        (AdminPageChooser, base_page_model()),
    ):
        wrap_once(widget, "get_value_data_from_instance", partial(_keeping_back, model))


def _keeping_back(model: type[Any], data: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    @wraps(data)
    def get_value_data_from_instance(self: Any, instance: Any) -> Any:
        if not is_withheld(model, instance.pk):
            return data(self, instance)
        return {
            "id": instance.pk,
            "edit_url": None,
            self.display_title_key: _("not yours to see"),
            "preview": {"url": "", "width": 0, "height": 0},
            "default_alt_text": "",
            "parent_id": None,
        }

    return get_value_data_from_instance


class ImageHandler(ImageElementHandler):
    def create_entity(self, name: str, attrs: Any, state: Any, contentstate: Any) -> Any:
        if is_sound("image", attrs) and not is_withheld(files()[0], attrs["id"]):
            return super().create_entity(name, attrs, state, contentstate)
        kept = {name: attrs.get(name) for name in ("id", "alt", "format")}
        return Entity("IMAGE", "IMMUTABLE", {**kept, "src": ""})


class DocumentHandler(DocumentLinkElementHandler):
    def get_attribute_data(self, attrs: Any) -> dict[str, Any]:
        if is_sound("document", attrs) and not is_withheld(files()[1], attrs["id"]):
            data: dict[str, Any] = super().get_attribute_data(attrs)
            return data
        return {"id": as_key(attrs.get("id"))}


class PageHandler(PageLinkElementHandler):
    def get_attribute_data(self, attrs: Any) -> dict[str, Any]:
        if is_sound("page", attrs) and not is_withheld(base_page_model(), attrs["id"]):
            data: dict[str, Any] = super().get_attribute_data(attrs)
            return data
        return {"id": as_key(attrs.get("id")), "url": None, "parentId": None}


HANDLERS = {
    "image": ('embed[embedtype="image"]', ImageHandler()),
    "document-link": ('a[linktype="document"]', DocumentHandler("DOCUMENT")),
    "link": ('a[linktype="page"]', PageHandler("LINK")),
}


def narrow_rich_text(features: Any) -> None:
    """Put our readers of pictures and links in running text in the place of Wagtail's.

    Registered to run after Wagtail's own hooks.
    """
    rules = features.converter_rules_by_converter.get("contentstate", {})
    for feature, (selector, handler) in HANDLERS.items():
        rule = rules.get(feature)
        if rule is None or selector not in rule["from_database_format"]:
            continue
        readers = {**rule["from_database_format"], selector: handler}
        features.register_converter_rule(
            "contentstate", feature, {**rule, "from_database_format": readers}
        )
