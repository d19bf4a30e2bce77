"""07 2020年月度产值 as a grid of months in 千元; 08 and 09 2021年月度产值, a sheet a month, laid out differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from making.output import FADING, OUTPUT, Month, Year, on_form
from making.sheet import Book
from making.source import SAMPLE_NOTE

if TYPE_CHECKING:
    from pathlib import Path

TITLE = "有色金属及新型合金产业链规上企业{period}产值"
SOURCE = "数据来源：企业自报调度数（现价）"
FULL_WIDTH = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
DISTRICTS = (
    "常宁市",
    "耒阳市",
    "衡东县",
    "衡南县",
    "祁东县",
    "衡阳县",
    "衡山县",
    "雁峰区",
    "蒸湘区",
    "石鼓区",
    "珠晖区",
)

ORDINALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一")


def write_2020(path: Path) -> None:
    """Write last year's book: January and February are one column, as they were reported."""
    book = Book(path)
    page = book.page("2020年", [6, 34, 10, *[12] * 11, 14, 12])
    page.title(TITLE.format(period="2020年分月"))
    page.caption(f"{SAMPLE_NOTE}　{SOURCE}", "单位：千元")
    months = ["1-2月", *(f"{month}月" for month in range(3, 13))]
    page.head(
        "序号 单位详细名称 县市区 2020年工业总产值 < < < < < < < < < < < 备注",
        f"^ ^ ^ {' '.join(months)} 1-12月累计 ^",
    )
    formats = {column: "#,##0" for column in range(3, 15)}
    rows = [_year_row(year) for year in OUTPUT if year.months_2020]
    for number, (name, district, values) in enumerate(rows, 1):
        page.row([number, name, district, *values, ""], formats=formats)
    sums = [sum(values[column] for _, _, values in rows) for column in range(12)]
    page.row(["", "合计", "", *sums, ""], bold=True, formats=formats)
    page.note(f"注：共{len(rows)}家报送；1-12月累计含年终调整数，与分月之和可能不等。")
    book.close()


def _year_row(year: Year) -> tuple[str, str, list[int]]:
    months = [sum(year.months_2020[:2]), *year.months_2020[2:], year.year_2020]
    return year.firm.name, year.firm.district, [value * 10 for value in months]


def write_half(path: Path) -> None:
    """Write January to June 2021."""
    book = Book(path)
    _january(book)
    for month, unit, grouped in (
        (2, "万元", False),
        (3, "万元", True),
        (4, "千元", False),
        (5, "万元", False),
        (6, "亿元", False),
    ):
        _three_rows(book, month, unit, grouped=grouped)
    book.close()


def write_quarter(path: Path) -> None:
    """Write July to September 2021."""
    book = Book(path)
    for month in (7, 8, 9):
        _one_row(book, month)
    book.close()


def _on_form(month: int) -> list[tuple[Year, Month]]:
    return [(year, year.lines_2021[month]) for year in OUTPUT if on_form(year, month)]


def _growth(now: int | None, base: int | None) -> Any:
    return round(now / base - 1, 4) if now is not None and base else "—"


def _january(book: Book) -> None:
    page = book.page("1月", [6, 34, 14, 16, 16, 12, 22])
    page.title(TITLE.format(period="2021年1月"))
    page.caption(f"{SAMPLE_NOTE}　{SOURCE}", "单位：万元")
    page.head(
        "序号 企业名称 所属县市区 1月产值 上年同月 当月同比 备注",
    )
    formats = {3: "#,##0", 4: "#,##0", 5: "0.0%"}
    listed = [year for year in OUTPUT if year.lines_2021 and min(year.lines_2021) <= 2]
    for number, year in enumerate(listed, 1):
        line = year.lines_2021.get(1)
        values = [line.month, line.month_base, _growth(line.month, line.month_base)] if line else ["/", "/", "/"]
        remark = "" if line else "1-2月合并报送"
        page.row([number, year.firm.name, year.firm.district, *values, remark], formats=formats)
    reported = [line for _, line in _on_form(1)]
    now, base = sum(line.month or 0 for line in reported), sum(line.month_base or 0 for line in reported)
    page.row(["", "合计", "", now, base, _growth(now, base), ""], bold=True, formats=formats)
    page.note("注：合计不含1-2月合并报送的企业。")


