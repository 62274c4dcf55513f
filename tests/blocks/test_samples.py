"""Every shipped block: its preview, its sample, its way to the store and back (C1–C13, S7)."""

from __future__ import annotations

import re
import unicodedata

import pytest
from django.urls import reverse
from wagtail.blocks import ListBlock, StructBlock
from wagtail.images.blocks import ImageBlock

from wagtail_pbgdpl.blocks.defaults import DEFAULTS

CASES = [(use, name, source) for use, blocks in DEFAULTS.items() for name, source in blocks]
# These need a file, a platform or another room: see test_media and test_links.
NEEDY = {
    "image",
    "gallery",
    "video",
    "embedded_video",
    "audio",
    "document_list",
    "attachment",
    "feed",
    # These show what the home page around them knows: see face/test_home.
    "drafts",
    "answers",
    "news",
    "documents",
}
PLAIN = [case for case in CASES if case[1] not in NEEDY]
TEXTUAL = [case for case in PLAIN if case[1] not in ("rich_text", "in_short")]


def over(cases):
    return pytest.mark.parametrize(
        "block", cases, ids=[f"{use}-{name}" for use, name, _ in cases], indirect=True
    )


@pytest.fixture
def block(request):
    _use, name, source = request.param
    block = source()
    block.set_name(name)
    return block


def parts(block):
    """All blocks inside one, itself first."""
    yield block
    if isinstance(block, ImageBlock):
        return
    if isinstance(block, StructBlock):
        for child in block.child_blocks.values():
            yield from parts(child)
    elif isinstance(block, ListBlock):
        yield from parts(block.child_block)


@over(CASES)
@pytest.mark.django_db
def test_preview_of_the_picker_renders_in_an_empty_database(block, admin_client):
    assert block.is_previewable
    response = admin_client.get(
        reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}
    )
    assert response.status_code == 200
    html = response.content.decode()
    main = re.search(r"<main>(.*)</main>", html, flags=re.DOTALL).group(1)
    assert 'class="pbgdpl-' in main
    sample = block.get_preview_value()
    named = [sample.get(key) for key in ("title", "caption", "text") if hasattr(sample, "get")]
    for text in filter(None, named):
        assert str(text) in html


@over(CASES)
def test_editor_sees_what_a_block_is_for(block):
    assert block.get_description()
    assert block.meta.group
    assert block.meta.icon != "placeholder"


@over(CASES)
def test_labels_are_given_not_derived(block):
    """What is derived from a name is not translated."""
    for part in parts(block):
        if part is not block and not isinstance(part, ImageBlock):
            assert part.meta.label, part.name


@over(PLAIN)
@pytest.mark.django_db
def test_sample_is_valid_and_survives_the_store(block):
    value = block.clean(block.get_preview_value())
    raw = block.get_prep_value(value)
    again = block.to_python(raw)
    assert block.get_prep_value(again) == raw
    html = block.render(again)
    assert html == block.render(value)
    assert 'class="pbgdpl-' in html


@over(PLAIN)
@pytest.mark.django_db
def test_html_has_no_script_and_no_style_attribute(block):
    html = block.render(block.get_preview_value())
    assert not re.search(r"<script|\sstyle=|\son\w+=|<style", html)


@over(CASES)
def test_sample_is_precomposed(block):
    """I7."""
    sample = repr(block.get_prep_value(block.get_preview_value()))
    assert unicodedata.is_normalized("NFC", sample)


@over([case for case in CASES if case[1] != "feed"])
@pytest.mark.django_db
def test_an_empty_value_renders(block):
    """A draft may be saved with nothing filled in, and be previewed."""
    block.render(block.get_default())


HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def poisoned(block):
    """The sample with every plain text in it replaced."""

    def poison(part, value):
        if isinstance(value, dict):
            return {
                key: poison(part.child_blocks[key], item) if key in part.child_blocks else item
                for key, item in value.items()
            }
        if isinstance(part, ListBlock):
            return [poison(part.child_block, item) for item in value]
        if type(part).__name__ in {"CharBlock", "TextBlock"}:
            if "\t" in value:
                head, *rows = value.split("\n")
                return "\n".join([f"{head}{HOSTILE}", *(f"{HOSTILE}{row}" for row in rows)])
            return HOSTILE
        return value

    return block.normalize(poison(block, block.get_preview_value()))


@over(TEXTUAL)
@pytest.mark.django_db
def test_text_is_escaped(block):
    html = block.render(poisoned(block))
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html
