"""The guides of the roles (docs/guides), opened inside the admin."""
