from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file


@pytest.fixture
def admin_client(client, db):
    user = get_user_model().objects.create_superuser("admin", "admin@example.vn", "password")
    client.force_login(user)
    return client


@pytest.fixture
def picture(db):
    return get_image_model().objects.create(
        title="Hội nghị", file=get_test_image_file(filename="hoi-nghi.png")
    )


@pytest.fixture
def make_document(db):
    def make(name):
        return get_document_model().objects.create(
            title=f"Tệp {name}", file=ContentFile(b"x" * 2048, name=name)
        )

    return make


@pytest.fixture
def listing(monkeypatch):
    """Stands for ``serving.listing``: what it is asked, and what it answers."""
    asked = []

    class Item:
        title = "Tin <mới>"
        url = "/tin-moi/"
        published_at = None

    def newest(category, count, page):
        asked.append((category, count, page))
        return [Item()] * count

    monkeypatch.setattr("wagtail_pbgdpl.serving.listing.newest", newest)
    return asked
