"""Settings of a Vietnamese Wagtail site that has this app and nothing else of the package.

Run as a program it prints, as JSON, what such a site says.
"""

from __future__ import annotations

SECRET_KEY = "only-for-tests"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
INSTALLED_APPS = [
    "wagtail_pbgdpl.vietnamese",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "wagtail.admin.urls"
STATIC_URL = "/static/"
ALLOWED_HOSTS = ["testserver"]
LANGUAGE_CODE = "vi"
FORMAT_MODULE_PATH = "wagtail_pbgdpl.vietnamese.formats"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
WAGTAIL_SITE_NAME = "Trang thử"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1"


def said() -> dict[str, object]:
    import datetime
    import sys

    import django

    django.setup()
    from django.core import checks
    from django.template.defaultfilters import filesizeformat
    from django.test import Client
    from django.utils import formats, timesince, timezone, translation
    from wagtail.admin.forms.account import NameEmailForm
    from wagtail.admin.forms.auth import LoginForm
    from wagtail.admin.localization import get_available_admin_languages
    from wagtail.admin.widgets import AdminDateInput

    moment = datetime.datetime(2026, 11, 24, 22, 54, tzinfo=timezone.get_current_timezone())
    client = Client()
    with translation.override("vi"):
        return {
            "problems": [str(one) for one in checks.run_checks(tags=[checks.Tags.translation])],
            "loaded": sorted(
                name
                for name in sys.modules
                if name.startswith("wagtail_pbgdpl.")
                and not name.startswith("wagtail_pbgdpl.vietnamese")
            ),
            "languages": [code for code, _name in get_available_admin_languages()],
            "scripts": client.get("/jsi18n/").content.decode(),
            "names": [
                str(NameEmailForm.base_fields[name].label) for name in ("first_name", "last_name")
            ],
            "password": str(LoginForm.base_fields["password"].label),
            "publish": translation.gettext("Publish"),
            "since": timesince.timesince(moment, moment + datetime.timedelta(days=2)),
            "moment": formats.localize(moment),
            "day": formats.localize(moment.date()),
            "number": formats.number_format(1234567.5, 1, use_l10n=True, force_grouping=True),
            "size": filesizeformat(1_600_000),
            "read": formats.get_format("DATE_INPUT_FORMATS")[0],
            "calendar": AdminDateInput().get_config(),
        }


if __name__ == "__main__":
    import json
    import os
    import sys

    sys.path[:0] = [path for path in sys.argv[1:] if path]
    sys.modules["alone"] = sys.modules["__main__"]
    os.environ["DJANGO_SETTINGS_MODULE"] = "alone"
    print(json.dumps(said()))
