"""Wagtail's admin in Vietnamese: catalogues, formats and the language in the menu.

An app of its own: it needs Wagtail, and nothing of the rest of this package nor its settings.
``docs/how-to/vietnamese-admin.md`` says how a site uses it.
"""
