"""走访表: for each firm on the register a form with what is known of it and room for the three standing questions, and a
blank one for whoever is met on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.workflow import STATES
from chain_office.queries.firm_output import firm_lines
from chain_office.queries.paper_visits import firms_to_visit
from chain_office.reports.content import chinese_date
from chain_office.reports.papers import Cell, Grid, Paper
from chain_office.services.packing.wording import growth, money, month
from chain_office.services.papers.handing import BOTH
from chain_office.services.papers.naming import clean, joined
from chain_office.services.papers.order import PaperFile
from chain_office.services.papers.wording import known

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.queries.firm_output import FirmLine
    from chain_office.queries.paper_visits import FirmToVisit
    from chain_office.services.papers.letterhead import Letterhead

_SHARES = (18.0, 31.0, 14.0, 25.0)
_QUESTIONS: Final = ("一、生产经营\n怎么样", "二、有什么困难\n和问题需要\n政府帮助", "三、做大做强\n有哪些打算")
_MOST_PROBLEMS: Final = 6
_ROOM: Final = 15
"""Lines to write the three answers in, with those of the problems on hand: the form stays on one page."""
_LEAST_ROOM: Final = 8
_PER_LINE: Final = 28
_NO_PLACE: Final = "未登记县市区"


def visit_forms(
    ledger: Ledger, day: date, head: Letterhead
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """The forms of the register at a day, by district, and the blank one."""
    firms = firms_to_visit(ledger, day)
    lines = {line.id: line for line in firm_lines(ledger, day)}
    files = [PaperFile("", _paper("空白走访表", _rows(None, None), head, day), BOTH)]
    for firm in firms:
        name = clean(joined(firm.no, known(firm.name), "走访表"), 120)
        folder = clean(firm.district or _NO_PLACE)
        files.append(PaperFile(folder, _paper(name, _rows(firm, lines.get(firm.id)), head, day), BOTH))
    said = f"截至 {day.isoformat()} 在册企业 {len(firms)} 家，一家一份走访表，按县市区分文件夹；另有一份空白表。"
    return tuple(files), (said,), None


def _paper(name: str, rows: tuple[tuple[Cell, ...], ...], head: Letterhead, day: date) -> Paper:
    return Paper(
        name=name, title="企业走访表", parts=(Grid(_SHARES, rows),), office=head.office, issued=day, sample=head.sample,
        note=f"{head.office}　企业情况截至{chinese_date(day)}",
    )  # fmt: skip


def _rows(firm: FirmToVisit | None, line: FirmLine | None) -> tuple[tuple[Cell, ...], ...]:
    """With a firm what is known of it, without one blanks."""
    name, code, place, park, people, phones, products, last, problems, output = _known(firm, line)
    room = max(_LEAST_ROOM, _ROOM - sum(-(-len(line) // _PER_LINE) for line in problems.split("\n")))
    shares = (room * 5 // 17, room - 2 * (room * 5 // 17), room * 5 // 17)
    return (
        _row("企业名称", name),
        _pair(("统一社会\n信用代码", code), ("县市区", place)),
        _row("园区", park),
        _pair(("联系人", people), ("联系电话", phones)),
        _row("主要产品", products),
        _row("产值", output),
        _row("上次走访", last),
        _row("在办问题", problems),
        _pair(("走访时间", ""), ("带队领导", "")),
        _pair(("走访人员", ""), ("受访人", "")),
        *(_row(question, "", lines) for question, lines in zip(_QUESTIONS, shares, strict=True)),
        _row("意见建议", "", 2),
        _pair(("初步\n处理意见", ""), ("记录人", ""), 2),
    )


def _known(firm: FirmToVisit | None, line: FirmLine | None) -> tuple[str, ...]:
    if firm is None:
        return ("",) * 10
    people = "、".join(f"{name}（{post}）" if post else name for name, post, _ in firm.contacts if name)
    phones = "、".join(phone for *_, phone in firm.contacts if phone)
    return (
        known(firm.name), known(firm.code), known(firm.district), known(firm.park), known(people), known(phones),
        known(firm.products), _last(firm), _problems(firm), _output(line),
    )  # fmt: skip


def _last(firm: FirmToVisit) -> str:
    if firm.last_day is None:
        return "没有走访记录"
    when = month(firm.last_day.isoformat()[:7]) if firm.last_precision == "month" else chinese_date(firm.last_day)
    leader = f"，带队{known(firm.last_leader)}" if firm.last_leader else ""
    return f"{when}{leader}（共走访{firm.visits}次）"


def _problems(firm: FirmToVisit) -> str:
    if not firm.open_problems:
        return "没有在办问题"
    told = [f"{no} {known(text)}（{STATES[state].label}）" for no, text, state in firm.open_problems[:_MOST_PROBLEMS]]
    more = len(firm.open_problems) - len(told)
    return "\n".join([*told, *([f"另有{more}个"] if more else [])])


def _output(line: FirmLine | None) -> str:
    if line is None:
        return known("")
    trend = f"，同比{growth(line.yoy_percent)}" if line.yoy_percent is not None else "，没有同期数"
    return f"截至{month(line.last)}累计{money(line.total_yuan)}{trend}"


def _row(label: str, text: str, lines: float = 1.0) -> tuple[Cell, ...]:
    return (Cell(label, head=True), Cell(text, across=3, lines=lines))


def _pair(left: tuple[str, str], right: tuple[str, str], lines: float = 1.0) -> tuple[Cell, ...]:
    (first, text), (second, other) = left, right
    return Cell(first, head=True), Cell(text, lines=lines), Cell(second, head=True), Cell(other, lines=lines)
