# Runs inside another project: makes a page of each type, reads each as a citizen does.
from django.test import Client

import wagtail_pbgdpl
from wagtail_pbgdpl.content.actions import add_draft, publish
from wagtail_pbgdpl.content.base import ContentMixin
from wagtail_pbgdpl.content.indexes import CategoryIndexMixin, PortalMixin
from wagtail_pbgdpl.content.services import ServiceMixin
from wagtail_pbgdpl.core.discovery import concrete_models

client = Client(HTTP_HOST="localhost")
indexes = [
    page
    for model in concrete_models(CategoryIndexMixin)
    for page in model.objects.exact_type(model)
]
pages = list(indexes)
for mixin in (PortalMixin, ServiceMixin):
    pages += [page for model in concrete_models(mixin) for page in model.objects.all()]
for model in concrete_models(ContentMixin):
    if not model.is_creatable:
        continue
    index = next(index for index in indexes if model.can_create_at(index))
    page = model(title=f"Trang {model.__name__}", author="Tác giả", source="Nguồn")
    pages.append(publish(add_draft(index, page)))
for page in pages:
    response = client.get(page.url)
    assert response.status_code == 200, (page, response.status_code)
    assert page.title in response.content.decode(), page
for address in ("/pbgdpl/rss.xml", "/pbgdpl/rss/C2.xml"):
    assert client.get(address).status_code == 200, address
print(f"served {len({type(page) for page in pages})} types from {wagtail_pbgdpl.__file__}")
