"""What happens to a ledger over time: the same book twice, a newer book, a renamed firm, undoing, exporting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.books.offices import finance_books, output_books, problem_books, project_books, register_books
from tests.books.offices.codes import credit_code
from tests.books.running import command, figures, read_in
from tests.books.workbooks import Draft

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAYS = ("2021-03-31", "2021-06-30", "2021-09-30", "2021-12-31")
BOOKS = (
    output_books.state_form,
    output_books.two_years_wide,
    output_books.unit_column,
    output_books.sheet_a_month,
    output_books.movers,
    output_books.published_before,
    project_books.grouped,
    project_books.stage_column,
    project_books.by_county,
    finance_books.ladder,
    finance_books.needs,
    problem_books.handed_over,
    problem_books.screened,
    problem_books.verified,
    problem_books.offices_pool,
    register_books.two_districts,
    register_books.hostile,
    register_books.visits,
    register_books.visits_by_group,
)


def _all_figures(ledger: Path) -> list[dict[str, object]]:
    return [figures(ledger, day) for day in DAYS]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "台账.ledger"


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_the_same_book_again_changes_nothing(make: Callable[[Path], list[Path]], ledger: Path, tmp_path: Path) -> None:
    books = make(tmp_path)
    assert read_in(ledger, *books).code == 0
    before = _all_figures(ledger)
    again = read_in(ledger, *books)
    assert [(s["sheet"], s["new"], s["changed"]) for s in again.sheets if s["new"] or s["changed"]] == []
    assert sum(s["same"] for s in again.sheets) > 0
    assert _all_figures(ledger) == before


@pytest.mark.parametrize("make", BOOKS, ids=lambda make: make.__name__)
def test_an_export_changes_nothing_here_and_carries_all_elsewhere(
    make: Callable[[Path], list[Path]], ledger: Path, tmp_path: Path
) -> None:
    """Back into its own ledger an export is all the same; into an empty one it brings the same figures."""
    assert read_in(ledger, *make(tmp_path)).code == 0
    before = _all_figures(ledger)
    out = tmp_path / "导出.xlsx"
    assert command("export", str(ledger), str(out))[0] == 0
    back = read_in(ledger, out)
    assert back.said("refused") == []
    assert [(s["sheet"], s["new"], s["changed"]) for s in back.sheets if s["new"] or s["changed"]] == []
    assert back.code == 0
    assert _all_figures(ledger) == before
    if make is not output_books.published_before:  # 上年公布数 is listed for people, not taken from there
        other = tmp_path / "另一本.ledger"
        assert read_in(other, out).code == 0
        assert _all_figures(other) == before


def test_undoing_an_import_brings_every_figure_back(ledger: Path, tmp_path: Path) -> None:
    """A second office's whole set on top of the first, then undone book by book."""
    assert read_in(ledger, *output_books.movers(tmp_path)).code == 0
    stages = [_all_figures(ledger)]
    for make in (project_books.grouped, finance_books.ladder, problem_books.handed_over, register_books.visits):
        assert read_in(ledger, *make(tmp_path)).code == 0
        stages.append(_all_figures(ledger))
    for before in reversed(stages[:-1]):
        code, _, errors = command("undo-import", str(ledger))
        assert code == 0, errors
        assert _all_figures(ledger) == before


def test_a_plan_writes_nothing(ledger: Path, tmp_path: Path) -> None:
    report = read_in(ledger, *project_books.grouped(tmp_path), plan=True)
    assert report.counts()["调度"] == ("projects", 7, 0, 0, 0)
    assert not ledger.exists()


def _progress(folder: Path, name: str, until: str, statuses: list[tuple[str, str | None]]) -> Path:
    draft = Draft(folder, name)
    problems = ["二期用地未供", "气价偏高", "招工难", "货车限行"]
    rows: list[list[object]] = [
        ["先进陶瓷产业链问题交办清单（2021年4月12日交办会）"],
        [f"截至{until}"],
        ["序号", "企业名称", "存在问题", "牵头单位", "办结时限", "办理状态", "满意度"],
    ]
    rows += [
        [i, "明窑陶瓷有限公司", problem, "市发改委", "2021-06-30", *status]
        for i, (problem, status) in enumerate(zip(problems, statuses, strict=True), 1)
    ]
    draft.sheet("清单", rows, merged="A1:G1 A2:G2")
    return draft.save()


