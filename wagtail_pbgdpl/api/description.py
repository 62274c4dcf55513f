"""The OpenAPI 3.1 document: as django-ninja draws it, with the words and errors of the portal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext, gettext_noop

from .problems import MEDIA_TYPE

VERSION = "1.0"
TITLE = gettext_noop("Read API of the portal for legal education")
ABOUT = gettext_noop(
    "Published, unrestricted data of this portal, for reading only. No key and no cookie; any page "
    "of any origin may read. Whoever reuses content cites the source (BK21 Điều 10.3)."
)
#: What each operation is, by its identifier.
SUMMARIES = {
    "index": gettext_noop("What there is"),
    "items": gettext_noop("Published objects of all categories, the newest first"),
    "item": gettext_noop("One object with its text"),
    "documents": gettext_noop("Legal and directive documents, the newest first"),
    "document": gettext_noop("One document with its text by article, and its files"),
    "answers": gettext_noop("Published answers to questions of the public"),
    "answer": gettext_noop("One answer with its text and legal basis"),
    "categories": gettext_noop("Categories with their time limits and figures"),
    "category": gettext_noop("One category"),
    "units": gettext_noop("Units that supply content"),
    "unit": gettext_noop("One unit"),
    "changes": gettext_noop("What changed since a cursor: created, changed, withdrawn"),
}
_WORDS = ("description", "title", "summary")
_REF = re.compile(r"^#/components/schemas/(\w+)$")


def document(api: Any, here: str, kinds: Iterable[str]) -> dict[str, Any]:
    """Return the document in the active language.

    ``here``: the address of the API; ``kinds``: those that the log knows.
    """
    found: dict[str, Any] = _translated(dict(api.get_openapi_schema(path_prefix="")))
    found["info"] |= {"title": gettext(TITLE), "description": gettext(ABOUT)}
    found["servers"] = [{"url": here.rstrip("/")}]
    for schema in found["components"]["schemas"].values():
        if "enum" in schema:
            # Written for who reads the code.
            schema.pop("description", None)
    for path in found["paths"].values():
        for operation in path.values():
            summary = SUMMARIES.get(operation["operationId"], operation.get("summary", ""))
            operation["summary"] = gettext(summary)
            operation.pop("description", None)
            for one in operation["parameters"]:
                one["schema"] = _without_nothing(one["schema"])
            _name_kinds(operation, "|".join(kinds))
            for status, response in operation["responses"].items():
                _name(int(status), response)
    return found


def _without_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    """An address cannot say null: a parameter is left out."""
    some = [one for one in schema.get("anyOf", ()) if one.get("type") != "null"]
    if len(some) != 1:
        return schema
    rest = {name: one for name, one in schema.items() if name != "anyOf"}
    return {**rest, **some[0]}


def _name_kinds(operation: dict[str, Any], any_kind: str) -> None:
    for one in operation["parameters"] if operation["operationId"] == "changes" else ():
        if one["name"] == "kind":
            one["schema"]["pattern"] = f"^(({any_kind})(,({any_kind}))*)?$"


def _name(status: int, response: dict[str, Any]) -> None:
    if status == 200:
        response["headers"] = {"ETag": {"schema": {"type": "string"}}}
    elif "application/json" in response.get("content", {}):
        response["content"] = {MEDIA_TYPE: response["content"].pop("application/json")}


def _translated(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _word(name, one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_translated(one) for one in value]
    return value


def _word(name: str, value: Any) -> Any:
    is_word = name in _WORDS and isinstance(value, str) and value
    return gettext(value) if is_word else _translated(value)


# For people


def chapters(described: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what a page shows of the document: each operation with parameters and fields."""
    schemas = described["components"]["schemas"]
    found = []
    for path, operations in described["paths"].items():
        operation = operations["get"]
        schema = operation["responses"][200]["content"]["application/json"]["schema"]
        found.append(
            {
                "path": path,
                "id": operation["operationId"],
                "summary": operation["summary"],
                "parameters": [
                    {
                        "name": one["name"],
                        "type": said(one["schema"]),
                        "description": one.get("description")
                        or one["schema"].get("description", ""),
                    }
                    for one in operation.get("parameters", ())
                ],
                "fields": list(fields(schema, schemas)),
            }
        )
    return found


def fields(
    schema: dict[str, Any], schemas: dict[str, Any], above: str = ""
) -> list[dict[str, str]]:
    """Return the fields of a schema in their order, those of its parts with a dotted name."""
    found = []
    target = _resolved(schema, schemas)
    for name, one in target.get("properties", {}).items():
        found.append(
            {
                "name": above + name,
                "type": said(one),
                "description": one.get("description", ""),
            }
        )
        for part in _parts(one):
            found += fields(part, schemas, f"{above}{name}.")
    return found


def _parts(schema: dict[str, Any]) -> list[dict[str, Any]]:
    if "$ref" in schema:
        return [schema]
    if "items" in schema:
        return _parts(schema["items"])
    return [part for one in schema.get("anyOf", ()) for part in _parts(one)]


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    match = _REF.match(schema.get("$ref", ""))
    return schemas[match[1]] if match else schema


def said(schema: dict[str, Any]) -> str:
    """Return the type of a schema in a word or two."""
    if match := _REF.match(schema.get("$ref", "")):
        return match[1]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(said(one) for one in schema["anyOf"]))
    if schema.get("type") == "array":
        return f"[{said(schema.get('items', {}))}]"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    return " ".join(filter(None, [schema.get("type", ""), schema.get("format", "")]))
