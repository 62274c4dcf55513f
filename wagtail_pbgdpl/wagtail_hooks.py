from wagtail import hooks
from wagtail.contrib.settings.registry import register_setting
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from .changes.reports import ChangeReport
from .consultations import admin as consultations
from .content import (
    freshness,
    items_report,
    jobs,
    obligations,
    public_answers,
    search_admin,
    typed,
    wanting,
)
from .content.file_report import UnreadFilesReport
from .core.policies import register_policy
from .desk import admin as ledger
from .desk import home
from .desk import panels as ledger_panels
from .desk.matters_report import MatterReport
from .desk.quota_report import QuotaReport
from .desk.reports import TimelinessReport
from .full_text import editor as full_text
from .full_text import views as full_text_views
from .full_text import word_file
from .guides import views as guides
from .imports import views as imports
from .mailbox import admin as mailbox
from .mailbox.reports import MailReport
from .media import admin as media
from .media import forged, home_counts, uploads, withheld
from .media import views as media_views
from .notices import account
from .notices.reports import NoticeReport
from .organisation import admin as organisation
from .questions import admin as questions
from .questions import answer_texts, figures_report
from .questions import snippet as question_snippet
from .reference.admin import ReferenceTablesGroup
from .reporting.registration import register
from .site import page_links
from .site.portal import PortalSettings
from .sources import admin as sources
from .sources import panels as source_panels
from .surveys.reports import SurveyReport
from .traffic.reports import REPORTS as TRAFFIC_REPORTS
from .webhooks import admin as webhooks
from .workflows import (
    access_admin,
    admin_listing_hooks,
    confirming_panel,
    item_bar,
    passwords,
    superusers,
    unusable,
)
from .workflows import admin as workflows
from .workflows import panels as workflow_panels
from .workflows.reports import DecisionReport
from .worktime import year_view as calendar
from .worktime.admin import CalendarExceptionAdmin

# Wagtail's own hooks of the same name come before.
LATE = 1000
# What Wagtail makes of its own is narrowed first, whichever app asked for that earlier.
EARLY = -1000

