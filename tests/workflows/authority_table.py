"""The rules of authority as a table: what the tests expect and the reference shows.

``python -m tests.workflows.authority_table`` writes ``docs/reference/authority.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from wagtail_pbgdpl.authority.rules import Act, State, Step, Why
from wagtail_pbgdpl.regulations import Action, RoleCode


class Situation(NamedTuple):
    """A column: where an item is. The steps are those of BK21 with a last one of BP20."""

    title: str
    state: State
    step: Step | None = None


def _at(title: str, action: Action, role: RoleCode) -> Situation:
    return Situation(title, State.SUBMITTED, Step(action=action, role=role))


SITUATIONS = (
    Situation("draft", State.DRAFT),
    Situation("returned", State.RETURNED),
    _at("unit head", Action.UNIT_APPROVE, RoleCode.UNIT_HEAD),
    _at("editing", Action.COLLECT_EDIT, RoleCode.SECRETARY),
    _at("verification", Action.VERIFY, RoleCode.MEMBER),
    _at("approval", Action.APPROVE, RoleCode.CHIEF),
    _at("posting", Action.PUBLISH, RoleCode.SECRETARY),
    Situation("published", State.PUBLISHED),
    Situation("emergency", State.EMERGENCY),
)

MARKS: dict[str, Why | None] = {
    "+": None,
    "r": Why.WRONG_ROLE,
    "p": Why.NOT_THIS_STEP,
    "w": Why.WITH_ITS_UNIT,
    "x": Why.NOT_THE_SENDER,
    "s": Why.WRONG_STATE,
    "d": Why.NOT_DELEGATED,
    "o": Why.OWN_WORK,
    "q": Why.LOGIN_CHANGED,
}
MEANINGS = {
    "+": "allowed",
    "r": "not for this role",
    "p": "another role has this step",
    "w": "the item is with its unit",
    "x": "only the sender or the head of the unit takes it back",
    "s": "not in this state",
    "d": "for the Trưởng Ban, or under a delegation",
    "o": "nobody judges their own work",
    "q": "not until the wait after a change of how one signs in is over",
}

# One sign for each situation, in their order; the item is of the seat's unit and category.
OTHERS_WORK = """
contact_officer
    read      +++++++++
    add       +ssssssss
    edit      ++ppsss++
    delete    ++sssssss
    submit    ++sssss++
    withdraw  ssxxxxxss
    approve   sspppppss
    return    sspppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
unit_head
    read      +++++++++
    add       +ssssssss
    edit      +++psss++
    delete    ++sssssss
    submit    ++sssss++
    withdraw  ss+++++ss
    approve   ss+ppppss
    return    ss+ppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
secretary
    read      +++++++++
    add       +ssssssss
    edit      wwp+sss++
    delete    wwsssssss
    submit    wwsssss++
    withdraw  ssxxxxxss
    approve   ssp+pp+ss
    return    ssp+pp+ss
    emergency rrrrrrrrr
    review    ssssssss+
    unpublish rrrrrrrrr
member
    read      +++++++++
    add       +ssssssss
    edit      wwppsss++
    delete    wwsssssss
    submit    wwsssss++
    withdraw  ssxxxxxss
    approve   sspp+ppss
    return    sspp+ppss
    emergency rrrrrrrrr
    review    ssssssss+
    unpublish rrrrrrrrr
deputy_chief
    read      +++++++++
    add       +ssssssss
    edit      wwppsss++
    delete    wwsssssss
    submit    wwsssss++
    withdraw  ssxxxxxss
    approve   sspppdpss
    return    sspppdpss
    emergency ddddddddd
    review    ssssssss+
    unpublish ddddddddd
chief
    read      +++++++++
    add       +ssssssss
    edit      wwppsss++
    delete    wwsssssss
    submit    wwsssss++
    withdraw  ssxxxxxss
    approve   ssppp+pss
    return    ssppp+pss
    emergency +++++++++
    review    ssssssss+
    unpublish sssssss++
