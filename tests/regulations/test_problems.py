"""A bad profile is refused with file, key and reason, and with all its faults at once."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.regulations.profiles import SMALL, Write, problems_of
from wagtail_pbgdpl.regulations import Problem, RegulationError, load
from wagtail_pbgdpl.regulations.loader import ENTRIES, SECTIONS, assemble
from wagtail_pbgdpl.regulations.sources import PROFILES, Source

pytestmark = pytest.mark.usefixtures("english")

WORKFLOW = '[workflows.w]\nname = "Quy trình"\nclause = "Điều 5"\nsteps = [%s]\n'
STEP = '{action = "%s", role = "%s", name = "Bước", clause = "Điều 5"}'
QUESTION = '[questions.q]\nname = "Câu hỏi"\nclause = "Điều 6"\n'
REPORT = '[reports.r]\nname = "Báo cáo"\nperiod = "year"\nclause = "Điều 7"\n'
SECOND = '[categories.%s]\nkind = "C2"\nname = "%s"\nclause = "Điều 2"\n'
RULE = '[deadlines.D2]\nname = "Thời hạn"\nunit = "immediate"\nstarts = "held"\nclause = "Điều 3"\n'

# old text of the small profile, new text, key, words of the reason
CHANGED = {
    "unknown unit": (
        '"working_day"',
        '"work_day"',
        "deadlines.D1.unit",
        "'work_day' is not a known unit; known are immediate, working_day",
    ),
    "missing unit": ('unit = "working_day"', "", "deadlines.D1.unit", "is missing"),
    "amount of nothing": ("amount = 3", "", "deadlines.D1.amount", "must be at least 1"),
    "amount of at once": (
        '"working_day"',
        '"immediate"',
        "deadlines.D1.amount",
        "must be left out or 0 for the unit 'immediate'",
    ),
    "amount in words": ("amount = 3", 'amount = "3"', "deadlines.D1.amount", "a whole number"),
    "amount below zero": ("amount = 3", "amount = -3", "deadlines.D1.amount", "a whole number"),
    "amount true": ("amount = 3", "amount = true", "deadlines.D1.amount", "a whole number"),
    "unknown event": ('"held"', '"help"', "deadlines.D1.starts", "'help' is not one of decided"),
    "typing error in a key": (
        "amount = 3",
        "amuont = 3\namount = 3",
        "deadlines.D1.amuont",
        "is not a known key; did you mean 'amount'?",
    ),
    "foreign key": (
        "amount = 3",
        "xyz = 3\namount = 3",
        "deadlines.D1.xyz",
        "is not a known key; known are amount, applies_to",
    ),
    "typing error in a table": (
        "[deadlines.D1]",
        "[deadline.D1]",
        "deadline",
        "did you mean 'deadlines'?",
    ),
    "rule without category": (
        'applies_to = ["tin"]',
        "",
        "deadlines.D1.applies_to",
        "governs no category, question or report",
    ),
    "rule with empty list": (
        'applies_to = ["tin"]',
        "applies_to = []",
        "deadlines.D1.applies_to",
        "governs no category, question or report",
    ),
    "rule for an unknown category": (
        'applies_to = ["tin"]',
        'applies_to = ["tin", "bai"]',
        "deadlines.D1.applies_to",
        "names the category 'bai', which does not exist",
    ),
    "rule for a table that does not name it": (
        'applies_to = ["tin"]',
        'applies_to = ["tin", "questions"]',
        "deadlines.D1.applies_to",
        "no entry of the table questions has this rule",
    ),
    "rule that names a category twice": (
        'applies_to = ["tin"]',
        'applies_to = ["tin", "tin"]',
        "deadlines.D1.applies_to",
        "names the same thing twice",
    ),
    "category with an unknown rule": (
        'name = "Tin tức"',
        'name = "Tin tức"\ndeadlines = ["D1", "D9"]',
        "categories.tin.deadlines",
        "names 'D9', which is not in the table deadlines",
    ),
    "category of an unknown kind": ('"C2"', '"C16"', "categories.tin.kind", "'C16' is not one of"),
    "category without a name": ('name = "Tin tức"', "", "categories.tin.name", "is missing"),
    "category with an unknown field": (
        'name = "Tin tức"',
        'name = "Tin tức"\nrequires = ["autor"]',
        "categories.tin.requires.[1]",
        "'autor' is not one of",
    ),
    "missing clause of an entry": ('clause = "Điều 3"', "", "deadlines.D1.clause", "is missing"),
    "empty clause": (
        'clause = "Điều 3"',
        'clause = " "',
        "deadlines.D1.clause",
        "must not be empty",
    ),
    "missing clause of the portal": ('clause = "Điều 1"', "", "portal.clause", "is missing"),
    "name that is no text": ('"Tin tức"', "5", "categories.tin.name", "a text in quotation marks"),
    "list that is no list": ('["tin"]', '"tin"', "deadlines.D1.applies_to", "must be a list"),
    "entry that is no table": ("[roles.chief]", "[roles]\nchief = 1", "roles.chief", "be a table"),
    "unknown role": ("[roles.chief]", "[roles.chef]", "roles.chef", "did you mean 'chief'?"),
    "code with accents": ("[roles.chief]", '[roles."trưởng"]', "roles.trưởng", "a code has up to"),
    "reserved code": (
        "[roles.chief]",
        SECOND % ("reports", "Báo cáo") + "[roles.chief]",
        "categories.reports",
        "choose another code",
    ),
    "two categories at one address": (
        "[roles.chief]",
        SECOND % ("tin2", "Tin tuc") + "[roles.chief]",
        "categories.tin2.slug",
        "another category has the same address, 'tin-tuc'",
    ),
    "nothing to remove": (
        "[roles.chief]",
        "[deadlines]\nD9 = false\n[roles.chief]",
        "deadlines.D9",
        "there is nothing here that could be removed",
    ),
}


@pytest.mark.parametrize(("old", "new", "key", "words"), CHANGED.values(), ids=CHANGED)
def test_fault_in_a_table(write: Write, old: str, new: str, key: str, words: str) -> None:
    assert SMALL.count(old) >= 1
    path = write(SMALL.replace(old, new, 1))
    found = {problem.key: problem for problem in problems_of(path)}
    assert key.replace(".[", "[") in found
    problem = found[key.replace(".[", "[")]
    assert problem.file == path
    assert words in problem.reason


ROLE = '[roles.%s]\nname = "Vai"\nscope = "portal"\npasses_steps_of = ["%s"]\nclause = "Điều 4"\n'
DELEGATION = '[delegations.d]\nname = "Ủy quyền"\ndelegator = "chief"\ndelegate = "chief"\n%s'
APPROVAL = STEP % ("approve", "chief")
APPENDED = {
    "steps of the board for somebody else": (
        ROLE % ("operator", "chief"),
        "roles.operator.passes_steps_of",
        "passed by the board alone",
    ),
    "steps of a role that is not there": (
        ROLE % ("deputy_chief", "member"),
        "roles.deputy_chief.passes_steps_of",
        "names 'member', which is not in the table roles",
    ),
    "workflow for an unknown category": (
        (WORKFLOW % APPROVAL) + 'applies_to = ["bai"]\n',
        "workflows.w.applies_to",
        "names 'bai', which is not in the table categories",
    ),
    "two workflows for one category": (
        (WORKFLOW % APPROVAL)
        + 'applies_to = ["tin"]\n'
        + (WORKFLOW % APPROVAL).replace("workflows.w", "workflows.v")
        + 'applies_to = ["tin"]\n',
        "workflows.v.applies_to",
        "another workflow governs the category 'tin' too",
    ),
    "delegation for an unknown category": (
        DELEGATION % 'applies_to = ["bai"]\nclause = "Điều 5"\n',
        "delegations.d.applies_to",
        "names 'bai', which is not in the table categories",
    ),
    "unknown role in a step": (
        WORKFLOW % (STEP % ("approve", "chif")),
        "workflows.w.steps[1].role",
        "'chif' is not one of contact_officer",
    ),
    "role that the profile does not have": (
        WORKFLOW % ", ".join([STEP % ("submit", "member"), STEP % ("approve", "chief")]),
        "workflows.w.steps[1].role",
        "names 'member', which is not in the table roles",
    ),
    "unknown action": (
        WORKFLOW % (STEP % ("aprove", "chief")),
        "workflows.w.steps[1].action",
        "'aprove' is not one of submit",
    ),
    "workflow without moderation": (
        WORKFLOW % (STEP % ("publish", "chief")),
        "workflows.w.steps",
        "needs a step 'approve' that is not optional",
    ),
    "step without a clause": (
        WORKFLOW % '{action = "approve", role = "chief", name = "Bước"}',
        "workflows.w.steps[1].clause",
        "is missing",
    ),
    "question with an unknown rule": (
        QUESTION + 'deadline = "D9"',
        "questions.q.deadline",
        "names 'D9', which is not in the table deadlines",
    ),
    "question in an unknown category": (
        QUESTION + 'category = "C99"',
        "questions.q.category",
        "names 'C99', which is not in the table categories",
    ),
    "question that nobody answers": (
        QUESTION + 'answered_by = "nobody"',
        "questions.q.answered_by",
        "'nobody'",
    ),
    "question with an odd yes": (
        QUESTION + 'progress_notice = "yes"',
        "questions.q.progress_notice",
        "must be true or false",
    ),
    "report with an unknown rule": (
        REPORT + 'deadline = "D9"',
        "reports.r.deadline",
        "which is not in the table deadlines",
    ),
    "report with a rule and a day": (
        REPORT + 'deadline = "D1"\nbefore = "11-30"',
        "reports.r.before",
        "either a deadline or a day",
    ),
    "report before no day": (
        REPORT + 'before = "30/11"',
        "reports.r.before",
        "must be a day of the year as MM-DD",
    ),
    "quota upside down": (
        '[quotas.q]\nname = "Định mức"\nclause = "Điều 8"\nperiod = "month"\n'
        "minimum = 3\nmaximum = 2",
        "quotas.q.maximum",
        "is less than the minimum",
    ),
    "eighth day of the week": (
        '[supply_hours]\nclause = "Điều 9"\nweekdays = [1, 8]',
        "supply_hours.weekdays",
        "from 1 (Monday) to 7",
    ),
    "review within no day": (
        "[emergency]\nreview_working_days = 0",
        "emergency.review_working_days",
        "must be at least 1",
    ),
    "review beyond any calendar": (
        "[emergency]\nreview_working_days = 10001",
        "emergency.review_working_days",
        "must be at most 10000",
    ),
    "delegation to a role that is not there": (
        '[delegations.d]\nname = "Ủy quyền"\nclause = "Điều 9"\n'
        'delegator = "chief"\ndelegate = "member"',
        "delegations.d.delegate",
        "names 'member', which is not in the table roles",
    ),
    "empty phrase": (
        '[citation]\nclause = "Điều 9"\nphrases = ["", "Theo Cổng"]',
        "citation.phrases",
        "must not hold an empty text",
    ),
    "slip line without a name": (
        '[slip]\nclause = "Phụ lục"\nfields = [{code = "unit"}]',
        "slip.fields[1].name",
        "is missing",
    ),
    "rule named by nothing": (RULE, "deadlines.D2.applies_to", "governs no category"),
}


@pytest.mark.parametrize(("text", "key", "words"), APPENDED.values(), ids=APPENDED)
def test_fault_in_an_added_table(write: Write, text: str, key: str, words: str) -> None:
    path = write(SMALL + text)
    (problem,) = problems_of(path)
    assert (problem.file, problem.key) == (path, key)
    assert words in problem.reason


def test_the_small_profile_is_good(write: Write) -> None:
    """Or else the tests above could not fail for the reason that they give."""
    assert problems_of(write(SMALL)) == []


@pytest.mark.parametrize("missing", ["document", "portal", "categories"])
def test_tables_that_must_be_there(write: Write, missing: str) -> None:
    tables = tomllib.loads(SMALL)
    del tables[missing]
    source = Source(Path("tinh.toml"), SECTIONS, frozenset(ENTRIES))
    source.merge({key: value for key, value in tables.items() if key != "schema"}, source.file)
    with pytest.raises(RegulationError) as caught:
        assemble(source)
    assert missing in {problem.key for problem in caught.value.problems}


# Files


def test_bad_toml_names_the_line(write: Write) -> None:
    path = write("schema = 1\n[portal]\nname = Cổng")
    (problem,) = problems_of(path)
    assert (problem.file, problem.key) == (path, "")
    assert problem.reason.startswith("is not valid TOML")
    assert "line 3" in problem.reason


def test_a_key_written_twice_is_bad_toml(write: Write) -> None:
    (problem,) = problems_of(write(SMALL + '[roles.chief]\nname = "Trưởng Ban"'))
    assert problem.reason.startswith("is not valid TOML")


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "tinh.toml"
    path.write_bytes('schema = 1\ntitle = "Cổng"'.encode("utf-16"))
    (problem,) = problems_of(path)
    assert problem.reason == "is not encoded in UTF-8"


def test_a_directory_is_no_profile(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path)
    assert problem.reason.startswith("there is no profile")


@pytest.mark.parametrize("schema", ["", "schema = 2", 'schema = "1"', "schema = true"])
def test_another_schema_is_refused(write: Write, schema: str) -> None:
    (problem,) = problems_of(write(SMALL.replace("schema = 1", schema)))
    assert (problem.key, problem.reason) == (
        "schema",
        "must be 1, the format that this version reads",
    )


@pytest.mark.parametrize("profile", ["bac_kan", "khong/co.toml", "../bac_kan_pbgdpl_2021"])
def test_a_missing_profile_lists_those_that_are_there(profile: str) -> None:
    with pytest.raises(RegulationError) as caught:
        load(profile)
    (problem,) = caught.value.problems
    assert str(problem.file) == profile
    assert "binh_phuoc_2020" in problem.reason


# extends


@pytest.mark.parametrize("parent", ['"khong_co"', '"khong_co.toml"', "5", '""'])
def test_a_missing_parent(write: Write, parent: str) -> None:
    path = write(f"schema = 1\nextends = {parent}")
    (problem,) = problems_of(path)
    assert (problem.file, problem.key) == (path, "extends")
    assert "there is no profile" in problem.reason


def test_a_profile_that_extends_itself(write: Write) -> None:
    path = write('schema = 1\nextends = "tinh.toml"')
    (problem,) = problems_of(path)
    assert (problem.file, problem.key) == (path, "extends")
    assert problem.reason == "the profile extends itself: tinh.toml → tinh.toml"


def test_a_cycle_of_three(write: Write) -> None:
    write('schema = 1\nextends = "b.toml"', "a.toml")
    write('schema = 1\nextends = "c.toml"', "b.toml")
    last = write('schema = 1\nextends = "a.toml"', "c.toml")
    (problem,) = problems_of(last.with_name("a.toml"))
    assert problem.file == last
    assert problem.reason.endswith("a.toml → b.toml → c.toml → a.toml")


def test_the_file_is_the_one_in_which_the_entry_was_written(write: Write) -> None:
    parent = write(SMALL.replace("amount = 3", "amount = 0"), "goc.toml")
    child = write('schema = 1\nextends = "goc.toml"\n[categories.tin]\nkind = "C20"')
    found = {problem.key: problem.file for problem in problems_of(child)}
    assert found == {"deadlines.D1.amount": parent, "categories.tin.kind": child}


def test_a_question_whose_rule_was_removed_says_who_removed_it(write: Write) -> None:
    write(SMALL + QUESTION + 'deadline = "D1"', "goc.toml")
    child = write('schema = 1\nextends = "goc.toml"\n[deadlines]\nD1 = false')
    (problem,) = problems_of(child)
    assert problem.key == "questions.q.deadline"
    assert problem.reason == "names 'D1', which tinh.toml removes from the table deadlines"


def test_all_problems_are_reported_at_once(write: Write) -> None:
    text = SMALL.replace('"working_day"', '"week"').replace('"C2"', '"X"').replace("name", "nam")
    problems = problems_of(write(text))
    keys = {problem.key for problem in problems}
    assert {"deadlines.D1.unit", "categories.tin.kind", "categories.tin.nam"} <= keys
    assert len(problems) > 5


def test_a_problem_reads_as_one_line(write: Write) -> None:
    path = write(SMALL.replace('clause = "Điều 3"', ""))
    with pytest.raises(RegulationError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: deadlines.D1.clause: is missing"


# Whatever stands in a file, the answer is a regulation or a list of problems.

LEAVES = st.sampled_from(["", "C1", "T1", "chief", "Ă", True, False, -3, 0, 40])
KEYS = st.sampled_from(["T1", "C1", "chief", "steps", "limit"])
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)


def _paths(value: object, at: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    if isinstance(value, dict):
        inner = [path for key, item in value.items() for path in _paths(item, (*at, key))]
    elif isinstance(value, list):
        inner = [path for key, item in enumerate(value) for path in _paths(item, (*at, key))]
    else:
        inner = []
    return [at, *inner] if at else inner


WHOLE = tomllib.loads((PROFILES / "binh_phuoc_2020.toml").read_text(encoding="utf-8"))
del WHOLE["schema"]


@given(
    changes=st.lists(st.tuples(st.sampled_from(_paths(WHOLE)), ANYTHING), min_size=1, max_size=3)
)
def test_no_profile_ends_in_a_traceback(changes: list[tuple[tuple[object, ...], object]]) -> None:
    tables = copy.deepcopy(WHOLE)
    for path, value in changes:
        _put(tables, path, value)
    source = Source(Path("tinh.toml"), SECTIONS, frozenset(ENTRIES))
    source.merge(tables, source.file)
    problems = _problems_in(source)
    assert all(problem.key and problem.reason for problem in problems)


def _put(tables: dict, path: tuple[object, ...], value: object) -> None:
    """Put ``value`` at ``path``, unless an earlier change took away what was there."""
    *way, last = path
    inner = tables
    for key in way:
        known = range(len(inner)) if isinstance(inner, list) else inner
        if not isinstance(inner, dict | list) or key not in known:
            return
        inner = inner[key]
    if isinstance(inner, dict) or (isinstance(inner, list) and last in range(len(inner))):
        inner[last] = value


def _problems_in(source: Source) -> list[Problem]:
    try:
        assemble(source)
    except RegulationError as error:
        return error.problems
    return []
