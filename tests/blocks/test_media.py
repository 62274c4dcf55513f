"""Images, films, sound and files (S7; D4: BP20 Điều 9.1c; I8: WCAG)."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import override_settings
from wagtail.blocks import StructBlockValidationError
from wagtail.embeds.finders.base import EmbedFinder

from wagtail_pbgdpl.blocks.audio import AudioBlock
from wagtail_pbgdpl.blocks.documents import ATTACHMENT_KINDS, AttachmentBlock, DocumentListBlock
from wagtail_pbgdpl.blocks.images import CaptionedImageBlock, GalleryBlock
from wagtail_pbgdpl.blocks.players import known_player
from wagtail_pbgdpl.blocks.video import EmbeddedVideoBlock, VideoBlock

pytestmark = pytest.mark.django_db


def errors_of(block, raw):
    with pytest.raises(StructBlockValidationError) as caught:
        block.clean(block.to_python(raw))
    return caught.value.block_errors


def shown(block, raw):
    value = block.clean(block.to_python(raw))
    assert block.get_prep_value(block.to_python(block.get_prep_value(value))) == (
        block.get_prep_value(value)
    )
    return block.render(value)


class TestImage:
    def raw(self, picture, **image):
        chosen = {"image": picture.pk, "alt_text": "", "decorative": False, **image}
        return {"image": chosen, "caption": "Hội nghị <b>", "source": "Sở Tư pháp"}

    def test_alternative_text_is_asked_for(self, picture):
        errors = errors_of(CaptionedImageBlock(), self.raw(picture))
        assert list(errors) == ["image"]
        assert list(errors["image"].block_errors) == ["alt_text"]

    def test_alternative_text_is_shown(self, picture):
        html = shown(CaptionedImageBlock(), self.raw(picture, alt_text="Đại biểu dự hội nghị"))
        assert 'alt="Đại biểu dự hội nghị"' in html
        assert "<figcaption" in html
        assert "Hội nghị &lt;b&gt;" in html

    def test_decorative_image_has_an_empty_alternative(self, picture):
        assert 'alt=""' in shown(CaptionedImageBlock(), self.raw(picture, decorative=True))

    def test_gallery(self, picture):
        image = {"image": picture.pk, "alt_text": "Một", "decorative": False}
        items = [
            {"image": image, "caption": ""},
            {"image": {**image, "alt_text": "Hai"}, "caption": ""},
        ]
        html = shown(GalleryBlock(), {"title": "Ảnh", "images": items, "source": ""})
        assert 'alt="Một"' in html
        assert 'alt="Hai"' in html

    def test_a_gallery_of_one_is_refused(self, picture):
        image = {"image": picture.pk, "alt_text": "Một", "decorative": False}
        raw = {"title": "", "images": [{"image": image, "caption": ""}], "source": ""}
        assert list(errors_of(GalleryBlock(), raw)) == ["images"]


class TestVideo:
    def raw(self, file, **more):
        return {
            "title": "Tiểu phẩm",
            "file": file.pk,
            "poster": None,
            "captions": None,
            "transcript": "",
            **more,
        }

    def test_captions_and_poster(self, make_document, picture):
        captions = make_document("phu-de.vtt")
        raw = self.raw(make_document("phim.mp4"), captions=captions.pk, poster=picture.pk)
        html = shown(VideoBlock(), raw)
        assert f'<track kind="captions" src="{captions.url}" srclang="vi"' in html
        assert 'type="video/mp4"' in html
        assert ' poster="' in html

    def test_transcript(self, make_document):
        html = shown(VideoBlock(), self.raw(make_document("phim.webm"), transcript="Lời <thoại>"))
        assert "<details" in html
        assert "Lời &lt;thoại&gt;" in html

    def test_one_of_the_two_is_needed(self, make_document):
        assert list(errors_of(VideoBlock(), self.raw(make_document("phim.mp4")))) == ["transcript"]

    def test_a_draft_may_lack_both(self, make_document):
        block = VideoBlock()
        block.clean_deferred(block.to_python(self.raw(make_document("phim.mp4"))))

    def test_types_of_files(self, make_document):
        raw = self.raw(make_document("phim.docx"), captions=make_document("phu-de.srt").pk)
        errors = errors_of(VideoBlock(), raw)
        assert {name: error.code for name, error in errors.items()} == {
            "file": "file_type",
            "captions": "file_type",
        }
        assert "mp4, webm" in errors["file"].messages[0]


class Platform(EmbedFinder):
    def accept(self, url):
        return True

    def find_embed(self, url, max_width=None, max_height=None):
        return {
            "title": "Phim",
            "author_name": "",
            "provider_name": "Platform",
            "type": "video",
            "thumbnail_url": "",
            "width": 640,
            "height": 360,
            "html": '<iframe src="https://video.example/1" title="Phim"></iframe>',
        }


@override_settings(
    WAGTAILEMBEDS_FINDERS=[{"class": f"{__name__}.Platform"}],
    WAGTAIL_PBGDPL={"VIDEO_HOSTS": ["https://video.example"]},
)
def test_embedded_video_has_a_plain_link_too():
    """I5: LC19 II.7."""
    raw = {"title": "Phim ngắn", "video": "https://video.example/1", "transcript": ""}
    html = shown(EmbeddedVideoBlock(), raw)
    assert 'data-film="https://video.example/1"' in html
    assert '<a href="https://video.example/1"' in html
    # Nothing that a browser would fetch by itself.
    assert not BeautifulSoup(html, "lxml").select("iframe, script, [src], link")


FACEBOOK = "https://www.facebook.com/plugins"


@pytest.mark.parametrize(
    ("address", "player"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "dQw4w9WgXcQ"),
        ("https://youtu.be/dQw4w9WgXcQ?si=a", "dQw4w9WgXcQ"),
        ("https://m.youtube.com/shorts/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        (
            "https://www.facebook.com/sotuphap/videos/123/",
            f"{FACEBOOK}/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fsotuphap%2Fvideos%2F123%2F",
        ),
        (
            "https://www.facebook.com/sotuphap/posts/123",
            f"{FACEBOOK}/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fsotuphap%2Fposts%2F123",
        ),
        ("https://www.youtube.com/watch?v=%22%3E%3Cscript%3E", None),
        ("https://www.facebook.com/sotuphap", None),
        ("https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ", None),
    ],
)
def test_known_platforms_are_not_asked(address, player):
    """I5: neither by the portal nor, before a press, by a browser."""
    found = known_player(address)
    if player is None:
        assert found is None
    else:
        nocookie = "https://www.youtube-nocookie.com/embed/"
        assert found.address.startswith(player if "://" in player else nocookie + player)
        raw = {"title": "Phim", "video": address, "poster": None, "transcript": ""}
        assert f" {found.platform}" in shown(EmbeddedVideoBlock(), raw)


class TestPlatforms:
    RAW = {"title": "Phim ngắn", "video": "https://video.example/1", "transcript": ""}

    @pytest.fixture(autouse=True)
    def platform(self, settings):
        settings.WAGTAILEMBEDS_FINDERS = [{"class": f"{__name__}.Platform"}]

    @pytest.mark.parametrize(
        "hosts", [["https://www.youtube.com"], ["https://*.video.example"], []]
    )
    def test_a_film_that_browsers_would_not_show(self, settings, hosts):
        settings.WAGTAIL_PBGDPL = {"VIDEO_HOSTS": hosts}
        errors = errors_of(EmbeddedVideoBlock(), self.RAW)
        assert errors["video"].code == "platform"
        assert all(host.partition("//")[2] in errors["video"].messages[0] for host in hosts)

    @pytest.mark.parametrize("hosts", [["https://video.example"], ["https://*.example"]])
    def test_one_that_they_show(self, settings, hosts):
        settings.WAGTAIL_PBGDPL = {"VIDEO_HOSTS": hosts}
        assert "data-film" in shown(EmbeddedVideoBlock(), self.RAW)

    def test_a_platform_that_needs_a_script(self, settings, monkeypatch):
        html = '<blockquote></blockquote><script src="https://video.example/embed.js"></script>'
        found = Platform().find_embed("") | {"html": html}
        monkeypatch.setattr(Platform, "find_embed", lambda *args, **kwargs: found)
        settings.WAGTAIL_PBGDPL = {"VIDEO_HOSTS": ["https://video.example"]}
        assert errors_of(EmbeddedVideoBlock(), self.RAW)["video"].code == "platform"

    def test_without_a_policy_all_are_shown(self, settings):
        settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "policy" not in name]
        assert "data-film" in shown(EmbeddedVideoBlock(), self.RAW)


class TestAudio:
    def test_transcript_is_required(self, make_document):
        raw = {"title": "Phát thanh", "file": make_document("a.mp3").pk, "transcript": ""}
        assert list(errors_of(AudioBlock(), raw)) == ["transcript"]

    def test_type_of_file(self, make_document):
        raw = {"title": "Phát thanh", "file": make_document("a.pdf").pk, "transcript": "Lời"}
        assert list(errors_of(AudioBlock(), raw)) == ["file"]

    def test_player(self, make_document):
        raw = {"title": "Phát thanh", "file": make_document("a.mp3").pk, "transcript": "Lời"}
        html = shown(AudioBlock(), raw)
        assert 'type="audio/mpeg"' in html
        assert "Lời" in html


class TestDocuments:
    @pytest.mark.parametrize(("kind", "label"), ATTACHMENT_KINDS)
    def test_attachment_says_what_it_is(self, make_document, kind, label):
        """D4: the signed original beside the text."""
        document = make_document("qd-17.pdf")
        raw = {"title": "", "document": document.pk, "kind": kind, "note": "Bản ký số"}
        html = shown(AttachmentBlock(), raw)
        assert str(label) in html
        assert f'href="{document.url}"' in html
        assert document.title in html
        assert "PDF" in html
        assert "Bản ký số" in html

    def test_list(self, make_document):
        items = [
            {"document": make_document("a.docx").pk, "title": "Đề cương <b>"},
            {"document": make_document("b.pdf").pk, "title": ""},
        ]
        html = shown(DocumentListBlock(), {"title": "", "documents": items})
        assert html.count("<li") == 2
        assert "Đề cương &lt;b&gt;" in html

    def test_a_deleted_file_leaves_no_dead_link(self, make_document):
        document = make_document("a.pdf")
        block = AttachmentBlock()
        raw = {"title": "Văn bản", "document": document.pk, "kind": "original", "note": ""}
        document.delete()
        assert block.render(block.to_python(raw)).strip() == ""
