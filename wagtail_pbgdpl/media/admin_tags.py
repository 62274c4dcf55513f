"""Which tags the admin offers: those of what the person may see (R11).

A tag is a word, and the words of a draft say what it is about.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.http import JsonResponse
from taggit.models import CommonGenericTaggedItemBase, ItemBase, Tag, TagBase
from wagtail.admin.views.tags import TAGS_AUTOCOMPLETE_LIMIT
from wagtail.documents.views import documents
from wagtail.images.views import chooser, images

from ..authority.scope import scope_of
from ..core.base_page import base_page_model
from ..workflows.middleware import may_enter
from .pointing import choosable
from .references import files, models

ADDRESSES = frozenset({"wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete"})


def answer_tags(request: Any, kwargs: dict[str, Any]) -> Any:
    """Answer in place of Wagtail's view, which offers each tag to everybody; else ``None``."""
    if request.resolver_match.url_name not in ADDRESSES or not may_enter(request.user):
        return None
    if scope_of(request.user).everything:
        return None
    model = _tag_model(kwargs.get("app_name"), kwargs.get("model_name"))
    if model is None:
        return None
    term = request.GET.get("term")
    if not term:
        return JsonResponse([], safe=False)
    tags = seen_tags(request.user, model).filter(name__istartswith=term).order_by("name")
    return JsonResponse(
        list(tags.values_list("name", flat=True)[:TAGS_AUTOCOMPLETE_LIMIT]), safe=False
    )


def seen_tags(user: Any, model: type[Any]) -> Any:
    """Return the tags of the ``model`` on something that ``user`` may name, or on what is no
    image, document or page."""
    seen = Q(pk__in=())
    for items in _tagged_items(model):
        if issubclass(items, CommonGenericTaggedItemBase):
            found = _on_anything(items, user)
        else:
            found = _on_one_kind(items, user)
        seen |= Q(pk__in=found.values("tag"))
    return model._default_manager.filter(seen)


def popular_tags(user: Any, model: type[Any], count: int = 10) -> Any:
    """Return the tags that most of those of the ``model`` have which ``user`` may name."""
    kind = ContentType.objects.get_for_model(model)
    named = choosable(user, model._default_manager.all())
    of_these = Q(
        taggit_taggeditem_items__content_type=kind,
        taggit_taggeditem_items__object_id__in=named.values("pk"),
    )
    tags = Tag.objects.filter(of_these)
    return tags.annotate(item_count=Count("taggit_taggeditem_items")).order_by("-item_count")[
        :count
    ]


class _SeenTags:
    """The filters of a list of images or documents, without the tags of what is not seen."""

    def __init__(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, request=request, **kwargs)  # type: ignore[call-arg]
        if "tag" in self.filters:  # type: ignore[attr-defined]
            tags = popular_tags(request.user, self._meta.model)  # type: ignore[attr-defined]
            choices = [(tag.name, tag.name) for tag in tags]
            self.filters["tag"].extra["choices"] = choices  # type: ignore[attr-defined]


class SeenImagesFilterSet(_SeenTags, images.ImagesFilterSet):
    pass


class SeenDocumentsFilterSet(_SeenTags, documents.DocumentsFilterSet):
    pass


class SeenImageChooseView(chooser.ImageChooseView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["popular_tags"] = popular_tags(self.request.user, self.model)
        return context


def narrow_tags() -> None:
    """Let Wagtail's lists and its chooser of images name seen tags alone."""
    images.IndexView.filterset_class = SeenImagesFilterSet
    documents.IndexView.filterset_class = SeenDocumentsFilterSet
    if chooser.viewset.choose_view_class is chooser.ImageChooseView:
        chooser.viewset.choose_view_class = SeenImageChooseView


def _tag_model(app_label: str | None, model_name: str | None) -> Any:
    if not (app_label and model_name):
        return Tag
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        return None
    return model if issubclass(model, TagBase) else None


def _tagged_items(model: type[Any]) -> list[type[Any]]:
    """Return the tables that give tags of the ``model`` to something."""
    return [
        relation.related_model
        for relation in model._meta.related_objects
        if issubclass(relation.related_model, ItemBase)
    ]


def _on_anything(items: type[Any], user: Any) -> Any:
    rows = items._default_manager.all()
    others = Q()
    seen = Q(pk__in=())
    for model in models():
        kinds = [
            ContentType.objects.get_for_model(one, for_concrete_model=False)
            for one in apps.get_models()
            if issubclass(one, model)
        ]
        named = choosable(user, model._default_manager.all())
        seen |= Q(content_type__in=kinds, object_id__in=named.values("pk"))
        others &= ~Q(content_type__in=kinds)
    return rows.filter(seen | others)


def _on_one_kind(items: type[Any], user: Any) -> Any:
    rows = items._default_manager.all()
    target = items._meta.get_field("content_object").related_model
    for model in (*files(), base_page_model()):
        if issubclass(target, model):
            named = choosable(user, model._default_manager.all())
            return rows.filter(content_object__in=named.values("pk"))
    return rows
