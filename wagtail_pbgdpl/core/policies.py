"""The policies of permission of models, where Wagtail asks for them."""

from __future__ import annotations

from typing import Any

from wagtail import permissions


def register_policy(model: Any, policy: Any) -> None:
    """Tell Wagtail of the policy of ``model``; 7.4 has no registry and asks the view set alone."""
    register = getattr(permissions, "register_permission_policy", None)
    if register is not None:
        register(model, policy)
