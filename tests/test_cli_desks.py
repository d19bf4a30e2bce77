"""The commands of the five desks: what they print is what the desks count."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from chain_office import cli
from chain_office.cli.parser import PAPERS
from chain_office.services.papers import KINDS

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


def read(run: Run, *words: object) -> Any:
    """What a command says as JSON."""
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_every_kind_of_paper_can_be_asked_for() -> None:
    assert set(PAPERS) == set(KINDS)


@pytest.mark.parametrize("key", ["problems.assigned", "enterprises.total", "finance.drawn_yuan", "output.total_yuan"])
def test_the_rows_behind_a_figure_add_up_to_it(run: Run, sample_office: Path, key: str) -> None:
    known = read(run, "figures", sample_office, "--as-of", DAY)
    told = read(run, "figures", sample_office, "--as-of", DAY, "--explain", key)
    assert told["value"] == known[key]
    code, out, _ = run("figures", sample_office, "--as-of", DAY, "--explain", key)
    assert code == 0
    assert out.splitlines()[0] == f"截止 {DAY}  示例数据"


def test_a_key_nobody_knows_is_answered_with_the_nearest(run: Run, sample_office: Path) -> None:
    code, out, err = run("figures", sample_office, "--explain", "problems.opne")
    assert (code, out) == (1, "")
    assert "problems.open" in err


def test_the_ladder_of_loans_is_that_of_the_figures(run: Run, sample_office: Path) -> None:
    known = read(run, "figures", sample_office, "--as-of", DAY)
    told = read(run, "finance", sample_office, "--as-of", DAY)
    assert told["as_of"] == DAY
    for rung, key in (("granted", "finance.granted_yuan"), ("drawn", "finance.drawn_yuan")):
        assert told["totals"][rung]["yuan"] == known[key]
        for by in ("banks", "borrowers"):
            assert sum(row[rung]["yuan"] or 0 for row in told[by]) == known[key]


@pytest.mark.parametrize("by", ["segment", "district", "park", "enterprise"])
def test_output_by_any_group_adds_up_to_the_figures(run: Run, sample_office: Path, by: str) -> None:
    known = read(run, "figures", sample_office, "--as-of", DAY)
    told = read(run, "output", sample_office, "--as-of", DAY, "--by", by)
    assert told["total"]["total_yuan"] == known["output.total_yuan"]
    assert told["total"]["yoy_percent"] == known["output.yoy_percent"]
    assert told["total"]["nominal_yoy_percent"] == known["output.nominal_yoy_percent"]
    assert sum(row["total_yuan"] or 0 for row in told["rows"]) == known["output.total_yuan"]
    assert sum(row["base_yuan"] or 0 for row in told["rows"]) == known["output.base_yuan"]


def test_the_five_lists_and_the_map_are_written(run: Run, sample_office: Path, tmp_path: Path) -> None:
    code, out, err = run("lists", sample_office, tmp_path / "五单", "--as-of", DAY)
    assert (code, err) == (0, "")
    made = sorted(path.name for path in (tmp_path / "五单").iterdir())
    assert [name.split("_")[1] for name in made] == [
        "发展目标清单", "在建重大项目清单", "招商引资重点项目清单", "重点问题清单", "可产业化科研成果清单", "产业链上下游图谱",
    ]  # fmt: skip
    assert "在建项目26个" in out


def test_an_officers_work_is_listed_by_name(run: Run, sample_office: Path, tmp_path: Path) -> None:
    code, out, _ = run("papers", sample_office, tmp_path, "--of", "工作交接", "--meeting", "示例甲", "--as-of", DAY)
    assert code == 0
    assert "示例甲：12 件" in out
    code, _, err = run("papers", sample_office, tmp_path, "--of", "工作交接", "--as-of", DAY)
    assert code == 1
    assert "示例甲（12 件）" in err


def test_what_is_due_is_written_as_a_calendar_file(run: Run, sample_office: Path, tmp_path: Path) -> None:
    every, some = tmp_path / "全部.ics", tmp_path / "一月.ics"
    code, out, err = run("agenda", sample_office, every, "--as-of", DAY)
    assert (code, err) == (0, "")
    whole = every.read_text(encoding="utf-8")
    assert f"（{whole.count('BEGIN:VEVENT')} 项，截至 {DAY}）" in out
    assert run("agenda", sample_office, some, "--from", "2021-12-01", "--to", "2021-12-31", "--as-of", DAY)[0] == 0
    days = {
        line.partition(":")[2] for line in some.read_text(encoding="utf-8").splitlines() if line.startswith("DTSTART")
    }
    assert days
    assert all(day.startswith("202112") for day in days)
    assert 0 < some.read_text(encoding="utf-8").count("BEGIN:VEVENT") < whole.count("BEGIN:VEVENT")


def test_a_calendar_of_no_days_is_refused_in_words(run: Run, sample_office: Path, tmp_path: Path) -> None:
    target = tmp_path / "a.ics"
    code, _, err = run("agenda", sample_office, target, "--from", "2021-12-31", "--to", "2021-12-01")
    assert code == 1
    assert "早于开始日期" in err
    assert not target.exists()
