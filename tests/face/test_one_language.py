"""A portal in Vietnamese alone pays nothing for the languages of others (I6)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import NewsFactory
from wagtail_pbgdpl.site.languages import languages_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("locales", [0, 1])
def test_one_language_costs_nothing(
    index_of: Any, settings: Any, locales: int, django_assert_num_queries: Any
) -> None:
    settings.WAGTAIL_I18N_ENABLED = bool(locales)
    original = NewsFactory(parent=index_of("C2"))
    languages_of(original)
    with django_assert_num_queries(0):
        assert languages_of(original) == []
