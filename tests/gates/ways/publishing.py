"""Ways that Wagtail itself has of making something public, or of taking it from the public."""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.conf import settings
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from tests.gates import proofs
from tests.gates.browser import EMPTY, bulk, decide, fill, form_of, pass_on, post, save
from tests.gates.reading import is_public, page_text, read, reads
from tests.gates.table import WAYS
from tests.gates.world import MADE_UP, World
from tests.workflows.board import GROUND, fresh
from wagtail_pbgdpl.matters.models import Matter

GUARD = "guard in save()"
RULES = "rules of authority"
WRITERS = "officer chief superuser"
BOARD = "secretary member deputy chief"
TITLE = f"Tin {MADE_UP}"


def tomorrow() -> str:
    return f"{timezone.localtime() + datetime.timedelta(days=1):%Y-%m-%d %H:%M}"


def draft_public(world: World, _: Any) -> bool:
    return is_public(world.draft)


def made_up_public(world: World, _: Any) -> bool:
    """Whether visitors read the made-up title anywhere."""
    pages = Page.objects.filter(title__contains=MADE_UP).specific()
    return reads(MADE_UP, world.public, world.changed, world.scheduled, *pages)


def hidden(world: World, _: Any) -> bool:
    """Whether visitors no longer read what the board approved, where it approved it."""
    status, content = read(world.public.get_url())
    return status != 200 or world.public.title not in content.decode()


def way(what: str, by: str, stopped_by: str = GUARD, **values: Any) -> Any:
    defaults = {
        "requirements": "R8",
        "succeeded": draft_public,
        "right": proofs.publication,
    }
    return WAYS.add(what, by=by, stopped_by=stopped_by, **{**defaults, **values})


@way("publishes a draft with the editor's button", WRITERS + " head ungrouped")
def publish(world: World, who: str) -> Any:
    return save(world, who, world.draft, **{"action-publish": "1"})


@way("writes an item and publishes it in one step", WRITERS, succeeded=made_up_public)
def create_and_publish(world: World, who: str) -> Any:
    form = {
        "title": TITLE,
        "slug": "bia-dat",
        "summary": "Tóm tắt",
        "author": "A",
        "source": "B",
        "unit": world.unit.pk,
        **EMPTY,
        "action-publish": "1",
    }
    args = ("wagtail_pbgdpl_pages", "newspage", world.board.index.pk)
    return post(world, who, "wagtailadmin_pages:add", *args, **form)


@way("publishes drafts in bulk", WRITERS + " head secretary operator ungrouped")
def bulk_publish(world: World, who: str) -> Any:
    return bulk(world, who, "wagtailcore.page", "publish", world.draft)


@way(
    "publishes an item at a step in bulk",
    "chief superuser ungrouped",
    succeeded=lambda world, _: is_public(world.at_verification),
)
def bulk_publish_at_a_step(world: World, who: str) -> Any:
    return bulk(world, who, "wagtailcore.page", "publish", world.at_verification)


@way("publishes all that stands below an index page", "chief superuser ungrouped")
def bulk_publish_all(world: World, who: str) -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return world.client(who).post(f"{address}?id=all&childOf={world.board.index.pk}")


def copied(world: World, _: Any) -> bool:
    page = Page.objects.filter(slug="ban-sao").first()
    return page is not None and bool(page_text(page.specific))


def copy(world: World, who: str, page: Any, **values: Any) -> Any:
    form = {
        "new_title": f"Bản sao {MADE_UP}",
        "new_slug": "ban-sao",
        "new_parent_page": world.board.index.pk,
        **values,
    }
    return post(world, who, "wagtailadmin_pages:copy", page.pk, **form)


@way("copies a public item under another title and publishes the copy", WRITERS, succeeded=copied)
def copy_and_publish(world: World, who: str) -> Any:
    return copy(world, who, world.public, publish_copies="on")


@way("makes an alias of a public item at another place", WRITERS, succeeded=copied)
def alias(world: World, who: str) -> Any:
    return copy(world, who, world.public, alias="on")


@way(
    "converts an alias, which then shows what was taken down",
    "officer secretary superuser stranger",
    stopped_by=RULES,
    succeeded=lambda world, _: bool(page_text(world.alias)),
    right=proofs.take_down,
)
def convert_alias(world: World, who: str) -> Any:
    post(world, who, "wagtailadmin_pages:convert_alias", world.alias.pk)
    decide(world, "chief", world.public, "take-down", grounds=[GROUND], reason="Sai.")


