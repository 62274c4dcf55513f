"""What a regulation (Quy chế) is, once read: immutable and complete.

Everywhere, ``clause`` is the place in the regulation, e.g. «Điều 12 khoản 1 điểm b»;
``requirement`` an identifier of ``docs/compliance.md``, e.g. «T2», or empty; ``note`` tells how an
unclear clause was read; ``inferred`` says that the paper does not say it, and that it
follows from the clause. A part on which the regulation is silent is empty, with an empty clause.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..worktime.limits import Limit
from .kinds import Kind
from .vocabulary import (
    Action,
    Answerer,
    ContentField,
    Event,
    Period,
    Publication,
    QuestionKind,
    RoleCode,
    Scope,
    SenderField,
    UnitKind,
)

# Vietnamese, as the clauses are.
INFERRED = "suy ra, Quy chế không quy định trực tiếp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Something that the regulation says, and where."""

    clause: str = ""
    requirement: str = ""
    note: str = ""
    inferred: bool = False

    @property
    def cited(self) -> str:
        """The clause as people read it: what the paper does not say itself is shown as such."""
        return f"{self.clause} – {INFERRED}" if self.inferred else self.clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Clause):
    """One of several things of the same sort; ``code`` is its key in the profile."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The regulation itself. ``status`` says in Vietnamese whether it is a draft or in force."""

    title: str
    short: str = ""
    number: str = ""
    issued: str = ""
    issuer: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Portal(Clause):
    """The identity of the portal."""

    name: str
    short_name: str = ""
    province: str = ""
    url: str = ""
    email: str = ""
    governing_body: str = ""
    standing_agency: str = ""
    operator: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Category(Entry):
    """A category (chuyên mục, mục tin).

    ``description`` is in the words of the clause; ``deadlines`` the codes of the rules that govern
    the category; ``requires`` the names of fields without which nothing is published in it;
    ``holds`` those that one of its public pages has to have, whichever;
    ``slug`` its part of the address, made from the name where the profile gives none.
    """

    kind: Kind
    slug: str = ""
    description: str = ""
    deadlines: tuple[str, ...] = ()
    requires: tuple[ContentField, ...] = ()
    holds: tuple[ContentField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRule(Entry):
    """A time limit and what starts it.

    ``applies_to`` holds codes of categories, and «questions» or «reports» where an entry of these
    tables names the rule. ``condition`` says, in Vietnamese, when the rule applies if several
    govern the same category.
    """

    limit: Limit
    starts: Event
    applies_to: tuple[str, ...] = ()
    condition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Entry):
    """A role, who holds it and what it is for (R1–R7, R10); ``passes_steps_of``: roles whose steps
    its holders pass of their own right, where the regulation gives a step to several."""

    code: RoleCode
    scope: Scope
    holder: str = ""
    description: str = ""
    passes_steps_of: tuple[RoleCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation(Entry):
    """``delegate`` acts for ``delegator`` only while, and only for what, is delegated (R3).

    ``applies_to``: codes of the categories for which it can be given; empty: for any.
    """

    delegator: RoleCode
    delegate: RoleCode
    applies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Clause):
    """A step of a workflow. An ``optional`` one may be left out."""

    action: Action
    role: RoleCode
    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow(Entry):
    """The way of an item to the public. The first workflow of a regulation is its usual one.

    ``applies_to``: codes of the categories that go this way instead of the usual one.
    """

    steps: tuple[Step, ...]
    applies_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalGround(Entry):
    """A reason for which the board refuses an item (R9).

    ``name`` is the ground, word for word where the regulation lists it; ``remedy`` what the
    sender then has to do.
    """

    remedy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRule(Entry):
    """How one sort of question is answered (Q1–Q7).

    ``kinds``: for which kinds of what is sent in it is; empty: for any. ``category``: the code of
    that in which answers are published; empty: the first of kind C6. ``answered_by``: who answers
    once the head of the unit has approved.
    ``deadline`` is the code of a rule, or empty where the board sets the time limit itself.
    ``result_notice``: a notice of the result may stand for the answer. ``progress_notice``: a
    notice of progress and of the new time limit may. ``out_of_scope_notice``: the asker must be
    told that the question is out of scope. ``requires``: what the asker has to give.
    """

    deadline: str = ""
    kinds: tuple[QuestionKind, ...] = ()
    category: str = ""
    answered_by: Answerer = Answerer.UNIT
    publication: Publication = Publication.OPTIONAL
    result_notice: bool = False
    progress_notice: bool = False
    out_of_scope_notice: bool = False
    requires: tuple[SenderField, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRule(Entry):
    """A report that is owed (P1–P5, T11).

    It is due by the rule ``deadline``, or before the day ``before`` of each year («MM-DD»,
    exclusive), or at a time that the regulation leaves open (both empty).
    """

    period: Period
    deadline: str = ""
    before: str = ""
    sender: str = ""
    recipient: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Entry):
    """How many items each unit supplies in a period (S6), both ends included.

    ``units``: the kinds of units that it binds; empty: all.
    """

    minimum: int
    maximum: int
    period: Period
    units: tuple[UnitKind, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Integration(Entry):
    """An outside system that the portal links to or exchanges data with (C13, I1, I2)."""

    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand(Entry):
    """A demand that has no table of its own, for the matrix of compliance."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution(Clause):
    """What every item says of its origin (S3)."""

    required: tuple[ContentField, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation(Clause):
    """What others write when they reuse content (S4); any of ``phrases`` will do."""

    phrases: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipField:
    """A numbered line of the information slip and the parts it asks for."""

    code: str
    name: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip(Clause):
    """The information slip, phiếu cung cấp thông tin (S1)."""

    title: str = ""
    fields: tuple[SlipField, ...] = ()
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormats(Clause):
    """The formats in which content is supplied, as file name extensions (S2)."""

    text: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyHours(Clause):
    """When information is supplied (T14): in office hours, on ISO weekdays (1 = Monday)."""

    office_hours: bool = False
    weekdays: tuple[int, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateFrequency(Clause):
    """How many times the portal is updated on each working day, at least (T13); 0: not said."""

    per_working_day: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours(Clause):
    """A rule of the package's own, on what no regulation speaks of: it is no law.

    A regulation that does lay it down names its clause in the profile.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency(Ours):
    """Publication without the steps; a review follows within ``review_working_days``."""

    review_working_days: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Access(Ours):
    """How the accounts of the board are kept.

    After a change of how a member of the board signs in, the member publishes nothing until the
    ``quiet_working_days``-th working day after it is over; 0: no such wait.
    """

    quiet_working_days: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews(Ours):
    """An answer whose legal basis changed is looked at within ``working_days`` (R16)."""

    working_days: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultations(Ours):
    """Consultations on drafts: numbers of days, each at least 1 (C12).

    ``days``: calendar days from the opening to the end of the closing day where no closing day is
    named; ``least_days``: a shorter one has to say why. ``moderation_working_days``: from the
    receipt of a comment until the board has looked at it; ``summary_working_days``: from the
    closing until the summary of comments is public.
    """

    days: int = 20
    least_days: int = 20
    moderation_working_days: int = 2
    summary_working_days: int = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders(Ours):
    """When people are reminded, in working days, each at least 1 unless it is said.

    A limit is due soon from ``due_soon_working_days`` before it ends, and long late from
    ``long_late_working_days`` after it. What is no publication is spoken of on each of the days
    ``before_working_days`` before its limit (0: the last day itself) and then, while it is late,
    after every ``again_working_days``. Of what is long late the roles ``long_late_roles`` hear as
    well. An item has waited at its step from ``waiting_working_days`` on, and long from
    ``long_waiting_working_days``, which are more.
    """

    due_soon_working_days: int = 2
    long_late_working_days: int = 5
    before_working_days: tuple[int, ...] = (3, 1, 0)
    again_working_days: int = 5
    long_late_roles: tuple[RoleCode, ...] = (
        RoleCode.SECRETARY,
        RoleCode.CHIEF,
        RoleCode.MEMBER,
    )
    waiting_working_days: int = 2
    long_waiting_working_days: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRequests(Clause):
    """Within how many working days, at least 1, a request about one's own personal data is
    answered. It is the law that says so, of every portal."""

    clause: str = "Luật 91/2025/QH15; Nghị định 356/2025/NĐ-CP"
    answer_working_days: int = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Regulation:
    """A whole regulation, checked. Mappings are read-only and keep the order of the profile.

    ``name`` is the profile's name, ``path`` the TOML file that it was read from.
    """

    name: str
    path: Path
    document: Document
    portal: Portal
    categories: Mapping[str, Category]
    deadlines: Mapping[str, DeadlineRule]
    roles: Mapping[str, Role]
    delegations: Mapping[str, Delegation]
    workflows: Mapping[str, Workflow]
    refusal_grounds: Mapping[str, RefusalGround]
    questions: Mapping[str, QuestionRule]
    reports: Mapping[str, ReportRule]
    quotas: Mapping[str, Quota]
    integrations: Mapping[str, Integration]
    demands: Mapping[str, Demand]
    attribution: Attribution
    citation: Citation
    slip: Slip
    file_formats: FileFormats
    supply_hours: SupplyHours
    update_frequency: UpdateFrequency
    emergency: Emergency
    access: Access
    reminders: Reminders
    data_requests: DataRequests
    reviews: Reviews
    consultations: Consultations

    def category(self, code: str) -> Category:
        """Return the category ``code``. Raises ``KeyError`` if the regulation has none such."""
        return self.categories[code]

    def categories_of_kind(self, kind: Kind | str) -> tuple[Category, ...]:
        """Return the categories of a kind. Raises ``ValueError`` for a kind that does not exist."""
        wanted = Kind(kind)
        return tuple(item for item in self.categories.values() if item.kind is wanted)

    def deadlines_for(self, category_code: str) -> tuple[DeadlineRule, ...]:
        """Return the rules that govern a category, as ordered in it.

        Raises ``KeyError`` if the regulation has no such category.
        """
        return tuple(self.deadlines[code] for code in self.categories[category_code].deadlines)

    def deadline_of(self, entry: QuestionRule | ReportRule) -> DeadlineRule | None:
        """Return the clock of a question or report, or ``None`` where the regulation sets none."""
        return self.deadlines[entry.deadline] if entry.deadline else None