def test_a_newer_book_moves_problems_on_and_leaves_the_past_alone(ledger: Path, tmp_path: Path) -> None:
    june = _progress(
        tmp_path,
        "六月.xlsx",
        "2021年6月20日",
        [("办理中", None), ("办理中", None), ("已反馈待核实", None), ("已办结", "满意")],
    )
    september = _progress(
        tmp_path,
        "九月.xlsx",
        "2021年9月30日",
        [("已办结", "满意"), ("长期推进", None), ("已办结", "基本满意"), ("已办结", "满意")],
    )
    assert read_in(ledger, june).counts()["清单"] == ("problems", 4, 0, 0, 0)
    first = [figures(ledger, day) for day in ("2021-06-20", "2021-07-31", "2021-09-29")]
    assert [first[1][f"problems.{k}"] for k in ("open", "reported", "closed", "parked")] == [2, 1, 1, 0]
    report = read_in(ledger, september)
    assert report.counts()["清单"] == ("problems", 0, 3, 1, 0)
    assert [figures(ledger, day) for day in ("2021-06-20", "2021-07-31", "2021-09-29")] == first
    then = figures(ledger, "2021-09-30")
    assert [then[f"problems.{k}"] for k in ("open", "reported", "closed", "parked")] == [0, 0, 3, 1]
    assert then["problems.overdue"] == 0
    assert command("check", str(ledger))[0] == 0


def test_an_older_book_afterwards_does_not_turn_the_ledger_back(ledger: Path, tmp_path: Path) -> None:
    """A blank cell keeps what is there; an absent row is untouched."""
    full = _progress(tmp_path, "全.xlsx", "2021年6月20日", [("办理中", None)] * 4)
    assert read_in(ledger, full).code == 0
    draft = Draft(tmp_path, "只有一行.xlsx")
    draft.sheet(
        "清单",
        [
            ["先进陶瓷产业链问题交办清单（2021年4月12日交办会）"],
            ["截至2021年7月20日"],
            ["序号", "企业名称", "存在问题", "牵头单位", "办结时限", "办理状态", "满意度"],
            [1, "明窑陶瓷有限公司", "气价偏高", None, None, None, None],
        ],
    )
    report = read_in(ledger, draft.save())
    assert report.counts()["清单"][1] == 0
    now = figures(ledger, "2021-07-31")
    assert [now[f"problems.{k}"] for k in ("collected", "assigned", "open", "overdue")] == [4, 4, 4, 4]


def _register(folder: Path, name: str, firm: str, title: str = "规上企业名册") -> Path:
    draft = Draft(folder, name)
    draft.sheet(
        "名册",
        [[title], ["序号", "企业名称", "统一社会信用代码", "联系人", "联系电话"],
         [1, firm, credit_code(77), "张三", "13800138000"]],
    )  # fmt: skip
    return draft.save()


def test_a_renamed_firm_stays_one_and_answers_to_both_names(ledger: Path, tmp_path: Path) -> None:
    assert read_in(ledger, _register(tmp_path, "旧.xlsx", "老窑陶瓷厂")).code == 0
    assert read_in(ledger, _register(tmp_path, "新.xlsx", "新窑先进陶瓷股份有限公司")).counts()["名册"][1:3] == (0, 1)
    draft = Draft(tmp_path, "产值.xlsx")
    draft.sheet(
        "产值",
        [["2021年9月产值（万元）"], ["企业名称", "1-9月产值", "上年同期"], ["老窑陶瓷厂", 300, 200]],
    )
    report = read_in(ledger, draft.save())
    assert report.said("warned") == []
    now = figures(ledger, "2021-10-01")
    assert (now["enterprises.total"], now["output.total_yuan"]) == (1, 3_000_000)


