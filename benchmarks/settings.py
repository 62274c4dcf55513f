"""The example portal as ``benchmarks.pages`` serves it. The environment names the database."""

import json
import os

from example_site.settings.base import *  # noqa: F403
from example_site.settings.base import INSTALLED_APPS as BASE_APPS
from example_site.settings.base import MIDDLEWARE as BASE_MIDDLEWARE

DEBUG = False
SECRET_KEY = "only-for-benchmarks"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
DATABASES = {"default": json.loads(os.environ["BENCH_DATABASE"])}
INSTALLED_APPS = [*BASE_APPS]
if "postgresql" in DATABASES["default"]["ENGINE"]:
    INSTALLED_APPS += ["django.contrib.postgres"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WAGTAIL_PBGDPL = WAGTAIL_PBGDPL | {"API_PER_MINUTE": 1_000_000}  # noqa: F405
MIDDLEWARE = [*BASE_MIDDLEWARE]
if page_cache := os.environ.get("BENCH_PAGE_CACHE"):
    MIDDLEWARE.insert(0, "wagtail_pbgdpl.serving.page_cache.PageCacheMiddleware")
    CACHES = {"default": json.loads(page_cache)}
if caches := os.environ.get("BENCH_CACHES"):
    CACHES = json.loads(caches)
LOGGING = {"version": 1, "disable_existing_loggers": True}