operator
    read      rrrrrrrrr
    add       rrrrrrrrr
    edit      rrppsssrr
    delete    rrrrrrrrr
    submit    rrrrrrrrr
    withdraw  rrrrrrrrr
    approve   sspppppss
    return    sspppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
expert
    read      rrrrrrrrr
    add       rrrrrrrrr
    edit      rrppsssrr
    delete    rrrrrrrrr
    submit    rrrrrrrrr
    withdraw  rrrrrrrrr
    approve   sspppppss
    return    sspppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
"""

OWN_WORK = """
contact_officer
    read      +++++++++
    add       +ssssssss
    edit      ++ppsss++
    delete    ++sssssss
    submit    ++sssss++
    withdraw  ss+++++ss
    approve   sspppppss
    return    sspppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
unit_head
    read      +++++++++
    add       +ssssssss
    edit      +++psss++
    delete    ++sssssss
    submit    ++sssss++
    withdraw  ss+++++ss
    approve   ss+ppppss
    return    ss+ppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
secretary
    read      +++++++++
    add       +ssssssss
    edit      ++p+sss++
    delete    ++sssssss
    submit    ++sssss++
    withdraw  ss+++++ss
    approve   ssp+pp+ss
    return    ssp+pp+ss
    emergency rrrrrrrrr
    review    sssssssso
    unpublish rrrrrrrrr
member
    read      +++++++++
    add       +ssssssss
    edit      ++ppsss++
    delete    ++sssssss
    submit    ++sssss++
    withdraw  ss+++++ss
    approve   ssppoppss
    return    sspp+ppss
    emergency rrrrrrrrr
    review    sssssssso
    unpublish rrrrrrrrr
deputy_chief
    read      +++++++++
    add       +ssssssss
    edit      ++ppsss++
    delete    ++sssssss
    submit    ++sssss++
    withdraw  ss+++++ss
    approve   sspppdpss
    return    sspppdpss
    emergency ddddddddd
    review    sssssssso
    unpublish ddddddddd
chief
    read      +++++++++
    add       +ssssssss
    edit      ++ppsss++
    delete    ++sssssss
    submit    ++sssss++
    withdraw  ss+++++ss
    approve   sspppopss
    return    ssppp+pss
    emergency +++++++++
    review    sssssssso
    unpublish sssssss++
operator
    read      rrrrrrrrr
    add       rrrrrrrrr
    edit      rrppsssrr
    delete    rrrrrrrrr
    submit    rrrrrrrrr
    withdraw  rrrrrrrrr
    approve   sspppppss
    return    sspppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
expert
    read      rrrrrrrrr
    add       rrrrrrrrr
    edit      rrppsssrr
    delete    rrrrrrrrr
    submit    rrrrrrrrr
    withdraw  rrrrrrrrr
    approve   sspppppss
    return    sspppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
"""


# An item that others wrote, for somebody of the board who has to wait.
WAITING = """
contact_officer
    read      +++++++++
    add       +ssssssss
    edit      ++ppsss++
    delete    ++sssssss
    submit    ++sssss++
    withdraw  ssxxxxxss
    approve   sspppppss
    return    sspppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
unit_head
    read      +++++++++
    add       +ssssssss
    edit      +++psss++
    delete    ++sssssss
    submit    ++sssss++
    withdraw  ss+++++ss
    approve   ss+ppppss
    return    ss+ppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
secretary
    read      +++++++++
    add       +ssssssss
    edit      wwp+sss++
    delete    wwsssssss
    submit    wwsssss++
    withdraw  ssxxxxxss
    approve   ssp+ppqss
    return    ssp+pp+ss
    emergency rrrrrrrrr
    review    ssssssssq
    unpublish rrrrrrrrr
member
    read      +++++++++
    add       +ssssssss
    edit      wwppsss++
    delete    wwsssssss
    submit    wwsssss++
    withdraw  ssxxxxxss
    approve   ssppqppss
    return    sspp+ppss
    emergency rrrrrrrrr
    review    ssssssssq
    unpublish rrrrrrrrr
