"""Copy the tests, the example site and the benchmarks away from the package's source."""

import shutil
import sys
from pathlib import Path

source, target = map(Path, sys.argv[1:3])
for name in ("tests", "example_site", "benchmarks"):
    shutil.rmtree(target / name, ignore_errors=True)
    shutil.copytree(source / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
shutil.copy(source / "setup.cfg", target)
