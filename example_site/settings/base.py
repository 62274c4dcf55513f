"""What every way of running the example portal shares."""

from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
ROOT_DIR = BASE_DIR.parent

INSTALLED_APPS = [
    "example_site.theme",
    "example_site.demo",
    "wagtail_pbgdpl",
    "wagtail_pbgdpl.pages",
    "wagtail_pbgdpl.vietnamese",
    "wagtail_modeladmin",
    "wagtail.contrib.settings",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "wagtail_pbgdpl.workflows.middleware.ReadingMiddleware",
    "wagtail_pbgdpl.site.middleware.PortalMiddleware",
]

# What browsers may do on the pages. Both need the extra ``production``; see the settings of it.
POLICY_MIDDLEWARE = [
    "wagtail_pbgdpl.face.security_policy.PolicyMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
]
# No page of the portal, and no frame in it, asks a visitor for any of these.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "browsing-topics": [],
    "camera": [],
    "display-capture": [],
    "geolocation": [],
    "hid": [],
    "idle-detection": [],
    "local-fonts": [],
    "microphone": [],
    "midi": [],
    "payment": [],
    "screen-wake-lock": [],
    "serial": [],
    "usb": [],
    "xr-spatial-tracking": [],
}

ROOT_URLCONF = "example_site.urls"
WSGI_APPLICATION = "example_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": ROOT_DIR / "var" / "portal.sqlite3",
        # Several people save at once: each waits for the others instead of losing what was typed.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # seconds
            "init_command": "PRAGMA journal_mode=WAL",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

# Family name first, in one field.
WAGTAIL_VIETNAMESE_WHOLE_NAMES = True
# Django's own would read 03/04/2026 as the fourth of March, and begin the week on Sunday.
FORMAT_MODULE_PATH = "wagtail_pbgdpl.vietnamese.formats"
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT_DIR / "var" / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = ROOT_DIR / "var" / "media"

WAGTAIL_SITE_NAME = "Cổng thông tin điện tử PBGDPL tỉnh Bắc Kạn"
# Nothing in the admin asks another host: no avatars, no look-up of newer versions.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
# Who has forgotten a password gets the link by ``pbgdpl_tick``: the page tells nobody who is known.
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "wagtail_pbgdpl.login.forms.PasswordResetForm"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail_pbgdpl.search.backend"}}
# BP20 Điều 9.1a names bitmaps beside the formats that Wagtail takes.
WAGTAILIMAGES_EXTENSIONS = ["avif", "bmp", "gif", "jpg", "jpeg", "png", "webp"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

WAGTAIL_PBGDPL = {
    "PROFILE": "bac_kan_pbgdpl_2021",
    "BASE_TEMPLATE": "theme/base.html",
    "INTAKE_FOLDER": ROOT_DIR / "var" / "private",
}
