"""A limit on absurd numbers of counts that needs to know nobody."""

from __future__ import annotations

from ..core.flood import FloodGate

__all__ = ["FloodGate", "gate"]

gate = FloodGate()
