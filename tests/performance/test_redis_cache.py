"""The cache over a connection that stays behaves as Django's, also when the connection breaks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from tests.traffic.servers import REDIS_URL, own_keys
from wagtail_pbgdpl.serving.redis_cache import DirectRedisCache


@pytest.fixture
def cache() -> Iterator[DirectRedisCache]:
    prefix = f"pbgdpl-test-{uuid.uuid4().hex[:12]}"
    with own_keys(prefix):
        yield DirectRedisCache(REDIS_URL, {"KEY_PREFIX": prefix})


@pytest.mark.parametrize("value", ["chữ", 17, None, b"\x00", ("a", 1), True])
def test_values_come_back(cache: Any, value: Any) -> None:
    cache.set("key", value)
    assert cache.get("key", "other") == value
    assert cache.get_many(["key"]) == {"key": value}


def test_what_is_not_there(cache: Any) -> None:
    assert cache.get("key") is None
    assert cache.get("key", "default") == "default"


def test_one_connection_for_many_questions(cache: Any) -> None:
    cache.get("key")
    connection = cache._cache._connection
    cache.get("key")
    assert cache._cache._connection is connection


def test_a_connection_that_the_server_closed(cache: Any) -> None:
    cache.set("key", "value")
    cache.get("key")
    connection = cache._cache._connection
    connection.send_command("CLIENT", "ID")
    cache._cache.get_client().client_kill_filter(_id=connection.read_response())
    assert [cache.get("key") for _ in range(2)] == ["value", "value"]


def test_the_connection_of_another_process_is_left_alone(cache: Any) -> None:
    cache.set("key", "value")
    cache.get("key")
    inherited = cache._cache._connection
    inherited.pid -= 1
    assert cache.get("key") == "value"
    assert cache._cache._connection is not inherited


def test_no_answer_is_an_error_as_with_django() -> None:
    import redis

    nowhere = DirectRedisCache("redis://127.0.0.1:1/0", {})
    with pytest.raises(redis.ConnectionError):
        nowhere.get("key")