def _three_rows(book: Book, month: int, unit: str, *, grouped: bool) -> None:
    page = book.page(f"{month}月", [6, 34, 14, 14, 14, 14, 12, 16])
    page.title(TITLE.format(period=f"2021年{month}月"))
    page.caption(f"{SAMPLE_NOTE}　{SOURCE}", f"单位：{unit}")
    page.head(
        f"序号 企业名称 工业总产值（{unit}） < < < 累计同比 备注",
        "^ ^ 本年 < 上年同期 < ^ ^",
        "^ ^ 本月 1—本月 本月 1—本月 ^ ^",
    )
    formats = {column: "0.0000" if unit == "亿元" else "#,##0" for column in range(2, 6)} | {6: "0.0%"}
    lines = _on_form(month)
    if month == 5:
        page.row(["", "总计", *_sums(lines, unit), ""], bold=True, formats=formats)
    for district in DISTRICTS if grouped else ("",):
        members = [(year, line) for year, line in lines if not district or year.firm.district == district]
        if grouped:
            page.group(f"{ORDINALS[DISTRICTS.index(district)]}、{district}（{len(members)}家）")
        for number, (year, line) in enumerate(members, 1):
            page.row(_line(number, year, line, unit), formats=formats)
        if grouped:
            page.row(["", "小计", *_sums(members, unit), ""], bold=True, formats=formats)
    if month != 5:
        page.row(["", "合计", *_sums(lines, unit), ""], bold=True, formats=formats)
    page.note("注：累计数以企业最新报送为准，可能与分月之和不等。")
    page.note("单位负责人：示例　　填表人：示例　　填报日期：略")


def _in(unit: str, value: int | None) -> Any:
    if value is None:
        return ""
    return {"万元": value, "千元": value * 10, "亿元": value / 10000}[unit]


def _line(number: int, year: Year, line: Month, unit: str) -> list[Any]:
    values = [_in(unit, value) for value in (line.month, line.cum, line.month_base, line.cum_base)]
    if unit == "万元" and number % 6 == 0 and isinstance(values[1], int):
        values[1] = f"{values[1]:,}"
    if unit == "万元" and number % 11 == 0 and isinstance(values[0], int):
        values[0] = str(values[0]).translate(FULL_WIDTH)
    remark = "1-2月合并报送" if line.month is None else ""
    return [number, year.firm.name, *values, _growth(line.cum, line.cum_base), remark]


def _sums(lines: list[tuple[Year, Month]], unit: str) -> list[Any]:
    columns = [(line.month, line.cum, line.month_base, line.cum_base) for _, line in lines]
    sums = [sum(row[column] or 0 for row in columns) for column in range(4)]
    return [*(_in(unit, value) for value in sums), _growth(sums[1], sums[3])]


def _one_row(book: Book, month: int) -> None:
    page = book.page(f"{month}月", [6, 34, 12, 14, 16, 16, 12, 26, 14])
    page.title(TITLE.format(period=f"2021年1-{month}月"))
    page.caption(f"{SAMPLE_NOTE}　{SOURCE}", "单位：万元")
    page.head(
        f"序号 企业名称 县市区 {month}月产值 1-{month}月产值 上年同期 同比增减% 增减原因 备注",
    )
    formats = {3: "#,##0", 4: "#,##0", 5: "#,##0", 6: "0.0%"}
    lines = _on_form(month)
    sums = [
        sum(values) for values in zip(*((line.month or 0, line.cum, line.cum_base) for _, line in lines), strict=True)
    ]
    if month == 8:
        sums[1] += sum(next(iter(FADING.values())))
    total = ["", f"合计（{len(lines)}家）", "", *sums, _growth(sums[1], sums[2]), "", ""]
    if month == 9:
        page.row(total, bold=True, formats=formats)
    for number, (year, line) in enumerate(lines, 1):
        page.row(_quarter_line(number, month, year, line), formats=formats)
    if month != 9:
        page.row(total, bold=True, formats=formats)
    if month == 8:
        page.note("注：合计的1-8月产值含8月退规企业1-7月数，与分项之和不等，系有意保留，供导入时核对。")
    page.note("注：上年同期为同口径基数；新建投产企业无基数，以“—”表示。")


def _quarter_line(number: int, month: int, year: Year, line: Month) -> list[Any]:
    cum: Any = f"{line.cum:,}.00" if number % 9 == 0 else line.cum
    base: Any = line.cum_base if line.cum_base else "—"
    growth = _growth(line.cum, line.cum_base)
    reason = ""
    if isinstance(growth, float) and month == 9:
        reason = "价格上涨、产能释放" if growth > 0.6 else "订单减少" if growth < 0 else ""
    return [number, year.firm.name, year.firm.district, line.month, cum, base, growth, reason, ""]
