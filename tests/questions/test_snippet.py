"""The question as a snippet: no stock address of Wagtail leads round its life (R11, R12, X5).

The addresses are those that the Wagtail at hand has: one that a new version adds is tried too.
"""

from __future__ import annotations

from typing import Any

import pytest
import wagtail
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import ModelLogEntry
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction
from wagtail.snippets.models import get_snippet_models

from tests.factories import LegalFieldFactory, UnitFactory, UserFactory, seated
from tests.questions.case import NAME, WORDS, make, received, signed_in
from wagtail_pbgdpl.questions.models import Question
from wagtail_pbgdpl.questions.snippet import SHOWN, QuestionViewSet

pytestmark = pytest.mark.django_db

CHOOSER = "wagtailsnippetchoosers_wagtail_pbgdpl_question"
EVIL = {"text": "Tôi sửa", "answer": "Tôi trả lời", "number": "HD-1", "action-publish": "1"}


@pytest.fixture
def question(secretary: Any, unit: Any, officer: Any) -> Question:
    question = received(legal_field=LegalFieldFactory(name="Đất đai"))
    make(secretary, question, "forward", topic="noi-dung-khac", unit=unit.pk, heading="Ruộng lúa")
    return question


@pytest.fixture
def stranger(question: Question) -> Client:
    """An officer of another unit."""
    return signed_in(seated("contact_officer", unit=UnitFactory(categories=["C6"])))


@pytest.fixture
def root(question: Question) -> Client:
    return signed_in(UserFactory(is_superuser=True))


def viewset() -> QuestionViewSet:
    assert Question in get_snippet_models()
    return Question.snippet_viewset  # type: ignore[attr-defined, no-any-return]


def addresses(pk: object) -> dict[str, str]:
    """Every address of the view set that is there, by its name."""
    found = {}
    for pattern in viewset().get_urlpatterns():
        name = f"{viewset().url_namespace}:{pattern.name}"
        # What an address asks for beside the object, it gets as a number.
        others = {key: 1 for key in pattern.pattern.converters if key != "pk"}
        try:
            found[pattern.name or ""] = reverse(name)
        except NoReverseMatch:
            found[pattern.name or ""] = reverse(name, kwargs=others | {"pk": pk})
    return found


def row_of(question: Question) -> dict[str, Any]:
    return Question.objects.filter(pk=question.pk).values().get()


def test_it_is_one(question: Question, officer: Any) -> None:
    """Wagtail knows it, its list is the working list, and it has no field to be edited."""
    assert {*SHOWN, "list", "list_results", "add", "delete", "copy"} <= set(addresses(1))
    page = signed_in(officer).get(addresses(1)["list"]).content.decode()
    assert question.number in page
    assert not viewset().get_form_class()().fields


def test_every_address_of_one(question: Question, officer: Any, stranger: Any, root: Any) -> None:
    """Of the wrong unit and of a guessed number: not there. Of their own: shown, never changed."""
    before, events = row_of(question), question.matter.events.count()
    assert Question.objects.count() == 1
    mine, guessed = addresses(question.pk), addresses(999_999)
    clients = {"own": signed_in(officer), "other": stranger, "root": root}
    about_one = [name for name in mine if mine[name] != guessed[name]]
    assert {*SHOWN, "delete", "copy"} <= set(about_one)
    for name, address in mine.items():
        if name in ("list", "list_results"):
            continue
        for who, client in clients.items():
            for method in (client.get, client.post):
                answer = method(address, EVIL)
                case = (name, who, method.__name__)
                if name in about_one and who == "other":
                    assert answer.status_code == 404, case
                elif name in SHOWN and method == client.get:
                    assert answer["Location"].startswith(question.matter.address), case
                else:
                    # Wagtail leads who may not to the first page of the admin.
                    assert answer["Location"] == reverse("wagtailadmin_home"), case
                assert WORDS not in answer.content.decode(), case
            if name in about_one:
                assert client.get(guessed[name]).status_code == 404, name
    assert client.get(mine["edit"].replace(str(question.pk), "9" * 30)).status_code == 404
    assert (row_of(question), question.matter.events.count()) == (before, events)
    assert Question.objects.count() == 1
    assert not ModelLogEntry.objects.exists()


