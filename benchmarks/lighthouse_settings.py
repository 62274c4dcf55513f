"""The demo as production serves it, but over http: packed, with files named by their content."""

from example_site.settings.demo import *  # noqa: F403
from example_site.settings.demo import MIDDLEWARE as DEMO_MIDDLEWARE
from example_site.settings.demo import ROOT_DIR

DEBUG = False
STATIC_ROOT = ROOT_DIR / "var" / "lighthouse"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MIDDLEWARE = [
    # In production the web server packs pages.
    "django.middleware.gzip.GZipMiddleware",
    "wagtail_pbgdpl.serving.page_cache.PageCacheMiddleware",
    DEMO_MIDDLEWARE[0],
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *DEMO_MIDDLEWARE[1:],
]
