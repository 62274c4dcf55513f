from __future__ import annotations


class Unportable(Exception):
    """Something names rows of a model of which nobody has said whether they travel."""