def test_the_chooser_shows_what_they_see(
    question: Question, officer: Any, stranger: Any, root: Any
) -> None:
    patterns = viewset().chooser_viewset.get_urlpatterns()
    one = reverse(f"{CHOOSER}:chosen", args=[question.pk])
    many = f"{reverse(f'{CHOOSER}:chosen_multiple')}?id={question.pk}"
    lists = [reverse(f"{CHOOSER}:{name}") for name in ("choose", "choose_results")]
    for address in (*lists, one, many):
        shown = signed_in(officer).get(address).content.decode()
        assert question.number in shown, address
        assert NAME not in shown
        assert question.number not in stranger.get(address).content.decode(), address
    assert stranger.get(one).status_code == stranger.get(many).status_code == 404
    for wrong in ("999999", "abc", "1e3"):
        assert root.get(one.replace(str(question.pk), wrong)).status_code == 404
    known = {"choose", "choose_results", "chosen", "chosen_multiple"}
    for pattern in patterns:
        if pattern.name in known:
            continue
        address = reverse(f"{CHOOSER}:{pattern.name}")
        for method in (root.get, root.post):
            assert method(address, EVIL)["Location"] == reverse("wagtailadmin_home"), pattern.name
    assert Question.objects.count() == 1


def test_nothing_is_done_to_several(
    question: Question, officer: Any, stranger: Any, root: Any
) -> None:
    """By Wagtail's bulk actions, those of a site's own among them."""
    there = {one.action_type for one in actions_of(Question)}
    assert "delete" in there
    for action in there:
        address = reverse("wagtail_bulk_action", args=["wagtail_pbgdpl", "question", action])
        for client in (root, stranger, signed_in(officer)):
            for query in (f"?id={question.pk}", "?id=all"):
                for method in (client.get, client.post):
                    answer = method(address + query)
                    assert answer["Location"] == reverse("wagtailadmin_home"), action
    assert Question.objects.filter(pk=question.pk).exists()


class Wipe(SnippetBulkAction):
    """What a site may think of."""

    display_name = aria_label = action_type = "wipe"
    template_name = "wagtailsnippets/bulk_actions/confirm_bulk_delete.html"

    @classmethod
    def execute_action(cls, objects: Any, **kwargs: Any) -> tuple[int, int]:
        Question.objects.update(text="")
        return len(objects), 0


def test_a_bulk_action_of_a_site(question: Question, root: Any, monkeypatch: Any) -> None:
    actions_of(Question)
    known = bulk_action_registry.actions["wagtail_pbgdpl"]["question"]
    monkeypatch.setitem(known, "wipe", Wipe)
    address = reverse("wagtail_bulk_action", args=["wagtail_pbgdpl", "question", "wipe"])
    assert root.post(f"{address}?id={question.pk}")["Location"] == reverse("wagtailadmin_home")
    assert row_of(question)["text"] == WORDS


def actions_of(model: type[Model]) -> Any:
    return bulk_action_registry.get_bulk_actions_for_model(
        model._meta.app_label, model._meta.model_name
    )


def test_where_others_refer_to_it(question: Question, officer: Any, stranger: Any) -> None:
    """Usage of others, history of the site, searches: for who sees it, and nobody else."""
    root = UserFactory(is_superuser=True)
    finder = {user: AdminURLFinder(user).get_edit_url(question) for user in (officer, root)}
    assert set(finder.values()) == {addresses(question.pk)["edit"]}
    other = seated("unit_head", unit=UnitFactory(categories=["C6"]))
    assert AdminURLFinder(other).get_edit_url(question) is None
    for address in (
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_pages:search") + "?q=HD-2026",
        reverse("wagtailsnippets:index"),
    ):
        assert question.number not in stranger.get(address).content.decode(), address


@pytest.mark.skipif(wagtail.VERSION < (8,), reason="the API that writes came with Wagtail 8")
@pytest.mark.urls("tests.open_addresses")
def test_the_api(question: Question, root: Any) -> None:
    for address in (
        "/api/v3/snippets/wagtail_pbgdpl.Question/",
        f"/api/v3/snippets/wagtail_pbgdpl.Question/{question.pk}/",
    ):
        for method in (root.get, root.delete):
            answer = method(address)
            assert answer.status_code in (401, 404, 405, 422), address
            assert question.number not in answer.content.decode()
