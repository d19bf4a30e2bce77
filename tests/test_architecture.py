"""The shape of the house, held by a machine: what import-linter cannot say is said here."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "chain_office"
MODULES = sorted(PACKAGE.rglob("*.py"))
SCRIPTS = sorted([*ROOT.glob("*.py"), *(ROOT / "bench").rglob("*.py"), *(ROOT / "resources").rglob("*.py")])
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

DATABASE = {"peewee", "playhouse", "sqlite3"}
# Top-level packages that a room may not import, directly, at the top of a module or inside a function.
CLOSED_TO = {
    "domain": {"PySide6", "shiboken6", *DATABASE, "reportlab", "matplotlib", "numpy", "xlsxwriter", "python_calamine"},
    "db": {"PySide6", "shiboken6", "reportlab", "matplotlib", "numpy", "xlsxwriter", "python_calamine"},
    "queries": {"PySide6", "shiboken6", "reportlab", "matplotlib", "numpy", "xlsxwriter", "python_calamine"},
    "reports": {"PySide6", "shiboken6", *DATABASE, "python_calamine"},  # xlsxwriter: forms that are workbooks
    "charts": {"PySide6", "shiboken6", *DATABASE, "xlsxwriter", "python_calamine"},
    "exchange": {"PySide6", "shiboken6", *DATABASE, "reportlab", "matplotlib"},
    "services": {"PySide6", "shiboken6", "sqlite3", "reportlab", "matplotlib", "xlsxwriter", "python_calamine"},
    "ui": {*DATABASE, "reportlab"},
}
# What opens files, sockets or processes has no place among rules.
INPUT_OUTPUT = {"os", "pathlib", "shutil", "subprocess", "socket", "tempfile", "urllib", "io", "threading"}
ROOMS_UNDER = {
    "domain": set(),
    "db": {"domain"},
    "queries": {"domain", "db"},
    "reports": {"domain"},
    "charts": {"domain"},
    "exchange": {"domain"},
    "services": {"domain", "db", "queries", "reports", "charts", "exchange"},
    "ui": {"domain", "services", "queries"},
}


def imported(path: Path) -> list[tuple[int, str]]:
    """Every dotted name that a module imports, with its line, wherever in the module it stands."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def room_of(path: Path) -> str:
    """The room that a module stands in; "" for the few modules that stand in the hall."""
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_tests_see_the_package() -> None:
    assert len(MODULES) > 10


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=named)
def test_a_module_is_short_and_says_what_it_is(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= 400, f"{named(path)} has {lines} lines: split it by what it does"
    assert path.stem not in VAGUE_NAMES, f"{named(path)}: name it by what it does"


def test_the_composition_root_only_composes() -> None:
    assert len((ROOT / "main.py").read_text("utf-8").splitlines()) < 80


def test_dev_needs_nothing_but_python() -> None:
    dev = ROOT / "dev.py"
    assert len(dev.read_text("utf-8").splitlines()) < 150
    foreign = {name.split(".")[0] for _, name in imported(dev)} - set(sys.stdlib_module_names)
    assert not foreign


@pytest.mark.parametrize("room", sorted(CLOSED_TO))
def test_a_room_keeps_out_what_belongs_elsewhere(room: str) -> None:
    closed = CLOSED_TO[room] | (INPUT_OUTPUT if room == "domain" else set())
    wrong = [
        f"{named(path)}:{line} imports {name}"
        for path in MODULES
        if room_of(path) == room
        for line, name in imported(path)
        if name.split(".")[0] in closed
    ]
    assert not wrong


@pytest.mark.parametrize("room", sorted(ROOMS_UNDER))
def test_imports_run_down_only(room: str) -> None:
    seen = ROOMS_UNDER[room] | {room}
    wrong = [
        f"{named(path)}:{line} imports {name}"
        for path in MODULES
        if room_of(path) == room
        for line, name in imported(path)
        if name.startswith("chain_office.") and (other := name.split(".")[1]) in ROOMS_UNDER and other not in seen
    ]
    assert not wrong


def test_qt_stays_in_the_windows_room() -> None:
    wrong = [
        f"{named(path)}:{line}"
        for path in MODULES
        if room_of(path) != "ui"
        for line, name in imported(path)
        if name.split(".")[0] in {"PySide6", "shiboken6"}
    ]
    assert not wrong


def test_no_star_imports() -> None:
    assert not [f"{named(path)}:{line}" for path in MODULES for line, name in imported(path) if name.endswith(".*")]


def test_nothing_names_a_machine_or_a_registry() -> None:
    hosts = "|".join(("py" + "pi", "python-?" + "hosted", "n" + "pm", "debi" + "an", "maven"))
    machine = r"(?<![\w.])/(?:" + "|".join(("wo" + "rk", "fa" + "rm", "home", "root")) + r")/[a-z.]+"
    leak = re.compile(rf"{machine}|://[a-z0-9.-]*(?:{hosts})[a-z0-9.-]*/|\.\./sha" + "red")
    git = shutil.which("git")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False) if git else None
    if listed is None or listed.returncode:
        pytest.skip("no git or no checkout: nothing says which files belong to the repository")
    wrong = []
    for name in listed.stdout.decode("utf-8").split("\0"):
        path = ROOT / name
        if not path.is_file() or b"\0" in (head := path.read_bytes())[:8000]:
            continue
        wrong += [f"{name}: {match.group()}" for match in leak.finditer(head.decode("utf-8", "replace"))]
    assert not wrong


def test_locks_are_pinned_by_hash_and_hold_no_addresses() -> None:
    for lock in (ROOT / "requirements.lock", ROOT / "requirements-dev.lock"):
        text = lock.read_text("utf-8")
        assert "://" not in text
        blocks = re.findall(r"^\S+==\S+.*(?:\n    .*)*", text, re.MULTILINE)
        assert blocks
        assert all("--hash=sha256:" in block for block in blocks)


def test_the_running_lock_is_part_of_the_developers_lock() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