@way(
    "converts an alias and changes it",
    "officer superuser",
    stopped_by=RULES,
    succeeded=lambda world, _: reads(MADE_UP, world.alias),
)
def convert_and_change(world: World, who: str) -> Any:
    post(world, who, "wagtailadmin_pages:convert_alias", world.alias.pk)
    return save(world, who, world.alias, title=TITLE, **{"action-publish": "1"})


@way(
    "translates an item, so that the translation is public at once",
    "superuser ungrouped",
    succeeded=lambda world, _: any(
        page_text(page) for page in Page.objects.filter(locale__language_code="en").specific()
    ),
)
def translate(world: World, who: str) -> Any:
    languages = [("vi", "Tiếng Việt"), ("en", "English")]
    with override_settings(
        WAGTAIL_I18N_ENABLED=True, LANGUAGES=languages, WAGTAIL_CONTENT_LANGUAGES=languages
    ):
        locale = Locale.objects.get_or_create(language_code="en")[0]
        name = "simple_translation:submit_page_translation"
        index = world.board.index
        for page in (*index.get_ancestors(inclusive=True)[1:], world.draft):
            post(world, who, name, page.pk, locales=[locale.pk])
        for page in Page.objects.filter(locale=locale):
            bulk(world, who, "wagtailcore.page", "publish", page)
    return locale


@way(
    "gives a draft a time of publication",
    "officer chief ungrouped",
    succeeded=lambda world, _: is_public(world.draft),
    right=proofs.scheduled,
)
def schedule(world: World, who: str) -> Any:
    values = {"action-publish": "1", "go_live_at": tomorrow(), "expire_at": ""}
    save(world, who, world.draft, **values)
    proofs.publish_when_due(world)


@way(
    "changes the text of what waits for its hour",
    "officer head superuser",
    succeeded=lambda world, _: reads(MADE_UP, world.scheduled),
    right=proofs.scheduled,
)
def change_scheduled(world: World, who: str) -> Any:
    page = fresh(world.scheduled).get_latest_revision_as_object()
    values = {"go_live_at": tomorrow(), "action-publish": "1"}
    save(world, who, page, title=TITLE, **values)
    proofs.publish_when_due(world)


@way(
    "gives a public item an end, after which nobody reads it",
    "officer head superuser",
    succeeded=hidden,
    right=proofs.take_down,
)
def expire(world: World, who: str) -> Any:
    save(world, who, world.public, expire_at=tomorrow(), **{"action-publish": "1"})
    proofs.publish_when_due(world)


@way(
    "takes the time from what waits for its hour, so that it is public at once",
    "officer superuser",
    stopped_by=RULES,
    succeeded=lambda world, _: is_public(world.scheduled),
    right=proofs.scheduled,
)
def unschedule(world: World, who: str) -> Any:
    page = world.scheduled
    args = (page.pk, page.get_latest_revision().pk)
    post(world, who, "wagtailadmin_pages:revisions_unschedule", *args)
    return save(world, who, page, go_live_at="", **{"action-publish": "1"})


@way(
    "publishes another version of a public item by its number",
    "officer superuser",
    succeeded=lambda world, _: (
        bool(page_text(world.changed)) and world.changed.title not in page_text(world.changed)
    ),
)
def revert(world: World, who: str) -> Any:
    revision = world.changed.revisions.order_by("-pk").first()
    form = form_of(world.changed, **{"action-publish": "1", "revision": revision.pk})
    form["title"] = revision.content["title"]
    return post(world, who, "wagtailadmin_pages:edit", world.changed.pk, **form)


@way(
    "changes the text of a public item",
    WRITERS + " secretary",
    succeeded=made_up_public,
    right=proofs.new_version,
)
def change_public(world: World, who: str) -> Any:
    return save(world, who, world.public, title=TITLE, **{"action-publish": "1"})


@way(
    "changes the address of a public item",
    "officer superuser ungrouped",
    succeeded=hidden,
    right=proofs.new_version,
)
def change_address(world: World, who: str) -> Any:
    return save(world, who, world.public, slug="dia-chi-khac", **{"action-publish": "1"})


