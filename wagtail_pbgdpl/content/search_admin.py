"""What editors add to the search: words that mean the same, and pages that stand first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets import AdminPageChooser

from ..core.base_page import base_page_model
from ..core.search_boxes import ForgivingIndexView
from ..questions.answer_texts import BySecretary
from ..search.index_models import LONGEST_QUERY, SearchPin, SearchSynonym
from ..serving.listing import public

__all__ = ["BySecretary", "PinViewSet", "SearchPin", "SearchSynonym", "SynonymViewSet"]


class _ViewSet(ModelViewSet):
    add_to_admin_menu = False
    index_view_class = ForgivingIndexView
    copy_view_enabled = False
    search_backend_name = None

    @property
    def permission_policy(self) -> BySecretary:
        return BySecretary(self.model)


class SynonymCreateView(CreateView):
    """Begins with what was searched in vain, where the report of searches leads here."""

    def get_initial(self) -> dict[str, Any]:
        words = self.request.GET.get("phrases", "")[:LONGEST_QUERY].replace("\x00", "")
        return super().get_initial() | {"phrases": words}


class SynonymViewSet(_ViewSet):
    model = SearchSynonym
    add_view_class = SynonymCreateView
    icon = "link"
    name = "pbgdpl_search_synonyms"
    url_prefix = "pbgdpl/search-synonyms"
    form_fields = ["phrases"]
    list_display = ["__str__"]
    search_fields = ["phrases__folded"]


class PinForm(forms.ModelForm):
    """Offers pages that everybody may read: a result leads nowhere else."""

    page = forms.ModelChoiceField(
        label=_("page"), queryset=base_page_model()._default_manager.none(), widget=AdminPageChooser
    )

    class Meta:
        model = SearchPin
        fields = ("query", "page")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["page"]
        field.queryset = public(base_page_model()._default_manager.all())

    def clean_page(self) -> int:
        return int(self.cleaned_data["page"].pk)


class PinViewSet(_ViewSet):
    model = SearchPin
    icon = "pin"
    name = "pbgdpl_search_pins"
    url_prefix = "pbgdpl/search-pins"
    list_display = ["query", Column("page", label=_("page"), accessor="page_title")]
    search_fields = ["query__folded"]

    def get_form_class(self, for_update: bool = False) -> type[PinForm]:
        return PinForm
