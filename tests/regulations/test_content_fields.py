"""What a regulation may require is what the page types have (S3, D1, D3, D4)."""

from __future__ import annotations

import pytest

from wagtail_pbgdpl.content.regulated import RegulatedPageMixin
from wagtail_pbgdpl.core.discovery import concrete_models
from wagtail_pbgdpl.regulations import ContentField, Regulation, load, shipped_profiles

#: The text stands in the body; the original is one of the files.
IN_A_BLOCK = {"full_text", "signed_original"}


def fields_of(kind: str) -> list[set[str]]:
    return [
        {field.name for field in model._meta.get_fields()}
        for model in concrete_models(RegulatedPageMixin)
        if kind in (model.category_kinds or ())
    ]


def test_every_field_of_the_vocabulary_is_a_field_of_a_page_type() -> None:
    models = concrete_models(RegulatedPageMixin)
    names = {field.name for model in models for field in model._meta.get_fields()}
    assert {field.value for field in ContentField} - IN_A_BLOCK <= names


@pytest.mark.parametrize("name", shipped_profiles())
def test_a_category_requires_what_its_page_types_have(name: str) -> None:
    regulation: Regulation = load(name)
    for category in regulation.categories.values():
        if category.requires:
            wanted = {field.value for field in category.requires} - IN_A_BLOCK
            assert wanted <= set().union(*fields_of(category.kind)), category.code
