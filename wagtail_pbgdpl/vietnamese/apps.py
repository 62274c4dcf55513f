from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VietnameseConfig(AppConfig):
    name = "wagtail_pbgdpl.vietnamese"
    label = "wagtail_vietnamese"
    verbose_name = _("Vietnamese for Wagtail")

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .admin import keep_whole_names, label_password, offer_language, translate_scripts
        from .filters import name_unread_filters

        offer_language()
        label_password()
        keep_whole_names()
        translate_scripts(self.name)
        name_unread_filters()
