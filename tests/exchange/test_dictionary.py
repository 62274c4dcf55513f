"""What travels, and that each model says whether it does (I2, Q7)."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps

from tests.exchange import printed
from wagtail_pbgdpl.core import portable
from wagtail_pbgdpl.core.personal import personal_fields
from wagtail_pbgdpl.exchange import schema
from wagtail_pbgdpl.matters.kinds import kinds


def test_the_dictionary_is_current(repository: Path) -> None:
    said = printed.page(repository / "docs").read_text(encoding="utf-8")
    assert said == printed.document(), "python -m tests.exchange.printed"


def test_each_model_says_whether_it_travels() -> None:
    moving = {one.model() for one in portable.kinds()}
    ours = set(apps.get_app_config("wagtail_pbgdpl").get_models())
    assert ours - moving - portable.staying().keys() == set()
    assert moving & portable.staying().keys() == set()


def test_each_kind_of_matter_says_what_it_is_about() -> None:
    ours = {one.code for one in kinds() if type(one).__module__.startswith("wagtail_pbgdpl")}
    assert ours <= portable.subjects().keys()


def test_what_is_about_persons_is_marked() -> None:
    """Nothing that a model says of persons leaves without a wish."""
    for one in portable.kinds():
        if personal := personal_fields(one.model()):
            leaves = {column.name for column in schema.columns_of(one.kind)}
            assert one.of_persons or not (leaves & personal.keys()) - schema.secret_names(one.kind)
    marked = {one.kind for one in portable.kinds() if schema.secret_names(one.kind)}
    assert marked >= {"question", "clarification", "former_rating", "part", "data_request"}
