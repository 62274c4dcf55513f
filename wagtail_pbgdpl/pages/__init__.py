"""The concrete page types, for a site that uses Wagtail's own base page."""
