"""``translate.md`` to the letter: other words, and an English branch."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import missing
from tests.guides.pages import code, last_line, write_files
from tests.sites import run

pytestmark = pytest.mark.wheel

BRANCH = """
from wagtail.models import Locale, Site
from wagtail_pbgdpl.content.actions import publish
from wagtail_pbgdpl.pages.models import CategoryIndexPage, PortalPage
english, _ = Locale.objects.get_or_create(language_code="en")
home = Site.objects.get().root_page.copy_for_translation(english)
home.save_revision().publish()
portal = PortalPage.objects.get(locale__language_code="vi")
news = CategoryIndexPage.objects.get(category="C2", locale__language_code="vi")
for page, title in ((portal, "Legal education"), (news, "News")):
    copy = page.copy_for_translation(english)
    copy.title = title
    print(publish(copy).url)
"""


def test_other_words_for_a_province(portal_site: Any, guides: Path) -> None:
    if shutil.which("msgfmt") is None:
        missing("GNU gettext")
    page = guides / "translate.md"
    portal_site.add_settings(code(page, "python", "LOCALE_PATHS"))
    assert write_files(page, portal_site.root) == ["locale/vi/LC_MESSAGES/django.po"]
    assert "django-admin compilemessages" in code(page, "sh", "compilemessages")
    run(sys.executable, "-m", "django", "compilemessages", cwd=portal_site.root)
    said = portal_site.python(
        "from django.utils.translation import gettext, override\n"
        "with override('vi'): print(gettext('summary'), gettext('Accessibility'))"
    )
    assert last_line(said) == "sapo Khả năng tiếp cận"


def test_an_english_branch(portal_site: Any, guides: Path) -> None:
    page = guides / "translate.md"
    portal_site.add_settings(code(page, "python", "WAGTAIL_I18N_ENABLED"))
    urls = portal_site.root / "mysite/urls.py"
    own = code(page, "python", "i18n_patterns")
    urls.write_text(f"{urls.read_text()}\n\n{own}", encoding="utf-8")
    portal_site.manage("migrate")
    assert "no issues" in portal_site.manage("check")
    assert '<html lang="vi">' in portal_site.fetch("/pbgdpl/", "/pbgdpl/rss.xml")
    addresses = portal_site.python(BRANCH).strip().splitlines()[-2:]
    assert all(address.startswith("/en/") for address in addresses)
    branch = portal_site.fetch(*addresses, "/en/pbgdpl/rss.xml")
    assert '<html lang="en">' in branch
    assert "Legal education" in branch
    assert 'hreflang="vi"' in branch
