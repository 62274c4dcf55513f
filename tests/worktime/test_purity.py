"""The clock can be used, and checked, without Django."""

import subprocess
import sys

CODE = """
import sys
import wagtail_pbgdpl.worktime
import wagtail_pbgdpl.worktime.seed
loaded = [name for name in sys.modules if name.partition(".")[0] in ("django", "wagtail")]
assert not loaded, loaded
"""


def test_counting_imports_neither_django_nor_wagtail(repository):
    subprocess.run([sys.executable, "-c", CODE], cwd=repository, check=True)
