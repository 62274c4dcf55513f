"""The data dictionary of the API: what each object has, in words and types.

The descriptions are translated where the OpenAPI document is drawn.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import BeforeValidator, Field

from ..legal.validity import Validity
from ..organisation.models import Unit as UnitRow
from . import cursors

MOST = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
USUAL = 50


def _as_written(value: Any) -> Any:
    """Take no number for a day, as seconds since 1970."""
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("A day is written 2026-11-30.")
    return value


Code = Annotated[str, Field(max_length=60, pattern=r"^[\w-]*$")]
Day = Annotated[datetime.date, BeforeValidator(_as_written)]
Language = Annotated[str, Field(max_length=20, pattern=r"^[A-Za-z0-9-]*$")]


# What is asked


class Paged(Schema):
    limit: int = Field(USUAL, ge=1, le=MOST, description=_("How many objects a page has."))
    cursor: str = Field(
        "",
        max_length=cursors.LONGEST,
        description=_("Where to go on: the cursor of the page before. Not to be taken apart."),
    )


class ContentFilters(Paged):
    category: Code = Field("", description=_("Code of a category, such as C7."))
    language: Language = Field("", description=_("Code of a language, such as vi."))
    unit: Code = Field("", description=_("Code of the unit that supplied the object."))
    published_from: Day | None = Field(
        None, description=_("Published on this day or later (Vietnamese time).")
    )
    published_to: Day | None = Field(
        None, description=_("Published on this day or earlier (Vietnamese time).")
    )


class DocumentFilters(ContentFilters):
    number: str = Field(
        "", max_length=100, description=_("Number and symbol, such as 17/2018/QĐ-UBND.")
    )
    type: Code = Field("", description=_("Code of the document type."))
    issuer: Code = Field("", description=_("Code of the issuing body."))
    field: Code = Field("", description=_("Code of a legal field."))
    validity: Validity | None = Field(None, description=_("Code of the validity."))
    issued_from: Day | None = Field(None, description=_("Issued on this day or later."))
    issued_to: Day | None = Field(None, description=_("Issued on this day or earlier."))


class AnswerFilters(ContentFilters):
    field: Code = Field("", description=_("Code of a legal field."))


class CategoryFilters(Schema):
    language: Language = Field(
        "", description=_("Code of a language; without it, the first language of the site.")
    )


class UnitFilters(Paged):
    kind: UnitRow.Kind | None = Field(None, description=_("Kind of unit."))
    on: Day | None = Field(None, description=_("Units that exist on this day."))


class ChangeFilters(Paged):
    kind: str = Field(
        "",
        max_length=60,
        pattern=r"^[a-z]*(,[a-z]+)*$",
        description=_("Kinds of objects, separated by commas; without it, all."),
    )
    start: Literal["beginning", "now"] = Field(
        "beginning",
        description=_("Where to begin without a cursor: with the first change, or with the next."),
    )


# What is answered


class Problem(Schema):
    type: str = Field(description=_("Address of the description of the problem."))
    title: str = Field(description=_("The problem in words, in Vietnamese."))
    status: int = Field(description=_("The HTTP status."))
    code: str = Field(description=_("The stable code, by which programs go."))
    detail: str = Field(description=_("What exactly is wrong, in Vietnamese."))


class Named(Schema):
    code: str = Field(description=_("Stable code of the row of a reference table."))
    name: str = Field(description=_("Its present name."))


class Content(Schema):
    id: str = Field(
        description=_(
            "Stable identifier: a UUID and the code of the language. It stays when the object is "
            "renamed, moved, withdrawn and published again, or taken into another portal."
        )
    )
    kind: str = Field(description=_("item, document or answer: by which list it has all it has."))
    language: str = Field(description=_("Code of the language (BCP 47)."))
    title: str = Field(description=_("Title."))
    summary: str = Field(description=_("Summary; may be empty."))
    category: str = Field(description=_("Code of the category in the regulation."))
    unit: Named | None = Field(description=_("The unit that supplied it."))
    address: str = Field(description=_("Address of its page, for people."))
    link: str = Field(description=_("Address of the whole object at this API."))
    published_at: datetime.datetime = Field(description=_("First published at."))
    updated_at: datetime.datetime | None = Field(description=_("Last published at."))


class Item(Content):
    author: str = Field(
        description=_("Author as the page names them, to be cited; empty for answers.")
    )
    source: str = Field(description=_("Source, to be cited (BK21 Điều 10.3)."))
    source_url: str = Field(description=_("Address of the source; empty where it is the portal."))


class Point(Schema):
    letter: str = Field(description=_("Letter of the point (điểm)."))
    anchor: str = Field(description=_("Anchor on the page of the document."))
    paragraphs: list[str] = Field(description=_("Paragraphs in their order."))


class Clause(Schema):
    number: str = Field(description=_("Number of the clause (khoản); empty where it has none."))
    anchor: str = Field(description=_("Anchor on the page; empty where it has no number."))
    paragraphs: list[str] = Field(description=_("Paragraphs in their order."))
    points: list[Point] = Field(description=_("Points in their order."))


class Article(Schema):
    node: Literal["article"] = Field(description=_("An article (điều) of a legal text."))
    number: str = Field(description=_("Number of the article."))
    title: str = Field(description=_("Title; may be empty."))
    anchor: str = Field(description=_("Anchor on the page: address#anchor leads to it."))
    lead: list[str] = Field(description=_("Paragraphs before the first clause."))
    clauses: list[Clause] = Field(description=_("Clauses in their order."))


class Heading(Schema):
    node: Literal["heading"] = Field(description=_("A heading: part, chapter, section, annex …"))
    level: int = Field(description=_("Level of the heading on the page, from 2."))
    label: str = Field(description=_("Such as Chương II; may be empty."))
    title: str = Field(description=_("Title; may be empty."))
    anchor: str = Field(description=_("Anchor on the page."))


class Prose(Schema):
    node: Literal["prose"] = Field(description=_("Running text, a table, a caption …"))
    paragraphs: list[str] = Field(description=_("Its text without markup."))


Node = Article | Heading | Prose


class GivenAnswer(Schema):
    outcome: str = Field(
        description=_("accepted, partly, rejected; answered where it is a dialogue.")
    )
    guest: str = Field(description=_("Who answered in a dialogue; else empty."))
    text: str = Field(description=_("The explanation, word for word."))
    comments: int = Field(description=_("To how many comments it was given."))


class OfProvision(Schema):
    anchor: str = Field(description=_("Anchor on the page; empty for the whole."))
    label: str = Field(description=_("Such as khoản 2 Điều 5; empty for the whole."))
    comments: int = Field(description=_("How many comments were answered."))
    answers: list[GivenAnswer] = Field(description=_("What was answered."))


class Consultation(Schema):
    sort: str = Field(description=_("draft or dialogue."))
    state: str = Field(description=_("upcoming, open, closed, summarised or issued, as of today."))
    opens_on: datetime.date = Field(description=_("First day."))
    closes_on: datetime.date = Field(description=_("Last day; it counts whole."))
    held_at: datetime.datetime | None = Field(description=_("When the dialogue is held."))
    received: int = Field(description=_("Comments that came in."))
    shown: int = Field(description=_("Of them shown in public."))
    summarised_on: datetime.date | None = Field(description=_("Summary published on."))
    issued_on: datetime.date | None = Field(description=_("Document issued on."))
    issued_as: str = Field(description=_("The document that was issued; may be empty."))
    summary: list[OfProvision] = Field(
        description=_(
            "Once it is published: what was answered on which provision. What people wrote stands "
            "on the page alone."
        )
    )


class WholeItem(Item):
    text: list[Node] = Field(description=_("The text of the page in its order."))
    consultation: Consultation | None = Field(
        description=_("Where it is a draft put out for comment, or a dialogue: how that stands.")
    )


class Document(Content):
    number: str = Field(description=_("Number and symbol as on the document; empty for a draft."))
    type: Named | None = Field(description=_("Document type."))
    issuer: Named | None = Field(description=_("Issuing body."))
    signer: str = Field(description=_("Who signed it, in office; may be empty."))
    signer_title: str = Field(description=_("In which office it was signed; may be empty."))
    issued_on: datetime.date | None = Field(description=_("Day of issue."))
    effective_on: datetime.date | None = Field(description=_("In force from this day."))
    expired_on: datetime.date | None = Field(description=_("In force until this day."))
    validity: str = Field(
        description=_(
            "Code of the national database (CHL, HHL, HHL1P …) as it is today; empty where nothing "
            "says it."
        )
    )
    abstract: str = Field(description=_("Abstract, word for word as on the document."))
    scope: str = Field(description=_("central, local, or empty where not said."))
    fields: list[Named] = Field(description=_("Legal fields."))
    national_database_url: str = Field(
        description=_("Its address in the national database of legal documents.")
    )
    gazette_url: str = Field(description=_("Its address in the gazette; may be empty."))


class File(Schema):
    title: str = Field(description=_("Title of the file."))
    kind: str = Field(description=_("original, full_text, annex, form, explanation or other."))
    address: str = Field(description=_("Address from which everybody may download it."))
    bytes: int | None = Field(description=_("Size in bytes."))


class WholeDocument(Document):
    text: list[Node] = Field(description=_("The text of the document, by article."))
    files: list[File] = Field(description=_("The signed original and annexes."))


class Answer(Content):
    question: str = Field(
        description=_("The question as edited for the public. Nothing says who asked.")
    )
    answered_on: datetime.date | None = Field(description=_("Day of the answer."))
    fields: list[Named] = Field(description=_("Legal fields."))


class Basis(Schema):
    name: str = Field(description=_("The document as it is cited."))
    articles: str = Field(description=_("The articles of it; may be empty."))
    document: str = Field(
        description=_("Identifier of the document, where it is public on this portal.")
    )
    address: str = Field(description=_("Address of the document; may be empty."))


class WholeAnswer(Answer):
    text: list[Node] = Field(description=_("The answer."))
    legal_basis: list[Basis] = Field(description=_("On which law the answer rests."))
    under_review: bool = Field(
        description=_("The law on which it rests has changed since; nobody has looked at it yet.")
    )


class Clock(Schema):
    code: str = Field(description=_("Code of the rule in the regulation."))
    name: str = Field(description=_("The rule in words."))
    amount: int = Field(description=_("How much time it gives; 0: at once."))
    unit: str = Field(
        description=_("In what it is counted: working_day, calendar_day, office_hour, immediate …")
    )
    starts: str = Field(description=_("The event with which it starts."))
    condition: str = Field(description=_("When it applies, where several do."))
    clause: str = Field(description=_("The clause of the regulation."))


class QuestionFigures(Schema):
    received: int = Field(description=_("Received in the last twelve months."))
    answered: int = Field(description=_("Of them answered."))
    in_time: int = Field(description=_("Of the answered, in time."))
    median_days: float | None = Field(description=_("Median of working days to the answer."))


class Figures(Schema):
    items: int = Field(description=_("Public objects in the category."))
    this_year: int = Field(description=_("Of them first published this year."))
    newest_at: datetime.datetime | None = Field(description=_("When the newest was published."))
    questions: QuestionFigures | None = Field(
        description=_("Of questions of the public, where the category holds their answers.")
    )


class Category(Schema):
    id: str = Field(description=_("Stable identifier: its code and the code of the language."))
    code: str = Field(description=_("Code in the regulation of the portal."))
    kind: str = Field(description=_("Kind from C1 to C15, the same in all portals."))
    language: str = Field(description=_("Code of the language (BCP 47)."))
    name: str = Field(description=_("Name in the regulation."))
    title: str = Field(description=_("Title of its page."))
    description: str = Field(description=_("What belongs in it, in the words of the clause."))
    clause: str = Field(description=_("The clause of the regulation."))
    address: str = Field(description=_("Address of its page, for people."))
    link: str = Field(description=_("Address of the object at this API."))
    clocks: list[Clock] = Field(description=_("Time limits that govern the category."))
    figures: Figures = Field(description=_("Figures; at most ten minutes old."))


class Unit(Schema):
    id: str = Field(description=_("Stable code of the unit."))
    name: str = Field(description=_("Name."))
    short_name: str = Field(description=_("Short name; may be empty."))
    kind: str = Field(description=_("department, organisation, commune, division or other."))
    parent: str | None = Field(description=_("Code of the unit to which it belongs."))
    starts_on: datetime.date | None = Field(description=_("First day; none: always."))
    ends_on: datetime.date | None = Field(description=_("Last day; none: to this day."))
    phone: str = Field(description=_("Phone of the office; may be empty."))
    email: str = Field(description=_("E-mail of the office; may be empty."))
    categories: list[str] = Field(description=_("Codes of the categories that it supplies."))
    successors: list[str] = Field(description=_("Codes of the units that succeeded it."))
    link: str = Field(description=_("Address of the object at this API."))


class Change(Schema):
    sequence: int = Field(description=_("Number in the log: it grows, with gaps."))
    kind: str = Field(description=_("item, document, answer, category or unit."))
    id: str = Field(description=_("Identifier of the object, as in its list."))
    change: Literal["created", "changed", "withdrawn"] = Field(
        description=_(
            "created: public from now on; changed; withdrawn: to be deleted at the consumer's too."
        )
    )
    at: datetime.datetime = Field(description=_("When it was entered in the log."))
    link: str | None = Field(description=_("Where to fetch the object; none once withdrawn."))


class _Page(Schema):
    cursor: str = Field(description=_("Cursor of the next page; empty behind the last."))
    next: str | None = Field(description=_("Address of the next page; none behind the last."))


class Items(_Page):
    items: list[Item] = Field(description=_("The newest first."))


class Documents(_Page):
    items: list[Document] = Field(description=_("The newest first, by publication."))


class Answers(_Page):
    items: list[Answer] = Field(description=_("The newest first."))


class Units(_Page):
    items: list[Unit] = Field(description=_("By code."))


class Categories(Schema):
    items: list[Category] = Field(description=_("In the order of the portal."))


class Changes(Schema):
    items: list[Change] = Field(description=_("In the order in which they were entered."))
    cursor: str = Field(
        description=_("The cursor to go on with, now or later: to be kept, also where it is alone.")
    )
    next: str = Field(description=_("Address with this cursor."))
    more: bool = Field(description=_("Whether there is more at once."))


class Index(Schema):
    name: str = Field(description=_("Name of the portal."))
    regulation: str = Field(description=_("The regulation by which the portal is run."))
    citation: str = Field(description=_("What whoever reuses content has to write (S4)."))
    languages: list[str] = Field(description=_("Codes of the languages, the first first."))
    lists: dict[str, str] = Field(description=_("Addresses of the lists by their names."))
    openapi: str = Field(description=_("Address of the OpenAPI document."))
    docs: str = Field(description=_("Address of the description for people."))
