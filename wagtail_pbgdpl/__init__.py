"""A Wagtail package for the legal education portal (Cổng PBGDPL) of a Vietnamese province."""

__version__ = "0.1.0"
