"""What the editor's script is told of blocks: kept where it is always the same, never else."""

from __future__ import annotations

import datetime
import re

import pytest
from django import forms
from django.utils import translation
from wagtail.blocks import CharBlock, ChoiceBlock, DateBlock, FieldBlock, ListBlock, StructBlock
from wagtail.blocks.base import BlockWidget

from tests.extension_app.models import OrdinaryPage
from wagtail_pbgdpl.blocks.packed import PackedBlockWidget, is_steady
from wagtail_pbgdpl.blocks.stream import PortalStreamBlock

looked_up = {"choices": [("a", "A")]}


class PickedBlock(FieldBlock):
    field = forms.ModelChoiceField(OrdinaryPage.objects.none())


LOOK_UP = {
    "a choice": ChoiceBlock(choices=lambda: looked_up["choices"]),
    "a default": DateBlock(default=datetime.date.today),
    "rows": PickedBlock(),
}


def told(block):
    return PackedBlockWidget(block).block_json


def same_keys(description):
    # Lots are drawn for the keys of what a new block holds.
    return re.sub(r'("(?:id|key)": ")[\w-]+', r"\1", description.replace("\\", ""))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_is_what_wagtail_tells(language):
    block = OrdinaryPage._meta.get_field("body").offered_block(OrdinaryPage)
    with translation.override(language):
        widget, stock = PackedBlockWidget(block), BlockWidget(block)
        assert widget.block_json == told(block)
        assert same_keys(told(block)) == same_keys(stock.block_json)
        assert str(widget.media) == str(PackedBlockWidget(block).media) == str(stock.media)


def test_it_is_told_once_in_each_language():
    block = PortalStreamBlock([("text", CharBlock(label=translation.gettext_lazy("Text")))])
    assert told(block) is told(block)
    with translation.override("en"):
        assert "Text" in told(block)
    assert len(block._packed) == 2


@pytest.mark.parametrize("block", LOOK_UP.values(), ids=list(LOOK_UP))
def test_what_is_looked_up_is_never_kept(block):
    stream = PortalStreamBlock([("rows", ListBlock(StructBlock([("one", block)])))])
    assert not is_steady(stream)


def test_a_new_choice_is_offered_at_once(monkeypatch):
    block = PortalStreamBlock([("one", LOOK_UP["a choice"])])
    assert "Nga" not in told(block)
    monkeypatch.setitem(looked_up, "choices", [("nga", "Nga")])
    assert "Nga" in told(block)
