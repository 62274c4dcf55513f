"""The registry of blocks (S7: text, sound, image, video, graphics; sites add their own)."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from wagtail.blocks import CharBlock, TextBlock

from tests.extension_app.models import BranchPage, Note, OrdinaryPage, TargetedPage
from wagtail_pbgdpl.blocks.checks import problems
from wagtail_pbgdpl.blocks.named_blocks import Registry


def names(registry, model=OrdinaryPage, use="body"):
    return [name for name, _ in registry.blocks_for(use, model)]


@pytest.fixture
def registry():
    registry = Registry()
    for name in ("one", "two", "three"):
        registry.register(name, CharBlock)
    return registry


def test_order_is_that_of_registration(registry):
    assert names(registry) == ["one", "two", "three"]


def test_replace_keeps_the_place(registry):
    registry.replace("two", TextBlock)
    offered = registry.blocks_for("body", OrdinaryPage)
    assert [name for name, _ in offered] == ["one", "two", "three"]
    assert isinstance(offered[1][1], TextBlock)


def test_remove_takes_out_one(registry):
    registry.remove("two")
    assert names(registry) == ["one", "three"]


def test_a_removed_name_can_be_registered_again(registry):
    registry.remove("two")
    registry.register("two", TextBlock)
    assert names(registry) == ["one", "two", "three"]


@pytest.mark.parametrize("target", ["extension_app.TargetedPage", TargetedPage])
def test_registration_for_a_page_type_beats_the_general_one(registry, target):
    registry.replace("one", TextBlock, page_types=[target])
    registry.remove("two", page_types=[target])
    registry.register("four", CharBlock, page_types=[target])
    assert names(registry) == ["one", "two", "three"]
    targeted = dict(registry.blocks_for("body", TargetedPage))
    assert list(targeted) == ["one", "three", "four"]
    assert isinstance(targeted["one"], TextBlock)


def test_a_page_type_keeps_a_block_that_is_removed_for_all(registry):
    registry.register("radio", CharBlock, page_types=[TargetedPage])
    registry.register("radio", TextBlock)
    registry.remove("radio")
    assert "radio" not in names(registry)
    assert "radio" in names(registry, TargetedPage)


def test_uses_are_apart(registry):
    registry.register("one", TextBlock, use="attachments")
    assert names(registry, use="attachments") == ["one"]
    assert names(registry, use="unheard_of") == []


def test_each_field_gets_its_own_block(registry):
    shared = CharBlock(label="Shared")
    registry.register("first", shared)
    registry.register("second", shared)
    offered = dict(registry.blocks_for("body", OrdinaryPage))
    again = dict(registry.blocks_for("body", TargetedPage))
    blocks = [offered["first"], offered["second"], again["first"], shared]
    assert len({id(block) for block in blocks}) == 4
    assert offered["first"].meta.label == "Shared"
    assert offered["one"] is not again["one"]


def test_taken_name_is_refused(registry):
    with pytest.raises(ImproperlyConfigured, match="'one' is already registered"):
        registry.register("one", TextBlock)


@pytest.mark.parametrize("page_types", [None, [TargetedPage]])
def test_unknown_name_cannot_be_replaced_or_removed(registry, page_types):
    with pytest.raises(ImproperlyConfigured, match="No block 'nine'"):
        registry.replace("nine", TextBlock, page_types=page_types)
    with pytest.raises(ImproperlyConfigured, match="No block 'nine'"):
        registry.remove("nine", page_types=page_types)


def test_one_string_of_page_types_is_refused(registry):
    with pytest.raises(TypeError, match="a list of page types"):
        registry.remove("one", page_types="extension_app.TargetedPage")


def test_late_registration_is_refused(registry):
    registry.blocks_for("body", OrdinaryPage)
    with pytest.raises(ImproperlyConfigured, match="already in use by extension_app"):
        registry.register("late", CharBlock)
    with pytest.raises(ImproperlyConfigured, match="AppConfig"):
        registry.remove("one", page_types=["extension_app.OrdinaryPage"])


def test_late_registration_for_others_is_not(registry):
    registry.blocks_for("body", OrdinaryPage)
    registry.register("radio", CharBlock, page_types=[TargetedPage])
    registry.register("note", CharBlock, use="attachments")
    assert "radio" in names(registry, TargetedPage)


def test_repeating_changes_nothing_even_late(registry):
    """Django runs ready() again when a test changes INSTALLED_APPS."""

    def ready():
        registry.register("radio", CharBlock(label="Radio"), page_types=[TargetedPage])
        registry.replace("two", TextBlock)
        registry.remove("three")

    ready()
    before = names(registry, TargetedPage)
    ready()
    assert names(registry, TargetedPage) == before == ["one", "two", "radio"]


def test_another_instance_under_a_taken_name_is_refused(registry):
    registry.register("radio", CharBlock(label="Radio"))
    with pytest.raises(ImproperlyConfigured, match="already registered"):
        registry.register("radio", CharBlock(label="Loudspeaker"))


def test_blocks_are_not_given_out_while_apps_load(registry, monkeypatch):
    monkeypatch.setattr(apps, "ready", False)
    with pytest.raises(ImproperlyConfigured, match="still being loaded"):
        registry.blocks_for("body", OrdinaryPage)


def test_defaults_come_first_whatever_the_order_of_apps():
    registry = Registry(lambda target: target.register("shipped", CharBlock))
    registry.register("of_a_site", CharBlock)
    assert names(registry) == ["shipped", "of_a_site"]


def test_defaults_can_be_replaced_at_once():
    registry = Registry(lambda target: target.register("shipped", CharBlock))
    registry.replace("shipped", TextBlock)
    assert isinstance(dict(registry.blocks_for("body", Note))["shipped"], TextBlock)


def test_unknown_page_type_is_an_error(registry):
    registry.register("radio", CharBlock, page_types=["nowhere.NoPage"])
    registry.register("phone", CharBlock, page_types=["not a label"])
    assert [problem.id for problem in problems(registry)] == ["wagtail_pbgdpl.E010"] * 2
    assert "'nowhere.nopage'" in problems(registry)[1].msg


def test_a_field_inherited_from_a_concrete_model_counts(registry):
    registry.register("radio", CharBlock, page_types=[BranchPage])
    assert problems(registry) == []


def test_blocks_of_others_come_after_and_replace_nothing(registry):
    registry.replace("one", TextBlock, page_types=[TargetedPage])
    registry.register("radio", CharBlock, page_types=[TargetedPage])
    found = registry.blocks_for("body", OrdinaryPage, TargetedPage)
    assert [name for name, _ in found] == ["one", "two", "three", "radio"]
    assert isinstance(found[0][1], CharBlock)
    with pytest.raises(ImproperlyConfigured, match="already in use"):
        registry.remove("radio", page_types=[TargetedPage])


def test_page_type_without_such_a_field_is_a_warning(registry):
    registry.register("radio", CharBlock, page_types=["wagtailcore.Page", TargetedPage])
    registry.register("form", CharBlock, use="figures", page_types=[TargetedPage])
    assert [(problem.id, problem.obj.__name__) for problem in problems(registry)] == [
        ("wagtail_pbgdpl.W012", "Page"),
        ("wagtail_pbgdpl.W012", "TargetedPage"),
    ]
