"""``make demo``: SQLite and local files, on this computer only.

``DATABASE_PATH`` and ``MEDIA_ROOT`` in the environment put the two elsewhere.
"""

import os

from .base import *  # noqa: F403

DEBUG = True
SECRET_KEY = "for-the-demo-on-this-computer-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DATABASES["default"]["NAME"] = os.environ.get("DATABASE_PATH", DATABASES["default"]["NAME"])  # noqa: F405
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", MEDIA_ROOT)  # noqa: F405
