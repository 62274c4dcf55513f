"""Django's Redis cache, which asks for single values over a connection that stays.

For each question Django makes a client, and that takes a connection from a pool and gives it back:
more work than all else that the answer with a kept page needs.
"""

from __future__ import annotations

import os
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class DirectRedisClient(RedisCacheClient):
    _lib: Any
    _serializer: Any
    _connection: Any = None

    def get(self, key: Any, default: Any) -> Any:
        # Taken away while it is in use: what is interrupted leaves no half-read answer behind.
        connection, self._connection = self._connection, None
        if connection is None or connection.pid != os.getpid():
            connection = self.get_client(key).connection_pool.make_connection()
        try:
            connection.send_command("GET", key)
            value = connection.read_response()
        except self._lib.RedisError:
            # Redis was restarted, or has closed an idle connection: Django's way tries anew.
            connection.disconnect()
            return super().get(key, default)
        self._connection = connection
        return default if value is None else self._serializer.loads(value)


class DirectRedisCache(RedisCache):
    """``BACKEND`` of ``CACHES`` in place of ``django.core.cache.backends.redis.RedisCache``."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = DirectRedisClient