deputy_chief
    read      +++++++++
    add       +ssssssss
    edit      wwppsss++
    delete    wwsssssss
    submit    wwsssss++
    withdraw  ssxxxxxss
    approve   sspppdpss
    return    sspppdpss
    emergency ddddddddd
    review    ssssssssq
    unpublish ddddddddd
chief
    read      +++++++++
    add       +ssssssss
    edit      wwppsss++
    delete    wwsssssss
    submit    wwsssss++
    withdraw  ssxxxxxss
    approve   sspppqpss
    return    ssppp+pss
    emergency qqqqqqqqq
    review    ssssssssq
    unpublish sssssss++
operator
    read      rrrrrrrrr
    add       rrrrrrrrr
    edit      rrppsssrr
    delete    rrrrrrrrr
    submit    rrrrrrrrr
    withdraw  rrrrrrrrr
    approve   sspppppss
    return    sspppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
expert
    read      rrrrrrrrr
    add       rrrrrrrrr
    edit      rrppsssrr
    delete    rrrrrrrrr
    submit    rrrrrrrrr
    withdraw  rrrrrrrrr
    approve   sspppppss
    return    sspppppss
    emergency rrrrrrrrr
    review    rrrrrrrrr
    unpublish rrrrrrrrr
"""


class Row(NamedTuple):
    role: RoleCode
    act: Act
    signs: str


def rows(table: str) -> Iterator[Row]:
    role = None
    for line in table.strip().splitlines():
        if not line.startswith(" "):
            role = RoleCode(line)
            continue
        assert role is not None
        act, signs = line.split()
        assert len(signs) == len(SITUATIONS)
        yield Row(role, Act(act), signs)


def reference() -> str:
    """Return the tables in Markdown."""
    lines = []
    for title, table in (
        ("An item that others wrote", OTHERS_WORK),
        ("An item that one wrote or submitted", OWN_WORK),
        ("An item that others wrote, after a change of how one signs in", WAITING),
    ):
        lines += [f"## {title}", ""]
        lines.append("| role | act | " + " | ".join(column.title for column in SITUATIONS) + " |")
        lines.append("|---" * (len(SITUATIONS) + 2) + "|")
        for role, act, signs in rows(table):
            lines.append(f"| `{role}` | {act} | " + " | ".join(signs) + " |")
        lines.append("")
    return "\n".join(lines)


SIGNS = "\n".join(f"- `{sign}` {meaning}" for sign, meaning in MEANINGS.items())
HEAD = f"""# Rules of authority

Who may do what to an item, for a seat whose unit and categories cover it. The tests read the same
table (`tests/workflows/authority_table.py`), and this page is made from it.

{SIGNS}

Beside the tables:

- A seat of a unit reaches the items of its unit, and of the units that it succeeded, in the
  categories given to it and no others (BK18 Điều 6.1b).
- A member judges and edits in the categories followed alone (BK21 Điều 16.2).
- A Phó Trưởng Ban acts as the Trưởng Ban while a delegation holds, in its categories, but never in
  an emergency (BK21 Điều 15.2).
- Where the regulation gives a step to several roles (`passes_steps_of` in the profile), each passes
  it of their own right: the Phó Trưởng Ban in BK18 (Điều 5.5, Điều 16.1a).
- Who has no right to read, such as the operator of QT24, reads an item while it is at their step
  (Điều 10.1).
- An outside expert reads and drafts what was given to that person, while it is at the expert's
  step, and nothing else (LC19 mục III.1a).
- A delegation is valid once the Trưởng Ban has confirmed it. It works through the seat that it was
  given to, and no other, and ends with that seat or the Trưởng Ban's.
- A seat on the board that waits for another member of the board gives no right.
- Nobody judges their own work, through whichever seat.
- After a change of how somebody of the board signs in, the third table holds, until the next
  working day is over or another member of the board confirms the change.
- A superuser without a seat reads and helps with drafts, but decides nothing and publishes nothing
  (BK21 Điều 10.4).

"""


def document() -> str:
    return HEAD + reference()


if __name__ == "__main__":
    page = Path(__file__).parents[2] / "docs" / "reference" / "authority.md"
    page.write_text(document(), encoding="utf-8")
