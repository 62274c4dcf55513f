"""The OpenAPI document says what the API does: tried by schemathesis over WSGI (C13)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from schemathesis import GenerationMode

from tests.api.conftest import BASE, identifier
from wagtail_pbgdpl.api import answering

PATHS = [
    *("/", "/items/", "/items/{id}/", "/documents/", "/documents/{id}/", "/answers/"),
    *("/answers/{id}/", "/categories/", "/categories/{id}/", "/units/", "/units/{id}/"),
    "/changes/",
]


@pytest.fixture
def described(
    world: SimpleNamespace, db: None, one_connection: None, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """What the server says of itself; every request runs through all of Django."""
    for name in ("gate", "gate_of_unknown"):
        monkeypatch.setattr(answering, name, answering.FloodGate())
    found = schemathesis.openapi.from_wsgi(f"{BASE}openapi.json", WSGIHandler())
    # Objects that there are are asked for too, not invented ones alone.
    known = {
        "/items/{id}/": identifier(world.news),
        "/documents/{id}/": identifier(world.document),
        "/answers/{id}/": identifier(world.answer),
        "/categories/{id}/": "C2.vi",
        "/units/{id}/": world.unit.code,
    }
    for path, one in known.items():
        found.raw_schema["paths"][path]["get"]["parameters"][0]["example"] = one
    return found


@pytest.mark.parametrize(
    ("path", "mode"),
    [
        *((path, GenerationMode.POSITIVE) for path in PATHS),
        # Any text is an identifier that may be there; what takes nothing can get nothing wrong.
        *((path, GenerationMode.NEGATIVE) for path in PATHS[1:] if "{" not in path),
    ],
)
def test_each_operation_answers_as_it_is_described(
    described: Any, path: str, mode: GenerationMode
) -> None:
    """To what it says that it takes, and to what it says that it does not take."""

    @hypothesis.given(case=described[path]["GET"].as_strategy(generation_mode=mode))
    @hypothesis.settings(
        max_examples=6,
        derandomize=True,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def ask(case: Any) -> None:
        if mode == GenerationMode.POSITIVE:
            # A cursor is a word of the portal's own.
            case.query.pop("cursor", None)
        case.call_and_validate()

    ask()


@pytest.mark.django_db
def test_the_document(api: Any) -> None:
    document = api("openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert sorted(document["paths"]) == sorted(PATHS)
    for path in document["paths"].values():
        assert list(path) == ["get"]
        assert path["get"]["summary"]
        problem = path["get"]["responses"]["404"]["content"]
        assert list(problem) == ["application/problem+json"]
    fields = [
        (name, field)
        for name, one in document["components"]["schemas"].items()
        for field, said in one.get("properties", {}).items()
        if not said.get("description")
    ]
    assert fields == []
