"""The data dictionary of the read API, as the documentation has it.

``python -m tests.api.printed`` writes ``docs/reference/api.md``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django

HEAD = """\
# Data dictionary of the read API

This page is made from the OpenAPI document (`python -m tests.api.printed`), which a portal serves
at `/api/pbgdpl/v1/openapi.json`, in Vietnamese. How to read: [Read the portal from another
system](../how-to/use-the-api.md).
"""


def page(docs: Path) -> Path:
    return docs / "reference" / "api.md"


def document() -> str:
    from django.utils import translation

    from wagtail_pbgdpl.api import content, description, service

    with translation.override("en"):
        found = description.document(service.api, "/api/pbgdpl/v1/", content.PLURALS)
    return "\n".join([HEAD, *_operations(found), *_schemas(found)]) + "\n"


def _operations(found: dict[str, Any]) -> Iterator[str]:
    yield "## Addresses\n\nBelow `/api/pbgdpl/v1`; answers are in the schema named.\n"
    for path, operations in found["paths"].items():
        operation = operations["get"]
        answer = operation["responses"][200]["content"]["application/json"]["schema"]
        yield f"### `{path}`\n\n{operation['summary']}: {_linked(answer)}.\n"
        if operation["parameters"]:
            yield "| parameter | type | meaning |\n|---|---|---|"
            for one in operation["parameters"]:
                said = one.get("description") or one["schema"].get("description", "")
                yield f"| `{one['name']}` | {_linked(one['schema'])} | {said} |"
            yield ""


def _schemas(found: dict[str, Any]) -> Iterator[str]:
    yield "## Schemas\n"
    for name, schema in sorted(found["components"]["schemas"].items()):
        yield f"### {name}\n"
        if "enum" in schema:
            yield f"One of {', '.join(f'`{one}`' for one in schema['enum'])}.\n"
            continue
        yield "| field | type | meaning |\n|---|---|---|"
        for field, one in schema["properties"].items():
            yield f"| `{field}` | {_linked(one)} | {one.get('description', '')} |"
        yield ""


def _linked(schema: dict[str, Any]) -> str:
    from wagtail_pbgdpl.api.description import said

    if "$ref" in schema:
        name = said(schema)
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_linked(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"list of {_linked(schema['items'])}"
    return said(schema).replace("|", "\\|")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    page(Path("docs")).write_text(document(), encoding="utf-8")
