from django.apps import AppConfig


class ThemeConfig(AppConfig):
    """The province's own looks: base template, typeface and emblem."""

    name = "example_site.theme"
    label = "example_theme"