@way(
    "changes the introduction of an index page",
    "secretary chief superuser",
    succeeded=lambda world, _: reads(MADE_UP, world.board.index),
)
def change_index(world: World, who: str) -> Any:
    values = {"introduction": MADE_UP, "action-publish": "1"}
    return fill(world, who, "wagtailadmin_pages:edit", world.board.index.pk, **values)


# From the public.

TAKING = "officer secretary superuser"


@way("unpublishes a public item", TAKING, RULES, succeeded=hidden, right=proofs.take_down)
def unpublish(world: World, who: str) -> Any:
    return post(world, who, "wagtailadmin_pages:unpublish", world.public.pk)


@way("unpublishes in bulk", TAKING, RULES, succeeded=hidden, right=proofs.take_down)
def bulk_unpublish(world: World, who: str) -> Any:
    return bulk(world, who, "wagtailcore.page", "unpublish", world.public)


@way("deletes a public item", TAKING, RULES, succeeded=hidden, right=proofs.draft_deleted)
def delete(world: World, who: str) -> Any:
    return post(world, who, "wagtailadmin_pages:delete", world.public.pk)


@way("deletes in bulk", TAKING, RULES, succeeded=hidden, right=proofs.draft_deleted)
def bulk_delete(world: World, who: str) -> Any:
    return bulk(world, who, "wagtailcore.page", "delete", world.public)


@way(
    "deletes an index page with all that is public below it",
    "secretary superuser ungrouped",
    RULES,
    succeeded=hidden,
    right=proofs.draft_deleted,
)
def delete_index(world: World, who: str) -> Any:
    index = world.board.index
    return post(
        world,
        who,
        "wagtailadmin_pages:delete",
        index.pk,
        confirm_site_name=settings.WAGTAIL_SITE_NAME,
    )


def _elsewhere(world: World) -> Any:
    return type(world.board.index).objects.filter(category="C5").first()


@way("moves a public item to another category", TAKING, RULES, succeeded=hidden)
def move(world: World, who: str) -> Any:
    args = (world.public.pk, _elsewhere(world).pk)
    return post(world, who, "wagtailadmin_pages:move_confirm", *args)


@way("moves in bulk", TAKING, RULES, succeeded=hidden)
def bulk_move(world: World, who: str) -> Any:
    kind, chooser = "wagtailcore.page", _elsewhere(world).pk
    return bulk(world, who, kind, "move", world.public, chooser=chooser, move_applied="")


@way(
    "closes a public page to those who are not signed in",
    "secretary superuser operator",
    RULES,
    succeeded=hidden,
    right=proofs.take_down,
)
def close(world: World, who: str) -> Any:
    name = "wagtailadmin_pages:set_privacy"
    return post(world, who, name, world.public.pk, restriction_type="login")


@way(
    "opens a page that the board closed",
    "officer superuser",
    RULES,
    succeeded=lambda world, _: reads(world.private.title, world.private),
)
def open_private(world: World, who: str) -> Any:
    name = "wagtailadmin_pages:set_privacy"
    return post(world, who, name, world.private.pk, restriction_type="none")


@way(
    "lets a redirect stand in the place of a public item",
    "operator ungrouped superuser",
    "redirects stand behind pages",
    succeeded=hidden,
)
def redirect(world: World, who: str) -> Any:
    form = {
        "old_path": world.public.get_url(),
        "site": "",
        "is_permanent": "on",
        "redirect_link": "https://example.com/",
        "redirect_page": "",
    }
    return post(world, who, "wagtailredirects:add", **form)


@way(
    "gives the site another root page",
    "operator ungrouped chief",
    "permissions of the operator",
    succeeded=hidden,
)
def another_root(world: World, who: str) -> Any:
    site = world.settings.site
    form = {
        "hostname": site.hostname,
        "port": site.port,
        "site_name": "",
        "root_page": world.board.index.pk,
        "is_default_site": "on",
    }
    return post(world, who, "wagtailsites:edit", site.pk, **form)


# At a step that is another's.


def moved_on(name: str) -> Any:
    def succeeded(world: World, before: Any) -> bool:
        page = getattr(world, name)
        row = Matter.objects.waiting().filter(subject=page.pk).first()
        return row is None or row.role != before

    return succeeded


