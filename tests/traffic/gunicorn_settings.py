"""For ``test_gunicorn``: PostgreSQL, and Redis as the cache that all workers share."""

import os

from example_site.settings.test import *  # noqa: F403

DEBUG = False
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["REDIS_URL"],
        "KEY_PREFIX": os.environ["PGDATABASE"],
    }
}
WAGTAIL_PBGDPL = {
    **WAGTAIL_PBGDPL,  # noqa: F405
    "TRAFFIC_FLUSH_SECONDS": int(os.environ.get("FLUSH_SECONDS", "60")),
}
