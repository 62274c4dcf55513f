from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static


@hooks.register("insert_global_admin_js")
def scripts() -> str:
    """What is typed as a date stays as typed; a refused form opens at its first error."""
    return format_html(
        '<script src="{}"></script><script src="{}" data-saved="{}"></script>',
        versioned_static("wagtail_vietnamese/dates.js"),
        versioned_static("wagtail_vietnamese/refused.js"),
        _("The draft is saved. Correct what is marked before you submit or publish it."),
    )
