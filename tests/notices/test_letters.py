"""Letters: registered, rendered in the portal's language, told once under one key (R10, R12)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext_lazy, ngettext_lazy

from tests.factories import UserFactory
from tests.notices import printed
from wagtail_pbgdpl.notices import letters
from wagtail_pbgdpl.notices.letters import COMMON, KEY_LENGTH, LETTERS, Letter, documented
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.notices.telling import LISTED, digest, tell

DAY = datetime.date(2026, 3, 16)


@pytest.fixture
def letter(monkeypatch: Any, settings: Any, tmp_path: Path) -> Letter:
    """One of a site, with its template."""
    path = tmp_path / "wagtail_pbgdpl" / "mail" / "invitation.txt"
    path.parent.mkdir(parents=True)
    path.write_text(
        '{% extends "wagtail_pbgdpl/mail/base.txt" %}{% load i18n %}'
        '{% block content %}{% translate "Item" %}: {{ title }}{% endblock %}\n'
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [str(tmp_path)]}]
    monkeypatch.setattr(letters, "LETTERS", dict(LETTERS))
    return letters.register(
        "invitation", gettext_lazy("decision"), "Mời: %(title)s", "title: of the meeting"
    )


@pytest.fixture
def round_up(letter: Letter, tmp_path: Path) -> Letter:
    """A digest of the site."""
    path = tmp_path / "wagtail_pbgdpl" / "mail" / "round_up.txt"
    path.write_text("{% for entry in entries %}{{ entry }} {% endfor %}+{{ more }} {{ day }}\n")
    subject = ngettext_lazy("%(count)d item", "%(count)d items", "count")
    return letters.register("round_up", "Tổng hợp", subject, "entries; count; more; day: which")


def said(title: str = "Họp Hội đồng") -> Any:
    return lambda: {"title": title}


class TestTheRegistry:
    def test_each_has_its_template(self) -> None:
        for one in LETTERS.values():
            get_template(one.path)

    @pytest.mark.parametrize("name", sorted(LETTERS))
    def test_the_template_names_no_variable_that_is_not_documented(
        self, name: str, repository: Path
    ) -> None:
        """And the letter documents none that neither subject nor template names."""
        one = LETTERS[name]
        others = [other for other in LETTERS.values() if other.path == one.path]
        known = {word for other in others for word in documented(other.variables)}
        named = set(named_in((repository / "wagtail_pbgdpl" / "templates" / one.path).read_text()))
        assert named <= known | documented(COMMON).keys()
        in_subject = Recorder(count=2, late=2, soon=2)
        assert one.subject % in_subject
        own = documented(one.variables).keys()
        # Every digest knows how many entries it has.
        assert in_subject.asked <= own <= named | in_subject.asked | {"count"}

    def test_every_module_that_registers_is_loaded(self, repository: Path) -> None:
        package = repository / "wagtail_pbgdpl"
        source = "\n".join(path.read_text() for path in package.rglob("*.py"))
        names = set(re.findall(r'= register\(\s*"(\w+)"', source))
        assert {"step", "reminder", "waiting", "password"} <= names
        assert names == LETTERS.keys()

    def test_a_second_of_a_name_is_refused(self, letter: Letter) -> None:
        with pytest.raises(ValueError, match="invitation"):
            letters.register("invitation", "", "", "")

    def test_the_reference_is_made_from_it(self, repository: Path) -> None:
        """``python -m tests.notices.printed`` writes it."""
        assert printed.page(repository / "docs").read_text(encoding="utf-8") == printed.document()


def named_in(template: str) -> Iterator[str]:
    """Yield what a template names, without what it makes itself by loops and tags."""
    loops = ",".join(re.findall(r"{% for (.+?) in ", template))
    made = {name.strip() for name in loops.split(",")}
    made |= set(re.findall(r" as (\w+) %}", template)) | {"forloop"}
    words = re.findall(r"{{ (\w+)", template)
    words += re.findall(r"{% (?:if|elif)(?: not)? (\w+)", template)
    words += re.findall(r"{% for .*? in (\w+)", template)
    words += re.findall(r"{% regroup (\w+)", template)
    words += re.findall(r"{% blocktranslate (?:with|count) \w+=(\w+)", template)
    yield from (word for word in words if word not in made)


class Recorder(dict[str, Any]):
    def __init__(self, **values: Any) -> None:
        super().__init__(values)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.asked.add(name)
        return self.get(name, name)


@pytest.mark.django_db
class TestOneLetter:
    def test_in_the_language_of_the_portal(self, letter: Letter, settings: Any) -> None:
        """Whoever is at work, and in what language."""
        asked = []

        def words() -> dict[str, str]:
            asked.append(translation.get_language())
            return {"title": "Họp Hội đồng"}

        settings.LANGUAGE_CODE = "vi"
        with translation.override("en"):
            user = UserFactory(first_name="Hoa", last_name="Nông")
            tell(letter, [user], words, about=1)
        notice = Notice.objects.get()
        assert notice.subject == "Mời: Họp Hội đồng"
        assert notice.text.startswith(f"Kính gửi Ông/Bà {user.get_full_name()},\n\n")
        assert asked == ["vi"]

    def test_a_site_replaces_a_block_of_all(self, letter: Letter, tmp_path: Path) -> None:
        (tmp_path / "wagtail_pbgdpl" / "mail" / "base.txt").write_text(
            '{% extends "wagtail_pbgdpl/mail/base.txt" %}'
            "{% block closing %}Sở Tư pháp <{{ portal }}>{% endblock %}"
        )
        tell(letter, [UserFactory()], said("Họp & <bàn>"), about=1)
        lines = Notice.objects.get().text.splitlines()
        assert lines[2].endswith(": Họp & <bàn>")
        assert lines[4].startswith("Sở Tư pháp <")

    def test_to_several_in_two_queries(
        self, letter: Letter, django_assert_num_queries: Any
    ) -> None:
        users = UserFactory.create_batch(5)
        with django_assert_num_queries(2):
            assert tell(letter, users, said(), about=1) == 5
        with django_assert_num_queries(1):
            assert tell(letter, users, said(), about=1) == 0
        assert Notice.objects.count() == 5

    def test_once_about_the_same_at_the_same_stage(self, letter: Letter) -> None:
        user = UserFactory()
        for _ in range(2):
            for about, stage, day in ((1, "", ""), (2, "", ""), (1, 0, ""), (1, "late", DAY)):
                tell(letter, [user], said(), about=about, stage=stage, day=day)
        keys = Notice.objects.order_by("pk").values_list("key", flat=True)
        me = user.pk
        assert list(keys) == [
            f"invitation:1:{me}",
            f"invitation:2:{me}",
            f"invitation:1:{me}:0",
            f"invitation:1:2026-03-16:{me}:late",
        ]
        assert Notice.objects.of(letter, 1).count() == 3
        assert Notice.objects.of(letter).count() == 4

    def test_an_object_stands_for_its_key(self, letter: Letter) -> None:
        user = UserFactory()
        assert letter.key(user, about=user) == f"invitation:{user.pk}:{user.pk}"

    def test_a_key_that_cannot_be_kept_is_refused(self, letter: Letter) -> None:
        with pytest.raises(ValueError, match="key"):
            letter.key("hoa@example.vn", about="k" * KEY_LENGTH)

    def test_variables_that_are_not_documented_are_refused(self, letter: Letter) -> None:
        for wrong in ({}, {"title": "", "place": ""}):
            with pytest.raises(TypeError, match="invitation"):
                tell(letter, [UserFactory()], lambda wrong=wrong: wrong, about=1)

    def test_what_nobody_is_told_is_not_made_up(self, letter: Letter) -> None:
        def never() -> Any:
            raise LookupError

        assert tell(letter, [UserFactory(email="")], never, about=1) == 0

    def test_the_sort_is_shown_by_the_first_part_of_the_key(self, letter: Letter) -> None:
        with translation.override("en"):
            assert [letters.sort_of(key) for key in ("step:1:2", "change:1:2:0", "later:1")] == [
                "a step waits",
                "change of access, or of what shows at once",
                "another notice",
            ]


@pytest.mark.django_db
class TestWithoutAnAccount:
    ADDRESS = "Hoa.Nong@Example.vn"

    def test_by_address_once_however_it_is_spelled(
        self, letter: Letter, mailoutbox: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            tell(letter, [self.ADDRESS, self.ADDRESS.lower()], said(), about=1)
            tell(letter, [self.ADDRESS.lower()], said(), about=1)
        (message,) = mailoutbox
        assert message.to == [self.ADDRESS.lower()]
        assert message.body.startswith("Kính gửi ông/bà,\n\n")

    def test_a_long_one_has_a_key_too(self, letter: Letter) -> None:
        address = f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.vn"
        assert tell(letter, [address], said(), about=1) == 1
        assert len(Notice.objects.get(address=address).key) < KEY_LENGTH


@pytest.mark.django_db
class TestADigest:
    def test_one_for_each_of_all_that_is_theirs(self, round_up: Letter) -> None:
        one, two = UserFactory.create_batch(2)
        told = [(one, "A"), ("hoa@example.vn", "A"), (one, "B"), (two, "C")]
        for _ in range(2):
            digest(round_up, told, lambda entries: {"day": len(entries)}, day=DAY)
        rows = Notice.objects.values_list("recipient", "address", "subject", "text")
        assert sorted(rows, key=lambda row: row[3]) == [
            (None, "hoa@example.vn", "1 item", "A +0 1\n"),
            (one.pk, one.email, "2 items", "A B +0 2\n"),
            (two.pk, two.email, "1 item", "C +0 1\n"),
        ]

    def test_it_says_how_many_it_does_not_list(self, round_up: Letter) -> None:
        told = [(UserFactory(), number) for number in range(LISTED + 3)]
        told = [(told[0][0], entry) for _, entry in told]
        assert digest(round_up, told, lambda entries: {"day": ""}, day=DAY) == 1
        notice = Notice.objects.get()
        assert notice.subject == f"{LISTED + 3} items"
        assert f" {LISTED - 1} +3" in notice.text
