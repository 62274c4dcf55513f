from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.exchange.full import fill, portal_of_its_own
from wagtail_pbgdpl.exchange.exporting import Export
from wagtail_pbgdpl.exchange.secrecy import Lock

IDENTITY = pyrage.x25519.Identity.generate()


@pytest.fixture(scope="session")
def sender() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture(scope="session")
def packages(
    sender: Any, tmp_path_factory: Any, django_db_setup: None, django_db_blocker: Any
) -> dict[str, Path]:
    """What a filled portal writes: without what is about persons, and with it."""
    folder = tmp_path_factory.mktemp("sender")
    found = {"plain": folder / "plain.zip", "persons": folder / "persons.zip"}
    with django_db_blocker.unblock(), portal_of_its_own(folder):
        fill()
        for name, lock in (("plain", None), ("persons", Lock(recipient=str(IDENTITY.to_public())))):
            with found[name].open("w+b") as file:
                Export(sender, lock=lock).write(file)
    return found


@pytest.fixture
def here(tmp_path: Path, db: Any) -> Iterator[Path]:
    """A portal that only the set-up has touched."""
    with portal_of_its_own(tmp_path, shifted=True):
        yield tmp_path