def test_phones_leave_masked_and_a_masked_phone_changes_nothing(ledger: Path, tmp_path: Path) -> None:
    assert read_in(ledger, _register(tmp_path, "名册.xlsx", "明窑陶瓷有限公司")).code == 0
    masked, plain = tmp_path / "遮.xlsx", tmp_path / "明.xlsx"
    assert command("export", str(ledger), str(masked))[0] == 0
    assert command("export", str(ledger), str(plain), "--phones")[0] == 0
    assert "138****8000" in _texts(masked)
    assert "13800138000" not in _texts(masked)
    assert "13800138000" in _texts(plain)
    for book in (masked, plain):
        report = read_in(ledger, book)
        assert [(s["new"], s["changed"]) for s in report.sheets if s["new"] or s["changed"]] == []


def _texts(path: Path) -> set[str]:
    book = openpyxl.load_workbook(path)
    return {str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row if cell.value}


def test_an_id_card_number_goes_nowhere(ledger: Path, tmp_path: Path) -> None:
    assert read_in(ledger, *register_books.two_districts(tmp_path)).code == 0
    draft = Draft(tmp_path, "走访.xlsx")
    draft.sheet(
        "走访",
        [
            ["2021年6月走访记录"],
            ["走访日期", "企业名称", "受访人", "经营情况"],
            ["2021-06-01", "景泽电驱有限公司", "张三", f"负责人身份证{register_books.ID_CARD}，平稳"],
        ],
    )
    report = read_in(ledger, draft.save())
    assert report.code == 0
    assert [one for one in report.said("warned") if "身份证" in one[4]]
    out = tmp_path / "导出.xlsx"
    assert command("export", str(ledger), str(out), "--phones")[0] == 0
    assert not [text for text in _texts(out) if register_books.ID_CARD in text]
    kept = b"".join(path.read_bytes() for path in tmp_path.glob("台账.ledger*"))
    assert register_books.ID_CARD.encode() not in kept
    assert "景泽电驱有限公司".encode() in kept


def test_hostile_names_come_out_as_text(ledger: Path, tmp_path: Path) -> None:
    assert read_in(ledger, *register_books.hostile(tmp_path)).code == 0
    out = tmp_path / "导出.xlsx"
    assert command("export", str(ledger), str(out))[0] == 0
    book = openpyxl.load_workbook(out)
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    assert set(register_books.HOSTILE) <= {str(cell.value) for cell in cells}
    assert command("check", str(ledger))[0] == 0


def test_lead_and_co_units_come_apart(ledger: Path, tmp_path: Path) -> None:
    """市自规局（牵头）、市住建局: one leads, one helps; the export shows both by their register names."""
    draft = Draft(tmp_path, "多单位.xlsx")
    draft.sheet(
        "清单",
        [
            ["问题交办清单（2021年4月12日交办会）"],
            ["序号", "企业名称", "存在问题", "承办单位", "办结时限", "责任人及联系电话"],
            [1, "明窑陶瓷", "用地", "市生态环境局（牵头）\n市发改委", "2021-06-30", "王五13912345678"],
            [2, "明窑陶瓷", "用电", "市工信局（牵头）、市发改委、市科技局", "2021-06-30"],
            [3, "明窑陶瓷", "用水", "牵头：市科技局；配合：市教育局", "2021-06-30"],
        ],
    )
    report = read_in(ledger, draft.save())
    assert [one for one in report.said("warned") if "单位名录" in one[4]] == []
    out = tmp_path / "导出.xlsx"
    assert command("export", str(ledger), str(out))[0] == 0
    head, *rows = openpyxl.load_workbook(out)["问题"].iter_rows(values_only=True)
    lead, others, owner = (head.index(name) for name in ("牵头单位", "配合单位", "责任人"))
    assert [(row[lead], row[others], row[owner]) for row in rows] == [
        ("市生态环境局", "市发改委", "王五"),
        ("市工信局", "市发改委、市科技局", None),
        ("市科技局", "市教育局", None),
    ]
    assert figures(ledger, "2021-05-01")["problems.units"] == 3


