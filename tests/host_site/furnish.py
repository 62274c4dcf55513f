"""Fill the site: pages in two languages, files, people, groups, a workflow, redirects."""

from io import BytesIO

from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from PIL import Image as Picture
from press.models import ArticlePage, Scan
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

root = Page.get_first_root_node()
home = root.add_child(instance=ArticlePage(title="Cổng thông tin tỉnh", slug="trang-chu"))
Site.objects.update(root_page=home)
Page.objects.get(slug="home").delete()


def picture(name: str) -> ImageFile:
    file = BytesIO()
    Picture.new("RGB", (60, 40), "red").save(file, "PNG")
    return ImageFile(file, name=name)


closed = Collection.get_first_root_node().add_child(name="Nội bộ")
CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
open_ = Collection.get_first_root_node().add_child(name="Cổng PBGDPL")
images = [
    Image.objects.create(title="Tỉnh", file=picture("tinh.png")),
    Image.objects.create(title="Không dùng", file=picture("khong-dung.png"), collection=open_),
]
documents = [
    Document.objects.create(title=name, file=ContentFile(b"%PDF-1.4", f"{name}.pdf"), **where)
    for name, where in (("cong-khai", {}), ("noi-bo", {"collection": closed}))
]
for number in range(2):
    scan = Scan(name=f"Bản quét {number}")
    for field in "paper", "picture", "other":
        getattr(scan, field).save(f"{field}-{number}.bin", ContentFile(b"quet"), save=False)
    scan.save()

section = home.add_child(
    instance=ArticlePage(
        title="Tin tức",
        slug="tin-tuc",
        picture=images[0],
        body=f'<p><a linktype="document" id="{documents[0].pk}">Tệp</a></p>'
        f'<embed embedtype="image" id="{images[0].pk}" format="fullwidth" alt="Tỉnh"/>',
    )
)
for number in range(3):
    section.add_child(instance=ArticlePage(title=f"Tin {number}", slug=f"tin-{number}"))
section.add_child(instance=ArticlePage(title="Bản nháp", slug="ban-nhap", live=False))
inside = home.add_child(instance=ArticlePage(title="Nội bộ", slug="noi-bo"))
PageViewRestriction.objects.create(page=inside, restriction_type="login")
home.add_child(instance=ArticlePage(title="Có sẵn", slug="pbgdpl"))
english = Locale.objects.create(language_code="en")
for page in (home, section):
    page.copy_for_translation(english, copy_parents=True).get_latest_revision().publish()
Redirect.objects.create(old_path="/cu", redirect_page=section)
Redirect.objects.create(old_path="/ngoai", redirect_link="https://example.vn/")

for name in ("Editors", "Moderators"):
    user = User.objects.create_user(name.lower(), f"{name}@example.vn", "x")
    user.groups.add(Group.objects.get(name=name))
User.objects.create_superuser("quan-tri", "quan-tri@example.vn", "x")
group = Group.objects.create(name="PBGDPL – Trưởng Ban Biên tập")
GroupPagePermission.objects.create(group=group, page=section, permission_type="add")
permission = Group.objects.get(name="Editors").collection_permissions.first().permission
GroupCollectionPermission.objects.create(group=group, collection=open_, permission=permission)
