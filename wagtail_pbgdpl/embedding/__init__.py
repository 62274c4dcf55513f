"""Sections of the portal in the pages of other sites (LC19 mục II.3, II.5; I3, I10)."""