def test_several_books_in_one_command_are_one_import(ledger: Path, tmp_path: Path) -> None:
    """A whole office handed in at once, in the wrong order; the register last."""
    books = [
        *output_books.sheet_a_month(tmp_path),
        *project_books.grouped(tmp_path),
        *problem_books.screened(tmp_path),
    ]
    assert read_in(ledger, *books).code == 0
    now = figures(ledger, "2021-11-19")
    assert (now["output.total_yuan"], now["projects.total"], now["problems.collected"]) == (6_100_000, 6, 8)
    assert command("undo-import", str(ledger))[0] == 0
    gone = figures(ledger, "2021-11-19")
    assert (gone["projects.total"] or 0, gone["problems.collected"] or 0) == (0, 0)


def test_a_project_moves_from_planned_to_building(ledger: Path, tmp_path: Path) -> None:
    """Two monthly lists: the stage changes on the day of the newer list, or on the day its row states."""
    head = ["序号", "项目名称", "总投资（亿元）", "建设阶段", "开工时间", "竣工时间"]
    spring, autumn = Draft(tmp_path, "三月.xlsx"), Draft(tmp_path, "九月.xlsx")
    spring.sheet("项目", [["2021年3月重点项目调度表"], head, [1, "钠电二期", 20, "拟开工"], [2, "铜箔三线", 6, "在建"]])
    autumn.sheet(
        "项目",
        [
            ["2021年9月重点项目调度表"],
            head,
            [1, "钠电二期", 20, "在建", "2021-06-18", None],
            [2, "铜箔三线", 6, "竣工", None, "2021-08-31"],
        ],
    )
    assert read_in(ledger, spring.save()).counts()["项目"] == ("projects", 2, 0, 0, 0)
    may = figures(ledger, "2021-05-31")
    assert read_in(ledger, autumn.save()).counts()["项目"] == ("projects", 0, 2, 0, 0)
    assert figures(ledger, "2021-05-31") == may
    july, october = figures(ledger, "2021-07-01"), figures(ledger, "2021-10-01")
    keys = ("completed", "under_construction", "planned", "total")
    assert [may[f"projects.{k}"] for k in keys] == [0, 1, 1, 2]
    assert [july[f"projects.{k}"] for k in keys] == [0, 2, 0, 2]
    assert [october[f"projects.{k}"] for k in keys] == [1, 1, 0, 2]
    following = figures(ledger, "2022-10-01")
    assert following["projects.completed"] == 0


@pytest.mark.parametrize(
    "make",
    [
        output_books.movers,
        project_books.grouped,
        finance_books.ladder,
        problem_books.handed_over,
        register_books.visits,
    ],
    ids=lambda make: make.__name__,
)
def test_what_was_undone_can_be_imported_again(
    make: Callable[[Path], list[Path]], ledger: Path, tmp_path: Path
) -> None:
    books = make(tmp_path)
    first = read_in(ledger, *books)
    wanted = _all_figures(ledger)
    assert command("undo-import", str(ledger))[0] == 0
    assert _all_figures(ledger) != wanted
    second = read_in(ledger, *books)
    assert second.counts() == first.counts()
    assert _all_figures(ledger) == wanted
    code, said, errors = command("check", str(ledger))
    assert code == 0, (said, errors)


def test_an_older_list_afterwards_is_refused_where_it_would_turn_time_back(ledger: Path, tmp_path: Path) -> None:
    june = _progress(tmp_path, "六月.xlsx", "2021年6月20日", [("办理中", None)] * 4)
    september = _progress(tmp_path, "九月.xlsx", "2021年9月30日", [("已办结", "满意")] * 2 + [("办理中", None)] * 2)
    assert read_in(ledger, september).code == 0
    wanted = figures(ledger, "2021-12-31")
    report = read_in(ledger, june)
    assert {row for _, row, *_ in report.said("refused")} == {4, 5}
    assert figures(ledger, "2021-12-31") == wanted
