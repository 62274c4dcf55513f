"""``make demo``: SQLite and local files, on this computer only.

``DATABASE_PATH`` and ``MEDIA_ROOT`` in the environment put the two elsewhere.
"""

import os

import django

from .base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "for-the-demo-on-this-computer-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
CONSOLE = "django.core.mail.backends.console.EmailBackend"
# Django 6.1 has another setting, and refuses to have both.
if django.VERSION >= (6, 1):
    MAILERS = {"default": {"BACKEND": CONSOLE}}
else:
    EMAIL_BACKEND = CONSOLE
DATABASES["default"]["NAME"] = os.environ.get("DATABASE_PATH", DATABASES["default"]["NAME"])  # noqa: F405
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", MEDIA_ROOT)  # noqa: F405
