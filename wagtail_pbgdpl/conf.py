"""The one settings dictionary, ``WAGTAIL_PBGDPL``, behind a typed object.

A bad value never raises where it is read: the default stands in for it and the system checks
(``wagtail_pbgdpl.checks``) say what is wrong. Otherwise a typing error in the settings would break
``manage.py check``, the very command that should explain it.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings
from django.core.signals import setting_changed
from django.dispatch import receiver

from .worktime.hours import parse_office_hours

SETTING = "WAGTAIL_PBGDPL"
_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9._-]{1,30}@[A-Za-z0-9.-]+")
# The origin of a site, or of all below a domain.
ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:\d+)?")
MAIL_SECURITY = ("ssl", "starttls", "none")


def _is_name(value: Any) -> bool:
    return isinstance(value, (str, os.PathLike)) and bool(os.fspath(value))


def _is_path(value: Any) -> bool:
    return isinstance(value, (str, os.PathLike))


def _is_folder_address(value: Any) -> bool:
    return isinstance(value, str) and (not value or (value.startswith("/") and value.endswith("/")))


def _are_folders(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(
        isinstance(one, str) and one.endswith("/") and not one.startswith(("/", "."))
        for one in value
    )


def _is_template(value: Any) -> bool:
    return isinstance(value, str) and value.endswith(".html")


def _is_office_hours(value: Any) -> bool:
    try:
        parse_office_hours(value)
    except ValueError:
        return False
    return True


def _are_extensions(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(
        isinstance(one, str) and one.isalnum() for one in value
    )


def _are_origins(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(
        isinstance(one, str) and ORIGIN.fullmatch(one) for one in value
    )


def _is_switch(value: Any) -> bool:
    return isinstance(value, bool)


def _is_mail_address(value: Any) -> bool:
    return value == "" or (isinstance(value, str) and bool(_MAIL_ADDRESS.fullmatch(value)))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_port(value: Any) -> bool:
    return type(value) is int and 0 < value < 65536


def _is_some(value: Any) -> bool:
    return _is_positive(value) and value <= 100


def _is_positive(value: Any) -> bool:
    return type(value) is int and value > 0


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _is_dotted_path(value: Any) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"\w+(\.\w+)+", value))


def _are_paths(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        isinstance(name, str) and re.fullmatch(r"[a-z0-9_-]{1,40}", name) and _is_dotted_path(path)
        for name, path in value.items()
    )


def _are_networks(value: Any) -> bool:
    try:
        return isinstance(value, (list, tuple)) and all(map(ipaddress.ip_network, value))
    except ValueError:
        return False


def _is_header(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and (value.isprintable() or not value)


def _is_minute(value: Any) -> bool:
    return type(value) is int and 1 <= value <= 60


def _is_short_wait(value: Any) -> bool:
    # No more than a minute of counts may be lost with a process.
    return type(value) is int and 0 <= value <= 60


@dataclass(frozen=True, slots=True)
class Settings:
    """The effective settings.

    ``PROFILE``: name of a shipped regulation profile, or the path of a TOML file.
    ``BASE_TEMPLATE``: the template that every public page of the package extends.
    ``OFFICE_HOURS``: the sessions of a working day, Vietnamese time, for each season of the year;
    a season may cross the new year, and together they cover each day of the year once.
    ``ITEMS_PER_PAGE``: how many items a page of a listing shows.
    ``TRAFFIC_FLUSH_SECONDS``: for how long access counts may wait in a process; 0: not at all.
    ``MAINTENANCE_FILE``: while this file is there, ``MaintenanceMiddleware`` answers 503; empty: it
    never does.
    ``MEDIA_REDIRECT``: the address, inside the web server alone, below which it has ``MEDIA_ROOT``;
    it sends the files that ``media.views.serve`` names to it. Empty: Django sends them.
    ``MEDIA_PUBLIC``: folders below ``MEDIA_ROOT``, besides those of the site's own models, whose
    files everybody may have.
    ``DOCUMENT_EXTENSIONS``: the kinds of documents that the portal's collections take, besides
    those that the regulation names.
    ``DOCUMENT_MAX_MEGABYTES``: how large such a document may be, in MB (1,048,576 bytes).
    ``LOGIN_PROXIES``: how many web servers of one's own stand in front and write the address of
    whoever asks them at the end of ``X-Forwarded-For``; 0: none does, or none is trusted.
    ``LOGIN_FAILURES_OF_A_NAME``: how many wrong passwords a user name takes from all browsers in
    which nobody has signed in with it, within axes' cool-off time.
    ``PREPARED_QUERIES``: whether public pages keep the SQL of their queries for the next request.
    ``INTAKE_FOLDER``: where files of the public lie, outside ``MEDIA_ROOT``; empty: the folder
    ``pbgdpl_private`` beside it. A storage ``pbgdpl_private`` in ``STORAGES`` goes before it.
    ``INTAKE_FILE_MEGABYTES``, ``INTAKE_FILES``: how large a file of the public may be, in MB
    (1,048,576 bytes), and how many come with one sending.
    ``INTAKE_FORM_HOURS``: for how long a form that was opened can be sent.
    ``INTAKE_FORM_SECONDS``: how soon after it was opened nobody can have filled it in; 0: at once.
    ``INTAKE_HELD_HOURS``: for how long uploads wait for the rest of their form.
    ``INTAKE_PER_ADDRESS``, ``INTAKE_PER_ADDRESS_UNSOLVED``: how many sendings an hour come from one
    address of the Internet: where the browser did its sum (the captcha), and where it did not.
    ``INTAKE_IN_ALL``, ``INTAKE_IN_ALL_UNSOLVED``: the same for the whole portal.
    ``MAIL_ADDRESS``: the address of the mailbox to which the public and the units may write; empty:
    letters are not taken in.
    ``MAIL_PLUS_ADDRESS``: whether the server also delivers what is sent to ``name+word@…`` there.
    ``MAIL_IMAP_HOST``, ``MAIL_IMAP_PORT``, ``MAIL_IMAP_SECURITY`` (``"ssl"``, ``"starttls"`` or
    ``"none"``), ``MAIL_IMAP_USER``, ``MAIL_IMAP_PASSWORD``: from where the timed command fetches
    its mails; an empty host: from nowhere.
    ``MAIL_IMAP_FOLDER``: the folder that is read; ``MAIL_IMAP_DONE_FOLDER``: to which mails are
    moved once they are taken in; empty: they are deleted there, as the portal keeps them.
    ``MAIL_PER_RUN``: how many mails are taken in at one run.
    ``MAIL_MEGABYTES``: how large a mail may be, in MB (1,048,576 bytes).
    ``MAIL_KEPT_DAYS``: for how many days a mail is kept of which no question came.
    ``VIDEO_HOSTS``: the platforms whose films public pages show in a frame, with ``https://``.
    ``SEARCH_ENGINE``: what is asked by the search of the portal, as the dotted path of a class.
    ``SEARCH_HOSTS``: to which forms of public pages lead that search in a linked system.
    ``SOURCE_ADAPTERS``: kinds of linked systems of one's own, by name, as dotted paths of adapters.
    ``SOURCE_SECONDS``: what one exchange with a linked system may take in all.
    ``SOURCE_MEGABYTES``: how large an answer may be, packed and unpacked, in MB (1,048,576
    bytes).
    ``SOURCE_NETWORKS``: private networks in which linked systems may stand all the same.
    ``SOURCE_CA_FILE``: certificates (PEM) that are trusted besides those of the system, or empty.
    ``SOURCE_USER_AGENT``: as what the portal presents itself to linked systems; empty: its name.
    ``API_ON``: whether other systems may read what is public at ``/api/pbgdpl/v1/``.
    ``API_PER_MINUTE``: how often in a minute one address of the Internet may ask each process; ten
    times as often where a server in front hides addresses.
    """

    PROFILE: str | Path = "bac_kan_pbgdpl_2021"
    BASE_TEMPLATE: str = "wagtail_pbgdpl/base.html"
    OFFICE_HOURS: Sequence[Mapping[str, Any]] = (
        {"from": "01/01", "until": "31/12", "sessions": ["07:30-11:30", "13:00-17:00"]},
    )
    ITEMS_PER_PAGE: int = 20
    TRAFFIC_FLUSH_SECONDS: int = 15
    MAINTENANCE_FILE: str | Path = ""
    MEDIA_REDIRECT: str = ""
    MEDIA_PUBLIC: Sequence[str] = ()
    DOCUMENT_EXTENSIONS: Sequence[str] = (
        *("pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods", "csv"),
        *("ppt", "pptx", "odp", "jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff"),
        *("mp4", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "vtt"),
    )
    DOCUMENT_MAX_MEGABYTES: int = 50
    LOGIN_PROXIES: int = 0
    LOGIN_FAILURES_OF_A_NAME: int = 50
    PREPARED_QUERIES: bool = True
    INTAKE_FOLDER: str | Path = ""
    INTAKE_FILE_MEGABYTES: int = 10
    INTAKE_FILES: int = 5
    INTAKE_FORM_HOURS: int = 24
    INTAKE_FORM_SECONDS: int = 3
    INTAKE_HELD_HOURS: int = 24
    INTAKE_PER_ADDRESS: int = 100
    INTAKE_PER_ADDRESS_UNSOLVED: int = 5
    INTAKE_IN_ALL: int = 1000
    INTAKE_IN_ALL_UNSOLVED: int = 60
    MAIL_ADDRESS: str = ""
    MAIL_PLUS_ADDRESS: bool = True
    MAIL_IMAP_HOST: str = ""
    MAIL_IMAP_PORT: int = 993
    MAIL_IMAP_SECURITY: str = "ssl"
    MAIL_IMAP_USER: str = ""
    MAIL_IMAP_PASSWORD: str = ""
    MAIL_IMAP_FOLDER: str = "INBOX"
    MAIL_IMAP_DONE_FOLDER: str = ""
    MAIL_PER_RUN: int = 50
    MAIL_MEGABYTES: int = 25
    MAIL_KEPT_DAYS: int = 30
    VIDEO_HOSTS: Sequence[str] = (
        "https://www.youtube.com",
        "https://www.youtube-nocookie.com",
        "https://player.vimeo.com",
        "https://www.facebook.com",
    )
    SEARCH_ENGINE: str = "wagtail_pbgdpl.search.engine.OwnEngine"
    SEARCH_HOSTS: Sequence[str] = (
        *("https://vbpl.vn", "https://*.gov.vn", "https://*.chinhphu.vn"),
    )
    SOURCE_ADAPTERS: Mapping[str, str] = field(default_factory=dict)
    SOURCE_SECONDS: int = 20
    SOURCE_MEGABYTES: int = 5
    SOURCE_NETWORKS: Sequence[str] = ()
    SOURCE_CA_FILE: str | Path = ""
    SOURCE_USER_AGENT: str = ""
    API_ON: bool = True
    API_PER_MINUTE: int = 600


VALIDATORS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "MAINTENANCE_FILE": (_is_path, "the path of a file, or empty"),
    "MEDIA_REDIRECT": (_is_folder_address, "an address that begins and ends with /, or empty"),
    "MEDIA_PUBLIC": (_are_folders, "a list of folders that end with /, such as ['tai-len/']"),
    "DOCUMENT_EXTENSIONS": (_are_extensions, "a list of extensions such as ['pdf', 'docx']"),
    "DOCUMENT_MAX_MEGABYTES": (_is_positive, "a whole number of megabytes, at least 1"),
    "LOGIN_PROXIES": (_is_count, "a whole number, 0 where nothing stands in front"),
    "LOGIN_FAILURES_OF_A_NAME": (_is_positive, "a whole number, at least 1"),
    "ITEMS_PER_PAGE": (_is_some, "a whole number from 1 to 100"),
    "PREPARED_QUERIES": (_is_switch, "True or False"),
    "VIDEO_HOSTS": (_are_origins, "a list of hosts such as ['https://www.youtube.com']"),
    "SEARCH_ENGINE": (_is_dotted_path, "a dotted path such as 'myportal.search.Engine'"),
    "SEARCH_HOSTS": (_are_origins, "a list of hosts such as ['https://vbpl.vn']"),
    "SOURCE_ADAPTERS": (_are_paths, "a dictionary such as {'csv': 'myportal.sources.CsvAdapter'}"),
    "SOURCE_SECONDS": (_is_minute, "a whole number of seconds from 1 to 60"),
    "SOURCE_MEGABYTES": (_is_positive, "a whole number of megabytes, at least 1"),
    "SOURCE_NETWORKS": (_are_networks, "a list of networks such as ['10.20.0.0/16']"),
    "SOURCE_CA_FILE": (_is_path, "the path of a file, or empty"),
    "SOURCE_USER_AGENT": (_is_header, "a line of ASCII characters, or empty"),
    "API_ON": (_is_switch, "True or False"),
    "API_PER_MINUTE": (_is_positive, "a whole number, at least 1"),
    "INTAKE_FOLDER": (_is_path, "the path of a folder, or empty"),
    "INTAKE_FORM_SECONDS": (_is_short_wait, "a whole number of seconds from 0 to 60"),
    "MAIL_ADDRESS": (
        _is_mail_address,
        "an e-mail address with up to 30 signs before the @, or empty",
    ),
    "MAIL_PLUS_ADDRESS": (_is_switch, "True or False"),
    "MAIL_IMAP_PORT": (_is_port, "the number of a port"),
    "MAIL_IMAP_SECURITY": (MAIL_SECURITY.__contains__, "'ssl', 'starttls' or 'none'"),
    "MAIL_IMAP_FOLDER": (_is_name, "the name of a folder"),
    **dict.fromkeys(
        ("MAIL_IMAP_HOST", "MAIL_IMAP_USER", "MAIL_IMAP_PASSWORD", "MAIL_IMAP_DONE_FOLDER"),
        (_is_text, "a text, or empty"),
    ),
    **dict.fromkeys(
        (
            *("MAIL_PER_RUN", "MAIL_MEGABYTES", "MAIL_KEPT_DAYS"),
            *("INTAKE_FILE_MEGABYTES", "INTAKE_FILES", "INTAKE_FORM_HOURS", "INTAKE_HELD_HOURS"),
            *("INTAKE_PER_ADDRESS", "INTAKE_PER_ADDRESS_UNSOLVED"),
            *("INTAKE_IN_ALL", "INTAKE_IN_ALL_UNSOLVED"),
        ),
        (_is_positive, "a whole number, at least 1"),
    ),
    "PROFILE": (_is_name, "the name of a shipped profile or the path of a TOML file"),
    "BASE_TEMPLATE": (_is_template, "the name of a template that ends in .html"),
    "OFFICE_HOURS": (
        _is_office_hours,
        "a list of seasons that cover each day of the year once, such as "
        '[{"from": "01/01", "until": "31/12", "sessions": ["07:30-11:30", "13:00-17:00"]}]',
    ),
    "TRAFFIC_FLUSH_SECONDS": (_is_short_wait, "a whole number of seconds from 0 to 60"),
}


def problems(values: Any) -> list[tuple[str, str]]:
    """Return what is wrong with a settings dictionary as pairs of (key, reason)."""
    if not isinstance(values, dict):
        return [("", f"must be a dictionary, not {type(values).__name__}")]
    known = {one.name for one in fields(Settings)}
    found = [
        (str(key), f"is not a known setting; known are {', '.join(sorted(known))}")
        for key in values
        if key not in known
    ]
    for key, (is_valid, wanted) in VALIDATORS.items():
        if key in values and not is_valid(values[key]):
            # What is wrong is printed and logged.
            shown = "what it is" if key.endswith("PASSWORD") else repr(values[key])
            found.append((key, f"must be {wanted}, not {shown}"))
    return found


class _LazySettings:
    """Read the dictionary on first use; forget it when a test changes it."""

    _cached: Settings | None = None

    def _load(self) -> Settings:
        values = getattr(django_settings, SETTING, {})
        bad = {key for key, _ in problems(values)}
        if not isinstance(values, dict):
            values = {}
        return Settings(**{key: value for key, value in values.items() if key not in bad})

    def __getattr__(self, name: str) -> Any:
        if self._cached is None:
            self._cached = self._load()
        return getattr(self._cached, name)

    def reset(self) -> None:
        self._cached = None


settings = _LazySettings()


# Its sender is whatever holds the settings of a test: all are heard.
@receiver(setting_changed)
def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting == SETTING:
        settings.reset()
