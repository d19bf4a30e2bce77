"""However a table is laid out — columns shuffled, rows inserted, titles, units, merges — it reads the same."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from chain_office.domain.tables import ParsedTable
from tests.exchange.layouts import outcome, table

FIRMS = ("湖南甲铜业有限公司", "衡阳乙锌业有限公司", "常宁丙铅业有限公司", "耒阳丁铝业有限公司")
SCALES = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
HEADINGS = {
    "name": ("项目名称", "项 目\n名称", "建设项目", "工程名称"),
    "owner": ("建设单位", "业主单位", "项目业主", "投资方"),
    "total": ("总投资", "计划总投资", "投资总额", "总投资额"),
    "plan": ("年度计划投资", "2021年计划投资", "本年计划投资", "年度投资计划"),
    "start": ("开工时间", "开工日期", "实际开工时间"),
    "remark": ("备注", "说明", "备　注"),
}


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[list[object]], list[tuple[object, ...]], tuple[int, ...]]:
    """A sheet of projects laid out at random; the rows it holds; their Excel row numbers."""
    count = draw(st.integers(1, 5))
    units = {key: draw(st.sampled_from(sorted(SCALES))) for key in ("total", "plan")}
    shared = draw(st.booleans())
    if shared:
        units["plan"] = units["total"]
    records = [
        {
            "name": f"项目{number}",
            "owner": draw(st.sampled_from(FIRMS)),
            "total": draw(st.integers(1, 999_999)),
            "plan": draw(st.integers(0, 999_999)),
            "start": date(2021, draw(st.integers(1, 12)), draw(st.integers(1, 28))),
            "remark": draw(st.sampled_from(["", "续建", "重点"])),
        }
        for number in range(count)
    ]
    order = draw(st.permutations(list(HEADINGS)))
    numbered = draw(st.booleans())
    left, above = draw(st.integers(0, 2)), draw(st.integers(0, 3))
    blank: list[object] = [""] * left
    rows: list[list[object]] = [[] for _ in range(above)]
    if draw(st.booleans()):
        rows.append([*blank, "2021年有色金属产业链重点项目表"])
    if shared:
        rows.append(
            [*blank, "", "", "", draw(st.sampled_from([f"单位：{units['total']}", f"（单位:{units['total']}）"]))]
        )
    head: list[object] = ["序号"] if numbered else []
    for key in order:
        heading = draw(st.sampled_from(HEADINGS[key]))
        head.append(heading + (f"（{units[key]}）" if key in units and not shared else ""))
    rows.append(blank + head)
    places = []
    for number, record in enumerate(records, start=1):
        if draw(st.booleans()):
            rows.append([])
        cells: list[object] = [float(number)] if numbered else []
        cells += [_shown(draw, key, record[key]) for key in order]
        rows.append(blank + cells)
        places.append(len(rows))
    if draw(st.booleans()):
        total: list[object] = ["合计"] if numbered else []
        sums = {key: sum(record[key] for record in records) for key in units}  # type: ignore[misc]
        total += [sums.get(key, "合计" if key == "name" and not numbered else "") for key in order]
        if numbered or order[0] == "name":
            rows.append(blank + total)
    if draw(st.booleans()):
        rows.append([*blank, "备注：本表由项目组填报，数据为调度数。"])
    expected = [
        (
            record["name"],
            record["owner"],
            record["total"] * SCALES[units["total"]],  # type: ignore[operator]
            record["plan"] * SCALES[units["plan"]],  # type: ignore[operator]
            record["start"],
            record["remark"] or None,
        )
        for record in records
    ]
    return rows, expected, tuple(places)  # type: ignore[return-value]


def _shown(draw: st.DrawFn, key: str, value: object) -> object:
    """A value in one of the ways people write it."""
    if key in {"total", "plan"}:
        return draw(st.sampled_from([float(value), f"{value:,}", f" {value} "]))  # type: ignore[arg-type]
    if isinstance(value, date):
        shown = (
            value,
            f"{value:%Y/%m/%d}",
            f"{value.year}年{value.month}月{value.day}日",
            f"{value.month}月{value.day}日",
        )
        return draw(st.sampled_from(shown[:3]))
    return value


@given(layouts())
def test_every_layout_reads_the_same(
    layout: tuple[list[list[object]], list[tuple[object, ...]], tuple[int, ...]],
) -> None:
    rows, expected, places = layout
    found = table(rows)
    assert found.desk == "projects"
    fields = ("name", "owner", "total_yuan", "year_plan_yuan", "start_day", "remark")
    assert [tuple(row.value(field) for field in fields) for row in found.rows] == expected
    assert tuple(row.row for row in found.rows) == places
    assert all(not row.refused for row in found.rows)
    assert found.warned == ()


WORDS = (
    *("序号", "企业名称", "项目名称", "存在问题", "牵头单位", "9月产值（万元）", "上年同期", "建设银行", "授信金额"),
    *("一、竣工项目（2个）", "合计", "小计", "注：无", "2021年9月产值表", "截至2021年9月30日", "甲有限公司"),
    *("11月底前", "2020年11月3日", "80-100", "3000万元", "约5亿", "其中：", "（亿元）", "1月", "2月", "2021年"),
    *("常宁市", "√", "#REF!", "—", "备注", "单位：万元", "2020年", "本月", "累计"),
)
CELLS = st.one_of(
    st.just(""),
    st.sampled_from(WORDS),
    st.floats(-1e9, 1e9, allow_nan=False),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.booleans(),
    st.text(max_size=8),
)
GRIDS = st.lists(st.lists(CELLS, max_size=8), max_size=12)
MERGES = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 7), st.integers(0, 3), st.integers(0, 3)), max_size=4)


@given(GRIDS, MERGES, st.sampled_from(["Sheet1", "2021年9月", "在建项目", "农业银行", ""]))
def test_no_grid_of_cells_makes_the_reader_stumble(
    grid: list[list[object]], merges: list[tuple[int, int, int, int]], sheet: str
) -> None:
    ranges = [(top, left, top + down, left + right) for top, left, down, right in merges]
    for found in outcome(grid, ranges, sheet=sheet):
        if isinstance(found, ParsedTable):
            assert found.rows
            assert all(0 < row.row <= len(grid) for row in found.rows)
            asked = {question.id for question in found.questions}
            assert {one.question for row in found.rows for one in row.refused} - {""} <= asked
        else:
            assert found.reason
