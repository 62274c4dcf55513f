"""A search back-end of a site that stands on another server, and does not answer just now."""

from __future__ import annotations

from typing import Any

from modelsearch.backends.base import BaseIndex, BaseSearchBackend


class _Index(BaseIndex):
    def add_item(self, item: Any) -> None:
        raise ConnectionError("not there")

    def delete_item(self, item: Any) -> None:
        raise ConnectionError("not there")


class SearchBackend(BaseSearchBackend):
    index_class = _Index
    # As those of Elasticsearch and OpenSearch say.
    catch_indexing_errors = True
