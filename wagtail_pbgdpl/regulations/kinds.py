"""The fifteen kinds of category, after BK21 Điều 9: the vocabulary of the whole package."""

from __future__ import annotations

import enum


class Kind(enum.StrEnum):
    """What a category holds. Page types, index pages and reports go by the kind of a category."""

    C1 = "C1"
    """Introduction: position, role, organisation, contacts."""
    C2 = "C2"
    """News of the work of legal education."""
    C3 = "C3"
    """Directive and guiding documents; statistical reports."""
    C4 = "C4"
    """Technical and professional guidance: procedures, templates, forms."""
    C5 = "C5"
    """Materials of legal education: books, leaflets, posters, skits, situations."""
    C6 = "C6"
    """Questions of readers and their answers."""
    C7 = "C7"
    """New policies and legal documents, central and local."""
    C8 = "C8"
    """Coordinating councils; grassroots mediation; communes that meet the access standard."""
    C9 = "C9"
    """Directives and conclusions of the Party and how they are carried out."""
    C10 = "C10"
    """Research and exchange of views."""
    C11 = "C11"
    """Good people, good deeds."""
    C12 = "C12"
    """Drafts that are open for comment."""
    C13 = "C13"
    """Integrated outside systems."""
    C14 = "C14"
    """Access statistics and search."""
    C15 = "C15"
    """Any other information."""
