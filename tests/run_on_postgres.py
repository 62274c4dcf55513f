"""Run pytest on PostgreSQL; where none answers, say so, and fail if ``CI=true``."""

import os
import sys

import psycopg
import pytest


def reachable() -> str | None:
    try:
        psycopg.connect(
            host=os.environ.get("PGHOST", "127.0.0.1"),
            port=os.environ.get("PGPORT", "5432"),
            user=os.environ.get("PGUSER", "postgres"),
            password=os.environ.get("PGPASSWORD", ""),
            dbname=os.environ.get("PGDATABASE", "postgres"),
            connect_timeout=5,
        ).close()
    except psycopg.OperationalError as error:
        return str(error).strip()
    return None


if __name__ == "__main__":
    problem = reachable()
    if problem is None:
        code = pytest.main(["-m", "not browser and not wheel", *sys.argv[1:]])
        if code == pytest.ExitCode.NO_TESTS_COLLECTED:
            # Where nothing at all was meant, the run on SQLite says so.
            print("None of these tests runs on PostgreSQL.", file=sys.stderr)
            code = pytest.ExitCode.OK
        sys.exit(code)
    print(f"PostgreSQL does not answer, its tests are left out: {problem}", file=sys.stderr)
    sys.exit(1 if os.environ.get("CI") == "true" else 0)
