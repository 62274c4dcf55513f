# Runs inside a site with a base page of its own, beside a copy of ``by_address.py``.
import by_address
from django.test import Client
from django.test.utils import setup_test_environment
from portal.models import CategoryIndex, LegalDocument, News

from wagtail_pbgdpl.matters.models import Matter
from wagtail_pbgdpl.regulations.active import get_regulation

setup_test_environment()
people = by_address.seat_everybody()
workflow = next(iter(get_regulation().workflows.values()))
for category, model in (("C2", News), ("C7", LegalDocument)):
    index = CategoryIndex.objects.get(category=category)
    by_address.play(people, workflow, index, model, f"Tin của mục {category}")
index = CategoryIndex.objects.get(category="C2")
page_id = by_address.write(people, "contact_officer", index, News, "Tin bị xóa")
by_address.send(people, "contact_officer", News, page_id)
assert Matter.objects.waiting().filter(subject=page_id).exists()
News.objects.get(pk=page_id).delete()
assert not Matter.objects.waiting().filter(subject=page_id).exists()
sitemap = Client(HTTP_HOST="localhost").get("/sitemap-trang.xml").content.decode()
assert "tin-cua-muc-c2" in sitemap
print("played")
