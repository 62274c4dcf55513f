"""Django's Redis cache, with a client that stays.

Django makes a new client for each question, which takes longer than the answer.
"""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class StayingClient(RedisCacheClient):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._staying: dict[int, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        server = self._get_connection_pool_index(write)  # type: ignore[attr-defined]
        if server not in self._staying:
            self._staying[server] = super().get_client(key, write=write)
        return self._staying[server]


class StayingRedisCache(RedisCache):
    """``BACKEND`` of ``CACHES`` in place of ``django.core.cache.backends.redis.RedisCache``."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = StayingClient
