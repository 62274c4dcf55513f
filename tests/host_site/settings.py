# Behind the settings of ``wagtail start``: a site in two languages with an app of its own.
INSTALLED_APPS = [
    "press",
    "django.contrib.sitemaps",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    *INSTALLED_APPS,  # noqa: F821
]
MIDDLEWARE = [*MIDDLEWARE, "django.middleware.locale.LocaleMiddleware"]  # noqa: F821
LANGUAGE_CODE = "vi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