modeladmin_register(ReferenceTablesGroup)
modeladmin_register(CalendarExceptionAdmin)
hooks.register("register_admin_urls", calendar.urls)
hooks.register("register_settings_menu_item", calendar.menu_item)
register_setting(PortalSettings, icon="home")
organisation.register_policies()
hooks.register("register_admin_viewset", organisation.OrganisationGroup)
hooks.register("register_admin_urls", organisation.urls)
hooks.register("construct_homepage_summary_items", home_counts.narrow, order=LATE)
hooks.register(home.HOOK, freshness.add_panel)
hooks.register(home.HOOK, wanting.add_panel)
hooks.register("construct_homepage_panels", jobs.add_panel)
hooks.register("construct_homepage_panels", ledger_panels.add_panel)
hooks.register("construct_homepage_panels", workflow_panels.add_panel)
hooks.register(home.HOOK, figures_report.add_panel)
hooks.register("construct_page_action_menu", workflows.arrange_actions)
hooks.register("register_page_listing_buttons", item_bar.listing_buttons)
hooks.register("register_admin_urls", workflows.urls)
hooks.register("register_admin_urls", ledger.urls)
hooks.register("register_admin_urls", obligations.urls)
hooks.register("register_admin_urls", public_answers.urls)
hooks.register("register_admin_urls", questions.urls)
hooks.register("register_admin_urls", consultations.urls)
register_policy(question_snippet.Question, question_snippet.POLICY)
register_snippet(question_snippet.QuestionViewSet)
hooks.register("register_bulk_action", question_snippet.NoBulkDelete, order=LATE)
hooks.register("before_bulk_action", question_snippet.guard_bulk_action)
register_policy(answer_texts.AnswerText, answer_texts.BySecretary(answer_texts.AnswerText))
hooks.register("register_admin_viewset", answer_texts.AnswerTextViewSet)
register_policy(search_admin.SearchSynonym, search_admin.BySecretary(search_admin.SearchSynonym))
register_policy(search_admin.SearchPin, search_admin.BySecretary(search_admin.SearchPin))
hooks.register("register_admin_viewset", search_admin.SynonymViewSet)
hooks.register("register_admin_viewset", search_admin.PinViewSet)
hooks.register("register_admin_urls", mailbox.urls)
register_policy(sources.ExternalSource, sources.SourceViewSet.policy(sources.ExternalSource))
hooks.register("register_admin_viewset", sources.SourceViewSet)
hooks.register("register_admin_urls", sources.urls)
register_policy(webhooks.WebhookReceiver, webhooks.ReceiverViewSet.policy(webhooks.WebhookReceiver))
hooks.register("register_admin_viewset", webhooks.ReceiverViewSet)
hooks.register("register_admin_urls", webhooks.urls)
hooks.register(home.HOOK, source_panels.add_panel)
hooks.register(home.HOOK, items_report.add_panel)
hooks.register("register_admin_urls", items_report.urls)
hooks.register("register_admin_urls", typed.urls)
register(
    DecisionReport,
    TimelinessReport,
    MatterReport,
    QuotaReport,
    figures_report.QuestionReport,
    SurveyReport,
    MailReport,
    items_report.ItemReport,
    UnreadFilesReport,
    NoticeReport,
    ChangeReport,
    *TRAFFIC_REPORTS,
)
hooks.register("register_account_settings_panel", account.panel)
hooks.register("register_permissions", ledger.permissions)
hooks.register("register_admin_urls", full_text_views.urls)
hooks.register("register_admin_urls", imports.urls)
hooks.register("register_admin_menu_item", imports.menu_item)
hooks.register("register_admin_urls", guides.urls)
hooks.register("register_help_menu_item", guides.menu_item)
hooks.register("before_edit_page", full_text.put_in, order=LATE)
hooks.register("after_edit_page", full_text.lead_on, order=LATE)
hooks.register("after_create_page", full_text.lead_on, order=LATE)
hooks.register("after_edit_page", word_file.take_in, order=LATE)
hooks.register("after_create_page", word_file.take_in, order=LATE)

hooks.register("before_create_user", superusers.guard_creation)
hooks.register("before_edit_user", superusers.guard_change)
hooks.register("before_edit_user", passwords.guard_password)
hooks.register("before_delete_user", superusers.guard_change)
hooks.register("before_bulk_action", superusers.guard_bulk_action)
hooks.register("before_bulk_action", superusers.enter_bulk_action)
hooks.register("register_user_listing_buttons", passwords.listing_buttons)
hooks.register("register_admin_urls", access_admin.urls)
hooks.register("construct_homepage_panels", confirming_panel.add_panel)

hooks.register("construct_admin_api", admin_listing_hooks.narrow_api)
hooks.register("register_admin_urls", media.urls, order=EARLY)
hooks.register("construct_admin_api", media.narrow_api, order=LATE)
hooks.register("before_bulk_action", uploads.guard_bulk_action)
hooks.register("register_rich_text_features", page_links.answer_links, order=LATE)
hooks.register("register_rich_text_features", withheld.narrow_rich_text, order=LATE)
hooks.register("register_rich_text_features", forged.mend_rich_text, order=LATE)
hooks.register("construct_explorer_page_queryset", admin_listing_hooks.narrow_explorer)
hooks.register("construct_page_chooser_queryset", admin_listing_hooks.narrow_chooser)
hooks.register("before_copy_page", admin_listing_hooks.guard_copy)
hooks.register("construct_homepage_panels", admin_listing_hooks.narrow_panels)
hooks.register("construct_homepage_panels", home.arrange, order=LATE)
hooks.register("construct_homepage_panels", unusable.add_panel, order=LATE)
hooks.register("register_admin_menu_item", home.menu_item)
hooks.register("construct_reports_menu", admin_listing_hooks.narrow_reports_menu)

hooks.register("before_serve_document", media_views.guard_document)
hooks.register("construct_image_chooser_queryset", media_views.narrow_images)
hooks.register("construct_document_chooser_queryset", media_views.narrow_documents)
