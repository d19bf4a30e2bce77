"""`read-forms`: what can be recorded is, the rest says why not; codes and keys are what scripts count on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from chain_office.cli import main
from chain_office.services.ledgers import open_ledger
from tests.exchange.feedback.forms import Filled, sheet_form, word_form

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_DAY = "2021-11-19"


def _good(folder: Path) -> Path:
    line = Filled({"code": "WT0053-1", "status": "办理中", "done": "指标方案已上报", "filled_day": _DAY})
    return word_form(folder / "甲.docx", [line], unit="市发改委", day=_DAY)


def _bad(folder: Path) -> Path:
    line = Filled({"code": "WT0999-1", "status": "办理中", "done": "x", "filled_day": _DAY})
    return sheet_form(folder / "乙.xlsx", [line], unit="市发改委")


def _steps(path: Path) -> int:
    with open_ledger(path) as ledger:
        return int(ledger.value("SELECT count(*) FROM problem_event WHERE seq > 1"))


def test_a_plan_writes_nothing_and_says_what_would_be(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["read-forms", str(office), str(_good(tmp_path)), "--plan"]) == 0
    said = capsys.readouterr().out
    assert "WT0053" in said
    assert "什么也没有写" in said
    assert _steps(office) == 0


def test_good_lines_are_recorded_beside_bad_ones_and_again_nothing_is_new(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(_good(tmp_path)), str(_bad(tmp_path))]
    assert main(["read-forms", str(office), *files, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["recorded"] == 1
    assert set(told) == {"files", "recorded", "write_no"}
    good, bad = (one["rows"][0] for one in told["files"])
    assert (good["recorded"], good["record_no"], good["steps"][0]["step"]) == (True, "WT0053", "progress")
    assert (bad["recorded"], bad["verdict"]) == (False, "faulty")
    assert bad["faults"]
    assert main(["read-forms", str(office), *files]) == 0, "nothing new is no failure"
    assert "没有登记任何反馈" in capsys.readouterr().out
    assert _steps(office) == 1


def test_all_refused_is_a_failure_that_says_why(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.7")
    assert main(["read-forms", str(office), str(scan), str(_bad(tmp_path))]) == 1
    said = capsys.readouterr().out
    assert "PDF" in said
    assert "WT0999" in said
    assert _steps(office) == 0
