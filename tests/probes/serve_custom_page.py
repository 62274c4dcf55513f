# Runs inside a site with a base page of its own.
from django.test import Client
from portal.models import CategoryIndex, Item, News

from wagtail_pbgdpl.content.actions import add_draft, publish

index = CategoryIndex.objects.get(category="C2")
page = News(title="Tin của cổng tỉnh", author="Tác giả", source="Nguồn", importance="cao")
page = publish(add_draft(index, page))
assert Item.objects.get().category == "C2"
client = Client(HTTP_HOST="localhost")
for address, text in (
    (page.url, page.title),
    (index.url, page.title),
    ("/pbgdpl/rss.xml", page.title),
):
    response = client.get(address)
    assert response.status_code == 200, address
    assert text in response.content.decode(), address
print("served")
