"""Run the tests on PostgreSQL and on SQLite at once, and close with one summary.

``python tests/run.py [postgres|sqlite] [arguments of pytest]``; without a database both. A second
Python to run on each is named by ``POSTGRES_PYTHON`` and ``SQLITE_PYTHON``: there the package is
the installed wheel, and the tests run beside a copy of themselves.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import psycopg

ROOT = Path(__file__).parent.parent
NAMES = {"postgres": "PostgreSQL", "sqlite": "SQLite"}
#: What has databases of its own, or none, is seen in the run on SQLite, whichever they are. Other
#: tables are shared out between the two: see ``both.py``.
ELSEWHERE = {"postgres": "not browser and not wheel and not processes", "sqlite": ""}
SLOWEST = 20
#: How much of each failure the summary repeats, in characters.
TOLD = 600
#: Its words for what did not pass, by ours.
BAD = {"failed": "failures", "errors": "errors", "skipped": "skipped"}
NOTHING_COLLECTED = 5


@dataclass
class Run:
    """What became of the tests on one database; ``times`` in seconds, ``faults`` by test."""

    database: str
    code: int = 0
    seconds: float = 0
    counts: dict[str, int] = field(default_factory=dict)
    times: list[tuple[float, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    missing: str = ""

    def line(self) -> str:
        name = NAMES[self.database]
        if self.missing:
            return f"{name} does not answer, its tests are left out: {self.missing}"
        if self.code == NOTHING_COLLECTED:
            return f"None of these tests runs on {name}."
        told = ", ".join(f"{count} {what}" for what, count in self.counts.items() if count)
        minutes, seconds = divmod(round(self.seconds), 60)
        return f"{name}: {told or 'nothing was run'} in {minutes}:{seconds:02}"


def unreachable() -> str:
    """Why PostgreSQL does not answer; empty where it does."""
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
    return ""


def turn() -> int:
    """Return the number of commits; with each the two runs change halves, to meet everything."""
    command = ["git", "-C", str(ROOT), "rev-list", "--count", "HEAD"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0  # no repository: the source archive
    return int(said)


def processes(database: str, share: str) -> str:
    """Return in how many processes to run: where both run, PostgreSQL leaves SQLite a core.

    There the browser and the servers are, so that it would end long after the other.
    """
    cores = os.cpu_count() or 1
    return str(max(1, cores // 2)) if share and database == "postgres" else "auto"


def run(database: str, arguments: list[str], *, share: str = "") -> Run:
    """Run pytest; ``share``: its part of what is shared out, and each line says whose it is."""
    result = Run(database)
    if database == "postgres":
        result.missing = unreachable()
    if result.missing:
        result.code = 1 if os.environ.get("CI") == "true" else 0
        return result
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        python, place, environment = where(database, Path(folder))
        environment |= {"PBGDPL_SHARE": share, "PBGDPL_TURN": str(turn())}
        command = [python, "-m", "pytest", "-n", processes(database, share), "--dist", "loadfile"]
        command += ["-m", ELSEWHERE[database]] if ELSEWHERE[database] else []
        command += [f"--junit-xml={report}", *arguments]
        begun = time.monotonic()
        mark = f"{NAMES[database]:10} | " if share else ""
        result.code = follow(command, place, environment, mark)
        result.seconds = time.monotonic() - begun
        if report.exists():
            read(report, result)
    return result


def follow(command: list[str], place: Path, environment: dict[str, str], mark: str) -> int:
    """Run a command, print its lines as they come, each after ``mark``; return its status."""
    if not mark:
        return subprocess.run(command, cwd=place, env=environment, check=False).returncode
    with subprocess.Popen(
        command,
        cwd=place,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout
        for line in process.stdout:
            print(f"{mark}{line}", end="", flush=True)
    return process.returncode


def where(database: str, folder: Path) -> tuple[str, Path, dict[str, str]]:
    """The Python to run with, the folder to run in and the environment."""
    environment = {**os.environ, "DATABASE": database}
    python = os.environ.get(f"{database.upper()}_PYTHON", "")
    if not python:
        return sys.executable, ROOT, environment
    subprocess.run([sys.executable, ROOT / "tests/copy_beside.py", ROOT, folder], check=True)
    environment |= {"PBGDPL_FROM_WHEEL": "1", "PBGDPL_SOURCE": str(ROOT)}
    return str(ROOT / python), folder, environment


def read(report: Path, result: Run) -> None:
    # Written by the pytest that this very program started.
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314
        bad = {name: int(suite.get(key, 0)) for name, key in BAD.items()}
        passed = int(suite.get("tests", 0)) - sum(bad.values())
        result.counts = {"passed": passed, **bad}
        for case in suite.iter("testcase"):
            name = f"{case.get('classname')}::{case.get('name')}"
            result.times.append((float(case.get("time", 0)), name))
            for fault in (*case.iter("failure"), *case.iter("error")):
                result.faults.append((name, fault.get("message", "")))


def close(runs: list[Run]) -> int:
    """Print the summary; return the exit status."""
    times = sorted(((*one, run.database) for run in runs for one in run.times), reverse=True)
    print(f"\nThe slowest {SLOWEST} tests:")
    for seconds, name, database in times[:SLOWEST]:
        print(f"  {seconds:6.1f} s  {NAMES[database]:10}  {name}")
    print()
    for one in runs:
        for name, message in one.faults:
            print(f"FAILED on {NAMES[one.database]}: {name}\n    {message[:TOLD]}\n")
    for one in runs:
        print(one.line())
    total = {name: sum(one.counts.get(name, 0) for one in runs) for name in ("passed", *BAD)}
    failed = total["failed"] + total["errors"]
    print(f"{total['passed']} passed, {failed} failed, {total['skipped']} skipped", flush=True)
    codes = {one.code for one in runs}
    if NOTHING_COLLECTED in codes and len(codes) > 1:
        codes.remove(NOTHING_COLLECTED)
    # A signal that ended pytest is a negative number.
    return max(abs(code) for code in codes)


def main(arguments: list[str]) -> int:
    databases = [arguments.pop(0)] if arguments and arguments[0] in NAMES else list(NAMES)
    if len(databases) == 1:
        return close([run(databases[0], arguments)])
    # Where one does not answer, the other tries everything.
    shares = ["", ""] if unreachable() else ["0", "1"][:: -1 if turn() % 2 else 1]
    # At once, so that no core waits for the last test of one of them.
    with ThreadPoolExecutor() as pool:
        both = pool.map(lambda one, share: run(one, arguments, share=share), databases, shares)
        return close(list(both))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
