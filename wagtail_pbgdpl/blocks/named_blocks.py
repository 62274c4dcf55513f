"""Named blocks: what a field offers, and how that is added to, replaced or taken out.

A *use* names what a field is for (``"body"``, ``"attachments"`` …). For each use the registry holds
named blocks, for all page types or for one. It is read once for each field, after all applications
are ready.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import TypeAlias

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from wagtail.blocks import Block

__all__ = ["BlockSource", "PageType", "Registry"]

BlockSource: TypeAlias = "Block | type[Block]"
PageType: TypeAlias = "str | type[models.Model]"

# Stands for «all page types» and for «no block here».
_ALL = None
_REMOVED = None


def _label(page_type: PageType) -> str:
    return page_type.lower() if isinstance(page_type, str) else page_type._meta.label_lower


def _own(block: BlockSource) -> Block:
    """Return a block of its own for one field: a block learns its name from its field."""
    return block() if isinstance(block, type) else copy.deepcopy(block)


class Registry:
    """Named blocks for each use.

    ``load_defaults`` is called with the registry when it is first used, so that the shipped blocks
    come first whatever the order of ``INSTALLED_APPS``. Repeating a call changes nothing: Django
    runs ``ready()`` again when a test changes ``INSTALLED_APPS``.
    """

    def __init__(self, load_defaults: Callable[[Registry], None] | None = None) -> None:
        self._load_defaults = load_defaults
        # use → name → page type (or _ALL) → block (or _REMOVED), in the order of registration
        self._blocks: dict[str, dict[str, dict[str | None, BlockSource | None]]] = {}
        self._resolved: dict[str, set[str]] = {}
        self._done: list[tuple[str, str, str, str | None, BlockSource | None]] = []

    def register(
        self,
        name: str,
        block: BlockSource,
        *,
        use: str = "body",
        page_types: Iterable[PageType] | None = None,
    ) -> None:
        """Offer ``block`` as ``name`` in the fields of ``use``, after those registered before.

        ``block`` is a block class, or an instance, which is copied for each field. ``page_types``
        are model classes or ``"app_label.ModelName"``; ``None`` means all. What is registered for
        a page type beats what is registered for all. Raises ``ImproperlyConfigured`` if the name
        is taken, or if a field has read its blocks already.
        """
        for scope in self._open_scopes("register", name, use, page_types, block):
            if self._blocks.get(use, {}).get(name, {}).get(scope) is not None:
                raise ImproperlyConfigured(
                    f"A block {name!r} is already registered for the use {use!r}"
                    f"{_for(scope)}. Call replace() to put another in its place."
                )
            self._put("register", name, use, scope, block)

    def replace(
        self,
        name: str,
        block: BlockSource,
        *,
        use: str = "body",
        page_types: Iterable[PageType] | None = None,
    ) -> None:
        """Put ``block`` in the place of the one registered as ``name``.

        Parameters as in :meth:`register`. Raises ``ImproperlyConfigured`` if there is none, or if
        a field has read its blocks already.
        """
        for scope in self._open_scopes("replace", name, use, page_types, block):
            self._require(use, name, scope)
            self._put("replace", name, use, scope, block)

    def remove(
        self, name: str, *, use: str = "body", page_types: Iterable[PageType] | None = None
    ) -> None:
        """Offer ``name`` no longer. Parameters and errors as in :meth:`replace`.

        Content already stored in such a block is no longer shown, and lost when its page is next
        saved.
        """
        for scope in self._open_scopes("remove", name, use, page_types, _REMOVED):
            self._require(use, name, scope)
            self._put("remove", name, use, scope, _REMOVED)

    def blocks_for(
        self, use: str, model: type[models.Model], *others: type[models.Model]
    ) -> list[tuple[str, Block]]:
        """Return the blocks that a field of ``use`` on ``model`` offers, in order, as new blocks.

        Those that only ``others`` offer come after them. From then on registrations that would
        change the answer are refused. Raises ``ImproperlyConfigured`` while applications are still
        being loaded.
        """
        if not apps.ready:
            raise ImproperlyConfigured(
                f"The blocks of {model.__name__} were asked for while applications are still being "
                "loaded; some may not have registered theirs. Use the field after the start only."
            )
        self._ensure_defaults()
        found: dict[str, BlockSource] = {}
        for label in map(_label, (model, *others)):
            self._resolved.setdefault(use, set()).add(label)
            for name, scopes in self._blocks.get(use, {}).items():
                block = scopes.get(label, scopes.get(_ALL))
                if block is not None:
                    found.setdefault(name, block)
        return [(name, _own(block)) for name, block in found.items()]

    def targets(self) -> set[tuple[str, str]]:
        """Return the pairs of use and page type for which something was registered apart."""
        self._ensure_defaults()
        return {
            (use, scope)
            for use, names in self._blocks.items()
            for scopes in names.values()
            for scope in scopes
            if scope is not _ALL
        }

    def _ensure_defaults(self) -> None:
        load, self._load_defaults = self._load_defaults, None
        if load:
            load(self)

    def _open_scopes(
        self,
        verb: str,
        name: str,
        use: str,
        page_types: Iterable[PageType] | None,
        block: BlockSource | None,
    ) -> list[str | None]:
        """Return the scopes in which this was not done before; refuse those already read."""
        if isinstance(page_types, str):
            raise TypeError("page_types must be a list of page types, not one string.")
        self._ensure_defaults()
        wanted = [_ALL] if page_types is None else [_label(item) for item in page_types]
        scopes = [scope for scope in wanted if not self._is_done(verb, name, use, scope, block)]
        resolved = self._resolved.get(use, set())
        late = resolved if _ALL in scopes else resolved.intersection(scopes)
        if late:
            raise ImproperlyConfigured(
                f"The blocks for the use {use!r} are already in use by {', '.join(sorted(late))}. "
                "Register blocks in the ready() method of an AppConfig."
            )
        return scopes

    def _is_done(
        self, verb: str, name: str, use: str, scope: str | None, block: BlockSource | None
    ) -> bool:
        return any(
            (verb, name, use, scope) == done[:4] and _same(block, done[4]) for done in self._done
        )

    def _require(self, use: str, name: str, scope: str | None) -> None:
        scopes = self._blocks.get(use, {}).get(name, {})
        if scopes.get(scope, scopes.get(_ALL)) is None:
            raise ImproperlyConfigured(
                f"No block {name!r} is registered for the use {use!r}{_for(scope)}."
            )

    def _put(
        self, verb: str, name: str, use: str, scope: str | None, block: BlockSource | None
    ) -> None:
        if isinstance(block, Block) and not block.name:
            # The preview in the picker shows the registered block itself, not its copies.
            block.set_name(name)
        self._blocks.setdefault(use, {}).setdefault(name, {})[scope] = block
        self._done.append((verb, name, use, scope, block))


def _same(one: BlockSource | None, other: BlockSource | None) -> bool:
    if isinstance(one, Block) and isinstance(other, Block):
        return type(one) is type(other) and one.deconstruct() == other.deconstruct()
    return one is other


def _for(scope: str | None) -> str:
    return f" of {scope}" if scope else ""
