from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest


@dataclass(frozen=True)
class Demo:
    """The demo, loaded twice: what the first and the second run made."""

    first: Any
    second: Any
    counts_between: dict[str, int]
    counts_after: dict[str, int]


def count_all() -> dict[str, int]:
    from django.contrib.auth import get_user_model
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model
    from wagtail.models import Collection, Page, Revision

    models = (get_user_model(), get_document_model(), get_image_model(), Collection, Page, Revision)
    return {model.__name__: model.objects.count() for model in models}


@pytest.fixture(scope="module")
def demo(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Demo]:
    """Loaded once for the tests of a module, and taken away after them."""
    from django.db import transaction
    from wagtail.models import Site

    from example_site.demo.loader import load

    with django_db_blocker.unblock(), transaction.atomic():
        first = load()
        between = count_all()
        second = load()
        yield Demo(first, second, between, count_all())
        transaction.set_rollback(True)
    # The roots of the sites are cached beside the database.
    Site.clear_site_root_paths_cache()
