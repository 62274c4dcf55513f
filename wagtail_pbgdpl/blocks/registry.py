"""The blocks of this site: the shipped ones, and what the site adds, replaces or removes."""

from __future__ import annotations

from .named_blocks import Registry

__all__ = ["registry"]


def _defaults(target: Registry) -> None:
    # Imported at first need: the shipped blocks import models.
    from .defaults import register_defaults

    register_defaults(target)


registry = Registry(_defaults)
