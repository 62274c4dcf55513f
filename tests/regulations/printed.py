"""What each shipped profile can and cannot do, as the documentation has it.

``python -m tests.regulations.printed`` writes ``docs/reference/profiles.md``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from wagtail_pbgdpl.regulations import Action, ContentField, RoleCode

if TYPE_CHECKING:
    from wagtail_pbgdpl.regulations import Category, Regulation, Role, Workflow

HEAD = """\
# What each profile can and cannot do

This page is made from the profiles and the page types (`python -m tests.regulations.printed`). That
a portal does what stands here is tried by address, from the first draft to the public page, in
`tests/workflows/test_by_address.py`.

In every portal, whatever its regulation: the search and the access statistics; the guard of
publication; taking back, returning and taking down, the Trưởng Ban's emergency publication and its
review; journal and ledger. Who may do what is in [Rules of authority](authority.md), what is
planned in [Compliance](../compliance.md).

«Passes» means: the item waits for them and goes on by their decision. Nobody judges their own work.
What is needed is asked for where the type has such a field.
"""
NO_BOARD = """\
The document names no editorial board and no steps. So nobody can publish anything in the admin:
superusers write drafts, and the guard keeps them, whatever workflow of its own the site has. A
province that has a board writes a profile that [extends](../how-to/write-a-profile.md) this one and
adds `[roles]` and `[workflows]`, or extends one that has them and adds these categories.
"""
# Tables that are read and printed, and carried out by nothing yet.
DATA = {
    "questions": "sorts of questions from the public",
    "reports": "reports that are owed",
    "integrations": "outside systems",
}


def page(docs: Path) -> Path:
    return docs / "reference" / "profiles.md"


def document() -> str:
    """Return the page in Markdown."""
    from django.utils import translation

    from wagtail_pbgdpl.regulations import load, shipped_profiles

    with translation.override("en"):
        found = [load(name) for name in shipped_profiles()]
        return "\n".join([HEAD, *("\n".join(_section(one)) for one in found)])


def _section(regulation: Regulation) -> Iterator[str]:
    about = regulation.document
    yield f"## {about.short} – `{regulation.name}`\n"
    yield f"{' – '.join(filter(None, [about.title, about.number, about.status]))}.\n"
    yield "### Who\n"
    yield from _people(regulation) if regulation.roles else [NO_BOARD]
    if regulation.workflows:
        yield "### The way to the public\n"
        for workflow in regulation.workflows.values():
            yield from _way(regulation, workflow)
    yield "### Categories\n"
    yield "| category | what is published in it | needed beside the title | time limits |"
    yield "|---|---|---|---|"
    for category in regulation.categories.values():
        yield _category(regulation, category)
    yield "\n### What it does not do\n"
    yield from (f"- {line}" for line in _limits(regulation))
    yield ""


def _people(regulation: Regulation) -> Iterator[str]:
    yield "| role | who | on the way of an item |"
    yield "|---|---|---|"
    for role in regulation.roles.values():
        yield f"| `{role.code}` | {role.name} | {'; '.join(_does(regulation, role))} |"
    yield ""


def _does(regulation: Regulation, role: Role) -> Iterator[str]:
    steps = [
        (workflow.code, number, step)
        for workflow in regulation.workflows.values()
        for number, step in enumerate(workflow.steps, 1)
    ]
    own = [f"`{code}` {number}" for code, number, step in steps if step.role == role.code]
    beside = [f"`{code}` {n}" for code, n, step in steps if step.role in role.passes_steps_of]
    if own:
        yield f"passes {', '.join(own)}"
    if beside:
        yield f"passes {', '.join(beside)} of their own right"
    for one in regulation.delegations.values():
        if one.delegate == role.code:
            places = f" in {_codes(one.applies_to)}" if one.applies_to else ""
            yield f"acts for `{one.delegator}`{places} while that is delegated ({one.clause})"
    if not own and not beside and role.code not in _delegates(regulation):
        yield "passes no step"


def _delegates(regulation: Regulation) -> set[str]:
    return {one.delegate for one in regulation.delegations.values()}


def _way(regulation: Regulation, workflow: Workflow) -> Iterator[str]:
    usual = next(iter(regulation.workflows.values()))
    if workflow is usual:
        others = [one.applies_to for one in regulation.workflows.values() if one.applies_to]
        apart = f" but {_codes(sum(others, ()))}" if others else ""
        scope = f"every category{apart}"
    elif workflow.applies_to:
        scope = _codes(workflow.applies_to)
    else:
        scope = (
            f"no category: what the board writes itself goes by `{usual.code}`, in which the step "
            "of a unit is left out and the step of who sends is passed by sending"
        )
    yield f"`{workflow.code}`, {workflow.name} ({workflow.clause}), for {scope}:\n"
    for number, step in enumerate(workflow.steps, 1):
        optional = ", left out where nobody can pass it" if step.optional else ""
        yield f"{number}. {step.name}: `{step.role}` ({step.cited}){optional}"
    yield ""


def _category(regulation: Regulation, category: Category) -> str:
    from wagtail_pbgdpl.content.base import ContentMixin
    from wagtail_pbgdpl.core.discovery import concrete_models
    from wagtail_pbgdpl.worktime.explain import describe

    types = [
        model
        for model in concrete_models(ContentMixin)
        if model.is_creatable and category.kind in (model.category_kinds or ())
    ]
    required = {str(name) for name in (*regulation.attribution.required, *category.requires)}
    needed = [f"`{name}`" for name in sorted(required) if any(_has(model, name) for model in types)]
    limits = [
        f"{rule.code}: {describe(rule.limit)}{' (inferred)' if rule.inferred else ''}"
        for rule in regulation.deadlines_for(category.code)
    ]
    names = [f"`{model.__name__}`" for model in types] or [_instead(category)]
    cells = [
        f"`{category.code}` {category.name}",
        ", ".join(names),
        ", ".join(needed) or "–",
        "; ".join(limits) or "–",
    ]
    return f"| {' | '.join(cells)} |"


def _has(model: Any, name: str) -> bool:
    from wagtail_pbgdpl.content.legal_metadata import LegalMetadataMixin

    if name in (ContentField.FULL_TEXT, ContentField.SIGNED_ORIGINAL):
        return issubclass(model, LegalMetadataMixin)
    return any(field.name == name and field.editable for field in model._meta.concrete_fields)


def _instead(category: Category) -> str:
    return {
        "C13": "links to other systems, on the category's own page",
        "C14": "search and access statistics",
    }[category.kind]


def _limits(regulation: Regulation) -> Iterator[str]:
    if not regulation.workflows:
        yield "It publishes nothing: see above."
    elif "unit_head" not in regulation.roles:
        yield "No step of the head of a unit: the regulation names none."
    if regulation.workflows and not regulation.delegations:
        yield "Nobody acts for another: the regulation has no delegation."
    if regulation.workflows and not regulation.refusal_grounds:
        yield "An item is returned with an explanation alone: there are no grounds to choose from."
    if regulation.workflows and _judges(regulation) == {RoleCode.CHIEF}:
        yield "What the Trưởng Ban wrote nobody can approve: the regulation has no second for it."
    at_once = [code for code, one in regulation.deadlines.items() if not one.limit.amount]
    if not regulation.deadlines:
        yield "No item has a time limit."
    elif at_once:
        yield f"Without a number, so that nothing is ever late by it: {', '.join(at_once)}."
    several = [one for one in regulation.categories.values() if len(one.deadlines) > 1]
    if several:
        codes = _codes([one.code for one in several])
        yield f"Which of several time limits holds is the editor's to say, in {codes}."
    for one in regulation.categories.values():
        if one.holds:
            what = _codes(one.holds)
            yield f"{what} of `{one.code}`: nothing is refused for want of it; the board is told."
    if not regulation.quotas:
        yield "No unit owes a number of items."
    for name, what in DATA.items():
        if count := len(getattr(regulation, name)):
            yield f"Data alone, to be read and printed: {count} {what} (`[{name}]`)."
    if regulation.slip.title:
        yield "Data alone: the information slip (`[slip]`)."
    yield from _inferred(regulation)


def _judges(regulation: Regulation) -> set[str]:
    """Return the roles that pass the step of approval, some day and somewhere."""
    usual = next(iter(regulation.workflows.values()))
    found = {step.role for step in usual.steps if step.action == Action.APPROVE}
    acting = {one.delegate for one in regulation.delegations.values() if one.delegator in found}
    roles = regulation.roles.values()
    return found | acting | {one.code for one in roles if found & set(one.passes_steps_of)}


def _inferred(regulation: Regulation) -> Iterator[str]:
    """The notes that say how an unclear clause was read."""
    for name in ("deadlines", "roles", "workflows"):
        for code, one in getattr(regulation, name).items():
            if one.note:
                yield f"How `{name}.{code}` was read: {one.note}"
            for step in getattr(one, "steps", ()):
                if step.note:
                    yield f"How «{step.name}» was read: {step.note}"


def _codes(codes: Any) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    page(Path(__file__).parents[2] / "docs").write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