STEPS = {
    "at_head": ("the step of the unit head", "officer stranger secretary chief superuser operator"),
    "at_editing": ("the step of the Thư ký", "officer head member superuser ungrouped"),
    "at_verification": ("the step of a member", "officer head secretary deputy chief superuser"),
    "at_approval": (
        "the step of the Trưởng Ban",
        "officer head secretary member deputy superuser operator stranger ungrouped visitor",
    ),
}


def _step_rows() -> None:
    for name, (words, people) in STEPS.items():

        def by_our_page(world: World, who: str, name: str = name) -> Any:
            page = getattr(world, name)
            role = Matter.objects.waiting().get(subject=page.pk).role
            decide(world, who, page, "pass")
            return role

        def by_wagtails_action(world: World, who: str, name: str = name) -> Any:
            page = getattr(world, name)
            row = Matter.objects.waiting().get(subject=page.pk)
            args = (page.pk, "approve", row.place)
            post(world, who, "wagtailadmin_pages:workflow_action", *args, comment="")
            return row.role

        def by_the_editor(world: World, who: str, name: str = name) -> Any:
            page = getattr(world, name)
            form = {
                "action-workflow-action": "1",
                "workflow-action-name": "approve",
                "workflow-action-extra-data": json.dumps({"update": False}),
            }
            role = Matter.objects.waiting().get(subject=page.pk).role
            save(world, who, page, **form)
            return role

        for attempt, how, by in (
            (by_our_page, "on the item's page", people),
            (by_wagtails_action, "by Wagtail's address of the action", "officer superuser"),
            (by_the_editor, "by the editor's form, with arguments of their own", "officer"),
        ):
            attempt.__name__ = f"{attempt.__name__}_{name}"
            way(
                f"passes {words} {how}",
                by,
                RULES,
                requirements="R2 R3 R6 R8",
                succeeded=moved_on(name),
                right=proofs.step,
            )(attempt)


_step_rows()


@way(
    "passes a step that belongs to another item, by the address of an own one",
    "officer head chief superuser",
    RULES,
    succeeded=lambda world, _: is_public(world.at_approval) or is_public(world.at_verification),
    right=proofs.step,
)
def foreign_step(world: World, who: str) -> Any:
    """The number of one item's step at the address of another one."""
    for page, other in (
        (world.draft, world.at_verification),
        (world.public, world.at_verification),
    ):
        state = Matter.objects.waiting().get(subject=other.pk).place
        args = (page.pk, "approve", state)
        post(world, who, "wagtailadmin_pages:workflow_action", *args, comment="")
    return pass_on(world, world.at_verification, who)


@way(
    "stops the workflow from the editor and publishes",
    "officer head superuser",
    RULES,
    succeeded=lambda world, _: is_public(world.at_approval),
    right=proofs.take_back,
)
def cancel_workflow(world: World, who: str) -> Any:
    page = world.at_approval
    post(world, who, "wagtailadmin_pages:confirm_workflow_cancellation", page.pk)
    save(world, who, page, **{"action-cancel-workflow": "1"})
    return save(world, who, page, **{"action-publish": "1"})


@way(
    "changes the text while it waits for the Trưởng Ban, who then approves",
    "officer head secretary superuser",
    RULES,
    requirements="R3 R8",
    succeeded=lambda world, _: reads(MADE_UP, world.at_approval),
    right=proofs.step,
)
def change_at_approval(world: World, who: str) -> Any:
    save(world, who, world.at_approval, title=TITLE)
    return pass_on(world, world.at_approval, "chief")


@way(
    "unlocks an item at a judging step and changes it",
    "officer head superuser",
    RULES,
    requirements="R3 R8",
    succeeded=lambda world, _: reads(MADE_UP, world.at_approval),
    right=proofs.step,
)
def unlock(world: World, who: str) -> Any:
    post(world, who, "wagtailadmin_pages:lock", world.at_approval.pk)
    post(world, who, "wagtailadmin_pages:unlock", world.at_approval.pk)
    save(world, who, world.at_approval, title=TITLE)
    return pass_on(world, world.at_approval, "chief")


@way(
    "publishes what was returned",
    "officer chief ungrouped",
    succeeded=lambda world, _: is_public(world.returned),
)
def publish_returned(world: World, who: str) -> Any:
    save(world, who, world.returned, **{"action-publish": "1"})
    return bulk(world, who, "wagtailcore.page", "publish", world.returned)


