from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "wagtail_pbgdpl.pages"
    label = "wagtail_pbgdpl_pages"
    verbose_name = _("Legal education pages")
    default_auto_field = "django.db.models.BigAutoField"
