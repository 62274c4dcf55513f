"""Consultations on drafts: their time, what is commented, and what became of it (C12)."""
