"""What is built: nothing is warned of, nothing is missing, and the documents come along."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.sites import copied
from tests.test_docs import broken_links

pytestmark = pytest.mark.wheel

BUILD = """
import sys
from setuptools import build_meta
sys.exit(not getattr(build_meta, sys.argv[1])(sys.argv[2]))
"""
DOCUMENTS = "share/doc/wagtail-pbgdpl"


class Built(NamedTuple):
    file: Path
    said: str


def build(kind: str, source: Path, target: Path) -> Built:
    done = subprocess.run(
        [sys.executable, "-c", BUILD, kind, target],
        cwd=source,
        # Where Python is told to compile nothing, the build says so.
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    return Built(next(target.iterdir()), done.stdout)


@pytest.fixture(scope="module")
def source(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(repository, tmp_path_factory.mktemp("source"))


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build("build_wheel", source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build("build_sdist", source, tmp_path_factory.mktemp("sdist"))


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_nothing_is_warned_of(kind: str, request: pytest.FixtureRequest) -> None:
    said = request.getfixturevalue(kind).said
    assert "MANIFEST.in" in said
    assert [line for line in said.splitlines() if "warning" in line.lower()] == []


def test_the_wheel_has_every_file_of_the_package(wheel: Built, repository: Path) -> None:
    package = repository / "wagtail_pbgdpl"
    wanted = {
        str(file.relative_to(repository))
        for file in package.rglob("*")
        if file.is_file() and file.suffix not in (".pyc", ".pyo")
    }
    with zipfile.ZipFile(wheel.file) as archive:
        assert wanted - set(archive.namelist()) == set()


def test_whoever_has_the_wheel_finds_the_documents(
    wheel: Built, repository: Path, tmp_path: Path
) -> None:
    with zipfile.ZipFile(wheel.file) as archive:
        archive.extractall(tmp_path)  # noqa: S202
    (data,) = tmp_path.glob("*.data/data")
    documents = sorted((data / DOCUMENTS).rglob("*.md"))
    names = {str(path.relative_to(data / DOCUMENTS)) for path in documents}
    assert names >= {str(path.relative_to(repository)) for path in repository.glob("docs/**/*.md")}
    assert {
        path.name: list(broken_links(path)) for path in documents if any(broken_links(path))
    } == {}
    (metadata,) = tmp_path.glob("*.dist-info/METADATA")
    assert DOCUMENTS in str(message_from_bytes(metadata.read_bytes()).get_payload())


def test_the_metadata_names_no_address_that_nobody_gave_it(wheel: Built) -> None:
    """No home page is known; one that is made up would lead to somebody else."""
    with zipfile.ZipFile(wheel.file) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = message_from_bytes(archive.read(name))
    assert metadata.get_all("Project-URL") is None
    assert metadata["Home-page"] is None
    assert metadata["Author-email"] is None


def test_the_source_archive_has_all_tests_and_what_they_read(
    sdist: Built, repository: Path
) -> None:
    with tarfile.open(sdist.file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("tests", "example_site", "benchmarks", "docs", ".ci"):
        wanted = {
            str(file.relative_to(repository))
            for file in (repository / folder).rglob("*")
            if file.is_file() and file.suffix not in (".pyc", ".pyo")
        }
        assert wanted - names == set()
    assert {"Makefile", "tox.ini", "CONTRIBUTING.md", "pyproject.toml", "setup.cfg"} <= names
