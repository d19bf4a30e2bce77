"""Habits that hold for every module of the package, whoever writes the next one."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from chain_office.domain import errors
from chain_office.domain.errors import KnownError

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "chain_office"
MODULES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text("utf-8"), str(path)) for path in MODULES}
# Rooms whose dataclasses cross a layer: what leaves them cannot be changed by who receives it.
FROZEN_ROOMS = ("domain", "queries", "charts", "reports")
SQL_ROOMS = ("db", "queries")
STATEMENT = re.compile(
    r"\s*(SELECT\s.+\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA\s|CREATE\s)", re.DOTALL
)
KNOWN_ERRORS = {
    kind.__name__ for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, KnownError)
}
CHINESE = re.compile("[\u4e00-\u9fff]")
COMPUTED = "\ufffc"  # stands for a part of an f-string that only running it would tell


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def in_rooms(rooms: tuple[str, ...]) -> list[Path]:
    return [path for path in MODULES if path.relative_to(PACKAGE).parts[0] in rooms]


def called(node: ast.expr) -> str:
    """The last name of what is called or decorated with: `a.b(c)` is "b"."""
    target = node.func if isinstance(node, ast.Call) else node
    return target.attr if isinstance(target, ast.Attribute) else target.id if isinstance(target, ast.Name) else ""


def literal(node: ast.expr) -> str | None:
    """The text of a string or f-string as far as it stands in the source; None for anything computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(literal(part) or COMPUTED for part in node.values)
    return None


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(TREES[path])


@pytest.mark.parametrize("path", in_rooms(FROZEN_ROOMS), ids=named)
def test_what_crosses_a_layer_is_frozen(path: Path) -> None:
    loose = [
        node.name
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for mark in node.decorator_list
        if called(mark) == "dataclass"
        and not (isinstance(mark, ast.Call) and "frozen=True" in map(ast.unparse, mark.keywords))
    ]
    assert not loose


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_what_a_user_is_told_is_a_chinese_sentence(path: Path) -> None:
    wrong = [
        f"{named(path)}:{node.lineno} {text}"
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Call) and called(node) in KNOWN_ERRORS and node.args
        if (text := literal(node.args[0])) is not None
        if not (CHINESE.search(text) or COMPUTED in text) or not text.endswith(("。", "？", "！", COMPUTED))
    ]
    assert not wrong


@pytest.mark.parametrize("path", [path for path in MODULES if path not in in_rooms(SQL_ROOMS)], ids=named)
def test_sql_stands_with_the_database_and_the_queries(path: Path) -> None:
    wrong = [
        f"{named(path)}:{node.lineno}"
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Constant | ast.JoinedStr) and (text := literal(node)) and STATEMENT.match(text)
    ]
    assert not wrong


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_exception_disappears(path: Path) -> None:
    swallowed = [
        f"{named(path)}:{node.lineno}"
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.ExceptHandler)
        and all(
            isinstance(step, ast.Pass) or (isinstance(step, ast.Expr) and literal(step.value)) for step in node.body
        )
        and (node.type is None or called(node.type) in {"Exception", "BaseException"})
    ]
    assert not swallowed


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_nothing_is_left_for_later(path: Path) -> None:
    marks = re.compile(
        r"#.*\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + r")\b|raise NotImplemented" + "Error"
    )
    assert not marks.search(path.read_text("utf-8"))


HEAVY = {
    "numpy",
    "matplotlib",
    "reportlab",
    "openpyxl",
    "pypinyin",
    "PIL",
    "xlsxwriter",
    "pikepdf",
    "pypdfium2",
    "docx",
    "lxml",
    "PySide6",
}
START = f"""
import sys
import chain_office.cli
print(*sorted({HEAVY} & set(sys.modules)))
"""


def test_starting_loads_no_heavy_library() -> None:
    """Each of them costs 0.1 to 0.8 s: they are imported by the function that needs them."""
    done = subprocess.run([sys.executable, "-c", START], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
