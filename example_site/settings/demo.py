"""``make demo``: SQLite and local files, on this computer only.

``DATABASE_PATH``, ``MEDIA_ROOT`` and ``MAIL_ROOT`` in the environment put them elsewhere.
"""

import os

import django

from .base import *  # noqa: F403

DEBUG = True
# ``load_demo`` makes accounts with a password that everybody can read.
ALLOW_DEMO = True
SECRET_KEY = "for-the-demo-on-this-computer-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
# The systems that the demo reads, and the one that it tells, stand on this computer.
WAGTAIL_PBGDPL = WAGTAIL_PBGDPL | {"SOURCE_NETWORKS": ["127.0.0.0/8"]}  # noqa: F405
# E-mails are written to files in var/mail, one for each.
FILES = "django.core.mail.backends.filebased.EmailBackend"
MAIL = os.environ.get("MAIL_ROOT", ROOT_DIR / "var" / "mail")  # noqa: F405
# Django 6.1 has another setting, and refuses to have both.
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": FILES, "OPTIONS": {"file_path": MAIL}}}
else:
    EMAIL_BACKEND = FILES
    EMAIL_FILE_PATH = MAIL
DATABASES["default"]["NAME"] = os.environ.get("DATABASE_PATH", DATABASES["default"]["NAME"])  # noqa: F405
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", MEDIA_ROOT)  # noqa: F405
