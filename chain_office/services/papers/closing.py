"""销号单: one form for each problem verified and closed in a span of days, for the file and for the signatures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.queries import paper_closings, paper_rows
from chain_office.queries.paper_rows import LEAD
from chain_office.reports.content import chinese_date
from chain_office.reports.papers import Cell, Grid, Paper
from chain_office.services.papers.handing import BOTH
from chain_office.services.papers.naming import clean, joined
from chain_office.services.papers.numbering import Leaving, numbered
from chain_office.services.papers.order import PaperFile
from chain_office.services.papers.wording import deadline, known, unit, units, what, when

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.queries.paper_closings import Closing
    from chain_office.queries.paper_rows import PaperProblem
    from chain_office.services.papers.letterhead import Letterhead

KIND = "销号单"
_SHARES = (24.0, 25.0, 16.0, 25.0)
_QUESTIONS: Final = (
    ("问题有没有解决", "solved", ("解决", "未解决", "部分解决")),
    ("诉求有没有答复", "answered", ("已答复", "未答复", "部分答复")),
    ("部门有没有主动对接", "approached", ("已对接", "未对接", "对接不够")),
)
_ANSWERS: Final[Mapping[str, int]] = {"yes": 0, "no": 1, "partly": 2}


def closings(
    ledger: Ledger, first: date | None, day: date, head: Letterhead, actor: str
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """The forms of what was closed from ``first`` (left out: from the first of the day's month) to ``day``."""
    first = first or date(day.year, day.month, 1)
    found = paper_closings.verified_closings(ledger, first, day)
    span = f"{first.isoformat()} 至 {day.isoformat()}"
    if not found:
        return (), (f"{span} 没有核实销号的问题，没有写任何文件。",), None
    problems = paper_rows.standing(ledger, [one.problem_id for one in found], day)
    leaving = [
        Leaving(
            KIND,
            f"{KIND}:{one.problem_id}:{one.seq}",
            one.day or day,
            ((problems[one.problem_id], LEAD),),
            lead.id if (lead := problems[one.problem_id].lead) else None,
        )
        for one in found
    ]
    numbers, saved = numbered(ledger, leaving, head, actor)
    files = tuple(
        PaperFile("", _form(one, problems[one.problem_id], numbers[paper.key].text, head), BOTH)
        for one, paper in zip(found, leaving, strict=True)
    )
    notes = [f"{span} 核实销号 {len(found)} 个问题，一个一张。"]
    recorded = sum(one.recorded for one in found)
    if recorded:
        notes.append(f"其中 {recorded} 个据原台账登记销号，未单独核实，表里已注明，四问的方框未勾。")
    return files, tuple(notes), saved


NOT_ON_RECORD: Final = "原台账未登记"
AS_IN_THE_BOOK: Final = "据原台账登记销号，未单独核实"


def _form(one: Closing, problem: PaperProblem, number: str, head: Letterhead) -> Paper:
    def told(text: str) -> str:
        """What is on record; where a book recorded the closing, that it has nothing of it."""
        return NOT_ON_RECORD if one.recorded and not text else known(text)

    checked_by = NOT_ON_RECORD if one.recorded else known(one.actor)
    rows = (
        _pair(("编号", number), ("记录号", problem.no)),
        _pair(("企业", known(problem.enterprise)), ("县市区", known(problem.district))),
        _pair(("牵头单位", unit(problem.lead)), ("配合单位", units(problem.co))),
        _row("问题与诉求", what(problem)),
        _pair(("交办日期", when(problem.handed_day)), ("办结时限", _limit(problem))),
        _pair(("报结日期", when(one.report_day)), ("销号日期", when(one.day))),
        _row("办理情况", known(one.report), 2),
        (Cell("核实（推进办与企业）", head=True, across=4),),
        _pair(("核实方式", told(one.method)), ("企业受访人", told(one.contact))),
        *(_row(label, _ticked(getattr(one, name), answers)) for label, name, answers in _QUESTIONS),
        _row("企业满不满意", _ticked_word(one.rating, ("满意", "基本满意", "不满意"))),
        _pair(("回访日期", when(one.called_back) if one.called_back else told("")), ("核实人", checked_by)),
        _row("核实意见", AS_IN_THE_BOOK if one.recorded and not one.text else told(one.text), 2),
        _pair(("企业意见\n（签字/盖章）", ""), ("承办单位\n（签字/盖章）", ""), 2),
        _pair(("推进办意见", ""), ("领导签批", ""), 2),
    )
    notes = (f"{AS_IN_THE_BOOK}；方框未勾的，是原台账没有登记，有档案的可按档案补填。",) if one.recorded else ()
    return Paper(
        name=clean(joined(unit(problem.lead), KIND, problem.no, number), 120),
        title="问题销号单",
        parts=(Grid(_SHARES, rows, notes=notes),),
        office=head.office,
        issued=one.day or date.min,
        sample=head.sample,
        note=f"{head.office}　{chinese_date(one.day) if one.day else ''}",
    )


def _limit(problem: PaperProblem) -> str:
    put_off = f"（延期{problem.extensions}次）" if problem.extensions else ""
    return f"{deadline(problem)}{put_off}"


def _ticked(answer: str, answers: tuple[str, ...]) -> str:
    """■解决　□未解决　□部分解决; all open where nothing is on record."""
    chosen = _ANSWERS.get(answer)
    return "　".join(f"{'■' if place == chosen else '□'}{word}" for place, word in enumerate(answers))


def _ticked_word(word: str, words: tuple[str, ...]) -> str:
    return "　".join(f"{'■' if one == word else '□'}{one}" for one in words)


def _row(label: str, text: str, lines: float = 1.0) -> tuple[Cell, ...]:
    return (Cell(label, head=True), Cell(text, across=3, lines=lines))


def _pair(left: tuple[str, str], right: tuple[str, str], lines: float = 1.0) -> tuple[Cell, ...]:
    (first, text), (second, other) = left, right
    return Cell(first, head=True), Cell(text, lines=lines), Cell(second, head=True), Cell(other, lines=lines)
