"""Who acts: accounts, of whichever model the site has for them, as signatures name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from django.contrib.auth import get_user_model
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractUser, AnonymousUser
    from django.db.models import QuerySet
    from django.urls import ResolverMatch

#: A site's own user model derives from the same class as Django's.
User: TypeAlias = "AbstractUser"
#: Who may be behind a request, signed in or not.
Visitor: TypeAlias = "AbstractUser | AnonymousUser"


class Request(HttpRequest):
    """A request as a middleware has it; a class for signatures alone."""

    user: Visitor
    resolver_match: ResolverMatch


class AdminRequest(Request):
    """The same behind the log-in of the admin."""

    user: User


def user_model() -> type[User]:
    # Django's types know of it only what signing in needs.
    return cast("type[User]", get_user_model())


def users() -> QuerySet[User]:
    """Return all accounts."""
    return user_model()._default_manager.all()
