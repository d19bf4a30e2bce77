"""06 重点项目调度表: three heading rows, two units in one table, groups by stage; and a summary, which is no list."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from making.projects import PROJECTS, STAGES, Project
from making.sheet import Book, Page
from making.source import SAMPLE_NOTE

if TYPE_CHECKING:
    from pathlib import Path

MONEY = {7: "0.00", 8: "#,##0", 9: "#,##0", 10: "0.0%", 11: "#,##0"}


def write(path: Path) -> None:
    """Write the book."""
    book = Book(path)
    _list(book)
    _summary(book)
    book.close()


def _list(book: Book) -> None:
    page = book.page("项目调度表", [6, 36, 32, 12, 10, 28, 14, 12, 14, 14, 12, 14, 14, 20, 28, 24, 10])
    page.title("有色金属及新型合金产业链2021年重点项目调度表（1-9月）")
    page.caption(SAMPLE_NOTE, "截至2021年11月19日")
    page.head(
        "序号 项目名称 建设单位 建设地点 建设性质 建设内容及规模 建设年限 投资情况 < < < < 工期 < 形象进度 存在问题 备注",
        "^ ^ ^ ^ ^ ^ ^ 总投资\n（亿元） 2021年 < < 累计完成投资\n（万元） 开工时间 竣工时间 ^ ^ ^",
        "^ ^ ^ ^ ^ ^ ^ ^ 年度计划投资\n（万元） 1-9月完成投资\n（万元） 占年度计划% ^ ^ ^ ^ ^ ^",
    )
    page.row(_sums("合计", PROJECTS), bold=True, formats=MONEY)
    number = 0
    for ordinal, stage in zip("一二三", STAGES, strict=True):
        members = [project for project in PROJECTS if project.stage == stage]
        page.group(f"{ordinal}、{stage}项目（{len(members)}个）")
        for project in members:
            number += 1
            page.row(_row(project, number), formats=MONEY)
        page.row(_sums("小计", members), bold=True, formats=MONEY)
    _notes(page)


def _row(project: Project, number: int) -> list[Any]:
    real = "示例" not in project.name
    planned = project.stage == "拟开工"
    start = f"{project.start.year}.{project.start.month:02d}.{project.start.day:02d}" if project.start else ""
    finish: Any = project.finish or ""
    if project.finish and project.stage != "竣工":
        finish = f"计划{project.finish.year}年{project.finish.month}月底"
    if planned and project.start:
        start = f"计划{project.start.year}年{project.start.month}月底前"
    rate = round(project.done_year / project.plan, 4) if project.done_year and project.plan else "/"
    return [
        number, project.name, project.owner, project.district, project.nature, project.content, project.years,
        float(project.total) if project.total is not None else "—",
        *(value if value is not None else ("—" if real else "/") for value in (project.plan, project.done_year)),
        rate, project.done_all if project.done_all is not None else "—", start, finish, project.picture,
        project.problems, "公开信息" if real else "",
    ]  # fmt: skip


def _sums(label: str, members: list[Project]) -> list[Any]:
    plan, done = sum(p.plan or 0 for p in members), sum(p.done_year or 0 for p in members)
    total = float(sum((p.total or Decimal(0) for p in members), Decimal(0)))
    return [
        "", f"{label}（{len(members)}个）", "", "", "", "", "", total, plan, done, round(done / plan, 4), sum(p.done_all or 0 for p in members), "", "", "", "", "",
    ]  # fmt: skip


def _notes(page: Page) -> None:
    page.note("注：1.总投资单位为亿元，年度计划投资、完成投资单位为万元；合计数为有数项目之和。")
    page.note("2.备注“公开信息”的6个项目仅列公开报道的名称、阶段和投资额，其余留空；名称含“示例”的均为虚构。")
    page.note("填表人：示例　　联系电话：略")


def _summary(book: Book) -> None:
    page = book.page("分县市区汇总", [6, 20, 14, 14, 14, 14, 20])
    page.title("重点项目分县市区汇总表")
    page.caption(SAMPLE_NOTE, "单位：个、亿元")
    page.head(
        "序号 县市区 项目个数 < < < 总投资",
        f"^ ^ 小计 {' '.join(STAGES)} ^",
    )
    districts = sorted({project.district for project in PROJECTS if project.district})
    for number, district in enumerate([*districts, ""], 1):
        members = [project for project in PROJECTS if project.district == district]
        page.row([number, district or "公开信息未列地点", *_counts(members)], formats={6: "0.00"})
    page.row(["", "合计", *_counts(PROJECTS)], bold=True, formats={6: "0.00"})


def _counts(members: list[Project]) -> list[Any]:
    total = sum((project.total or Decimal(0) for project in members), Decimal(0))
    return [len(members), *(sum(p.stage == stage for p in members) for stage in STAGES), float(total)]
