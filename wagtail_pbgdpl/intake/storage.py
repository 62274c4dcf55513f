"""Where files of the public lie: in a storage of their own that no address leads to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.core.files.storage import FileSystemStorage, storages

from ..conf import settings

ALIAS = "pbgdpl_private"


def private_storage() -> Any:
    """Return the storage ``pbgdpl_private`` of ``STORAGES``, or one of the folder of our settings.

    No file in it has an address: ``url`` raises ``ValueError``.
    """
    if ALIAS in storages.backends:
        return storages[ALIAS]
    return PrivateStorage()


def private_folder() -> Path:
    """Return ``INTAKE_FOLDER``, or the folder of that name beside ``MEDIA_ROOT``."""
    if settings.INTAKE_FOLDER:
        return Path(settings.INTAKE_FOLDER)
    return Path(django_settings.MEDIA_ROOT or ".").resolve().parent / ALIAS


class PrivateStorage(FileSystemStorage):
    """Files that the account of the portal alone may read; the folder is asked for at each use."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    @property
    def base_location(self) -> str:  # type: ignore[override]
        return str(private_folder())

    @property
    def location(self) -> str:  # type: ignore[override]
        return str(private_folder().resolve())

    @property
    def base_url(self) -> None:  # type: ignore[override]
        """Nothing: ``url`` raises ``ValueError``."""
        return None
