from django.utils.translation import gettext_lazy as _

from .base import Adapter


class LinkAdapter(Adapter):
    """A system without a list: people are led to it, and nothing is asked."""

    label = _("plain link")
    fetches = False
    lists = False
