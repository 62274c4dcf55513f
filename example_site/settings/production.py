"""Production: everything that differs between provinces comes from the environment.

Needs the extra ``production`` (django-axes, django-csp, django-permissions-policy, gunicorn,
psycopg, redis, whitenoise). Required variables: ``SECRET_KEY``, ``ALLOWED_HOSTS`` (separated by
commas), ``BASE_URL``, ``PGDATABASE``, ``PGUSER``. The others have the defaults below.
"""

import os
from datetime import timedelta

import django
from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import INSTALLED_APPS as BASE_APPS
from .base import MIDDLEWARE as BASE_MIDDLEWARE
from .base import POLICY_MIDDLEWARE, ROOT_DIR
from .base import WAGTAIL_PBGDPL as BASE_PBGDPL


def required(name: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} is missing.")
    return value


def listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


DEBUG = False
SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = listed(required("ALLOWED_HOSTS"))
WAGTAILADMIN_BASE_URL = required("BASE_URL")
CSRF_TRUSTED_ORIGINS = listed(os.environ.get("CSRF_TRUSTED_ORIGINS", WAGTAILADMIN_BASE_URL))

# Django asks for it where PostgreSQL is the database.
INSTALLED_APPS = [*BASE_APPS, "django.contrib.postgres", "axes"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": required("PGDATABASE"),
        "USER": required("PGUSER"),
        "PASSWORD": os.environ.get("PGPASSWORD", ""),
        "HOST": os.environ.get("PGHOST", "127.0.0.1"),
        "PORT": os.environ.get("PGPORT", "5432"),
        "CONN_MAX_AGE": int(os.environ.get("PG_CONN_MAX_AGE", "60")),
        "CONN_HEALTH_CHECKS": True,
        # PostgreSQL plans what is asked again and again once for each connection: a page costs a
        # quarter less. A pooler that lends connections by transaction does not keep such plans.
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": None if os.environ.get("PG_POOLED", "false") == "true" else 5,
        },
    }
}

# Static files are served by the application itself, compressed and named by their content. Whole
# public pages come from the cache until something is published; the cache keeps them with the
# policies for browsers, which therefore stand after it, and before all that answers.
MIDDLEWARE = [
    "wagtail_pbgdpl.serving.page_cache.PageCacheMiddleware",
    *POLICY_MIDDLEWARE,
    BASE_MIDDLEWARE[0],
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *BASE_MIDDLEWARE[1:],
    "wagtail_pbgdpl.login.middleware.KnownBrowserMiddleware",
    "axes.middleware.AxesMiddleware",
]
# Without Redis each process has a cache of its own, which keeps a page for a second.
REDIS_URL = os.environ.get("REDIS_URL", "").strip()
CACHES = {
    "default": {
        "BACKEND": "wagtail_pbgdpl.serving.redis_cache.DirectRedisCache",
        "LOCATION": REDIS_URL,
        # Several portals may share one Redis.
        "KEY_PREFIX": DATABASES["default"]["NAME"],
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Wagtail asks for each picture of a page, and writes back what it found: nearby that is cheap.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
STATIC_ROOT = os.environ.get("STATIC_ROOT", ROOT_DIR / "var" / "static")
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", ROOT_DIR / "var" / "media")

SECURE_SSL_REDIRECT = os.environ.get("SSL_REDIRECT", "true") == "true"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = int(os.environ.get("HSTS_SECONDS", "31536000"))
# Only where every other site below the same domain is served over HTTPS as well.
SECURE_HSTS_INCLUDE_SUBDOMAINS = os.environ.get("HSTS_SUBDOMAINS", "false") == "true"
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

# Too many wrong passwords: django-axes counts them in the database and refuses, before a hash is
# computed. The callables of the package say by what is counted.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_HANDLER = "wagtail_pbgdpl.login.handler.Handler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "username"]
AXES_USERNAME_CALLABLE = "wagtail_pbgdpl.login.limits.counted_name"
AXES_CLIENT_IP_CALLABLE = "wagtail_pbgdpl.login.limits.address_of"
AXES_LOCKOUT_CALLABLE = "wagtail_pbgdpl.login.refusal.refuse"
AXES_FAILURE_LIMIT = int(os.environ.get("LOGIN_FAILURES", "5"))
AXES_COOLOFF_TIME = timedelta(minutes=int(os.environ.get("LOGIN_LOCK_MINUTES", "15")))
# Nobody makes a lock last longer by going on.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
# Who signs in when and from where is kept by nobody.
AXES_DISABLE_ACCESS_LOG = True
# Else each run of cron writes which version it is.
AXES_VERBOSE = False

mail_server = {
    "host": os.environ.get("EMAIL_HOST", "127.0.0.1"),
    "port": int(os.environ.get("EMAIL_PORT", "25")),
    "username": os.environ.get("EMAIL_HOST_USER", ""),
    "password": os.environ.get("EMAIL_HOST_PASSWORD", ""),
    "use_tls": os.environ.get("EMAIL_USE_TLS", "false") == "true",
    "timeout": int(os.environ.get("EMAIL_TIMEOUT", "10")),
}
# Django 6.1 keeps them in one setting, and refuses to have both.
if django.VERSION >= (6, 1):
    MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": mail_server,
        }
    }
else:
    EMAIL_HOST = mail_server["host"]
    EMAIL_PORT = mail_server["port"]
    EMAIL_HOST_USER = mail_server["username"]
    EMAIL_HOST_PASSWORD = mail_server["password"]
    EMAIL_USE_TLS = mail_server["use_tls"]
    EMAIL_TIMEOUT = mail_server["timeout"]
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "webmaster@localhost")

# The first is written with; the others, separated by commas, are former ones that still read.
if salts := listed(os.environ.get("SALT_KEY", "")):
    SALT_KEY = salts

WAGTAIL_PBGDPL = BASE_PBGDPL | {
    "PROFILE": os.environ.get("PBGDPL_PROFILE", BASE_PBGDPL["PROFILE"]),
    "MEDIA_REDIRECT": os.environ.get("MEDIA_REDIRECT", ""),
    # How many web servers in front write X-Forwarded-For. Without it nobody's address is known.
    "LOGIN_PROXIES": int(os.environ.get("LOGIN_PROXIES", "0")),
    "LOGIN_FAILURES_OF_A_NAME": int(os.environ.get("LOGIN_FAILURES_OF_A_NAME", "50")),
    "INTAKE_FOLDER": os.environ.get("PRIVATE_ROOT", ROOT_DIR / "var" / "private"),
    "MAIL_ADDRESS": os.environ.get("MAIL_ADDRESS", ""),
    "MAIL_IMAP_HOST": os.environ.get("MAIL_IMAP_HOST", ""),
    "MAIL_IMAP_USER": os.environ.get("MAIL_IMAP_USER", ""),
    "MAIL_IMAP_PASSWORD": os.environ.get("MAIL_IMAP_PASSWORD", ""),
    "MAIL_IMAP_DONE_FOLDER": os.environ.get("MAIL_IMAP_DONE_FOLDER", ""),
}
if "VIDEO_HOSTS" in os.environ:
    WAGTAIL_PBGDPL["VIDEO_HOSTS"] = listed(os.environ["VIDEO_HOSTS"])
if "SEARCH_HOSTS" in os.environ:
    WAGTAIL_PBGDPL["SEARCH_HOSTS"] = listed(os.environ["SEARCH_HOSTS"])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
