"""For ``test_processes``: a database of its own, and the page cache in the Redis that all share."""

import os

from tests.traffic.gunicorn_settings import *  # noqa: F403
from tests.traffic.gunicorn_settings import CACHES

if "SQLITE" in os.environ:
    DATABASES = {
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["SQLITE"]},
    }
    INSTALLED_APPS.remove("django.contrib.postgres")  # noqa: F405
CACHES["default"]["BACKEND"] = "wagtail_pbgdpl.serving.redis_cache.DirectRedisCache"
MIDDLEWARE.insert(0, "wagtail_pbgdpl.serving.page_cache.PageCacheMiddleware")  # noqa: F405
