"""What is handed in may be broken, or made to harm: it is refused before anything is written."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.exchange.full import all_rows, changed, contents, portal_of_its_own
from wagtail_pbgdpl.exchange import package as packages_
from wagtail_pbgdpl.exchange import signing
from wagtail_pbgdpl.exchange.canonical import line
from wagtail_pbgdpl.exchange.importing import Import
from wagtail_pbgdpl.exchange.package import Package, Writer
from wagtail_pbgdpl.exchange.problems import NotTaken, Refused

pytestmark = pytest.mark.usefixtures("english")
KEY = Ed25519PrivateKey.generate()
Parts = dict[str, bytes]


def signed(parts: Parts, key: Any = KEY, **facts: Any) -> Parts:
    """Return a package of records and files with a manifest and a signature that are right."""
    file = io.BytesIO()
    writer = Writer(file)
    for name, said in parts.items():
        if name.startswith("records/"):
            part = writer.part(name.removeprefix("records/").removesuffix(".jsonl"))
            for one in said.splitlines(keepends=True):
                part.add_said(one)
            part.close()
        else:
            writer.add(name, io.BytesIO(said))
    writer.close(facts, lambda digest: signing.sign(key, {"manifest": digest, "at": ""}))
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Parts, how: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, said in parts.items():
            archive.writestr(zipfile.ZipInfo(name), said, how)
    file.seek(0)
    return file


GOOD = signed({"records/tag.jsonl": b'{"id":"a","name":"a","slug":"a"}\n'})


def with_part(name: str, said: bytes) -> Callable[[], io.BytesIO]:
    return lambda: zipped({**GOOD, name: said})


def without(name: str) -> Callable[[], io.BytesIO]:
    return lambda: zipped({one: said for one, said in GOOD.items() if one != name})


def resigned(**facts: Any) -> Callable[[], io.BytesIO]:
    manifest = json.loads(GOOD["manifest.json"]) | facts
    said = line(manifest)
    digest = hashlib.sha256(said).hexdigest()
    signature = line(signing.sign(KEY, {"manifest": digest, "at": ""}))
    return lambda: zipped({**GOOD, "manifest.json": said, "signature.json": signature})


def of_another() -> io.BytesIO:
    other = Ed25519PrivateKey.generate()
    return zipped(signed({"records/tag.jsonl": b"{}\n"}, key=other))


def forged() -> io.BytesIO:
    """The key of the sender beside the signature of another."""
    other = json.loads(signed({}, key=Ed25519PrivateKey.generate())["signature.json"])
    mine = json.loads(GOOD["signature.json"])
    return zipped({**GOOD, "signature.json": line(mine | {"signature": other["signature"]})})


def twice() -> io.BytesIO:
    file = zipped(GOOD)
    with zipfile.ZipFile(file, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("records/tag.jsonl", b"{}\n")
    file.seek(0)
    return file


def cut() -> io.BytesIO:
    return io.BytesIO(zipped(GOOD).getvalue()[:200])


def corrupt() -> io.BytesIO:
    """The bytes of a part are others than its checksum in the archive says."""
    file = zipped(GOOD, zipfile.ZIP_STORED)
    said = file.getvalue()
    return io.BytesIO(said.replace(b'"name":"a"', b'"name":"b"'))


def overlapping() -> io.BytesIO:
    """Many names for the same bytes: small on the disk, large when unpacked."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, said in GOOD.items():
            archive.writestr(name, said)
        archive.writestr(f"files/{'0' * 64}", b"\x01\x02" * 50_000)
        one = archive.infolist()[-1]
        for number in range(1, 5):
            copy = zipfile.ZipInfo(f"files/{number:064d}")
            for name in ("header_offset", "compress_size", "file_size", "CRC"):
                setattr(copy, name, getattr(one, name))
            archive.filelist.append(copy)
            archive.NameToInfo[copy.filename] = copy
    return file


