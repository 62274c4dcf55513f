"""Two who take the same package in at the same moment (I2), on PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.exchange.full import all_rows, changed, portal_of_its_own
from tests.factories import UnitFactory
from tests.together import together
from wagtail_pbgdpl.exchange.exporting import Export
from wagtail_pbgdpl.exchange.importing import Import
from wagtail_pbgdpl.exchange.models import Exchanged
from wagtail_pbgdpl.organisation.models import Unit

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite in memory has one connection"
)


def test_each_record_comes_once(committed: None, sender: Any, tmp_path: Path) -> None:
    package = tmp_path / "mot.zip"
    with portal_of_its_own(tmp_path):
        UnitFactory(code="xa-moi", name="Xã Mới")
        with package.open("w+b") as file:
            Export(sender).write(file)
    assert not Unit.objects.filter(code="xa-moi").exists()
    before = all_rows()
    try:
        done = together(lambda: Import(package, sender.public_key()).run(), threads=3)
        assert not [one for one in done if isinstance(one, Exception)], done
        fates = sorted(one.counts["unit"].most_common()[0][0] for one in done)
        assert fates == ["created", "unchanged", "unchanged"]
        assert Unit.objects.filter(code="xa-moi").count() == 1
    finally:
        Exchanged.objects.all().delete()
        Unit.objects.filter(code="xa-moi").delete()
    # What ``committed`` takes away.
    logs = ("change", "seal", "publicchange", "publiclog", "publicobject")
    left = {f"wagtail_pbgdpl_{name}" for name in logs}
    assert changed(before).keys() <= left
