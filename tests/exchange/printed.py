"""The data dictionary of the exchange as the documentation has it.

``python -m tests.exchange.printed`` writes ``docs/reference/exchange-format.md``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
from django.utils import translation

if TYPE_CHECKING:
    from wagtail_pbgdpl.core.portable import Portable

HEAD = """\
# The format of the exchange

This page is made from the models of the package (`python -m tests.exchange.printed`), in the form
of version 1. A package is a zip archive. Its names are these and no others:

"""
PARTS = {
    "`manifest.json`": (
        "`format`, `version`, the regulation `profile`, `since`, `persons`, and in `parts` the "
        "size in bytes and the SHA-256 of every other part, and of records their number"
    ),
    "`signature.json`": (
        "the `statement` (SHA-256 of the manifest, instant, name of the portal), the public `key` "
        "and the Ed25519 `signature` in base 64, over `wagtail-pbgdpl exchange`, a line feed and "
        "the statement in the form below"
    ),
    "`records/KIND.jsonl`": (
        "the records of a kind, one a line: JSON in UTF-8 with sorted names, no needless space, "
        "text in NFC"
    ),
    "`files/SHA256`": "a file of an image or document, named by its digest",
    "`persons.age`": (
        "what is about persons: a package of the same form without a signature, encrypted by "
        "[age](https://age-encryption.org/v1); with `persons.key.age`, the key of it locked by a "
        "passphrase"
    ),
}
FORM = """
Each record has an `id` that is the same in every portal. Instants are in UTC, days as `2026-07-01`.
A field that *names* a record holds its `id`, or `null` where that is gone. Files are an object of
`name`, `sha256` and `size`. Running text and streams of blocks are those of Wagtail, with the `id`
of the record in place of each number; `0` or `null` stands for what is gone. *With persons* marks
what leaves with `--persons` alone, encrypted.
"""
PAGES = """\
## `page`

