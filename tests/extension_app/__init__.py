"""A site's own app: it adds, replaces and removes blocks."""
