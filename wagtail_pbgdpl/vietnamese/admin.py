"""What Wagtail's admin keeps in variables of its own, where no setting and no hook reaches."""

from django.views.i18n import JavaScriptCatalog
from wagtail.admin import localization
from wagtail.admin.views import i18n

LANGUAGE = ("vi", "Vietnamese")


def offer_language() -> None:
    """Put Vietnamese among the languages from which editors choose.

    Wagtail lists there what is translated by nine tenths. ``WAGTAILADMIN_PERMITTED_LANGUAGES``,
    where a site sets it, stands instead of that list.
    """
    if LANGUAGE not in localization.WAGTAILADMIN_PROVIDED_LANGUAGES:
        localization.WAGTAILADMIN_PROVIDED_LANGUAGES.append(LANGUAGE)


def translate_scripts(app: str) -> None:
    """Let the catalogue of the admin's scripts read ``app`` after Wagtail's own, so that it wins.

    Wagtail's view names one package, and stands in the addresses before those of any hook that the
    log-in page may ask. It looks this variable up at each request.
    """
    i18n.js_catalog = JavaScriptCatalog.as_view(packages=["wagtail.admin", app])
