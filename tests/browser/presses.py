"""How often somebody presses for a job.

Counted are presses of the mouse, in choosers as well; typing, the keys that lead from field to
field and the dialogue of the system in which a file is picked are none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# What the browser presses for a label, or a script, is nobody's press.
COUNTER = """addEventListener("click", (event) => {
  if (!event.isTrusted || !event.pointerType) return;
  sessionStorage.presses = 1 + Number(sessionStorage.presses || 0);
}, true);"""


@contextmanager
def at_most(presses: int, window: Any) -> Iterator[Any]:
    """Begin at the home page of the admin; fail where more is pressed until the job is done."""
    context = window.page.context
    if not getattr(context, "counts_presses", False):
        context.add_init_script(COUNTER)
        context.counts_presses = True
    window.open("/admin/")
    window.page.evaluate("sessionStorage.removeItem('presses')")
    yield window.page
    pressed = int(window.page.evaluate("sessionStorage.presses || 0"))
    assert 0 < pressed <= presses, pressed


def press(where: Any, *arguments: Any, **named: Any) -> None:
    """Press what leads to another page."""
    with getattr(where, "page", where).expect_navigation():
        where.get_by_role(*arguments, **named).first.click()
