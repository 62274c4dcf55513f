# Runs inside another project: a provincial portal with a section page, users and groups.
import json
from pathlib import Path

from django.contrib.auth.models import Group, User
from django.core import serializers
from home.models import HomePage
from wagtail.models import Collection, GroupPagePermission, Page, Site

from wagtail_pbgdpl.reference.models import LegalField

home = Site.objects.get().root_page
section = home.add_child(instance=HomePage(title="Chuyên trang", slug="chuyen-trang"))
section.add_child(instance=HomePage(title="Giới thiệu", slug="gioi-thieu"))
section.add_child(instance=HomePage(title="Trang cũ", slug="pbgdpl"))
group = Group.objects.create(name="PBGDPL – Trưởng Ban Biên tập")
GroupPagePermission.objects.create(group=group, page=section, permission_type="add")
User.objects.create_user("nguoi-cu", password="x").groups.add(group)
Collection.get_first_root_node().add_child(name="Cổng PBGDPL")
LegalField.objects.create(code="dat-dai", name="Đất đai và nhà ở")

state = {}
for model in (HomePage, Page, Site, Group, User, GroupPagePermission, Collection, LegalField):
    state[model._meta.label] = json.loads(serializers.serialize("json", model.objects.all()))
Path("before.json").write_text(json.dumps(state))
print(len(state))
