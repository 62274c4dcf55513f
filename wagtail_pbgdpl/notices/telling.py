"""Telling people by letter: each once, of one thing or of all that a day has brought them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from . import outbox
from .letters import Letter, recipient_key
from .models import Notice
from .outbox import Draft

Variables = Callable[[], Mapping[str, Any]]
# In full; the others are counted.
LISTED = 100


def tell(letter: Letter, people: Iterable[Any], variables: Variables, **about: Any) -> int:
    """Write to people, as ``drafts`` has it; return to how many, without those told before."""
    return outbox.put(drafts(letter, people, variables, **about))


def drafts(
    letter: Letter,
    people: Iterable[Any],
    variables: Variables,
    *,
    about: Any = "",
    stage: Any = "",
    day: Any = "",
    address: str = "",
    reply: str = "",
    at_once: bool = False,
) -> Iterator[Draft]:
    """Yield a letter for each of ``people``: users, or addresses of people without an account.

    Nobody is told twice ``about`` the same (an object or a word) on the same ``day`` (a date) at
    the same ``stage``. ``address`` is another one than the account has now. ``reply``: the
    code of what a reply is about, where one is taken. ``at_once``: it does not wait for the letter
    of the day, whatever its reader has chosen; nor does what can be replied to. ``variables`` is
    asked once, in the portal's language, and only if there is somebody who is still to be told.
    """
    said = cache(variables)
    may_wait = letter.waits is not None and not (at_once or reply)
    for one in people:
        has_account = not isinstance(one, str)
        notice = Notice(
            key=letter.key(one, about=about, stage=stage, day=day),
            recipient=one if has_account else None,
            address=address or (one.email if has_account else one),
            regardless=letter.regardless or not has_account,
            reply=reply,
            held=may_wait and has_account,
        )
        yield notice, partial(letter.written, one, said)


def digest(
    letter: Letter,
    told: Iterable[tuple[Any, Any]],
    variables: Callable[[list[Any]], dict[str, Any]],
    *,
    day: Any,
) -> int:
    """Write to each person one letter of the day about all of their entries; return how many.

    ``told``: pairs of a person and an entry. ``variables`` says of somebody's entries what the
    letter knows beside ``entries`` (a hundred at most), ``count`` and ``more``, the others.
    """

    def words(entries: list[Any]) -> dict[str, Any]:
        shown, count = entries[:LISTED], len(entries)
        return {"entries": shown, "count": count, "more": count - len(shown), **variables(entries)}

    heard: dict[str, tuple[Any, list[Any]]] = {}
    for one, entry in told:
        heard.setdefault(recipient_key(one), (one, []))[1].append(entry)
    letters: list[Draft] = []
    for one, entries in heard.values():
        letters += drafts(letter, [one], partial(words, entries), day=day)
    return outbox.put(letters)
