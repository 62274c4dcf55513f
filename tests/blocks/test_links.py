"""Link panels and feeds (C13, D5), contacts (C1)."""

from __future__ import annotations

import pytest
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page

from tests.extension_app.models import OrdinaryPage
from wagtail_pbgdpl.blocks.contacts import ContactListBlock
from wagtail_pbgdpl.blocks.feed import FeedBlock
from wagtail_pbgdpl.blocks.links import LinkPanelsBlock
from wagtail_pbgdpl.blocks.members import MembersBlock

pytestmark = pytest.mark.django_db


@pytest.fixture
def page():
    home = Page.objects.get(depth=2)
    return home.add_child(instance=OrdinaryPage(title="Trang", slug="trang"))


class TestPanels:
    def raw(self, **link):
        blank = {"title": "Công báo", "page": None, "url": "", "description": "", "image": None}
        return {"title": "", "links": [{**blank, **link}]}

    def clean(self, **link):
        block = LinkPanelsBlock()
        return block.clean(block.to_python(self.raw(**link)))

    def test_address(self):
        html = LinkPanelsBlock().render(self.clean(url="https://congbao.chinhphu.vn/"))
        assert 'href="https://congbao.chinhphu.vn/"' in html
        assert 'rel="noopener noreferrer"' in html

    def test_page(self, page):
        html = LinkPanelsBlock().render(self.clean(page=page.pk))
        assert f'href="{page.url}"' in html
        assert "noopener" not in html

    def test_a_page_that_is_no_longer_public_is_not_linked(self, page):
        page.unpublish()
        assert "<a" not in LinkPanelsBlock().render(
            LinkPanelsBlock().to_python(self.raw(page=page.pk))
        )

    @pytest.mark.parametrize("both", [True, False])
    def test_exactly_one_target(self, page, both):
        link = {"page": page.pk, "url": "https://vbpl.vn/"} if both else {}
        with pytest.raises(StructBlockValidationError) as caught:
            self.clean(**link)
        (error,) = caught.value.block_errors["links"].block_errors.values()
        assert error.block_errors["url"].code == "one_target"

    def test_script_is_no_address(self):
        with pytest.raises(StructBlockValidationError):
            self.clean(url="javascript:alert(1)")

    def test_picture(self, picture, page):
        html = LinkPanelsBlock().render(self.clean(page=page.pk, image=picture.pk))
        assert 'alt=""' in html


class TestFeed:
    def test_it_asks_for_its_category_and_passes_the_page_on(self, listing, page):
        block = FeedBlock()
        value = block.clean(block.to_python({"title": "Tin", "category": "C2", "count": 2}))
        html = block.render(value, {"page": page})
        assert listing == [("C2", 2, page)]
        assert html.count('href="/tin-moi/"') == 2
        assert "Tin &lt;mới&gt;" in html

    def test_it_renders_outside_a_page(self, listing):
        block = FeedBlock()
        block.render(block.to_python({"title": "Tin", "category": "C2", "count": 1}))
        assert listing == [("C2", 1, None)]

    @pytest.mark.parametrize("count", [0, 21])
    def test_number_is_bounded(self, count):
        block = FeedBlock()
        with pytest.raises(StructBlockValidationError) as caught:
            block.clean(block.to_python({"title": "Tin", "category": "C2", "count": count}))
        assert list(caught.value.block_errors) == ["count"]


class TestContacts:
    def raw(self, **contact):
        blank = dict.fromkeys(("title", "unit", "phone", "fax", "email"), "") | {
            "name": "Nguyễn Văn A"
        }
        return {"title": "", "contacts": [{**blank, **contact}]}

    @pytest.mark.parametrize(
        ("phone", "dialled"),
        [("0209 3870 000", "02093870000"), ("+84 (209) 3870-000", "+842093870000"), ("115", "115")],
    )
    def test_phone_can_be_dialled(self, phone, dialled):
        block = ContactListBlock()
        html = block.render(block.clean(block.to_python(self.raw(phone=phone))))
        assert f'href="tel:{dialled}"' in html
        assert phone in html

    def test_c1_the_fax_stands_beside_the_phone(self):
        block = ContactListBlock()
        html = block.render(block.clean(block.to_python(self.raw(fax="0209 3870 001"))))
        assert "0209 3870 001" in html
        assert "tel:" not in html

    @pytest.mark.parametrize(
        "contact", [{"phone": "gọi sau"}, {"fax": "không có"}, {"email": "không có"}]
    )
    def test_wrong_input(self, contact):
        block = ContactListBlock()
        with pytest.raises(StructBlockValidationError) as caught:
            block.clean(block.to_python(self.raw(**contact)))
        (error,) = caught.value.block_errors["contacts"].block_errors.values()
        assert list(error.block_errors) == list(contact)


def test_members_have_no_private_phone_or_address():
    """C8, P4: personal data has a wall."""
    parts = MembersBlock().child_blocks["members"].child_block.child_blocks
    assert set(parts) == {"full_name", "position", "unit", "topic", "decision"}
