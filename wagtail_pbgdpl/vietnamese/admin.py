"""What Wagtail's admin keeps in variables of its own, where no setting and no hook reaches."""

from django.conf import settings
from django.forms import HiddenInput
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog
from wagtail.admin import localization
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views import i18n

LANGUAGE = ("vi", "Vietnamese")


def offer_language() -> None:
    """Put Vietnamese among the languages from which editors choose.

    Wagtail lists there what is translated by nine tenths. ``WAGTAILADMIN_PERMITTED_LANGUAGES``,
    where a site sets it, stands instead of that list.
    """
    if LANGUAGE not in localization.WAGTAILADMIN_PROVIDED_LANGUAGES:
        localization.WAGTAILADMIN_PROVIDED_LANGUAGES.append(LANGUAGE)


def label_password() -> None:
    """Wagtail's form of the log-in names this field by its variable, in no language."""
    LoginForm.base_fields["password"].label = _("Password")


def keep_whole_names() -> None:
    """Let one field of a person's forms hold the whole name, family name first.

    Django writes the first name before the last name, which turns a Vietnamese name round. Where
    ``WAGTAIL_VIETNAMESE_WHOLE_NAMES`` is set, the first of its two fields is the whole name
    wherever it is typed, shown, chosen and sorted, and the other keeps what it has.
    """
    if not getattr(settings, "WAGTAIL_VIETNAMESE_WHOLE_NAMES", False):
        return
    from wagtail.admin.forms.account import NameEmailForm
    from wagtail.users.forms import UserForm

    for form in (NameEmailForm, UserForm):
        form.base_fields["first_name"].label = _("Full name")
        other = form.base_fields["last_name"]
        other.required, other.widget, other.label = False, HiddenInput(), ""


def translate_scripts(app: str) -> None:
    """Let the catalogue of the admin's scripts read ``app`` after Wagtail's own, so that it wins.

    Wagtail's view names one package, and stands in the addresses before those of any hook that the
    log-in page may ask. It looks this variable up at each request.
    """
    i18n.js_catalog = JavaScriptCatalog.as_view(packages=["wagtail.admin", app])
