from django.apps import AppConfig


class ExtensionAppConfig(AppConfig):
    name = "tests.extension_app"
    label = "extension_app"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_pbgdpl.blocks.registry import registry
        from wagtail_pbgdpl.matters import kinds

        from .blocks import (
            BranchTimelineBlock,
            HotlineBlock,
            LoudQuotationBlock,
            VillageRadioBlock,
        )
        from .kinds import SpeakerRequests

        kinds.register(SpeakerRequests())
        registry.register("hotline", HotlineBlock)
        registry.register(
            "village_radio", VillageRadioBlock(), page_types=["extension_app.TargetedPage"]
        )
        registry.replace("quotation", LoudQuotationBlock)
        registry.remove("chart", page_types=["extension_app.TargetedPage"])

        branch = ["extension_app.BranchPage"]
        registry.register("notice_board", HotlineBlock, page_types=branch)
        registry.replace("timeline", BranchTimelineBlock, page_types=branch)
        registry.remove("chart", page_types=branch)
