"""The time of first publication and the category of a page, whatever happens to it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page

from tests.factories import NewsFactory, cleared, factory_for, public_below
from tests.workflows.board import edit, make_board
from wagtail_pbgdpl.content.actions import add_draft, publish
from wagtail_pbgdpl.pages import models as pages
from wagtail_pbgdpl.serving.listing import published

MONDAY = datetime.datetime(2026, 3, 2, 1, tzinfo=datetime.UTC)
TUESDAY = MONDAY + datetime.timedelta(days=1)
WEDNESDAY = MONDAY + datetime.timedelta(days=2)


def at(moment: datetime.datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def fresh(page: Any) -> Any:
    return pages.ContentPage.objects.get(pk=page.pk)


class TestPublishedAt:
    """The time that S3 shows (BK21 Điều 10.3; QT24 Điều 11.2)."""

    @pytest.fixture
    def page(self, index_of: Any) -> Any:
        with at(MONDAY):
            return NewsFactory(parent=index_of("C2"))

    def test_a_draft_has_none(self, index_of: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False)
        assert fresh(page).published_at is None

    def test_the_first_publication_sets_it(self, page: Any) -> None:
        page = fresh(page)
        assert page.published_at == page.first_published_at == MONDAY

    def test_a_draft_of_monday_that_is_published_on_tuesday(self, index_of: Any) -> None:
        with at(MONDAY):
            page = NewsFactory(parent=index_of("C2"), live=False)
        with at(TUESDAY):
            publish(page)
        assert fresh(page).published_at == TUESDAY

    def test_publishing_again_leaves_it(self, page: Any) -> None:
        page.title = "Tiêu đề mới"
        with at(TUESDAY):
            publish(page)
        assert fresh(page).title == "Tiêu đề mới"
        assert fresh(page).published_at == MONDAY

    def test_saving_a_live_page_leaves_it(self, page: Any) -> None:
        with at(TUESDAY):
            fresh(page).specific.save()
        assert fresh(page).published_at == MONDAY

    def test_going_back_to_the_first_revision_leaves_it(self, page: Any) -> None:
        """That revision is from before the first publication: it knows of no time."""
        first = page.revisions.order_by("pk").first()
        assert first.content["published_at"] is None
        with at(TUESDAY):
            publish(page)
        with at(WEDNESDAY):
            cleared(first).publish()
        assert fresh(page).published_at == MONDAY
        assert fresh(page).first_published_at == MONDAY

    def test_taking_the_page_down_and_up_again_leaves_it(self, page: Any) -> None:
        with at(TUESDAY):
            fresh(page).specific.unpublish()
        assert fresh(page).published_at == MONDAY
        with at(WEDNESDAY):
            cleared(fresh(page).specific.save_revision()).publish()
        assert fresh(page).published_at == MONDAY

    def test_what_was_public_elsewhere_before_keeps_its_time(self, index_of: Any) -> None:
        with at(WEDNESDAY):
            page = NewsFactory(parent=index_of("C2"), at=MONDAY)
        assert fresh(page).published_at == fresh(page).first_published_at == MONDAY
        assert fresh(page).last_published_at == WEDNESDAY

    def test_what_is_public_here_cannot_be_backdated_again(self, page: Any) -> None:
        with at(WEDNESDAY):
            publish(page, at=TUESDAY)
        assert fresh(page).published_at == MONDAY

    def test_an_older_revision_does_not_undo_a_backdating(self, index_of: Any) -> None:
        with at(TUESDAY):
            page = NewsFactory(parent=index_of("C2"), live=False)
            first = page.latest_revision
            publish(page, at=MONDAY)
        with at(WEDNESDAY):
            cleared(first).publish()
        assert fresh(page).published_at == MONDAY

    def test_a_page_that_goes_live_by_itself(self, index_of: Any) -> None:
        """The time is that of going live, not that of the decision."""
        with at(MONDAY):
            page = NewsFactory(parent=index_of("C2"), live=False)
            page.go_live_at = TUESDAY
            cleared(page.save_revision()).publish()
            assert not fresh(page).live
            assert fresh(page).published_at is None
        with at(TUESDAY + datetime.timedelta(minutes=5)):
            from django.core.management import call_command

            call_command("publish_scheduled")
            assert fresh(page).live
        assert fresh(page).published_at == TUESDAY + datetime.timedelta(minutes=5)

    def test_a_live_page_that_is_made_in_one_step(self, index_of: Any) -> None:
        with at(MONDAY):
            page = pages.NewsPage(title="Một bước", author="A", source="B")
            page = publish(add_draft(index_of("C2"), page))
        assert fresh(page).live
        assert fresh(page).published_at == MONDAY

    def test_a_copy_is_an_item_of_its_own(self, page: Any) -> None:
        """R8: it is a draft, whatever it was copied from."""
        with at(TUESDAY):
            copy = page.copy(update_attrs={"slug": "ban-sao"}, keep_live=False)
        assert not fresh(copy).live
        assert fresh(copy).published_at is None
        with at(WEDNESDAY):
            publish(fresh(copy).specific)
        assert fresh(copy).published_at == WEDNESDAY

    def test_an_alias_shares_the_time(self, page: Any) -> None:
        with at(TUESDAY):
            alias = page.create_alias(update_slug="cung-tin")
        assert fresh(alias).published_at == MONDAY
        page.title = "Tiêu đề mới"
        with at(WEDNESDAY):
            publish(page)
        assert fresh(alias).title == "Tiêu đề mới"
        assert fresh(alias).published_at == MONDAY

    def test_an_alias_of_a_draft_goes_live_with_it(self, index_of: Any) -> None:
        with at(MONDAY):
            page = NewsFactory(parent=index_of("C2"), live=False)
            alias = page.create_alias(update_slug="cung-tin")
        with at(TUESDAY):
            publish(page)
        assert fresh(alias).live
        assert fresh(alias).published_at == TUESDAY

    def test_it_is_no_field_of_the_editor(self, index_of: Any) -> None:
        form = pages.NewsPage.get_edit_handler().get_form_class()
        assert not {"published_at", "category"} & set(form.base_fields)


@pytest.fixture
def contests(index_of: Any, settings: Any, tmp_path: Any) -> Any:
    """The index page of a second category of kind C2, «su-kien»."""
    profile = tmp_path / "tinh.toml"
    profile.write_text(
        'schema = 1\nextends = "bac_kan_pbgdpl_2021"\n'
        '[categories.su-kien]\nkind = "C2"\nname = "Sự kiện"\nclause = "Điều 9 khoản 2"\n'
    )
    settings.WAGTAIL_PBGDPL = {"PROFILE": str(profile)}
    page = pages.CategoryIndexPage(title="Sự kiện", slug="su-kien", category="su-kien")
    return public_below(index_of("C2").get_parent(), page)


class TestCategory:
    """A page belongs to the category of the index page above it."""

    def test_of_a_draft(self, index_of: Any) -> None:
        assert fresh(NewsFactory(parent=index_of("C2"), live=False)).category == "C2"

    def test_of_a_copy_elsewhere(self, index_of: Any, contests: Any) -> None:
        page = NewsFactory(parent=index_of("C2"))
        copy = page.copy(to=contests, update_attrs={"slug": "ban-sao"}, keep_live=False)
        assert fresh(copy).category == "su-kien"
        assert fresh(page).category == "C2"
        publish(fresh(copy).specific)
        assert fresh(copy).category == "su-kien"

    def test_of_an_alias_elsewhere(self, index_of: Any, contests: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False)
        alias = page.create_alias(parent=contests)
        assert fresh(alias).category == "su-kien"

    def test_an_alias_elsewhere_does_not_keep_its_source_back(
        self, index_of: Any, contests: Any
    ) -> None:
        """R8: nobody approved it there; that is no reason against the page itself."""
        page = NewsFactory(parent=index_of("C2"), live=False)
        alias = page.create_alias(parent=contests)
        publish(page)
        assert fresh(page).live
        assert not fresh(alias).live
        assert fresh(alias).category == "su-kien"

    def test_of_a_page_that_moved(self, index_of: Any, contests: Any) -> None:
        page = NewsFactory(parent=index_of("C2"))
        page.move(contests, pos="last-child")
        assert fresh(page).category == "su-kien"
        assert [item.pk for item in published("su-kien")] == [page.pk]

    def test_a_revision_from_before_the_move_does_not_bring_it_back(
        self, index_of: Any, contests: Any
    ) -> None:
        page = NewsFactory(parent=index_of("C2"))
        revision = page.latest_revision
        page.move(contests, pos="last-child")
        assert fresh(page).get_latest_revision_as_object().category == "su-kien"
        revision.publish()
        assert fresh(page).category == "su-kien"

    def test_of_a_draft_that_moved(self, index_of: Any, contests: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False)
        MovePageAction(page, contests, pos="last-child").execute(skip_permission_checks=True)
        assert fresh(page).category == "su-kien"
        publish(fresh(page).specific)
        assert fresh(page).category == "su-kien"

    def test_the_pages_of_a_category_that_is_given_another_code(
        self, index_of: Any, contests: Any
    ) -> None:
        """The operator corrects the category of an index page: its content follows."""
        page = NewsFactory(parent=contests)
        draft = NewsFactory(parent=contests, live=False)
        other = NewsFactory(parent=index_of("C2"))
        contests.category = "C2"
        publish(contests)
        assert fresh(page).category == fresh(draft).category == "C2"
        contests = pages.CategoryIndexPage.objects.get(pk=contests.pk)
        contests.category = "su-kien"
        publish(contests)
        assert fresh(page).category == fresh(draft).category == "su-kien"
        assert fresh(other).category == "C2"


class TestAddDraft:
    def test_a_type_is_refused_where_it_does_not_belong(self, index_of: Any) -> None:
        """Nothing is left behind, and the message names both."""
        before = Page.objects.count()
        page = pages.NewsPage(title="Tin", author="A", source="B")
        with pytest.raises(ValidationError) as caught:
            add_draft(index_of("C5"), page)
        assert str(index_of("C5")) in caught.value.messages[0]
        assert Page.objects.count() == before
        assert index_of("C5").numchild == 0
        assert page.pk is None

    @pytest.mark.parametrize("code", ["C6", "C13"])
    def test_an_index_page_without_children_takes_none(self, index_of: Any, code: str) -> None:
        with pytest.raises(ValidationError):
            add_draft(index_of(code), pages.OtherPage(title="T", author="A", source="B"))

    def test_a_taken_address_gives_way_to_the_next_free_one(self, index_of: Any) -> None:
        index = index_of("C2")
        NewsFactory(parent=index, slug="tin")
        page = add_draft(index, pages.NewsPage(title="Tin", slug="tin", author="A", source="B"))
        assert page.slug == "tin-2"

    def test_two_items_may_have_the_same_title(self, index_of: Any) -> None:
        """Neither the one who writes the second nor the one who approves it is refused."""
        board = make_board(index_of("C2"))
        first, second = (board.draft(title="Tin", slug=f"tin-so-{number}") for number in "12")
        for page in (first, second):
            edit(page, board.officer, title="Tin", slug="tin")
        for page in (first, second):
            board.pass_on(board.send(page), board.head, board.secretary, board.member, board.chief)
        pages_now = [fresh(page) for page in (first, second)]
        assert [(page.live, page.slug) for page in pages_now] == [(True, "tin"), (True, "tin-2")]

    def test_what_is_refused_leaves_nothing(self, index_of: Any) -> None:
        index = index_of("C2")
        NewsFactory(parent=index)
        with pytest.raises(ValidationError):
            add_draft(index, pages.NewsPage(title="", slug="tin", author="A", source="B"))
        index = type(index).objects.get(pk=index.pk)
        assert index.get_children().count() == index.numchild == 1

    def test_a_draft_may_lack_what_publication_needs(self, index_of: Any) -> None:
        """S3: author and source are asked for at publication."""
        page = add_draft(index_of("C2"), pages.NewsPage(title="Tin chưa đủ"))
        assert not fresh(page).live
        assert page.latest_revision is not None
        with pytest.raises(ValidationError) as caught:
            publish(page)
        assert set(caught.value.message_dict) == {"author", "source"}
        assert not fresh(page).live
        assert fresh(page).published_at is None

    def test_owner_revision_and_log_name_the_user(self, index_of: Any, editor: Any) -> None:
        page = NewsFactory(parent=index_of("C2"), live=False, user=editor)
        assert fresh(page).owner == editor
        assert page.latest_revision.user == editor


def test_aware_times_only(index_of: Any) -> None:
    """A time without zone would be a different moment on each server."""
    page = NewsFactory(parent=index_of("C2"), live=False)
    with pytest.raises(ValueError, match="aware"):
        publish(page, at=timezone.make_naive(MONDAY))


def test_a_time_to_come_is_no_time_of_first_publication(index_of: Any) -> None:
    page = NewsFactory(parent=index_of("C2"), live=False)
    with at(MONDAY), pytest.raises(ValueError, match="future"):
        publish(page, at=TUESDAY)


def test_factories_make_pages_of_every_type(index_of: Any) -> None:
    page = factory_for(pages.OtherPage)(parent=index_of("C15"))
    assert fresh(page).live
