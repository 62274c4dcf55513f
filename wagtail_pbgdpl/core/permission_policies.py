"""Wagtail's permission policies: which one it asks about a model, and ours in its place.

Wagtail 8 looks a policy up in its registry each time. Views, reports and models of Wagtail 7.4 hold
the one instance by name: there it is the instance that changes its class.
"""

from __future__ import annotations

from typing import Any

import wagtail.permissions
from wagtail.models import AbstractPage

_registry: Any = getattr(wagtail.permissions, "policy_registry", None)


def policy_of(model: type[Any]) -> Any:
    """Return the policy that Wagtail asks about pages, images or documents."""
    if _registry is not None:
        return _registry.get_by_type(model)
    from wagtail.documents.permissions import permission_policy as of_documents
    from wagtail.images.permissions import permission_policy as of_images

    if issubclass(model, AbstractPage):
        return wagtail.permissions.page_permission_policy
    return of_documents if issubclass(model, of_documents.model) else of_images


def narrow(model: type[Any], ours: type[Any], *kept: str) -> None:
    """Let Wagtail ask a policy of the class ``ours`` in place of its own, which ``ours`` extends.

    ``kept``: the arguments that both are made with, beside the model. A site with a policy of its
    own is left alone.
    """
    asked = policy_of(model)
    stock: Any = ours.__base__
    if type(asked) is not stock:
        return
    if _registry is None:
        asked.__class__ = ours
    else:
        _registry.register(
            model, ours(asked.model, **{name: getattr(asked, name) for name in kept})
        )
