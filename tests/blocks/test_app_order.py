"""A site's app registers its blocks wherever it stands in INSTALLED_APPS."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SCRIPT = """
import json, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "example_site.settings.test"
import django
from django.conf import settings
settings.INSTALLED_APPS.remove("tests.extension_app")
settings.INSTALLED_APPS.insert(int(sys.argv[1]), "tests.extension_app")
django.setup()
from tests.extension_app.models import OrdinaryPage
blocks = OrdinaryPage._meta.get_field("body").offered_block(OrdinaryPage).child_blocks
print(json.dumps([[name, type(block).__name__] for name, block in blocks.items()]))
"""


def offered(place, root):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(place)],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("place", [0, 100], ids=["first", "last"])
def test_order_of_apps_does_not_matter(place, pytestconfig):
    found = offered(place, pytestconfig.rootpath)
    assert found[0] == ["rich_text", "PortalRichTextBlock"]
    assert ["quotation", "LoudQuotationBlock"] in found
    assert ["hotline", "HotlineBlock"] in found[-5:]