@way(
    "sends an item of another unit, or of none of theirs",
    "stranger operator",
    RULES,
    requirements="R8 R11",
    succeeded=lambda world, _: Matter.objects.waiting().filter(subject=world.draft.pk).exists(),
)
def send_foreign(world: World, who: str) -> Any:
    return save(world, who, world.draft, **{"action-submit": "1"})


@way(
    "changes the draft of another unit",
    "stranger operator secretary",
    RULES,
    requirements="R6 R11",
    succeeded=lambda world, _: MADE_UP in str(fresh(world.draft).get_latest_revision().content),
)
def change_foreign(world: World, who: str) -> Any:
    return save(world, who, world.draft, title=TITLE)


# The API that Wagtail 8 brings; 7.4 has none, and nothing happens.

API = "tests.workflows.api_urls"


def api(world: World, who: str, path: str, method: str = "post", **data: Any) -> Any:
    try:
        from wagtail.models import APIToken
    except ImportError:
        return None
    user = world.user(who)
    token = f"Bearer {APIToken.create_token(user=user, name='Thử')[1]}" if user else ""
    with override_settings(ROOT_URLCONF=API):
        return getattr(world.client("visitor"), method)(
            f"/api/v3/{path}",
            data,
            content_type="application/json",
            headers={"Authorization": token},
        )


TYPE = {"type": "wagtail_pbgdpl_pages.NewsPage"}


@way("publishes a draft by the API", WRITERS)
def api_publish(world: World, who: str) -> Any:
    return api(world, who, f"pages/{world.draft.pk}/actions/publish/")


@way("writes and publishes by the API", WRITERS, succeeded=made_up_public)
def api_create(world: World, who: str) -> Any:
    meta = {**TYPE, "parent_id": world.board.index.pk, "action": "publish"}
    values = {"title": TITLE, "summary": "C", "author": "A", "source": "B"}
    return api(world, who, "pages/", **values, meta=meta)


@way("changes a public item by the API", WRITERS, succeeded=made_up_public)
def api_change(world: World, who: str) -> Any:
    meta = {**TYPE, "action": "publish"}
    return api(world, who, f"pages/{world.public.pk}/", "patch", title=TITLE, meta=meta)


@way("unpublishes by the API", TAKING, RULES, succeeded=hidden, right=proofs.take_down)
def api_unpublish(world: World, who: str) -> Any:
    return api(world, who, f"pages/{world.public.pk}/actions/unpublish/")


@way("deletes by the API", TAKING, RULES, succeeded=hidden, right=proofs.draft_deleted)
def api_delete(world: World, who: str) -> Any:
    return api(world, who, f"pages/{world.public.pk}/", "delete")


@way("moves by the API", TAKING, RULES, succeeded=hidden)
def api_move(world: World, who: str) -> Any:
    data = {"destination_id": _elsewhere(world).pk}
    return api(world, who, f"pages/{world.public.pk}/actions/move/", **data)


@way("copies and publishes by the API", WRITERS, succeeded=copied)
def api_copy(world: World, who: str) -> Any:
    data = {"destination_id": world.board.index.pk, "slug": "ban-sao", "keep_live": True}
    return api(world, who, f"pages/{world.public.pk}/actions/copy/", **data)


@way("makes an alias by the API", WRITERS, succeeded=copied)
def api_alias(world: World, who: str) -> Any:
    data = {"destination_id": world.board.index.pk, "slug": "ban-sao"}
    return api(world, who, f"pages/{world.public.pk}/actions/create_alias/", **data)


@way(
    "converts an alias by the API, which then shows what was taken down",
    "officer superuser",
    RULES,
    succeeded=lambda world, _: bool(page_text(world.alias)),
    right=proofs.take_down,
)
def api_convert(world: World, who: str) -> Any:
    api(world, who, f"pages/{world.alias.pk}/actions/convert_alias/")
    decide(world, "chief", world.public, "take-down", grounds=[GROUND], reason="Sai.")


@way("reverts by the API and publishes", "officer superuser", succeeded=made_up_public)
def api_revert(world: World, who: str) -> Any:
    revision = world.changed.revisions.order_by("pk").first()
    api(world, who, f"pages/{world.changed.pk}/actions/revert/", revision_id=revision.pk)
    meta = {**TYPE, "action": "publish"}
    return api(world, who, f"pages/{world.changed.pk}/", "patch", title=TITLE, meta=meta)
