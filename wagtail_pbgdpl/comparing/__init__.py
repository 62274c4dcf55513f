"""Versions of a draft side by side, alike comments in groups, the table of opinions; plain data."""