CASES: dict[str, tuple[Callable[[], io.BytesIO], str]] = {
    "no zip": (lambda: io.BytesIO(b"%PDF-1.7"), "no readable zip"),
    "empty": (lambda: io.BytesIO(b""), "no readable zip"),
    "cut off": (cut, "no readable zip"),
    "no manifest": (without("manifest.json"), "no manifest.json"),
    "no signature": (without("signature.json"), "no signature.json"),
    "broken signature": (with_part("signature.json", b"{"), "signature.json cannot be read"),
    "odd signature": (with_part("signature.json", b"[]"), "signature.json cannot be read"),
    "nothing signed": (with_part("signature.json", b"{}"), "signature of the package"),
    "another key": (of_another, "signed with another key"),
    "forged": (forged, "signature is wrong"),
    "another manifest": (with_part("manifest.json", b"{}"), "that of another package"),
    "deep manifest": (with_part("manifest.json", b"[" * 100_000), "that of another package"),
    "newer": (resigned(version=2), "version 2 of the format"),
    "another format": (resigned(format="x"), "no package of a portal"),
    "odd parts": (resigned(parts={"records/tag.jsonl": {"size": -1}}), "manifest.json cannot"),
    "part is missing": (without("records/tag.jsonl"), "records/tag.jsonl is missing"),
    "part too many": (with_part("records/unit.jsonl", b"{}\n"), "does not name records/unit"),
    "another size": (with_part("records/tag.jsonl", b"{}\n"), "another size"),
    "another checksum": (
        with_part("records/tag.jsonl", GOOD["records/tag.jsonl"].replace(b'"a"', b'"b"')),
        "another checksum",
    ),
    "corrupt": (corrupt, "records/tag.jsonl cannot be read"),
    "way out": (with_part("../../evil", b"x"), "no part of a package"),
    "root": (with_part("/etc/passwd", b"x"), "no part of a package"),
    "way out of a folder": (with_part("records/../x.jsonl", b"x"), "no part of a package"),
    "backslash": (with_part("records\\x.jsonl", b"x"), "no part of a package"),
    "program": (with_part("records/x.py", b"x"), "no part of a package"),
    "twice": (twice, "a name twice"),
    "bomb": (with_part(f"files/{'0' * 64}", b"\0" * 20_000_000), "far more than it is packed"),
    "packed otherwise": (
        lambda: zipped(GOOD, zipfile.ZIP_BZIP2),
        "packed in another way",
    ),
    "overlapping": (overlapping, "overlap"),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused(name: str) -> None:
    make, words = CASES[name]
    with pytest.raises(Refused, match=words):
        Package(make(), KEY.public_key()).check()


def test_what_is_right_is_read() -> None:
    package = Package(zipped(GOOD), KEY.public_key())
    package.check()
    assert package.kinds() == ["tag"]


def test_no_more_is_unpacked_than_is_let_in() -> None:
    with pytest.raises(Refused, match="unpacks to more than"):
        Package(zipped(GOOD), KEY.public_key(), largest=100)


def test_nothing_is_read_before_the_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    package, opened = forged(), zipfile.ZipFile.open
    monkeypatch.setattr(
        packages_.zipfile.ZipFile,
        "open",
        lambda self, name, *others: read.append(str(name)) or opened(self, name, *others),
    )
    with pytest.raises(Refused):
        Package(package, KEY.public_key())
    assert read == ["manifest.json", "signature.json"]


class TestKeys:
    @pytest.mark.parametrize("said", [b"", b"no key", b"\xff\xfe"])
    def test_what_is_no_key(self, tmp_path: Path, said: bytes) -> None:
        (tmp_path / "key").write_bytes(said)
        for read in (signing.public_key, signing.private_key):
            with pytest.raises(Refused, match="no key in PEM"):
                read(tmp_path / "key")

    def test_what_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(Refused, match="cannot be read"):
            signing.public_key(tmp_path / "gone")


Change = Callable[[list[dict[str, Any]]], Any]


def first(**values: Any) -> Change:
    return lambda rows: rows[0].update(values)


def item(**values: Any) -> Change:
    """Change an item of content, which comes after the pages of the set-up."""
    return lambda rows: next(row for row in rows if not row["stands_for"]).update(values)


def in_item(part: str, **values: Any) -> Change:
    return lambda rows: next(row for row in rows if not row["stands_for"])[part].update(values)


ROWS: dict[str, tuple[str, Change, str]] = {
    "stands there twice": ("unit", lambda rows: rows.append(rows[0]), "twice"),
    "no identifier": ("unit", lambda rows: rows[0].pop("id"), "no record"),
    "no text": ("unit", first(name=["x"]), "«name» has a value of a wrong form"),
    "too long": ("unit", first(name="x" * 300), "«name» has a value of a wrong form"),
    "no day": ("seat", first(starts_on="2026-13-40"), "«starts_on» has a value"),
    "unknown field": ("unit", first(colour="red"), "no field «colour»"),
    "unknown unit": ("seat", lambda rows: [row.update(unit="x") for row in rows], "names «x»"),
    "unknown page type": ("page", item(model="auth.user"), "no page type «auth.user»"),
    "unknown block": ("page", in_item("content", body="x"), "«body» has a value"),
    "odd content": ("page", item(content=[]), "«content» has a value of a wrong form"),
    "another language": (
        "page",
        lambda rows: rows[-1].update(id=rows[-1]["id"][:-2] + "xx", versions=[]),
        "no pages in the language «xx»",
    ),
    "stands nowhere": ("page", item(parent=None), "below no page"),
    "does not belong there": (
        "page",
        lambda rows: next(row for row in rows if not row["stands_for"]).update(
            parent=rows[0]["id"]
        ),
        "does not belong below",
    ),
    "odd version": ("page", item(versions=[{"id": "x"}]), "version is of a wrong form"),
    "way out": (
        "image",
        lambda rows: rows[0]["file"].update(name="../../evil.py"),
        "«file» has a value",
    ),
    "no file": (
        "image",
        lambda rows: rows[0]["file"].update(sha256="0" * 64),
        "is not in the package",
    ),
    "unknown matter": ("matter", first(kind="x"), "no matters of the kind «x»"),
    "unknown state": ("matter", first(state="x"), "«state» has a value"),
    "odd history": ("matter", first(events=[1]), "«events» has a value"),
}


@pytest.fixture(scope="module")
def parts(packages: dict[str, Path]) -> Parts:
    return contents(packages["plain"])


@pytest.fixture(scope="module")
def receiver(tmp_path_factory: Any, packages: Any, django_db_blocker: Any) -> Any:
    """A portal into which nothing of all this gets."""
    folder = tmp_path_factory.mktemp("receiver")
    with django_db_blocker.unblock(), portal_of_its_own(folder):
        yield folder


@pytest.fixture
def untouched(receiver: Path) -> Any:
    before = all_rows()
    yield receiver
    assert changed(before) == {}
    assert not [path for path in receiver.rglob("*") if path.is_file()]


def reworked(parts: Parts, kind: str, change: Change) -> io.BytesIO:
    name = f"records/{kind}.jsonl"
    rows = [json.loads(one) for one in parts[name].splitlines()]
    change(rows)
    said = b"".join(line(row) + b"\n" for row in rows)
    rest = {one: what for one, what in parts.items() if one != "manifest.json"}
    return zipped(signed({**rest, name: said}))


@pytest.mark.parametrize("name", ROWS)
def test_a_record_is_refused(name: str, parts: Parts, untouched: Path) -> None:
    kind, change, words = ROWS[name]
    with pytest.raises(NotTaken) as raised:
        Import(reworked(parts, kind, change), KEY.public_key()).run()
    assert any(words in str(row) and row.kind == kind for row in raised.value.rows), raised.value


def test_each_broken_line_is_named(parts: Parts, untouched: Path) -> None:
    rest = {name: said for name, said in parts.items() if name != "manifest.json"}
    said = rest["records/unit.jsonl"] + b"{\n[]\n\xff\n"
    package = zipped(signed({**rest, "records/unit.jsonl": said}))
    with pytest.raises(NotTaken) as raised:
        Import(package, KEY.public_key()).run()
    assert [(row.kind, row.line) for row in raised.value.rows] == [
        ("unit", number) for number in (3, 4, 5)
    ]


def test_an_unknown_kind_is_refused(parts: Parts, untouched: Path) -> None:
    rest = {name: said for name, said in parts.items() if name != "manifest.json"}
    package = zipped(signed({**rest, "records/wish.jsonl": b'{"id":"1"}\n'}))
    with pytest.raises(Refused, match="records «wish»"):
        Import(package, KEY.public_key()).run()


def test_persons_need_a_key(packages: dict[str, Path], sender: Any, untouched: Path) -> None:
    from wagtail_pbgdpl.exchange.secrecy import Key

    with pytest.raises(Refused, match="give the key"):
        Import(packages["persons"], sender.public_key()).run()
    with pytest.raises(Refused, match="cannot be opened"):
        Import(packages["persons"], sender.public_key(), key=Key(identity="AGE-SECRET-KEY-1")).run()
