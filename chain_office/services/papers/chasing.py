"""催办函: one letter to each lead unit about everything of its that is near its deadline or past it, with a form to answer on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.feedback import TITLE
from chain_office.domain.lights import ProblemFacts, late_text, span_text
from chain_office.queries import paper_rows
from chain_office.queries.paper_rows import LEAD
from chain_office.reports.content import Column, Lead, Table, chinese_date
from chain_office.reports.papers import Paper
from chain_office.services.calendar import work_calendar
from chain_office.services.papers.handing import BOTH, answer_files
from chain_office.services.papers.naming import clean, distinct, joined
from chain_office.services.papers.numbering import Leaving, numbered
from chain_office.services.papers.order import PaperFile
from chain_office.services.papers.wording import known, numeral, told, units
from chain_office.services.reminding import reminding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.paper_rows import PaperProblem, PaperUnit
    from chain_office.services.papers.letterhead import Letterhead
    from chain_office.services.papers.numbering import Numbered

KIND = "催办函"
_MOST_TOLD: Final = 4
"""So many problems are told in sentences; more go into a table."""


def reminders(
    ledger: Ledger, day: date, head: Letterhead, actor: str
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """The letters of a day."""
    due = reminding(ledger, day)
    ids = [one.id for unit in due.units for one in unit.problems]
    if not ids:
        return (), (f"截至 {day.isoformat()} 没有要催办的问题（{due.says}办理中问题），没有写任何文件。",), None
    problems = paper_rows.standing(ledger, ids, day)
    found = {
        unit.unit_id: [problems[one.id] for one in unit.problems if one.id in problems]
        for unit in due.units
        if unit.unit_id
    }
    known_units = paper_rows.units(ledger)
    addressed = sorted((known_units[one] for one in found), key=lambda one: one.order)
    leaving = [
        Leaving(KIND, f"{KIND}:{day.isoformat()}:{one.id}", day, tuple((each, LEAD) for each in found[one.id]), one.id)
        for one in addressed
    ]
    numbers, saved = numbered(ledger, leaving, head, actor)
    calendar = work_calendar(ledger)
    names = distinct((one.id, known(one.short)) for one in addressed)
    files: list[PaperFile] = []
    for unit, paper in zip(addressed, leaving, strict=True):
        number, called = numbers[paper.key], names[unit.id]
        letter = _letter(
            unit, found[unit.id], number, head, day, calendar, clean(joined(called, KIND, number.text), 120)
        )
        folder = clean(unit.kind or "其他单位")
        files.append(PaperFile(folder, letter, BOTH))
        files += answer_files(unit, paper.items, number, head, day, folder, called)
    orphans = sum(len(unit.problems) for unit in due.units if not unit.unit_id)
    notes = [f"{due.says}问题 {len(ids)} 个，涉及 {len(addressed)} 个牵头单位，每个单位一份催办函、一份反馈表。"]
    if orphans:
        notes.append(f"其中 {orphans} 个没有牵头单位，没有写催办函，请先明确单位。")
    return tuple(files), tuple(notes), saved


def _letter(
    unit: PaperUnit,
    problems: Sequence[PaperProblem],
    number: Numbered,
    head: Letterhead,
    day: date,
    calendar: WorkCalendar,
    name: str,
) -> Paper:
    late = sum(1 for one in problems if one.deadline is not None and one.deadline < day)
    near = len(problems) - late
    parts = "、".join(
        f"{word}{count}个" for word, count in (("已超过办结时限的", late), ("临近办结时限的", near)) if count
    )
    opening = (
        f"截至{chinese_date(day)}，贵单位牵头办理的企业问题中，有{parts}，现函请抓紧办理。"
        "请逐件核对进展，填写所附反馈表，及时反馈；确有困难不能按时办结的，请写明原因、下一步措施和拟办结日期。"
    )
    helpers = sorted({each for one in problems for each in one.co}, key=lambda one: one.order)
    closing = [f"上述问题的配合单位（{units(helpers)}）请一并配合做好办理工作。"] if helpers else []
    return Paper(
        name=name,
        title="关于催办企业问题的函",
        parts=(opening, *_items(problems, number, day, calendar), *closing, *([head.call] if head.call else [])),
        office=head.office,
        issued=day,
        masthead=head.office,
        number=number.text,
        recipients=f"{known(unit.name)}：",
        signed=True,
        copies="、".join(known(one.name) for one in helpers),
        annexes=(TITLE,),
        sample=head.sample,
        code=number.code(problems[0]) if len(problems) == 1 else "",
    )


def _items(
    problems: Sequence[PaperProblem], number: Numbered, day: date, calendar: WorkCalendar
) -> tuple[Lead | Table, ...]:
    """A few are told in the letter's own text, more in a table."""
    if len(problems) > _MOST_TOLD:
        return (_table(problems, number, day, calendar),)
    return tuple(
        Lead(
            f"（{numeral(place)}）{known(one.enterprise)}。" if len(problems) > 1 else f"{known(one.enterprise)}。",
            f"{known(one.text)}。办结时限{limit(one).replace(chr(10), '，').replace('，（', '（')}，"
            f"{lateness(one, day, calendar)}；配合单位：{units(one.co)}；最近进展：{told(one)}。回执号{number.code(one)}。",
        )
        for place, one in enumerate(problems, start=1)
    )


def _table(problems: Sequence[PaperProblem], number: Numbered, day: date, calendar: WorkCalendar) -> Table:
    columns = (
        Column("序号", 3, "center"), Column("回执号", 6.5, "center"), Column("企业及问题", 21), Column("办结时限", 10),
        Column("超时限情况", 8), Column("最近进展", 16), Column("配合单位", 7),
    )  # fmt: skip
    rows = [
        (
            str(place), number.code(one), f"{known(one.enterprise)}：{known(one.text)}", limit(one),
            lateness(one, day, calendar), told(one), units(one.co),
        )
        for place, one in enumerate(problems, start=1)
    ]  # fmt: skip
    notes = (f"超时限按国务院办公厅节假日安排计工作日，截至{chinese_date(day)}；时限当天不计。",)
    return Table("", columns, tuple(rows), notes=notes, density="compact")


def limit(problem: PaperProblem) -> str:
    """The deadline, and the first one where it was put off."""
    now = problem.deadline.isoformat() if problem.deadline else "未定"
    if not problem.extensions:
        return f"{now}\n未延期"
    first = f"原定{problem.original.isoformat()}，" if problem.original and problem.original != problem.deadline else ""
    return f"{now}\n（{first}延期{problem.extensions}次）"


def lateness(problem: PaperProblem, day: date, calendar: WorkCalendar) -> str:
    """逾期 6 个工作日; 还有 2 个工作日."""
    facts = ProblemFacts(problem.state, deadline=problem.deadline, reported_day=problem.reported_day)
    late = late_text(facts, day, calendar).replace(" ", "")
    if late or problem.deadline is None:
        return late or "没有明确时限"
    if problem.deadline == day:
        return "今天到期"
    return f"还有{span_text(day, problem.deadline, calendar)}".replace(" ", "")
