"""The house: which room may know which, how long a file and a function may be, what is typed."""

from __future__ import annotations

import ast
import statistics
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "backfile"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)

WEB_OR_DATABASE = {"django", "sqlite3", "psycopg", "granian", "backfile.store", "backfile.site", "backfile.desk"}
ABOVE = {"backfile.cli", "backfile.site", "backfile.desk"}
FORBIDDEN: dict[str, set[str]] = {
    "article": WEB_OR_DATABASE | ABOVE,
    "record": WEB_OR_DATABASE | ABOVE,
    "ledger": WEB_OR_DATABASE | ABOVE,
    "draft": WEB_OR_DATABASE | ABOVE,
    "fault": WEB_OR_DATABASE | ABOVE,
    "errors": WEB_OR_DATABASE | ABOVE,
    "decoding": WEB_OR_DATABASE | ABOVE,
    "shaping": WEB_OR_DATABASE | ABOVE | {"backfile.sources", "backfile.targets", "backfile.proof", "backfile.faults"},
    "faults": WEB_OR_DATABASE | ABOVE | {"backfile.sources", "backfile.targets", "backfile.shaping"},
    "profile": WEB_OR_DATABASE | ABOVE | {"backfile.sources", "backfile.targets", "backfile.shaping"},
    "proof": WEB_OR_DATABASE | ABOVE | {"backfile.sources", "backfile.targets", "backfile.shaping", "backfile.faults"},
    "render": WEB_OR_DATABASE | ABOVE | {"backfile.sources", "backfile.targets", "backfile.shaping"},
    "sources": ABOVE | {"django", "backfile.targets", "backfile.store", "backfile.shaping", "backfile.proof"},
    "targets": ABOVE | {"backfile.sources", "backfile.shaping"},
    "store": ABOVE,
    "pipeline": WEB_OR_DATABASE | ABOVE,
    "engines": ABOVE,
    "lab": WEB_OR_DATABASE | ABOVE | {"backfile.targets"},
}
"""Room or file → what it may never import, itself or below."""


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Full names of the modules that a file imports, also inside functions; not under TYPE_CHECKING only."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def breaks(name: str, forbidden: set[str]) -> bool:
    return any(name == root or name.startswith(f"{root}.") for root in forbidden)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_know_only_what_they_may(path: Path) -> None:
    wrong = {name for name in imports(path) if breaks(name, FORBIDDEN.get(room(path), set()))}
    assert not wrong, f"{room(path)} must not know {sorted(wrong)}"


LAB_KNOWS = {"backfile.lab", "backfile.errors"}


def test_the_lab_knows_nothing_of_what_it_measures() -> None:
    """Save the one file that runs Backfile as a tool like any other; and only the lab's verbs reach that file."""
    users = set()
    for path in FILES:
        if room(path) != "lab":
            continue
        wrong = {name for name in imports(path) if breaks(name, {"backfile"}) and not breaks(name, LAB_KNOWS)}
        if path.name != "backfile_tool.py":
            assert not wrong, f"{path.name} must not know {sorted(wrong)}"
            users.update({path.name} if any(breaks(n, {"backfile.lab.backfile_tool"}) for n in imports(path)) else ())
    assert users == {"running.py"}


def test_nobody_imports_the_command_line() -> None:
    users = {
        str(path.relative_to(PACKAGE))
        for path in FILES
        if room(path) not in ("cli", "__main__") and any(breaks(name, {"backfile.cli"}) for name in imports(path))
    }
    assert not users


def test_no_relative_imports() -> None:
    """A full name says which room something comes from."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: relative import"


def functions() -> list[tuple[int, str]]:
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if ast.get_docstring(node):
                    doc = node.body[0]
                    lines -= (doc.end_lineno or doc.lineno) - doc.lineno + 1
                found.append((lines, f"{path.relative_to(PACKAGE)}:{node.name}"))
    return found


def test_functions_are_short() -> None:
    sizes = functions()
    assert statistics.median(size for size, _ in sizes) <= 9
    assert not [entry for entry in sizes if entry[0] > 60]


def test_files_can_be_held_in_mind() -> None:
    long = {
        str(p.relative_to(PACKAGE)): n for p in FILES if (n := len(p.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long
