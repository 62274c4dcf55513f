"""The shipped profiles say what the five source documents say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from wagtail_pbgdpl.regulations import (
    Action,
    Event,
    Kind,
    Period,
    Publication,
    Regulation,
    RoleCode,
    load,
    shipped_profiles,
)
from wagtail_pbgdpl.regulations.sources import PROFILES
from wagtail_pbgdpl.regulations.transcript import transcript
from wagtail_pbgdpl.worktime.limits import Limit, Unit

Regulations = dict[str, Regulation]


def test_the_five_profiles_are_shipped() -> None:
    assert shipped_profiles() == [
        "bac_kan_pbgdpl_2021",
        "bac_kan_portal_2018",
        "binh_phuoc_2020",
        "lao_cai_2019",
        "quang_tri_2024",
    ]


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_shipped_profile_is_stored_in_nfc(name: str) -> None:
    """I7."""
    text = (PROFILES / f"{name}.toml").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("name", shipped_profiles())
def test_no_profile_keeps_the_misreading_of_cong(name: str) -> None:
    """«Công thông tin» in the scanned texts is «Cổng thông tin»."""
    text = (PROFILES / f"{name}.toml").read_text(encoding="utf-8")
    assert not re.search(r"Công (TTĐT|[Tt]hông tin|[Dd]ịch vụ)", text)


@pytest.mark.parametrize("name", shipped_profiles())
def test_every_entry_names_its_clause(name: str) -> None:
    """Each deadline, ground and step that a person is shown has its place in the paper."""
    regulation = load(name)
    for item in fields(regulation):
        value = getattr(regulation, item.name)
        for entry in value.values() if isinstance(value, Mapping) else ():
            assert re.match(r"(Điều \d+|Mục [IVX]+\.\d)", entry.clause), entry


@pytest.mark.parametrize("name", shipped_profiles())
def test_requirement_identifiers_exist(name: str) -> None:
    known = (
        {f"C{n}" for n in range(1, 16)}
        | {f"T{n}" for n in range(1, 15)}
        | {f"R{n}" for n in range(1, 18)}
        | {f"Q{n}" for n in range(1, 13)}
        | {f"D{n}" for n in range(1, 6)}
        | {f"S{n}" for n in range(1, 8)}
        | {f"P{n}" for n in range(1, 6)}
        | {f"I{n}" for n in range(1, 10)}
        | {f"X{n}" for n in range(1, 6)}
    )
    text = (PROFILES / f"{name}.toml").read_text(encoding="utf-8")
    assert set(re.findall(r'^requirement = "(\w+)"$', text, re.MULTILINE)) <= known


@pytest.mark.parametrize("name", shipped_profiles())
def test_names_of_categories_fit_a_menu(name: str) -> None:
    for category in load(name).categories.values():
        assert len(category.name) <= 60
        assert category.slug.isascii()


# C: categories


def test_bk21_has_the_fifteen_kinds_as_its_categories(regulations: Regulations) -> None:
    """C1–C15, BK21 Điều 9."""
    bk21 = regulations["BK21"]
    assert list(bk21.categories) == [kind.value for kind in Kind]
    for number, (code, category) in enumerate(bk21.categories.items(), 1):
        assert category.kind is Kind(code)
        assert category.clause == f"Điều 9 khoản {number}"
        assert category.requirement == code


def test_bk18_has_each_point_of_dieu_3_khoan_3(regulations: Regulations) -> None:
    """BK18 Điều 3.3 a–s: nineteen points in the Vietnamese order of letters, and one of Điều 7."""
    clauses = [
        category.clause.partition(";")[0] for category in regulations["BK18"].categories.values()
    ]
    points = [re.fullmatch(r"Điều 3 khoản 3 điểm (\w)", clause) for clause in clauses[:-1]]
    assert [point[1] for point in points if point] == list("abcdđefghiklmnopqrs")
    assert clauses[-1] == "Điều 7 khoản 1 điểm f"


def test_bp20_has_each_clause_of_dieu_5(regulations: Regulations) -> None:
    """BP20 Điều 5.1–5.11 with the points of 5.9."""
    clauses = [
        category.clause.partition(";")[0] for category in regulations["BP20"].categories.values()
    ]
    expected = [f"Điều 5 khoản {n}" for n in range(1, 9)]
    expected += [f"Điều 5 khoản 9 điểm {letter}" for letter in "abcdđef"]
    expected += ["Điều 5 khoản 10", "Điều 5 khoản 11", "Điều 9 khoản 3 điểm d, điểm đ"]
    assert clauses == expected


def test_qt24_has_each_clause_of_dieu_5(regulations: Regulations) -> None:
    """QT24 Điều 5.1 a–h, 5.2."""
    clauses = [category.clause for category in regulations["QT24"].categories.values()]
    expected = [f"Điều 5 khoản 1 điểm {letter}" for letter in "abcdđegh"]
    assert clauses == [*expected, "Điều 5 khoản 2"]


@pytest.mark.parametrize(
    ("profile", "code", "kind"),
    [
        ("BP20", "gioi-thieu", "C1"),
        ("BP20", "tin-tuc-su-kien", "C2"),
        ("BP20", "chi-dao-dieu-hanh", "C3"),
        ("BP20", "hoi-dap", "C6"),
        ("BP20", "nghien-cuu", "C10"),
        ("BP20", "gop-y-du-thao", "C12"),
        ("BK18", "gop-y-du-thao", "C12"),
        ("QT24", "gioi-thieu", "C1"),
        ("QT24", "van-ban", "C7"),
        ("LC19", "gioi-thieu-van-ban", "C7"),
        ("LC19", "tai-lieu", "C5"),
        ("LC19", "hoi-dong-bao-cao-vien", "C8"),
    ],
)
def test_categories_have_the_kind_that_the_requirements_give(
    regulations: Regulations, profile: str, code: str, kind: str
) -> None:
    assert regulations[profile].category(code).kind == kind


def test_qt24_requires_the_metadata_of_documents(regulations: Regulations) -> None:
    """D1, QT24 Điều 5.1a."""
    assert regulations["QT24"].category("van-ban").requires == (
        "document_type",
        "issuing_body",
        "document_number",
        "issued_on",
        "effective_on",
        "document_abstract",
        "files",
    )


def test_bp20_requires_full_text_and_signed_original(regulations: Regulations) -> None:
    """D3 (BP20 Điều 12.2), D4 (BP20 Điều 9.1c)."""
    required = regulations["BP20"].category("van-ban-phap-luat").requires
    assert required == ("full_text", "files", "signed_original")
    assert "signed_original" in regulations["BP20"].category("chi-dao-dieu-hanh").requires


# T: time limits

ALL_REPORTS = "bao-cao-thong-ke reports"
WORKING, CALENDAR, OFFICE = Unit.WORKING_DAY, Unit.CALENDAR_DAY, Unit.OFFICE_HOUR

T = [
    # profile, rule, requirement, unit, amount, starting event, governed
    ("BK21", "T1", "T1", Unit.IMMEDIATE, 0, Event.DECIDED, "C1 C2 C4 C5 C7 C8 C9 C10 C11 C15"),
    ("BK21", "T2", "T2", WORKING, 10, Event.ISSUED, "C3"),
    ("BK21", "T3", "T3", WORKING, 15, Event.FORWARDED, "questions"),
    ("BK21", "T4", "T4", WORKING, 2, Event.ISSUED, "C12"),
    ("BK18", "T5", "T5", WORKING, 15, Event.ISSUED, "pho-bien-phap-luat"),
    ("BK18", "T6a", "T6", CALENDAR, 30, Event.REQUESTED, "gop-y-du-thao"),
    ("BK18", "T1a", "T1", Unit.IMMEDIATE, 0, Event.DECIDED, "chi-dao-dieu-hanh"),
    ("BK18", "T6b", "T6", WORKING, 2, Event.ISSUED, "chi-dao-dieu-hanh van-ban-phap-luat"),
    ("BK18", "T6c", "T6", WORKING, 10, Event.ISSUED, "chi-dao-dieu-hanh van-ban-phap-luat"),
    ("BK18", "T7a", "T7", WORKING, 10, Event.APPROVED, "chien-luoc du-an-dau-thau"),
    ("BK18", "T7b", "T7", WORKING, 20, Event.APPROVED, "khoa-hoc-cong-nghe"),
    ("BK18", "T7c", "T7", WORKING, 20, Event.ACCEPTED, "khoa-hoc-cong-nghe"),
    ("BK18", "T7d", "T7", WORKING, 10, Event.ANNOUNCED, "thong-ke"),
    ("BK18", "T7e", "T7", WORKING, 5, Event.ISSUED, "thu-tuc-hanh-chinh"),
    ("BK18", "T8", "T8", WORKING, 15, Event.RECEIVED, "questions"),
    ("BP20", "T9", "T9", OFFICE, 12, Event.HELD, "tin-tuc-su-kien hoi-nghi"),
    ("BP20", "T10a", "T10", WORKING, 2, Event.ISSUED, "van-ban-phap-luat chi-dao-dieu-hanh"),
    ("BP20", "T10b", "T10", WORKING, 3, Event.APPROVED, "chien-luoc du-an-dau-thau"),
    ("BP20", "T10c", "T10", WORKING, 10, Event.ANNOUNCED, "bao-cao-thong-ke"),
    ("BP20", "T11a", "T11", Unit.NEXT_MONTH_WEEK, 1, Event.PERIOD_ENDED, ALL_REPORTS),
    ("BP20", "T11b", "T11", Unit.NEXT_QUARTER_DAY, 10, Event.PERIOD_ENDED, ALL_REPORTS),
    ("BP20", "T11c", "T11", CALENDAR, 10, Event.CONFERENCE_HELD, ALL_REPORTS),
    ("BP20", "T11d", "T11", CALENDAR, 15, Event.CONFERENCE_HELD, ALL_REPORTS),
    ("BP20", "T11e", "T11", CALENDAR, 15, Event.ENDED, ALL_REPORTS),
    ("BP20", "T12a", "T12", WORKING, 15, Event.RECEIVED, "questions"),
    ("BP20", "T12b", "T12", WORKING, 30, Event.RECEIVED, "questions"),
    ("BP20", "phan-hoi", "Q2", WORKING, 15, Event.FORWARDED, "questions"),
]  # fmt: skip


@pytest.mark.parametrize(("profile", "code", "requirement", "unit", "amount", "starts", "on"), T)
def test_time_limits(
    regulations: Regulations,
    profile: str,
    code: str,
    requirement: str,
    unit: Unit,
    amount: int,
    starts: Event,
    on: str,
) -> None:
    """T1–T12."""
    rule = regulations[profile].deadlines[code]
    assert rule.limit == Limit(unit, amount)
    assert rule.starts is starts
    assert rule.requirement == requirement
    assert rule.applies_to == tuple(on.split())


def test_the_table_of_time_limits_is_complete(regulations: Regulations) -> None:
    in_table = {(profile, code) for profile, code, *_rest in T}
    in_profiles = {
        (profile, code)
        for profile, regulation in regulations.items()
        for code in regulation.deadlines
    }
    # «At once» in the other regulations governs whatever has no number.
    assert in_profiles - in_table == {("BK18", "T1"), ("BP20", "T1"), ("QT24", "T1")}


@pytest.mark.parametrize("profile", ["BK18", "BP20", "QT24"])
def test_at_once_governs_what_has_no_number(regulations: Regulations, profile: str) -> None:
    """T1 as BK18 Điều 5.7, BP20 Điều 9.3f and QT24 Điều 5.3 have it."""
    regulation = regulations[profile]
    assert regulation.deadlines["T1"].limit == Limit(Unit.IMMEDIATE)
    for category in regulation.categories.values():
        if category.code != "hoi-dap":
            assert ("T1" in category.deadlines) == (category.deadlines == ("T1",))
            assert category.deadlines


def test_clauses_of_time_limits(regulations: Regulations) -> None:
    """A deadline that is shown to a person names its clause."""
    expected = {
        ("BK21", "T2"): "Điều 12 khoản 1 điểm b",
        ("BK21", "T3"): "Điều 12 khoản 1 điểm c",
        ("BK21", "T4"): "Điều 12 khoản 1 điểm d",
        ("BK18", "T5"): "Điều 7 khoản 1 điểm b",
        ("BK18", "T7b"): "Điều 7 khoản 1 điểm đ",
        ("BK18", "T8"): "Điều 7 khoản 1 điểm f",
        ("BP20", "T9"): "Điều 9 khoản 3 điểm a",
        ("BP20", "T11b"): "Điều 9 khoản 3 điểm đ",
        ("BP20", "T12b"): "Điều 9 khoản 3 điểm e",
        ("QT24", "T1"): "Điều 5 khoản 3",
    }
    for (profile, code), clause in expected.items():
        assert regulations[profile].deadlines[code].clause == clause


def test_rules_that_share_a_category_say_when_each_applies(regulations: Regulations) -> None:
    for regulation in regulations.values():
        for code in regulation.categories:
            rules = regulation.deadlines_for(code)
            if len(rules) > 1:
                assert all(rule.condition for rule in rules), code


def test_lc19_sets_no_time_limits(regulations: Regulations) -> None:
    assert not regulations["LC19"].deadlines
    assert not regulations["LC19"].workflows
    assert not regulations["LC19"].refusal_grounds


def test_updates_each_working_day(regulations: Regulations) -> None:
    """T13, BP20 Điều 13.1; the others do not say."""
    counts = {name: item.update_frequency.per_working_day for name, item in regulations.items()}
    assert counts == {"BK21": 0, "BK18": 0, "BP20": 1, "QT24": 0, "LC19": 0}


@pytest.mark.parametrize(
    ("profile", "clause"), [("BK21", "Điều 10 khoản 5"), ("BK18", "Điều 5 khoản 4")]
)
def test_supply_in_office_hours_monday_to_friday(
    regulations: Regulations, profile: str, clause: str
) -> None:
    """T14."""
    hours = regulations[profile].supply_hours
    assert hours.office_hours
    assert hours.weekdays == (1, 2, 3, 4, 5)
    assert hours.clause == clause


# R: roles and workflow

WORKFLOWS = {
    ("BK21", "don_vi"): [
        ("contact_officer", "submit", "Điều 21 khoản 2"),
        ("unit_head", "unit_approve", "Điều 20 khoản 1 điểm c; Điều 21 khoản 2"),
        ("secretary", "collect_edit", "Điều 13 khoản 2 điểm b; Điều 18 khoản 1"),
        ("member", "verify", "Điều 16 khoản 2"),
        ("chief", "approve", "Điều 14 khoản 2"),
    ],
    ("BP20", "don_vi"): [
        ("contact_officer", "submit", "Điều 9 khoản 1 điểm a"),
        ("unit_head", "unit_approve", "Điều 9 khoản 1 điểm a"),
        ("secretary", "collect_edit", "Điều 11 khoản 1"),
        ("member", "collect_edit", "Điều 15 khoản 1"),
        ("chief", "verify", "Điều 15 khoản 2"),
        ("chief", "approve", "Điều 15 khoản 3"),
        ("secretary", "publish", "Điều 15 khoản 3"),
    ],
    ("QT24", "kiem_duyet"): [
        ("contact_officer", "submit", "Điều 4 khoản 2 điểm b; Điều 6 khoản 2"),
        ("member", "collect_edit", "Điều 7 khoản 3"),
        ("chief", "approve", "Điều 6 khoản 4; Điều 7 khoản 3"),
        ("operator", "publish", "Điều 6 khoản 1; Điều 10 khoản 1"),
    ],
    ("BK18", "don_vi"): [
        ("contact_officer", "submit", "Điều 6 khoản 1 điểm a; Điều 12 khoản 1"),
        ("unit_head", "unit_approve", "Điều 6 khoản 2; Phụ lục"),
        ("secretary", "collect_edit", "Điều 13 khoản 2"),
        ("chief", "approve", "Điều 5 khoản 5; Điều 13 khoản 2; Điều 16 khoản 1 điểm a"),
    ],
    ("BK18", "truc_tiep"): [
        ("contact_officer", "submit", "Điều 6 khoản 1 điểm b; Điều 12 khoản 1"),
        ("unit_head", "unit_approve", "Điều 6 khoản 2; Điều 12 khoản 1"),
        ("chief", "approve", "Điều 5 khoản 5"),
        ("contact_officer", "publish", "Điều 6 khoản 1 điểm b"),
    ],
}


@pytest.mark.parametrize(("where", "steps"), WORKFLOWS.items())
def test_workflow_steps(
    regulations: Regulations, where: tuple[str, str], steps: list[tuple[str, str, str]]
) -> None:
    """R2, R5–R8, R11."""
    profile, code = where
    found = [
        (step.role, step.action, step.clause) for step in regulations[profile].workflows[code].steps
    ]
    assert found == steps


def test_only_the_member_of_bk21_may_be_passed_over(regulations: Regulations) -> None:
    optional = [
        (name, step.role, step.action)
        for name, regulation in regulations.items()
        for workflow in regulation.workflows.values()
        for step in workflow.steps
        if step.optional
    ]
    assert optional == [("BK21", RoleCode.MEMBER, Action.VERIFY)]


@pytest.mark.parametrize("profile", ["BK21", "BK18", "BP20"])
def test_the_board_has_its_four_ranks(regulations: Regulations, profile: str) -> None:
    """R1, R5, R6: chief, deputy, members, secretary, and in the units officer and head."""
    assert set(regulations[profile].roles) == set(RoleCode) - {RoleCode.EXPERT}


@pytest.mark.parametrize(
    ("profile", "delegations"),
    [
        ("BK21", {("chief", "deputy_chief", "Điều 15 khoản 2")}),
        (
            "BP20",
            {
                ("chief", "deputy_chief", "Điều 19 khoản 2"),
                ("chief", "member", "Điều 15 khoản 2, khoản 3"),
            },
        ),
        ("BK18", {("chief", "member", "Điều 5 khoản 5")}),
        ("QT24", set()),
    ],
)
def test_delegation(
    regulations: Regulations, profile: str, delegations: set[tuple[str, str, str]]
) -> None:
    """R3."""
    found = regulations[profile].delegations.values()
    assert {(item.delegator, item.delegate, item.clause) for item in found} == delegations


def test_refusal_grounds_of_qt24_are_word_for_word(regulations: Regulations) -> None:
    """R9, QT24 Điều 4.2c: the whole sentence of the regulation, cut at its semicolons."""
    sentence = (
        "Không đúng với quan điểm, chủ trương, đường lối của Đảng, chính sách và pháp luật của "
        "Nhà nước; thuộc danh mục bí mật nhà nước; không thuộc phạm vi, vai trò, chức năng của "
        "Trang TTĐT; được cấp có thẩm quyền quyết định nhưng chưa phổ biến công khai hoặc chỉ phổ "
        "biến trong phạm vi hẹp; không đúng sự thật; không rõ nguồn gốc; không bảo đảm chất lượng "
        "theo yêu cầu của Trang TTĐT"
    )
    grounds = regulations["QT24"].refusal_grounds.values()
    assert "; ".join(ground.name for ground in grounds) == sentence
    assert {ground.clause for ground in grounds} == {"Điều 4 khoản 2 điểm c"}


def test_refusal_grounds_of_bp20_are_word_for_word(regulations: Regulations) -> None:
    """R9, BP20 Điều 4.2 and Điều 12.3."""
    grounds = [
        (ground.clause, ground.name) for ground in regulations["BP20"].refusal_grounds.values()
    ]
    assert grounds == [
        (
            "Điều 4 khoản 2",
            "Thông tin cung cấp không đáp ứng các quy định tại Điểm a Khoản 1 Điều 4, Điều 5 và "
            "Khoản 1 Điều 9",
        ),
        (
            "Điều 12 khoản 3 điểm a",
            "Thông tin có nội dung không phù hợp với chủ trương, đường lối, chính sách của Đảng, "
            "pháp luật của Nhà nước",
        ),
        (
            "Điều 12 khoản 3 điểm b",
            "Thông tin có nội dung thuộc bí mật nhà nước; thông tin đã được cấp có thẩm quyền "
            "quyết định chưa phổ biến công khai hoặc chỉ phổ biến trong phạm vi cho phép",
        ),
        ("Điều 12 khoản 3 điểm c", "Thông tin không đúng sự thật"),
        ("Điều 12 khoản 3 điểm d", "Thông tin không bảo đảm chất lượng"),
        (
            "Điều 12 khoản 3 điểm đ",
            "Các thông tin khác theo quy định của pháp luật không được đăng tải trên Trang thông "
            "tin điện tử",
        ),
    ]


def test_what_is_refused_in_bp20_goes_back_for_correction(regulations: Regulations) -> None:
    """R9, BP20 Điều 4.2."""
    assert regulations["BP20"].refusal_grounds["khong-du-dieu-kien"].remedy == (
        "Các tổ chức, cá nhân đã gửi thông tin có trách nhiệm chỉnh sửa cho phù hợp, đúng theo quy "
        "định pháp luật và gửi về Ban Biên tập website Sở tổng hợp, xem xét, phê duyệt"
    )


def test_grounds_that_no_clause_lists_say_that_they_are_derived(regulations: Regulations) -> None:
    """R9: BK21 has no list of grounds, BK18 only the forbidden acts of Điều 9."""
    assert all(ground.note for ground in regulations["BK21"].refusal_grounds.values())
    for ground in regulations["BK18"].refusal_grounds.values():
        assert bool(ground.note) != ground.clause.startswith("Điều 9")


# Q: questions


@pytest.mark.parametrize(
    ("profile", "code", "rule", "publication", "result", "progress", "scope"),
    [
        ("BK21", "quan-ly-nha-nuoc", "T3", "obligatory", True, False, False),
        ("BK21", "noi-dung-khac", "T3", "optional", True, False, False),
        ("BK18", "kinh-te-xa-hoi", "T8", "obligatory", False, True, True),
        ("BK18", "noi-dung-khac", "T8", "optional", False, True, True),
        ("BP20", "linh-vuc-cua-so", "T12a", "optional", False, False, False),
        ("BP20", "xin-y-kien-bo-nganh", "T12b", "optional", False, False, False),
        ("BP20", "phan-hoi", "phan-hoi", "optional", False, True, False),
        ("BP20", "tu-van-phap-luat", "", "obligatory", False, False, False),
        ("LC19", "tu-van-truc-tuyen", "", "optional", False, False, False),
    ],
)
def test_question_clocks(
    regulations: Regulations,
    profile: str,
    code: str,
    rule: str,
    publication: str,
    result: bool,
    progress: bool,
    scope: bool,
) -> None:
    """Q2 (T3, T8, T12), Q3, Q4."""
    regulation = regulations[profile]
    question = regulation.questions[code]
    assert question.deadline == rule
    assert question.publication is Publication(publication)
    assert question.result_notice is result
    assert question.progress_notice is progress
    assert question.out_of_scope_notice is scope
    clock = regulation.deadline_of(question)
    assert clock is (regulation.deadlines[rule] if rule else None)


@pytest.mark.parametrize("profile", ["BK21", "BK18", "BP20", "LC19"])
def test_who_answers_and_where(regulations: Regulations, profile: str) -> None:
    """Q6: BP20 Điều 11.5 gives the last word to the board, and Điều 11.2 is about feedback."""
    rules = regulations[profile].questions
    board = profile == "BP20"
    for code, rule in rules.items():
        assert rule.answered_by == ("board" if board else "unit")
        expected = ("feedback" if code == "phan-hoi" else "question",) if board else ()
        assert rule.kinds == expected
        assert rule.category == ("hoi-dap" if profile == "BK18" else "")


def test_what_contributors_give_is_not_asked_of_askers(regulations: Regulations) -> None:
    """BP20 Điều 9.1b speaks of who supplies articles; of askers the regulation says nothing."""
    assert not any(rule.requires for rule in regulations["BP20"].questions.values())


@pytest.mark.parametrize("profile", ["BP20", "QT24"])
def test_contacts_are_asked_of_the_category_not_of_each_page(
    profile: str, regulations: Regulations
) -> None:
    """C1: BP20 Điều 5.1, QT24 Điều 5.1đ."""
    assert regulations[profile].categories["gioi-thieu"].requires == ()


# P: reports


@pytest.mark.parametrize(
    ("profile", "code", "period", "rule", "before", "requirement"),
    [
        ("BK21", "sau-thang", Period.HALF_YEAR, "", "", "P1"),
        ("BK21", "nam", Period.YEAR, "", "", "P1"),
        ("BK18", "quy", Period.QUARTER, "", "", "P2"),
        ("BK18", "nam", Period.YEAR, "", "", "P2"),
        ("BP20", "truy-cap", Period.MONTH, "", "", "P3"),
        ("BP20", "thang", Period.MONTH, "T11a", "", "T11"),
        ("BP20", "quy", Period.QUARTER, "T11b", "", "T11"),
        ("BP20", "sau-thang", Period.HALF_YEAR, "T11c", "", "T11"),
        ("BP20", "nam", Period.YEAR, "T11d", "", "T11"),
        ("BP20", "chuong-trinh", Period.PROGRAMME, "T11e", "", "T11"),
        ("QT24", "nam", Period.YEAR, "", "", "P2"),
        ("LC19", "don-vi-nam", Period.YEAR, "", "11-30", "P5"),
    ],
)
def test_reports(
    regulations: Regulations,
    profile: str,
    code: str,
    period: Period,
    rule: str,
    before: str,
    requirement: str,
) -> None:
    """P1–P3, P5, T11."""
    report = regulations[profile].reports[code]
    assert (report.period, report.deadline, report.before) == (period, rule, before)
    assert report.requirement == requirement


# S: supply, attribution, citation


def test_quota_of_bp20(regulations: Regulations) -> None:
    """S6, BP20 Điều 9.4: one to two items a month from each unit."""
    (quota,) = regulations["BP20"].quotas.values()
    assert (quota.minimum, quota.maximum, quota.period) == (1, 2, Period.MONTH)
    assert quota.clause == "Điều 9 khoản 4"


def test_citation_phrases(regulations: Regulations) -> None:
    """S4, BK21 Điều 20.2a, BK18 Điều 12.2."""
    phrases = {name: item.citation.phrases for name, item in regulations.items()}
    assert phrases == {
        "BK21": ("Theo Cổng TTĐTPBGDPL tỉnh Bắc Kạn", "Theo http://pbgdpl.backan.gov.vn"),
        "BK18": ("Theo Cổng TTĐT tỉnh Bắc Kạn", "Theo backan.gov.vn"),
        "BP20": (),
        "QT24": (),
        "LC19": (),
    }


def test_attribution(regulations: Regulations) -> None:
    """S3, BK21 Điều 10.3, BK18 Điều 5.3."""
    required = {name: item.attribution.required for name, item in regulations.items()}
    assert required == {
        "BK21": ("author", "source"),
        "BK18": ("author", "source"),
        "BP20": (),
        # Điều 11.2 binds those who quote the portal.
        "QT24": (),
        "LC19": (),
    }


def test_information_slip_of_bk21(regulations: Regulations) -> None:
    """S1, BK21 Phụ lục."""
    slip = regulations["BK21"].slip
    assert [field.name for field in slip.fields] == [
        "Tên đơn vị",
        "Tác giả",
        "Thông tin cung cấp",
        "Văn bản, tài liệu kèm theo",
        "Ảnh",
        "Đề nghị đăng mục",
    ]
    assert slip.fields[1].parts[1] == "Bút danh (nếu có)"
    assert slip.signatures == ("Người viết", "Xác nhận của lãnh đạo đơn vị")


def test_file_formats_of_bp20(regulations: Regulations) -> None:
    """S2, BP20 Điều 9.1a."""
    assert regulations["BP20"].file_formats.text == ("doc", "docx", "odt")
    assert regulations["BP20"].file_formats.images == ("jpg", "gif", "bmp")


# The portal's identity, C13


@pytest.mark.parametrize(
    ("profile", "url", "email"),
    [
        ("BK21", "http://pbgdpl.backan.gov.vn", "bttbgdpl@backan.gov.vn"),
        ("BK18", "http://www.backan.gov.vn", "banbientap@backan.gov.vn"),
        ("BP20", "http://stp.binhphuoc.gov.vn", "banbientapstp.bp@binhphuoc.gov.vn"),
        ("QT24", "https://sotp.quangtri.gov.vn", ""),
        ("LC19", "", ""),
    ],
)
def test_portal_address(regulations: Regulations, profile: str, url: str, email: str) -> None:
    portal = regulations[profile].portal
    assert (portal.url, portal.email) == (url, email)


def test_the_four_systems_of_bk21(regulations: Regulations) -> None:
    """I1, BK21 Điều 9.13, Điều 12.2."""
    assert [item.name for item in regulations["BK21"].integrations.values()] == [
        "Tủ sách pháp luật điện tử quốc gia",
        "Công báo tỉnh Bắc Kạn",
        "Trang thông tin điện tử phổ biến, giáo dục pháp luật của Bộ Tư pháp",
        "Cơ sở dữ liệu quốc gia về văn bản pháp luật",
    ]


def test_a_profile_is_found_by_name_or_path() -> None:
    path = Path(PROFILES / "quang_tri_2024.toml")
    assert load(path) == load(str(path)) == load("quang_tri_2024")


def test_what_the_paper_does_not_say_is_shown_as_inferred(regulations: Regulations) -> None:
    """R1, R4, R9: no step of giving an opinion and no list of grounds stands in BK21."""
    regulation = regulations["BK21"]
    steps = {step.action: step for step in regulation.workflows["don_vi"].steps}
    assert {action for action, step in steps.items() if step.inferred} == {
        "collect_edit",
        "verify",
    }
    assert steps["verify"].cited == "Điều 16 khoản 2 – suy ra, Quy chế không quy định trực tiếp"
    assert steps["approve"].cited == steps["approve"].clause
    assert all(ground.inferred for ground in regulation.refusal_grounds.values())
    said = [line for line in transcript(regulation) if line.clause == steps["verify"].clause]
    assert any("suy ra" in line.cited for line in said)


def test_bk18_lists_no_grounds(regulations: Regulations) -> None:
    """R9: what Điều 9 forbids to do to networks and accounts is no reason to refuse a text."""
    grounds = regulations["BK18"].refusal_grounds.values()
    assert all(ground.inferred for ground in grounds)
    assert not {"Điều 9 khoản 2", "Điều 9 khoản 3"} & {ground.clause for ground in grounds}


def test_bk18_has_one_operator(regulations: Regulations) -> None:
    """R10: Điều 13 makes the Trung tâm Công báo - Tin học the desk of the content."""
    regulation = regulations["BK18"]
    assert regulation.portal.operator == regulation.roles[RoleCode.OPERATOR].holder
    assert regulation.portal.note


def test_bk18_lists_documents_among_documents(regulations: Regulations) -> None:
    """Điều 3.3l: a consultation is no place for the list of what was issued."""
    categories = regulations["BK18"].categories
    assert "danh sách văn bản" not in categories["gop-y-du-thao"].description
    assert "danh sách văn bản" in categories["van-ban-phap-luat"].description


def test_qt24_tells_backup_from_archive(regulations: Regulations) -> None:
    """X1, X2, X3: Điều 7.2"""
    demands = regulations["QT24"].demands
    said = {code: demands[code].requirement for code in ("sao-luu", "luu-tru", "an-toan")}
    assert said == {"sao-luu": "X2", "luu-tru": "X3", "an-toan": "X1"}


def test_bp20_asks_for_the_original_of_statistics(regulations: Regulations) -> None:
    """D4: Điều 9.1c"""
    category = regulations["BP20"].category("bao-cao-thong-ke")
    assert category.requires == ("attachments", "files")


def test_c6_has_the_name_of_the_clause(regulations: Regulations) -> None:
    """BK21 Điều 12.1c"""
    assert regulations["BK21"].categories["C6"].name == "Hỏi đáp, tư vấn chính sách - pháp luật"