One record for each page of the portal, each before those below it.
"""
OF_A_PAGE = {
    "`id`": "the translation key of the page, a full stop and its language, as in the read API",
    "`model`": "the page type",
    "`parent`": "names `page`",
    "`stands_for`": (
        "of pages that each set-up makes: `portal`, `category:CODE` or `service:MODEL`; else empty"
    ),
    "`row`": (
        "what stands in the row and in no version: whether it is live, since when, who owns and "
        "locks it"
    ),
    "`content`": "the fields of the page type, tables and tags that belong to it",
    "`versions`": (
        "of items: the versions that are public, last, scheduled or decided on, with `id`, `at`, "
        "`by`, `name`, `goes_live_at` and `content`, which is `null` where it is that of the row"
    ),
    "`live_version`, `latest_version`": "the `id` of a version",
}
MATTERS = """\
`subject` names what the matter is about, a record of the kind of the table below. `writers` are
accounts. `to_review` is the number of an event in `events`, which holds all that happened in order:
the fields of an event, with `version` (the `id` of a version), `digest` (`true` where the version
stands as it was decided on), `detail`, and `files`.
"""


def _table(heads: str, rows: dict[str, str]) -> Iterator[str]:
    yield f"| {heads} |"
    yield "|---|---|"
    yield from (f"| {name} | {words} |" for name, words in rows.items())


def page(docs: Path) -> Path:
    return docs / "reference" / "exchange-format.md"


def document() -> str:
    """Return the page in Markdown."""
    from wagtail_pbgdpl.core import portable

    with translation.override("en"):
        kinds = [one for one in portable.kinds() if not one.stays]
        parts = [HEAD.rstrip("\n"), "", *_table("part | what it holds", PARTS), FORM, *_pages()]
        for one in sorted(kinds, key=lambda one: one.kind):
            if one.kind != "page":
                parts += _kind(one)
        return "\n".join([*parts, *_staying(), ""])


def _pages() -> Iterator[str]:
    from wagtail_pbgdpl.content.regulated import RegulatedPageMixin
    from wagtail_pbgdpl.core.discovery import concrete_models
    from wagtail_pbgdpl.exchange import schema

    yield PAGES
    yield from _table("field | form", OF_A_PAGE)
    yield "\nThe `content` of each page type:\n"
    models = [one for one in concrete_models(RegulatedPageMixin) if _is_ours(one)]
    for model in sorted(models, key=lambda one: one._meta.label_lower):
        # Wagtail's own stand in another order in each of its versions.
        columns = sorted(f"`{one.name}`{_names(one)}" for one in schema.page_columns(model))
        columns += [
            f"`{name}` (names several `{kind}`)"
            for name, (_field, kind) in schema.many_of(model).items()
        ]
        for child in schema.children_of(model):
            held = ", ".join(f"`{one.name}`{_names(one)}" for one in child.columns)
            columns.append(f"`{child.name}` (rows of {held})")
        yield f"- `{model._meta.label_lower}`: {', '.join(columns)}"
    yield ""


def _is_ours(model: type[Any]) -> bool:
    return model._meta.app_label == "wagtail_pbgdpl_pages"


def _names(column: Any) -> str:
    return f" (names `{column.kind}`)" if column.kind else ""


def _kind(spec: Portable) -> Iterator[str]:
    from wagtail_pbgdpl.core import portable
    from wagtail_pbgdpl.exchange import schema
    from wagtail_pbgdpl.exchange.history_records import event_columns

    secret = schema.secret_names(spec.kind)
    yield f"## `{spec.kind}`\n"
    yield f"{_first(spec)}{_known_by(spec)}{_which(spec)}\n"
    yield "| field | form | |"
    yield "|---|---|---|"
    for column in schema.columns_of(spec.kind):
        about = "with persons" if spec.of_persons or column.name in secret else ""
        yield f"| `{column.name}` | {_form(column)} | {about} |"
    yield ""
    if spec.kind == "matter":
        yield MATTERS
        yield "| kind of matter | about |\n|---|---|"
        for code, kind in sorted(portable.subjects().items()):
            yield f"| `{code}` | {f'`{kind}`' if kind else 'stays'} |"
        yield "\n| field of an event | form |\n|---|---|"
        for column in event_columns():
            yield f"| `{column.name}` | {_form(column)} |"
        yield ""


def _first(spec: Portable) -> str:
    return f"{str(spec.model()._meta.verbose_name).capitalize()}. "


def _known_by(spec: Portable) -> str:
    if spec.key:
        return f"Its `id` is made of {', '.join(f'`{name}`' for name in spec.key)}."
    if spec.identify is not None:
        return "Its `id` is made of its names and words."
    return "Its `id` is given to it at the first export."


def _which(spec: Portable) -> str:
    found = " Only what another record names leaves." if spec.used_only else ""
    return found + (" It leaves with persons alone." if spec.of_persons else "")


def _form(column: Any) -> str:
    from wagtail_pbgdpl.exchange.schema import How

    if column.how in (How.NAMED, How.NUMBER):
        return f"names `{column.kind}`"
    return {
        How.STREAM: "stream of blocks",
        How.RICH: "running text",
        How.FILE: "file",
    }.get(column.how) or _plain(column.field)


def _plain(field: Any) -> str:
    kind = field.get_internal_type()
    words = {
        "BooleanField": "true or false", "DateField": "day", "DateTimeField": "instant",
        "JSONField": "JSON", "FloatField": "number",
    }  # fmt: skip
    if "Integer" in kind:
        return "number"
    return words.get(kind, "text")


def _staying() -> Iterator[str]:
    from wagtail_pbgdpl.core import portable

    yield "## What stays\n"
    yield "| rows of | why |\n|---|---|"
    for model, reason in sorted(portable.staying().items(), key=lambda one: one[0].__name__):
        yield f"| `{model.__name__}` | {reason} |"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "example_site.settings.test")
    django.setup()
    page(Path("docs")).write_text(document(), encoding="utf-8")
