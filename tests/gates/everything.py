"""Both tables, filled."""

from tests.gates import lookups
from tests.gates.table import LOOKUPS, WAYS
from tests.gates.ways import accounts, files, publishing, superuser, versions

__all__ = ["LOOKUPS", "WAYS", "accounts", "files", "lookups", "publishing", "superuser", "versions"]
