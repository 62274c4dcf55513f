"""Wagtail asks the policy that keeps to what may be seen, unless the site has its own (R11)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import wagtail
import wagtail.permissions
from wagtail.models import AbstractPage, Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from wagtail_pbgdpl.core.permission_policies import policy_of
from wagtail_pbgdpl.workflows.policy import SeenPagesPolicy, narrow_policy


class PolicyOfTheSite(PagePermissionPolicy):
    pass


@pytest.fixture
def policy_of_the_site() -> Iterator[PagePermissionPolicy]:
    """A policy that the site has put in the place of Wagtail's, as its version lets it."""
    if wagtail.VERSION < (8,):
        policy = wagtail.permissions.page_permission_policy
        policy.__class__, before = PolicyOfTheSite, type(policy)
        yield policy
        policy.__class__ = before
        return
    before = policy_of(AbstractPage)
    policy = PolicyOfTheSite()
    wagtail.permissions.register_permission_policy(AbstractPage, policy)
    yield policy
    wagtail.permissions.register_permission_policy(AbstractPage, before)


def test_wagtail_asks_the_narrowed_policy() -> None:
    policy = policy_of(Page)
    assert type(policy) is SeenPagesPolicy
    assert policy.model is Page


def test_a_policy_of_the_site_is_left_alone(policy_of_the_site: PagePermissionPolicy) -> None:
    narrow_policy()
    assert policy_of(Page) is policy_of_the_site
    assert type(policy_of_the_site) is PolicyOfTheSite


@pytest.mark.skipif(wagtail.VERSION < (8,), reason="7.4 has no registry")
def test_with_a_registry_no_policy_of_wagtail_is_changed() -> None:
    assert type(wagtail.permissions.page_permission_policy) is PagePermissionPolicy
