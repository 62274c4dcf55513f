"""The rooms of the package depend on each other in one direction, as the concept says.

Every import counts: at the top of a module, inside a function, for the type check alone.
See ``docs/concept/architecture.md``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = "wagtail_pbgdpl"

BOTTOM = frozenset({"conf", "core", "reporting", "worktime"})

# Which other rooms a room may import from.
ALLOWED: dict[str, frozenset[str]] = {
    "core": frozenset(),
    # For Vietnamese sites of Wagtail that have nothing else of the package.
    "vietnamese": frozenset(),
    "conf": BOTTOM,
    "reporting": frozenset({"conf", "core", "worktime"}),
    "worktime": BOTTOM,
    "regulations": BOTTOM,
    "legal": BOTTOM,
    "serving": BOTTOM,
    "file_text": BOTTOM | {"legal"},
    "blocks": BOTTOM | {"legal", "serving"},
    "corpus": BOTTOM | {"legal", "serving"},
    "intake": BOTTOM,
    "comparing": BOTTOM | {"legal"},
    "full_text": BOTTOM | {"legal", "blocks", "intake"},
    "search": BOTTOM | {"legal", "serving", "intake", "file_text"},
    "organisation": BOTTOM | {"regulations"},
    "guides": BOTTOM | {"regulations", "organisation"},
    "notices": BOTTOM | {"regulations"},
    "changes": BOTTOM | {"regulations", "organisation", "notices"},
    "authority": BOTTOM | {"regulations", "organisation", "changes"},
    "matters": BOTTOM | {"regulations", "organisation", "notices", "changes", "authority"},
    "desk": BOTTOM | {"regulations", "organisation", "notices", "changes", "authority", "matters"},
    "own_data": BOTTOM | {"regulations", "intake", "authority", "matters", "desk"},
    "questions": BOTTOM
    | {"regulations", "legal", "blocks", "intake", "search", "organisation", "notices", "authority"}
    | {"matters", "desk", "own_data"},
    "reviews": BOTTOM
    | {"regulations", "legal", "serving", "organisation", "notices", "authority", "matters"},
    "differences": BOTTOM
    | {"regulations", "legal", "organisation", "notices", "authority", "matters"},
    "consultations": BOTTOM
    | {"regulations", "legal", "blocks", "intake", "organisation", "notices", "authority"}
    | {"comparing", "matters", "desk", "own_data"},
    "mailbox": BOTTOM | {"regulations", "intake", "notices", "authority", "matters", "questions"},
    "workflows": BOTTOM
    | {"regulations", "organisation", "notices", "changes", "authority", "matters", "desk"},
    "login": BOTTOM | {"intake", "notices", "changes", "authority", "workflows"},
    "reference": BOTTOM | {"regulations", "changes", "authority", "workflows"},
    "media": BOTTOM
    | {"regulations", "serving", "organisation", "changes", "authority", "matters", "workflows"},
    "site": BOTTOM | {"regulations", "serving", "media"},
    "sources": BOTTOM
    | {"regulations", "legal", "serving", "blocks", "organisation", "notices", "changes", "media"},
    "content": BOTTOM
    | {"regulations", "legal", "serving", "blocks", "full_text", "search", "organisation"}
    | {"changes", "file_text"}
    | {"authority", "intake", "matters", "desk", "questions", "reviews", "workflows"}
    | {"reference", "media", "site", "sources", "differences", "corpus", "consultations"},
    "imports": BOTTOM
    | {"regulations", "legal", "intake", "organisation", "authority", "workflows", "reference"}
    | {"content"},
    "eli": BOTTOM | {"legal", "serving", "blocks", "site", "content"},
    "face": BOTTOM
    | {"regulations", "serving", "organisation", "sources", "questions", "site", "content", "eli"},
    "embedding": BOTTOM | {"regulations", "serving", "blocks", "site", "content", "face"},
    "traffic": BOTTOM
    | {"regulations", "serving", "blocks", "intake", "search", "site", "content", "face"},
    "surveys": BOTTOM
    | {"regulations", "serving", "blocks", "intake", "matters", "workflows", "site", "content"}
    | {"face"},
    "asking": BOTTOM
    | {"regulations", "serving", "intake", "search", "authority", "matters", "questions"}
    | {"own_data", "site", "content", "face"},
    "commenting": BOTTOM | {"serving", "intake", "matters", "asking", "consultations", "face"},
    "api": BOTTOM
    | {"regulations", "legal", "serving", "blocks", "intake", "organisation", "questions"}
    | {"reviews", "media", "site", "content", "face", "corpus", "consultations"},
    "webhooks": BOTTOM | {"regulations", "organisation", "notices", "changes", "sources", "api"},
    "provisioning": BOTTOM
    | {"regulations", "organisation", "changes", "authority", "matters", "workflows"}
    | {"reference", "media", "site", "content"},
    "exchange": BOTTOM
    | {
        "corpus",
        "full_text",
        "regulations",
        "search",
        "organisation",
        "notices",
        "changes",
        "intake",
        "matters",
    }
    | {"questions", "reviews", "differences", "mailbox", "workflows", "login", "reference"}
    | {"consultations", "own_data"}
    | {"media", "site", "sources", "content", "traffic", "api", "webhooks", "provisioning"}
    | {"surveys"},
    # What happens by itself as time passes, in whatever room.
    "schedule": BOTTOM
    | {
        "intake",
        "full_text",
        "search",
        "organisation",
        "notices",
        "changes",
        "authority",
        "matters",
    }
    | {"questions", "mailbox", "sources", "workflows", "login", "content", "api", "traffic"}
    | {"webhooks", "surveys", "consultations"},
    "pages": frozenset({"content", "blocks"}),
    # What the templates of all rooms ask for.
    "templatetags": BOTTOM
    | {"regulations", "serving", "blocks", "search", "site", "content", "eli", "face", "traffic"}
    | {"asking", "corpus", "legal"},
}
# What Django and Wagtail look for at the top puts the rooms together.
TOP = frozenset(
    {"__init__", "apps", "checks", "management", "models", "sitemap_urls", "urls", "wagtail_hooks"}
)
NO_CODE = frozenset({"locale", "migrations", "static", "templates"})


class Import(NamedTuple):
    module: str
    target: str
    in_function: bool


class Modules:
    """The modules of a package and what each imports, read from the source."""

    def __init__(self, root: Path) -> None:
        self.files = {
            ".".join((root.name, *path.relative_to(root).with_suffix("").parts)).removesuffix(
                ".__init__"
            ): path
            for path in sorted(root.rglob("*.py"))
            if "migrations" not in path.parts
        }

    def imports(self, module: str) -> Iterator[Import]:
        path = self.files[module]
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inner = {
            id(node)
            for function in ast.walk(tree)
            if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
            for node in ast.walk(function)
        }
        for node in ast.walk(tree):
            for target in self._targets(node, module, path):
                yield Import(module, target, id(node) in inner)

    def all_imports(self) -> Iterator[Import]:
        for module in self.files:
            yield from self.imports(module)

    def loaded_with(self, module: str) -> set[str]:
        """Return every module, own or foreign, that importing ``module`` loads by itself."""
        found: set[str] = set()
        waiting = [module]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found.add(name)
            if name in self.files:
                waiting += [item.target for item in self.imports(name) if not item.in_function]
                # Importing a module runs the packages above it.
                parent = name.rpartition(".")[0]
                waiting += [parent] if parent in self.files else []
        return found

    def _targets(self, node: ast.AST, module: str, path: Path) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                package = module if path.name == "__init__.py" else module.rpartition(".")[0]
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                below = f"{base}.{alias.name}"
                yield below if below in self.files else base


def room(module: str) -> str:
    """Return the room of a module; that of the package itself is ``__init__``."""
    return [*module.split("."), "__init__"][1]


def violations(imports: Iterable[Import]) -> list[str]:
    found = []
    for module, target, _in_function in imports:
        if target.partition(".")[0] != PACKAGE or room(module) == room(target):
            continue
        if room(module) in TOP:
            wrong = room(target) == "pages"
        else:
            wrong = room(target) not in ALLOWED[room(module)]
        if wrong:
            found.append(f"{module} imports {target}")
    return found


def in_circles(imports: Iterable[Import]) -> set[str]:
    """Return the modules of the package that import themselves by way of others."""
    targets: dict[str, set[str]] = {}
    for module, target, _in_function in imports:
        targets.setdefault(module, set()).add(target)
    return {module for module in targets if module in reached(module, targets)}


def reached(start: str, targets: Mapping[str, Iterable[str]]) -> set[str]:
    """Return what one gets to from ``start``, itself only where a way leads back."""
    found: set[str] = set()
    waiting = list(targets[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += targets.get(name, ())
    return found


@pytest.fixture(scope="module")
def modules(repository: Path) -> Modules:
    return Modules(repository / PACKAGE)


def test_every_room_has_its_rule(modules: Modules) -> None:
    assert {room(module) for module in modules.files} <= ALLOWED.keys() | TOP
    assert not ALLOWED.keys() & (TOP | NO_CODE)


def test_rooms_are_ordered() -> None:
    """No two rooms above the bottom may import from each other, not even by way of others."""
    order = list(ALLOWED)
    for name, allowed in ALLOWED.items():
        later = set(order[order.index(name) :]) - BOTTOM
        assert not allowed & later


def test_the_picture_shows_the_order(repository: Path) -> None:
    """What a room may import, its arrows lead to in ``docs/concept/architecture.md``."""
    text = (repository / "docs" / "concept" / "architecture.md").read_text(encoding="utf-8")
    picture = text.partition("flowchart BT")[2].partition("```")[0]
    arrows = dict(re.findall(r"^  (\w+) --> (.+)$", picture, flags=re.MULTILINE))
    drawn = {
        name: set(re.findall(r"\w+", targets)) & ALLOWED.keys() for name, targets in arrows.items()
    }
    assert drawn.keys() == ALLOWED.keys() - BOTTOM - {"templatetags"}
    for name, allowed in ALLOWED.items():
        if name in drawn:
            assert drawn[name] - BOTTOM <= allowed, name
            assert allowed - BOTTOM <= reached(name, drawn), name


def test_dependencies_run_one_way(modules: Modules) -> None:
    assert violations(modules.all_imports()) == []


def test_no_modules_import_each_other(modules: Modules) -> None:
    assert in_circles(modules.all_imports()) == set()


def test_nobody_imports_the_concrete_pages(modules: Modules) -> None:
    """A site with a base page of its own leaves them out."""
    users = {item.module for item in modules.all_imports() if room(item.target) == "pages"}
    assert {room(module) for module in users} <= {"pages"}


# Foreign modules that need the app registry or a database.
MODELS = ("django.db", "django.contrib", "wagtail", "modelcluster", "taggit", "wagtail_modeladmin")


def of_models(loaded: Iterable[str]) -> set[str]:
    return {name for name in loaded if name.startswith(MODELS) and not name.startswith(PACKAGE)}


# What is bound to the database of one portal; all the rest of these rooms is pure.
BOUND = {
    f"{PACKAGE}.worktime.{name}" for name in ("active", "admin", "models", "portable", "year_view")
}


def test_regulations_and_the_clock_need_no_models(modules: Modules) -> None:
    """A profile can be read, and a deadline counted, without a database."""
    pure = {
        module for module in modules.files if room(module) in ("regulations", "worktime")
    } - BOUND
    assert pure
    assert modules.files.keys() >= BOUND
    for module in pure:
        loaded = modules.loaded_with(module)
        assert not of_models(loaded), module
        assert not loaded & BOUND, module


def test_packages_load_no_models(modules: Modules) -> None:
    """Django imports the packages of an app before its models may be loaded."""
    packages = [name for name, path in modules.files.items() if path.name == "__init__.py"]
    assert PACKAGE in packages
    for package in packages:
        loaded = modules.loaded_with(package)
        assert not of_models(loaded), package
        assert not {name for name in loaded if name.startswith(PACKAGE) and "models" in name}


def test_models_load_no_admin_views(modules: Modules) -> None:
    models = [name for name in modules.files if name.rpartition(".")[2] == "models"]
    assert f"{PACKAGE}.models" in models
    for module in models:
        loaded = modules.loaded_with(module)
        views = {
            name
            for name in loaded
            if name.startswith(("wagtail.admin.views", "wagtail_modeladmin"))
            or (name.startswith(PACKAGE) and name.rpartition(".")[2] in ("admin", "views"))
        }
        assert not views, module


class TestTheReaderOfImports:
    """What the rules above rest on can see an import that breaks them."""

    @pytest.mark.parametrize(
        ("file", "code", "found"),
        [
            ("content/a.py", "from ..pages.models import NewsPage", "pages.models"),
            ("content/a.py", "from .. import pages", "pages"),
            ("content/deep/a.py", "from ...provisioning.x import y", "provisioning.x"),
            ("content/deep/__init__.py", "from ...provisioning import x", "provisioning.x"),
            ("regulations/a.py", "import wagtail_pbgdpl.content.listing", "content.listing"),
            ("worktime/a.py", "def f():\n    from ..regulations import load", "regulations"),
            (
                "blocks/a.py",
                "def f():\n    from ..content.listing import newest",
                "content.listing",
            ),
            ("blocks/feed.py", "from ..content.listing import newest", "content.listing"),
            ("urls.py", "from .pages import models", "pages.models"),
            ("pages/models.py", "from ..provisioning import x", "provisioning.x"),
        ],
    )
    def test_a_wrong_import_is_found(
        self, tmp_path: Path, file: str, code: str, found: str
    ) -> None:
        modules = self.make(tmp_path, {file: code})
        (violation,) = violations(modules.all_imports())
        assert violation.endswith(f" imports {PACKAGE}.{found}")

    @pytest.mark.parametrize(
        ("file", "code"),
        [
            ("content/a.py", "from ..blocks.field import BlocksField"),
            ("content/a.py", "from .listing import newest"),
            ("pages/models.py", "from ..content.listing import newest"),
            ("regulations/a.py", "from datetime import date\nimport tomllib"),
        ],
    )
    def test_a_right_import_is_none(self, tmp_path: Path, file: str, code: str) -> None:
        assert violations(self.make(tmp_path, {file: code}).all_imports()) == []

    def test_a_circle_is_found(self, tmp_path: Path) -> None:
        modules = self.make(
            tmp_path,
            {
                "content/a.py": "from . import b",
                "content/b.py": "if TYPE_CHECKING:\n    from .c import x",
                "content/c.py": "def f():\n    from .a import x",
                "content/d.py": "from .a import x",
            },
        )
        circle = {f"{PACKAGE}.content.{name}" for name in "abc"}
        assert in_circles(modules.all_imports()) == circle

    def test_a_chain_is_no_circle(self, tmp_path: Path) -> None:
        modules = self.make(
            tmp_path,
            {
                "content/a.py": "from . import b\nfrom .c import x",
                "content/b.py": "from . import c",
            },
        )
        assert in_circles(modules.all_imports()) == set()

    def test_what_is_loaded_is_followed(self, tmp_path: Path) -> None:
        modules = self.make(
            tmp_path,
            {
                "regulations/a.py": "from ..core.text import nfc",
                "core/text.py": "from ..content import listing",
                "content/__init__.py": "from django.db import models",
                "content/listing.py": "def f():\n    import wagtail.models",
            },
        )
        assert of_models(modules.loaded_with(f"{PACKAGE}.regulations.a")) == {"django.db"}

    def make(self, folder: Path, sources: dict[str, str]) -> Modules:
        root = folder / PACKAGE
        stubs = ["__init__.py", "core/__init__.py", "core/text.py", "content/listing.py"]
        stubs += ["pages/models.py", *(f"content/{name}.py" for name in "abc")]
        stubs += ["provisioning/x.py", "regulations/a.py", "content/deep/a.py"]
        stubs += ["pages/__init__.py", "regulations/__init__.py", "provisioning/__init__.py"]
        for name, source in {**dict.fromkeys(stubs, ""), **sources}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(source, encoding="utf-8")
        return Modules(root)
