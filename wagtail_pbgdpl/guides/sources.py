"""Where the guides stand: beside the package in a checkout, else where its wheel put them."""

from __future__ import annotations

from functools import lru_cache
from importlib import metadata
from pathlib import Path

from ..regulations import RoleCode

#: A checkout, or the folder in which packages are installed.
ROOT = Path(__file__).resolve().parents[2]
#: Of a checkout.
DOCS = ROOT / "docs"
DISTRIBUTION = "wagtail-pbgdpl"
#: In the order in which somebody with several roles is led to one.
BY_ROLE: dict[RoleCode, str] = {
    RoleCode.CHIEF: "truong-ban",
    RoleCode.DEPUTY_CHIEF: "pho-truong-ban",
    RoleCode.SECRETARY: "thu-ky",
    RoleCode.MEMBER: "thanh-vien",
    RoleCode.UNIT_HEAD: "thu-truong-don-vi",
    RoleCode.CONTACT_OFFICER: "can-bo-dau-moi",
    RoleCode.OPERATOR: "quan-tri",
}
COMMON = "chung"
GUIDES = (COMMON, *dict.fromkeys(reversed(BY_ROLE.values())), "nguoi-hoi")
#: Of the instructions for single tasks those that are in Vietnamese, for people of the roles.
TASKS = (
    "enter-full-text",
    "import-documents",
    "comment-on-a-draft",
    "run-a-survey",
    "receive-mail",
)


def text_of(name: str) -> str | None:
    """Return a guide as Markdown; ``None`` for a name that is none, and where it is missing."""
    if name not in (*GUIDES, *TASKS):
        return None
    path = _files().get(name)
    return path.read_text(encoding="utf-8") if path is not None else None


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    paths = list((DOCS / "guides").glob("*.md"))
    if paths:
        paths += (DOCS / "how-to").glob("*.md")
    else:
        paths = [
            path
            for file in _installed()
            if file.suffix == ".md" and file.parent.name in ("guides", "how-to")
            for path in _places(file)
        ]
    return {path.stem: path for path in paths if path.is_file()}


def _places(file: metadata.PackagePath) -> list[Path]:
    """Return where a file of the wheel may be: with ``pip --target`` it is not where pip says."""
    beside = file.parts[file.parts.index("share") :] if "share" in file.parts else ()
    return [ROOT.joinpath(*beside), Path(str(file.locate()))]


def _installed() -> list[metadata.PackagePath]:
    try:
        return metadata.files(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return []
