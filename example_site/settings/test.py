"""Tests: SQLite in memory, or PostgreSQL where ``DATABASE=postgres``."""

import os
import tempfile

from .base import *  # noqa: F403

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]
ALLOW_DEMO = True

if os.environ.get("DATABASE", "sqlite") == "postgres":
    INSTALLED_APPS += ["django.contrib.postgres"]  # noqa: F405
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ.get("PGDATABASE", "postgres"),
            "USER": os.environ.get("PGUSER", "postgres"),
            "PASSWORD": os.environ.get("PGPASSWORD", ""),
            "HOST": os.environ.get("PGHOST", "127.0.0.1"),
            "PORT": os.environ.get("PGPORT", "5432"),
            # A query of a test takes a millisecond; the server would compile it for fifty.
            "OPTIONS": {"options": "-c jit=off"},
        }
    }
else:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}

# The systems that the demo reads, and the one that it tells, stand on this computer.
WAGTAIL_PBGDPL = WAGTAIL_PBGDPL | {"SOURCE_NETWORKS": ["127.0.0.0/8"]}  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "pbgdpl_private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tempfile.mkdtemp(prefix="pbgdpl-private-")},
    },
}
SALT_KEY = "only-for-tests-and-not-short"
MEDIA_ROOT = tempfile.mkdtemp(prefix="pbgdpl-media-")
INSTALLED_APPS += ["tests.extension_app", "wagtail.contrib.simple_translation"]
# Off but in the tests of it, which take the settings of production.
INSTALLED_APPS = [*INSTALLED_APPS, "axes"]
AXES_ENABLED = False

# As in production, so that every test runs under the policies.
MIDDLEWARE = [*POLICY_MIDDLEWARE, *MIDDLEWARE]  # noqa: F405
