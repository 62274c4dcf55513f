"""Which concrete models of this site carry a mixin.

The package ships concrete pages in ``wagtail_pbgdpl.pages``; a site with a base page of its own
leaves that app out and mixes its own. Whatever must work in both asks here.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured


@cache
def concrete_models(mixin: type) -> tuple[type[Any], ...]:
    """Return every concrete model that has ``mixin``, in the order of ``INSTALLED_APPS``."""
    return tuple(model for model in apps.get_models() if issubclass(model, mixin))


@cache
def root_model(mixin: type) -> type[Any]:
    """Return the concrete model with ``mixin`` whose table all others with it extend.

    Raises ``ImproperlyConfigured`` where the site has none.
    """
    for model in concrete_models(mixin):
        if not any(issubclass(parent, mixin) for parent in model._meta.get_parent_list()):
            return model
    raise ImproperlyConfigured(
        f"No installed model mixes in {mixin.__name__}: add 'wagtail_pbgdpl.pages' to "
        "INSTALLED_APPS or mix it into a page model of your own."
    )
