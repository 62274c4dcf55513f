from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WagtailPbgdplConfig(AppConfig):
    name = "wagtail_pbgdpl"
    label = "wagtail_pbgdpl"
    verbose_name = _("Legal education portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .blocks import checks as block_checks  # noqa: F401
        from .content import openness, signal_handlers
        from .organisation import membership
        from .provisioning.access import portal_collections
        from .workflows import policy
        from .workflows import signal_handlers as workflow_handlers

        signal_handlers.connect()
        membership.connect()
        workflow_handlers.connect()
        policy.narrow_policy()
        openness.take_collections(portal_collections)
