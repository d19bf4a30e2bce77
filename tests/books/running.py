"""The program as the headless commands show it: `main.py import|figures|export|undo-import`, in this process."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from chain_office import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


@dataclass(frozen=True)
class Report:
    """What one import said: its exit code and its JSON."""

    code: int
    data: Mapping[str, Any]
    errors: str = ""

    @property
    def sheets(self) -> list[Mapping[str, Any]]:
        """The sheets that were read as a desk's, in order."""
        return [sheet for sheet in self.data.get("sheets", []) if sheet["desk"]]

    @property
    def questions(self) -> list[Mapping[str, Any]]:
        """What only a person can tell."""
        return list(self.data.get("questions", []))

    def sheet(self, name: str, desk: str | None = None) -> Mapping[str, Any]:
        """The part about one sheet (and one desk, where a sheet holds several tables)."""
        return next(s for s in self.sheets if s["sheet"] == name and desk in {None, s["desk"]})

    def counts(self) -> dict[str, tuple[str, int, int, int, int]]:
        """Per sheet: desk, new, changed, same, refused (tables of one desk in one sheet added up)."""
        found: dict[str, tuple[str, int, int, int, int]] = {}
        for sheet in self.sheets:
            key = sheet["sheet"]
            if key in found and found[key][0] != sheet["desk"]:
                key = f"{key}/{sheet['desk']}"
            was = found.get(key, (sheet["desk"], 0, 0, 0, 0))
            refused = {remark["row"] for remark in sheet["refused"]}
            numbers = (sheet["new"], sheet["changed"], sheet["same"], len(refused))
            found[key] = (sheet["desk"], *(a + b for a, b in zip(was[1:], numbers, strict=True)))
        return found

    def values(self, sheet: str, row: int) -> Mapping[str, Any]:
        """The stored values of one Excel row."""
        for part in self.sheets:
            if part["sheet"] == sheet:
                for line in part["rows"]:
                    if line["row"] == row:
                        return dict(line["values"])
        raise KeyError((sheet, row))

    def said(self, kind: str) -> list[tuple[str, int, str, str, str]]:
        """All remarks of a kind ("warned", "refused"): sheet, row, column, text, reason."""
        return [
            (s["sheet"], r["row"], r["column"], r["text"], r["reason"])
            for s in self.data.get("sheets", [])
            for r in s[kind]
        ]


def command(*arguments: str) -> tuple[int, str, str]:
    """Run one command line; its exit code, output and errors."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(list(arguments))
    return code, out.getvalue(), err.getvalue()


def read_in(ledger: Path, *books: Path, answers: Mapping[str, object] | None = None, plan: bool = False) -> Report:
    """`import --json --rows` of one or more books."""
    extra = ["--plan"] if plan else []
    if answers is not None:
        kept = ledger.with_name("answers.json")
        kept.write_text(json.dumps(answers, ensure_ascii=False), encoding="utf-8")
        extra += ["--answers", str(kept)]
    code, out, err = command("import", str(ledger), *map(str, books), "--json", "--rows", *extra)
    return Report(code, json.loads(out) if out.strip() else {}, err)


def figures(ledger: Path, as_of: str | None = None) -> dict[str, Any]:
    """`figures --json`."""
    extra = ["--as-of", as_of] if as_of else []
    code, out, err = command("figures", str(ledger), "--json", *extra)
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


@dataclass(frozen=True)
class Case:
    """One office's books and what a careful reader gets from them by hand.

    ``counts``: sheet → (desk, new, changed, same, refused). ``refused``/``warned``: (row, words of the reason).
    ``values``: (sheet, row) → stored values (a part of them). ``answers``: words of a question → its answer.
    """

    name: str
    make: Callable[[Path], Sequence[Path]]
    as_of: str = ""
    figures: Mapping[str, object] = field(default_factory=dict)
    counts: Mapping[str, tuple[str, int, int, int, int]] = field(default_factory=dict)
    refused: Sequence[tuple[int, str]] = ()
    warned: Sequence[tuple[int, str]] = ()
    values: Mapping[tuple[str, int], Mapping[str, object]] = field(default_factory=dict)
    unread: Sequence[str] = ()
    asked: Sequence[str] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    code: int = 0
