"""The headless commands as a clerk and a script meet them: words, exit codes, shapes, pipes and code pages."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from chain_office import cli
from chain_office.db.ledger import open_ledger
from chain_office.paths import resource
from chain_office.services.figures import KEYS
from tests.refusals import contents, is_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COMMANDS = (
    "sample",
    "import",
    "export",
    "read-forms",
    "undo-import",
    "figures",
    "problems",
    "output",
    "finance",
    "lists",
    "agenda",
    "check",
    "pack",
    "papers",
    "chart",
    "backup",
    "restore",
)
# Every key of the vocabulary that `figures --json` prints.
VOCABULARY = {
    "as_of", "enterprises.total", "visits.enterprises_visited",
    "problems.collected", "problems.screened_in", "problems.rejected", "problems.pooled", "problems.waiting",
    "problems.to_assign", "problems.solved_on_site", "problems.escalated", "problems.assigned", "problems.closed",
    "problems.reported", "problems.open", "problems.parked", "problems.overdue",
    "finance.enterprises", "finance.parks", "finance.banks", "finance.granted_yuan", "finance.drawn_yuan",
    "projects.completed", "projects.under_construction", "projects.planned", "projects.stopped", "projects.total",
    "output.from", "output.to", "output.total_yuan", "output.base_yuan", "output.yoy_percent",
    "output.nominal_yoy_percent",
}  # fmt: skip
FIRMS = ("企业名称", "统一社会信用代码", "职工人数", "联系电话", "入规时间")


class Said:
    """What a command said, and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command in this process."""

    def go(*words: object) -> Said:
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as left:
            code = int(str(left.code or 0))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return go


@pytest.fixture
def office(sample_office: Path, tmp_path: Path) -> Path:
    place: Path = tmp_path / "办公室 一.ledger"
    shutil.copy(sample_office, place)
    return place


def book(path: Path, *rows: Sequence[object], heading: Sequence[str] = FIRMS) -> Path:
    with xlsxwriter.Workbook(str(path)) as made:
        sheet = made.add_worksheet("企业名册")
        for at, row in enumerate((heading, *rows)):
            sheet.write_row(at, 0, row)
    return path


# --- words ---------------------------------------------------------------------------------------------------------


def test_the_issue_names_these_commands() -> None:
    parser = cli.build_parser()
    groups = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    assert tuple(groups[0].choices) == COMMANDS


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(run: Any, command: str) -> None:
    said = run(*filter(None, [command, "--help"]))
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("用法：")
    plain = re.sub("|".join((*COMMANDS, "segment", "district", "park")), "", said.out)
    plain = re.sub(
        r"--?[a-z-]+|\.(ledger|xlsx|xls|csv|png|svg|pdf|docx|et|ics)\b|\b(PDF|JSON|unit|state|enterprise)\b|resources/|main\.py",
        "",
        plain,
    )
    assert re.findall(r"[A-Za-z]{2,}", plain) == []


@pytest.mark.parametrize(
    "words",
    [
        ["nothing"], ["--nothing"], ["figures"], ["figures", "a", "b"], ["figures", "a", "--as-of"],
        ["figures", "a", "--as-of", "99"], ["figures", "a", "--json=3"], ["figures", "a", "--js"], ["import", "a"],
        ["undo-import", "a", "x"], ["pack", "a", "b.pdf", "--kind", "总结会"], ["chart", "a"], ["chart", "a", "pipeline"],
        ["restore", "a"], ["export", "a"], ["papers", "a", "b"], ["papers", "a", "b", "--of", "总结"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_misuse_is_two_and_said_in_chinese(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*words)
    assert (said.code, said.out) == (2, "")
    usage, reason = said.err.split("命令写得不对：")
    assert usage.startswith("用法：")
    assert reason.endswith("。\n")
    english = re.sub("|".join(sorted(COMMANDS, key=len, reverse=True)), "", reason)
    english = re.sub(r"--?[a-z-]+|'[^']*'|“[^”]*”|main\.py|output-monthly|\.png", "", english)
    for word in words:
        english = english.replace(word, "")
    assert re.findall(r"[A-Za-z]{2,}", english) == []
    assert contents(tmp_path) == {}


def test_no_command_is_misuse_and_shows_the_help(run: Any) -> None:
    said = run()
    assert said.code == 2
    assert "命令" in said.out


@pytest.mark.parametrize(
    "words",
    [
        ["figures", "没有.ledger"], ["check", "没有.ledger"], ["export", "没有.ledger", "a.xlsx"],
        ["pack", "没有.ledger", "a.pdf"], ["backup", "没有.ledger"], ["restore", "没有.ledger", "没有的备份.ledger"],
        ["undo-import", "没有.ledger"], ["chart", "没有.ledger", "pipeline", "a.png"],
        ["import", "没有.ledger", "没有.xlsx"], ["import", "没有.ledger", "没有.xlsx", "--plan"],
        ["import", "没有.ledger", "没有.xlsx", "--answers", "没有.json"], ["sample", "没有这个夹/新.ledger"],
        ["export", "没有.ledger", "没有.ledger"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_refusal_is_one_and_one_sentence(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*words)
    assert (said.code, said.out) == (1, "")
    assert is_sentence(said.err)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize(
    "command", ["figures", "check", "export", "pack", "chart", "backup", "undo-import", "import", "restore"]
)
@pytest.mark.parametrize("kind", ["text", "empty", "other", "cut"])
def test_no_command_takes_what_is_no_ledger(
    run: Any, tmp_path: Path, sample_office: Path, command: str, kind: str
) -> None:
    ledger = tmp_path / "不是.ledger"
    ledger.write_bytes(
        {"text": "文字".encode(), "empty": b"", "cut": sample_office.read_bytes()[:70_000]}.get(kind, b"")
    )
    if kind == "other":
        ledger.unlink()
        with sqlite3.connect(ledger) as other:
            other.execute("CREATE TABLE notes (a)")
        other.close()
    extra: dict[str, list[str | Path]] = {
        "export": ["a.xlsx"], "pack": ["a.pdf"], "chart": ["pipeline", "a.png"],
        "import": [resource("sample") / "01_规上企业名册.xlsx"], "restore": ["台账.ledger"],
    }  # fmt: skip
    words = [command, ledger, *(tmp_path / one for one in extra.get(command, ()))]
    if command == "restore":
        words = [command, tmp_path / "台账.ledger", ledger]
    before = contents(tmp_path)
    said = run(*words)
    assert (said.code, said.out) == (1, "")
    assert is_sentence(said.err)
    assert contents(tmp_path) == before


# --- figures, check, chart ------------------------------------------------------------------------------------------


def test_figures_as_json_is_one_flat_object_with_every_key(run: Any, office: Path) -> None:
    said = run("figures", office, "--json")
    found = json.loads(said.out)
    assert said.code == 0
    assert set(found) >= VOCABULARY
    assert set(found) == {"as_of", *KEYS}
    assert all(isinstance(value, int | float | str | None) and not isinstance(value, bool) for value in found.values())
    assert all(isinstance(value, int) for key, value in found.items() if key.startswith(("problems.", "projects.")))


def test_figures_take_the_ledgers_own_date_unless_told(run: Any, office: Path) -> None:
    expected = json.loads(resource("sample", "expected.json").read_text("utf-8"))
    for day in expected:
        found = json.loads(run("figures", office, "--json", "--as-of", day).out)
        assert {key: found[key] for key in expected[day]} == expected[day]
    assert json.loads(run("figures", office, "--json").out)["as_of"] == "2021-11-19"


def test_an_empty_ledger_knows_nothing_and_says_null(run: Any, tmp_path: Path) -> None:
    open_ledger(tmp_path / "空.ledger", create=True).close()
    found = json.loads(run("figures", tmp_path / "空.ledger", "--json").out)
    assert found["as_of"] == "2022-01-05"
    unknown = {key for key, value in found.items() if value is None}
    assert {"output.to", "output.total_yuan", "output.base_yuan", "output.yoy_percent"} <= unknown
    assert found["enterprises.total"] == 0


def test_figures_for_people_have_a_date_a_stamp_and_no_keys(run: Any, office: Path) -> None:
    lines = run("figures", office).out.splitlines()
    assert lines[0] == "截止 2021-11-19  示例数据"
    assert not [line for line in lines if re.search(r"[a-z]+\.[a-z]", line)]


def test_charts_are_listed_a_line_each_with_the_id_first(run: Any, office: Path) -> None:
    said = run("chart", office, "--list")
    ids = [line.split()[0] for line in said.out.splitlines()]
    assert {"output-monthly", "problems-by-unit", "pipeline"} <= set(ids)
    assert len(set(ids)) == len(ids)
    assert all(re.search("[\u4e00-\u9fff]", line) for line in said.out.splitlines())


@pytest.mark.parametrize(("suffix", "magic"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")])
def test_a_chart_is_a_file_of_its_kind(run: Any, office: Path, suffix: str, magic: bytes) -> None:
    target = office.with_name(f"图{suffix}")
    assert run("chart", office, "pipeline", target).code == 0
    assert target.read_bytes().startswith(magic)


def test_check_passes_on_the_sample_and_fails_when_a_figure_was_touched(run: Any, office: Path) -> None:
    assert run("check", office).code == 0
    with sqlite3.connect(office) as other:
        other.execute("UPDATE problem SET state = 'closed' WHERE state <> 'closed'")
    other.close()
    said = run("check", office)
    assert said.code == 1
    failed = [line for line in said.out.splitlines() if line.startswith("不符")]
    assert any("本程序之外" in line for line in failed)
    assert any("登记内容" in line for line in failed)


# --- import ---------------------------------------------------------------------------------------------------------


def test_planning_on_a_missing_ledger_writes_nothing(run: Any, tmp_path: Path) -> None:
    made = book(tmp_path / "名册.xlsx", ("甲有限公司", None, 12, None, "2020-01"))
    before = contents(tmp_path)
    said = run("import", tmp_path / "新.ledger", made, "--plan", "--json")
    assert said.code == 0
    assert json.loads(said.out)["sheets"][0]["new"] == 1
    assert contents(tmp_path) == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["名册.xlsx"]


def test_planning_on_a_ledger_writes_nothing(run: Any, office: Path) -> None:
    made = book(office.with_name("名册.xlsx"), ("甲有限公司", None, 12, None, "2020-01"))
    before = contents(office.parent)
    assert run("import", office, made, "--plan").code == 0
    assert contents(office.parent) == before


def test_import_as_json_has_the_shape_that_was_agreed(run: Any, tmp_path: Path) -> None:
    made = book(
        tmp_path / "名册.xlsx",
        ("甲有限公司", None, 12, "13800138000", "2020-01"),
        ("乙有限公司", None, "十来个", None, "2020-01"),
        ("丙有限公司", None, 12, None, "某年某月"),
    )
    said = run("import", tmp_path / "新.ledger", made, "--json", "--rows")
    found = json.loads(said.out)
    (sheet,) = found["sheets"]
    assert said.code == 0
    assert {"sheet", "desk", "new", "changed", "same", "refused", "warned", "rows"} <= set(sheet)
    assert (sheet["sheet"], sheet["desk"], sheet["changed"], sheet["same"]) == ("企业名册", "enterprises", 0, 0)
    assert sheet["new"] == 2
    assert [(one["row"], one["column"], one["text"]) for one in sheet["refused"]] == [(4, "入规时间", "某年某月")]
    assert [one["row"] for one in sheet["warned"] if one["column"] == "职工人数"] == [3]
    for remark in [*sheet["refused"], *sheet["warned"]]:
        assert list(remark) == ["row", "column", "text", "reason"]
    assert [list(row) for row in sheet["rows"]] == [["row", "verdict", "values"]] * 3
    assert [(row["row"], row["verdict"]) for row in sheet["rows"]] == [(2, "new"), (3, "new"), (4, "refused")]
    values = sheet["rows"][0]["values"]
    assert (values["name"], values["employees"], values["entry_day"]) == ("甲有限公司", 12, "2020-01-01")
    again = json.loads(run("import", tmp_path / "新.ledger", made, "--json").out)["sheets"][0]
    assert (again["new"], again["changed"], again["same"]) == (0, 0, 2)
    assert "rows" not in again


def test_money_is_told_in_yuan_as_stored(run: Any, tmp_path: Path) -> None:
    heading = ("项目名称", "总投资(亿元)", "建设阶段")
    made = book(tmp_path / "项目.xlsx", ("某某铜箔项目", 1.5, "在建"), heading=heading)
    sheet = json.loads(run("import", tmp_path / "新.ledger", made, "--json", "--rows").out)["sheets"][0]
    assert sheet["desk"] == "projects"
    assert sheet["rows"][0]["values"]["total_yuan"] == 150_000_000


def test_a_book_refused_whole_makes_no_ledger(run: Any, tmp_path: Path) -> None:
    made = book(tmp_path / "名册.xlsx", ("丙有限公司", None, 12, None, "某年某月"))
    before = contents(tmp_path)
    assert run("import", tmp_path / "新.ledger", made).code == 1
    assert contents(tmp_path) == before


@pytest.mark.parametrize("text", ["[1]", "{", "\x00", '"x"'])
def test_answers_that_are_none_are_refused(run: Any, tmp_path: Path, text: str) -> None:
    made = book(tmp_path / "名册.xlsx", ("甲有限公司", None, 12, None, "2020-01"))
    (tmp_path / "答.json").write_text(text, "utf-8")
    before = contents(tmp_path)
    said = run("import", tmp_path / "新.ledger", made, "--answers", tmp_path / "答.json")
    assert (said.code, said.out) == (1, "")
    assert is_sentence(said.err)
    assert contents(tmp_path) == before


def test_import_undo_and_undo_again(run: Any, office: Path) -> None:
    before = run("figures", office, "--json").out
    made = book(office.with_name("名册.xlsx"), ("甲有限公司", None, 12, None, "2020-01"))
    number = re.search(r"导入编号 (\d+)", run("import", office, made).out)
    assert number is not None
    assert run("figures", office, "--json").out != before
    said = run("undo-import", office, number.group(1))
    assert said.code == 0
    assert "名册.xlsx" in said.out
    assert run("figures", office, "--json").out == before
    assert run("undo-import", office, number.group(1)).code == 1


# --- files ----------------------------------------------------------------------------------------------------------


def test_backup_then_restore_brings_the_figures_back(run: Any, office: Path) -> None:
    before = run("figures", office, "--json").out
    made = re.search("：(.+)\n", run("backup", office, office.parent / "备份").out)
    assert made is not None
    assert run("undo-import", office).code == 0
    assert run("figures", office, "--json").out != before
    said = run("restore", office, made.group(1))
    assert (said.code, "恢复前" in said.out) == (0, True)
    assert run("figures", office, "--json").out == before


@pytest.mark.parametrize(
    ("command", "name"),
    [("export", "办公室 一.ledger"), ("pack", "办公室 一.ledger"), ("chart", "办公室 一.ledger"), ("export", "a.txt")],
)
def test_no_output_goes_over_the_ledger(run: Any, office: Path, command: str, name: str) -> None:
    before = contents(office.parent)
    more = ["pipeline"] if command == "chart" else []
    said = run(command, office, *more, office.with_name(name))
    assert said.code == 1
    assert is_sentence(said.err)
    assert contents(office.parent) == before


def test_reading_commands_leave_the_ledger_and_its_folder_alone(run: Any, office: Path) -> None:
    before = contents(office.parent)
    for words in (["figures"], ["figures", "--json"], ["check"], ["chart", "--list"]):
        assert run(words[0], office, *words[1:]).code == 0
    assert contents(office.parent) == before


def test_the_sample_is_never_made_over_a_file(run: Any, office: Path) -> None:
    before = contents(office.parent)
    assert run("sample", office).code == 1
    assert contents(office.parent) == before


def test_the_unforeseen_leaves_a_report_and_a_sentence(
    run: Any, office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError(f"{2 * 7} once")

    monkeypatch.setattr("chain_office.services.figures.headline", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    said = run("figures", office)
    assert (said.code, said.out) == (1, "")
    assert is_sentence(said.err)
    (report,) = tmp_path.glob("产业链办-出错-*.txt")
    assert str(report) in said.err
    text = report.read_text("utf-8")
    assert "ZeroDivisionError" in text
    assert "chain_office/cli/__init__.py" in text
    assert "14 once" not in text  # what an error says may quote the ledger
    assert str(tmp_path) not in text


def test_a_pack_says_which_characters_no_face_has(tmp_path: Path, run: Any) -> None:
    book = tmp_path / "清单.csv"
    book.write_text(
        "问题交办清单（2021年3月1日）\n企业,存在问题,牵头单位,办结时限,办理状态\n甲\U0002ebef厂,缺电,市科技局,2021-06-30,办理中\n",
        encoding="utf-8",
    )
    ledger, out = tmp_path / "台账.ledger", tmp_path / "材料.pdf"
    run("import", ledger, book)
    said = run("pack", ledger, out, "--as-of", "2021-12-31")
    assert said.code == 0
    assert "字库里没有“\U0002ebef”" in said.out
