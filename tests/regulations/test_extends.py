"""A province writes down only what differs from a shipped profile."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.regulations.profiles import SMALL, Write, problems_of
from wagtail_pbgdpl.regulations import Kind, load
from wagtail_pbgdpl.worktime.limits import Limit, Unit

HEAD = 'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n'


def test_what_is_not_changed_is_inherited(write: Write) -> None:
    path = write(HEAD)
    ours, theirs = load(path), load("bac_kan_pbgdpl_2021")
    assert ours.name == "tinh"
    assert ours.path == path
    assert ours.categories == theirs.categories
    assert ours.workflows == theirs.workflows
    assert ours.citation == theirs.citation


def test_one_key_of_an_entry_is_changed(write: Write) -> None:
    """T2 with another number; the rest of the rule stays."""
    ours = load(write(HEAD + '[deadlines.T2]\namount = 5\nclause = "Điều 8"'))
    rule = ours.deadlines["T2"]
    assert rule.limit == Limit(Unit.WORKING_DAY, 5)
    assert rule.clause == "Điều 8"
    assert rule.applies_to == ("C3",)
    assert ours.deadlines["T3"] == load("bac_kan_pbgdpl_2021").deadlines["T3"]


def test_false_removes_an_entry_and_every_mention_in_lists(write: Write) -> None:
    ours = load(write(HEAD + "[categories]\nC11 = false\nC13 = false"))
    assert "C13" not in ours.categories
    assert "C11" not in ours.deadlines["T1"].applies_to
    assert len(ours.categories) == 13


def test_false_removes_a_whole_table(write: Write) -> None:
    ours = load(write(HEAD + "reports = false\nslip = false"))
    assert not ours.reports
    assert ours.slip.fields == ()
    assert ours.slip.clause == ""


def test_false_deeper_down_is_a_value(write: Write) -> None:
    ours = load(write(HEAD + "[questions.noi-dung-khac]\nresult_notice = false"))
    assert ours.questions["noi-dung-khac"].result_notice is False
    assert ours.questions["quan-ly-nha-nuoc"].result_notice is True


def test_new_entries_come_after_the_inherited_ones(write: Write) -> None:
    category = '[categories.cuoc-thi]\nkind = "C15"\nname = "Cuộc thi"\nclause = "Điều 5"\n'
    ours = load(write(HEAD + category + 'deadlines = ["T1"]'))
    assert list(ours.categories)[-1] == "cuoc-thi"
    assert ours.category("cuoc-thi").slug == "cuoc-thi"
    assert ours.deadlines["T1"].applies_to[-1] == "cuoc-thi"
    assert [category.code for category in ours.categories_of_kind("C15")] == ["C15", "cuoc-thi"]


def test_a_category_moves_to_another_rule_in_one_line(write: Write) -> None:
    """The list in the category goes before the lists in the rules."""
    ours = load(write(HEAD + '[categories.C2]\ndeadlines = ["T2"]'))
    assert [rule.code for rule in ours.deadlines_for("C2")] == ["T2"]
    assert "C2" not in ours.deadlines["T1"].applies_to
    assert ours.deadlines["T2"].applies_to == ("C2", "C3")


def test_a_removed_entry_can_be_written_anew(write: Write) -> None:
    write(HEAD + "[refusal_grounds]\nnoi-dung-bi-cam = false", "giua.toml")
    text = 'schema = 1\nextends = "giua.toml"\n'
    text += '[refusal_grounds.noi-dung-bi-cam]\nname = "Nội dung bị cấm"\nclause = "Điều 3"'
    ground = load(write(text)).refusal_grounds["noi-dung-bi-cam"]
    assert (ground.name, ground.note) == ("Nội dung bị cấm", "")


def test_paths_are_relative_to_the_file_that_names_them(
    write: Write, tmp_path, monkeypatch
) -> None:
    (tmp_path / "chung").mkdir()
    write(SMALL, "chung/goc.toml")
    write('schema = 1\nextends = "goc.toml"', "chung/giua.toml")
    path = write('schema = 1\nextends = "chung/giua.toml"\n[portal]\nname = "Cổng mới"')
    monkeypatch.chdir("/")
    assert load(path).portal.name == "Cổng mới"
    assert load(path).portal.clause == "Điều 1"


def test_decomposed_text_is_composed(write: Write) -> None:
    """I7: what was typed on macOS is stored in NFC."""
    ours = load(write(SMALL.replace("Tin tức", "Tin tu\u031b\u0301c")))
    assert ours.category("tin").name == "Tin tức"
    assert ours.category("tin").slug == "tin-tuc"


def test_lists_are_replaced_as_a_whole(write: Write) -> None:
    ours = load(write(HEAD + '[citation]\nphrases = ["Theo Cổng PBGDPL tỉnh Thái Nguyên"]'))
    assert ours.citation.phrases == ("Theo Cổng PBGDPL tỉnh Thái Nguyên",)


def test_a_removed_rule_leaves_the_lists_of_categories(write: Write) -> None:
    parent = SMALL.replace('clause = "Điều 2"', 'clause = "Điều 2"\ndeadlines = ["D1"]')
    write(parent, "goc.toml")
    path = write('schema = 1\nextends = "goc.toml"\n[deadlines]\nD1 = false')
    assert load(path).category("tin").deadlines == ()


@given(removed=st.sets(st.sampled_from([kind.value for kind in Kind]), max_size=14))
def test_categories_and_rules_always_agree(removed: set[str], tmp_path_factory) -> None:
    """Whatever is removed, both sides tell the same story, or the profile is refused for a rule
    that is left without anything to govern."""
    path = tmp_path_factory.mktemp("profiles") / "tinh.toml"
    lines = [HEAD, "[categories]", *(f"{code} = false" for code in sorted(removed))]
    path.write_text("\n".join(lines), encoding="utf-8")
    orphans = {
        code
        for code, governed in {
            "T1": {"C1", "C2", "C4", "C5", "C7", "C8", "C9", "C10", "C11", "C15"},
            "T2": {"C3"},
            "T4": {"C12"},
        }.items()
        if governed <= removed
    }
    problems = problems_of(path)
    assert {problem.key for problem in problems} == {f"deadlines.{c}.applies_to" for c in orphans}
    if problems:
        return
    ours = load(path)
    for code, category in ours.categories.items():
        for rule in ours.deadlines.values():
            assert (rule.code in category.deadlines) == (code in rule.applies_to)
