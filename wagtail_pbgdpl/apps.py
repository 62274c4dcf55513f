from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WagtailPbgdplConfig(AppConfig):
    name = "wagtail_pbgdpl"
    label = "wagtail_pbgdpl"
    verbose_name = _("Legal education portal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .api import watching as public_changes
        from .blocks import checks as block_checks  # noqa: F401
        from .changes import accounts, seats
        from .consultations import kinds as consultations
        from .content import (
            alike_answers,
            file_entries,
            search_entries,
            search_following,
            signal_handlers,
            watched,
        )
        from .content.differences import adopt
        from .core import alphabet, folding  # noqa: F401
        from .differences import kinds as differences
        from .embedding import shipped as sections
        from .exchange import portable
        from .intake import attachments
        from .intake import checks as intake_checks  # noqa: F401
        from .login import signal_handlers as login_handlers
        from .mailbox import admin as mailbox_admin
        from .mailbox import checks as mailbox_checks  # noqa: F401
        from .mailbox import keeping as mails
        from .matters import reminder_mail  # noqa: F401
        from .media import access as media_access
        from .media import forged, frozen, validation
        from .notices import daily  # noqa: F401
        from .organisation import membership
        from .own_data import requests as own_data
        from .provisioning.access import portal_collections
        from .questions import kinds as questions
        from .questions import tallies
        from .questions.publication import offer
        from .reviews import kinds as reviews
        from .sources import blocks as source_blocks
        from .sources import watched as watched_sources
        from .surveys import blocks as survey_blocks
        from .traffic import searches
        from .webhooks import watched as watched_receivers
        from .workflows import page_permissions, policy, publication
        from .workflows import reminder_mail as mail  # noqa: F401
        from .workflows import signal_handlers as workflow_handlers

        portable.register_all()
        publication.register()
        questions.register()
        reviews.register()
        consultations.register()
        own_data.register()
        tallies.connect()
        differences.register(adopt)
        mails.connect()
        signal_handlers.connect()
        alike_answers.connect()
        search_entries.connect()
        file_entries.connect()
        search_following.connect()
        frozen.connect()
        attachments.connect()
        offer(mailbox_admin.offers)
        validation.connect()
        forged.refuse_forged_forms()
        watched.connect()
        watched_sources.connect()
        watched_receivers.connect()
        source_blocks.register()
        survey_blocks.register()
        sections.register_all()
        public_changes.connect()
        searches.connect()
        membership.connect()
        accounts.connect()
        seats.connect()
        workflow_handlers.connect()
        login_handlers.connect()
        policy.narrow_policy()
        page_permissions.ask_the_specific_page()
        media_access.take_collections(portal_collections)
