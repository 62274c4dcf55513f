"""Django and Wagtail alone, as the example site has them."""

import os

from example_site.settings import base

SECRET_KEY = "only-for-tests"
# The first migration of Wagtail makes a locale of it.
LANGUAGE_CODE = "vi"
USE_TZ = True
STATIC_URL = "/static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["DATABASE_PATH"]}
}
OWN = ("example_site.", "wagtail_pbgdpl", "wagtail_modeladmin")
INSTALLED_APPS = [app for app in base.INSTALLED_APPS if not app.startswith(OWN)]
