"""The `problems` command as a clerk and a script meet it: columns that line up, keys that stay, refusals in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from chain_office import cli
from chain_office.domain.widths import clipped, table, width

if TYPE_CHECKING:
    from pathlib import Path

DAY = "2021-11-19"
Run = Any


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process: (code, out, err)."""

    def go(*words: object) -> tuple[int, str, str]:
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as left:
            code = int(str(left.code or 0))
        said = capsys.readouterr()
        return code, said.out, said.err

    return go


def test_the_figures_come_first_and_every_problem_says_why(run: Run, sample_office: Path) -> None:
    code, out, _ = run("problems", sample_office, "--as-of", DAY)
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == f"截止 {DAY}  示例数据"
    assert "收集 87" in lines[1]
    assert any(line.startswith("核实率") and "（32/49）" in line and "÷" in line for line in lines)
    heading = next(at for at, line in enumerate(lines) if line.startswith("编号"))
    rows = lines[heading + 1 :]
    assert len(rows) == 87
    place = width(lines[heading][: lines[heading].index("牵头单位")])
    late = next(line for line in rows if line.startswith("WT0063"))
    before = late[: late.index("市中级人民法院")]
    assert width(before) == place
    assert "红灯" in before
    assert late.endswith("个工作日")


def test_json_keys_are_stable_and_the_numbers_those_of_figures(run: Run, sample_office: Path) -> None:
    _, out, _ = run("problems", sample_office, "--as-of", DAY, "--json")
    found = json.loads(out)
    assert list(found) == ["as_of", "by", "totals", "identities", "rates", "rows"]
    _, said, _ = run("figures", sample_office, "--as-of", DAY, "--json")
    known = json.loads(said)
    shared = {key: value for key, value in found["totals"].items() if f"problems.{key}" in known}
    assert {f"problems.{key}": value for key, value in shared.items()}.items() <= known.items()
    assert {"collected", "screened_in", "assigned", "closed", "verified", "overdue"} <= found["totals"].keys()
    assert all(one["holds"] and one["left"] == one["right"] for one in found["identities"])
    assert found["rates"]["verified_rate"] == {
        "label": "核实率", "numerator": 32, "denominator": 49, "percent": 65.3,
        "formula": "核实销号 ÷ 报结（已报结待核实 + 已销号）",
    }  # fmt: skip
    assert set(found["rows"][0]) == {
        "number", "enterprise", "text", "category", "unit", "state", "label", "bucket", "round", "due", "overdue", "light",
        "why",
    }  # fmt: skip
    assert sum(row["overdue"] for row in found["rows"]) == found["totals"]["overdue"]


@pytest.mark.parametrize("by", ["unit", "state", "enterprise"])
def test_every_summary_adds_up_to_the_totals(run: Run, sample_office: Path, by: str) -> None:
    _, out, _ = run("problems", sample_office, "--as-of", DAY, "--by", by, "--json")
    found = json.loads(out)
    rows, totals = found["rows"], found["totals"]
    assert sum(row["overdue"] for row in rows) == totals["overdue"]
    if by == "unit":
        assert all(sum(row[key] for row in rows) == totals[key] for key in ("assigned", "closed", "open", "parked"))
    elif by == "state":
        assert sum(row["count"] for row in rows) == totals["collected"]
        assert all(len(row["problems"]) == row["count"] for row in rows)
    else:
        assert sum(row["collected"] for row in rows) == totals["collected"]
    code, said, _ = run("problems", sample_office, "--as-of", DAY, "--by", by)
    assert code == 0
    assert len(said.splitlines()) > len(rows)


def test_before_anything_was_collected_there_is_nothing_and_no_rate_is_made_up(run: Run, sample_office: Path) -> None:
    _, out, _ = run("problems", sample_office, "--as-of", "2019-01-01", "--json")
    found = json.loads(out)
    assert not found["rows"]
    assert not any(found["totals"].values())
    assert {rate["percent"] for rate in found["rates"].values()} == {None}


def test_misuse_and_a_missing_ledger_are_told_in_words(run: Run, sample_office: Path, tmp_path: Path) -> None:
    code, _, err = run("problems", sample_office, "--by", "leader")
    assert code == 2
    assert "没有这个选择" in err
    code, _, err = run("problems", tmp_path / "没有.ledger")
    assert code == 1
    assert "没有.ledger" in err


def test_columns_line_up_whatever_the_script() -> None:
    lines = table(("单位", "n"), [("市发改委", "1"), ("ABC", "22")], frozenset({1}))
    assert lines == ["单位       n", "市发改委   1", "ABC       22"]
    assert {width(line) for line in lines} == {12}
    assert clipped("要求 政府\n垫付原料", 11) == "要求 政府…"
    assert clipped("短", 4) == "短"
