"""The same mail by two ways at the same moment, on PostgreSQL (R12)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from tests.intake.conftest import PDF, stored_files
from tests.mailbox.letters import raw
from tests.together import together
from wagtail_pbgdpl.intake.models import Sending
from wagtail_pbgdpl.mailbox.models import ReceivedMail
from wagtail_pbgdpl.mailbox.taking import take_in
from wagtail_pbgdpl.notices.models import Notice
from wagtail_pbgdpl.questions.models import Question

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory has one connection"
)


def test_one_question(committed: None, mailbox: Any) -> None:
    before = stored_files()
    content = raw(files=(("don.pdf", PDF),))
    try:
        found = together(lambda: take_in(content).first, threads=4)
        assert sorted(found, key=str) == [False, False, False, True], found
        assert Question.objects.count() == 1
        assert ReceivedMail.objects.count() == 1
        assert Notice.objects.filter(recipient=None).count() == 1
        # The mail and its file, once.
        assert len(stored_files() - before) == 2
    finally:
        Sending.objects.all().delete()
