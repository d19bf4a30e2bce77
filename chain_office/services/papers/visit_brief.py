"""走访前一页纸: a page a firm, for whoever goes there: what was said last time, what was promised, what is open, how it fares,
whom to meet. It stays on one page: where there is too much, the longest texts and lists are cut and say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Final

from chain_office.domain.lights import LABELS
from chain_office.domain.visiting import DONE, PROMISE_WORDS
from chain_office.queries.register import firms_on_register
from chain_office.queries.visiting.brief import MONTHS, Brief, briefs
from chain_office.queries.visiting.plan import planned_between
from chain_office.reports.content import chinese_date
from chain_office.reports.papers import Cell, Grid, Paper
from chain_office.services.calendar import work_calendar
from chain_office.services.packing.wording import growth, money, month, wan
from chain_office.services.papers.handing import BOTH
from chain_office.services.papers.naming import clean, joined
from chain_office.services.papers.order import PaperFile
from chain_office.services.papers.wording import known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.queries.visiting.plan import PlanLine
    from chain_office.services.papers.letterhead import Letterhead

TITLE: Final = "走访前一页纸"
AHEAD: Final = 14
"""Days ahead whose planned firms get a page."""
_COLUMNS: Final = (1.0,) * 12
_CHARACTERS: Final = 3.6
"""Characters a column holds, a little less than it does."""
_LINE, _AIR, _ROOM = 14.0, 5.6, 650.0
"""Points: a line, the air of a row with the rule below it (Word adds it to the row), what a page has for the form."""
_LEAST_NOTES, _MOST_NOTES = 3, 12
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Most:
    """How much of each a page takes."""

    answer: int
    promises: int
    problems: int
    text: int
    loans: int
    projects: int


_LEVELS: Final = (
    _Most(160, 8, 8, 60, 4, 4), _Most(130, 6, 6, 48, 3, 3), _Most(108, 6, 6, 40, 3, 3), _Most(96, 5, 5, 36, 2, 2),
    _Most(80, 5, 5, 32, 2, 2), _Most(68, 4, 4, 30, 2, 2), _Most(60, 4, 4, 26, 2, 2), _Most(34, 4, 4, 22, 2, 1),
    _Most(34, 3, 3, 18, 1, 1),
)  # fmt: skip


def visit_briefs(
    ledger: Ledger, day: date, head: Letterhead
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """A file a firm planned for the coming days; where none is planned, for every firm on the register."""
    planned = planned_between(ledger, day, day + timedelta(days=AHEAD), day)
    lines = {line.enterprise_id: line for line in planned if line.state != DONE}
    firms = list(lines) or sorted(firms_on_register(ledger, day))
    if not firms:
        return (), (f"截至{day.isoformat()}没有在册企业，也没有走访计划，没有写任何文件。",), None
    found = briefs(ledger, firms, day, work_calendar(ledger))
    if not lines:
        found = tuple(sorted(found, key=lambda one: one.number))
    files = [
        PaperFile(clean(one.district or "未登记县市区"), brief_paper(one, day, head, lines.get(one.id)), BOTH)
        for one in found
    ]
    said = (
        f"{day.isoformat()} 起 {AHEAD} 天内计划走访 {len(files)} 家，一家一页。"
        if lines
        else f"{day.isoformat()} 起 {AHEAD} 天内没有走访计划；按在册企业 {len(files)} 家，一家一页。"
    )
    return tuple(files), (said,), None


def briefs_of(ledger: Ledger, firms: Sequence[str], day: date, head: Letterhead) -> tuple[Paper, ...]:
    """The pages of some firms, in the order given."""
    ahead = planned_between(ledger, day, day + timedelta(days=366), day)
    lines: dict[str, PlanLine] = {}
    for line in ahead:
        if line.state != DONE:
            lines.setdefault(line.enterprise_id, line)
    return tuple(
        brief_paper(one, day, head, lines.get(one.id)) for one in briefs(ledger, firms, day, work_calendar(ledger))
    )


def brief_paper(brief: Brief, day: date, head: Letterhead, plan: PlanLine | None = None) -> Paper:
    """One firm's page."""
    rows: tuple[Row, ...] = ()
    for most in _LEVELS:
        rows = _rows(brief, plan, most)
        if _height(rows) <= _ROOM:
            break
    rows = (*rows, *_room_to_write(_ROOM - _height(rows)))
    return Paper(
        name=clean(joined(f"QY{brief.number:04d}", known(brief.name), TITLE), 120), title=TITLE,
        parts=(Grid(_COLUMNS, rows, compact=True),), office=head.office, issued=day, sample=head.sample,
        note=f"{head.office}　数据截至{chinese_date(day)}　内部参阅",
    )  # fmt: skip


def _room_to_write(left: float) -> Iterator[Row]:
    """What is left of the page, to note down what is to be talked of."""
    lines = int((left - 2 * _AIR - _LINE) / _LINE)
    if lines >= _LEAST_NOTES:
        yield _band("这次要谈、要办的")
        yield (Cell("", across=12, lines=float(min(lines, _MOST_NOTES))),)


def _height(rows: Sequence[Row]) -> float:
    """What the form takes at most."""
    return sum(max(map(_lines, row)) * _LINE + _AIR for row in rows)


def _lines(cell: Cell) -> int:
    room = cell.across * _CHARACTERS - 1.0
    return sum(max(1, ceil(_width(line) / room)) for line in cell.text.split("\n"))


def _width(text: str) -> float:
    return sum(0.55 if character.isascii() else 1.0 for character in text)


def _rows(brief: Brief, plan: PlanLine | None, most: _Most) -> tuple[Row, ...]:
    return (
        *_facts(brief, plan), *_last(brief, most), *_promises(brief, most), *_problems(brief, most), *_output(brief),
        *_loans(brief, most), *_projects(brief, most),
    )  # fmt: skip


def _facts(brief: Brief, plan: PlanLine | None) -> Iterator[Row]:
    yield _row("企业", f"{known(brief.name)}（QY{brief.number:04d}）")
    place = "、".join(part for part in (brief.district, brief.park) if part)
    yield _pair(("县市区、园区", known(place)), ("产业链环节", known(brief.segment)))
    yield _pair(("主要产品", _cut(known(brief.products), 40)), ("地址", _cut(known(brief.address), 40)))
    people = [
        " ".join(part for part in (known(name), f"（{post}）" if post else "", phone) if part)
        for name, post, phone in brief.contacts
        if name or phone
    ]
    yield _row("见谁", "；".join(people[:3]) or "没有登记联系人")
    if plan is not None and plan.due is not None:
        team = "；".join(
            part
            for part in (f"带队 {plan.leader}" if plan.leader else "", f"人员 {plan.visitors}" if plan.visitors else "")
            if part
        )
        yield _row("这次走访", f"{chinese_date(plan.due)}　{plan.campaign}　{team}".strip())
    if brief.protected and brief.protected_since is not None:
        yield _row(
            "赋码保护",
            f"{chinese_date(brief.protected_since)}起；走访前须征得企业同意，记下同意人、途径、日期、预约号。"
            f"本月已走访 {brief.this_month} 次。",
        )


def _last(brief: Brief, most: _Most) -> Iterator[Row]:
    yield _band(f"上次走访（共走访 {brief.visits} 次）")
    last = brief.last
    if last is None:
        yield _row("时间", "没有走访记录，这是第一次")
        return
    when = chinese_date(last.day) if last.exact else month(last.day.isoformat()[:7])
    people = [
        f"带队 {last.leader}" if last.leader else "",
        last.visitors,
        f"受访 {last.interviewee}" if last.interviewee else "",
    ]
    rated = f"企业评价 {last.rating}" if last.rating else ""
    yield _row("时间、人员", "；".join(part for part in (when, *map(known_or_none, people), rated) if part))
    for word, text in (
        ("生产经营", last.status), ("困难问题", last.problem), ("发展打算", last.plan), ("跟进措施", last.followup)
    ):  # fmt: skip
        if text or word != "跟进措施":
            yield _row(word, _cut(known(text), most.answer))


def known_or_none(text: str) -> str:
    """A recorded text, "" for none."""
    return known(text) if text else ""


def _promises(brief: Brief, most: _Most) -> Iterator[Row]:
    still = [one for one in brief.promises if one.state != DONE]
    kept = [one for one in brief.promises if one.state == DONE]
    late = sum(one.state == "late" for one in still)
    yield _band(f"承诺（未兑现 {len(still)} 项" + (f"，逾期 {late} 项" if late else "") + f"；已兑现 {len(kept)} 项）")
    shown = [*still, *kept[::-1]][: most.promises]
    if not shown:
        yield (Cell("没有登记过承诺", across=12),)
    for one in shown:
        due = f"{one.due.month}月{one.due.day}日前" if one.due else "没有时限"
        state = (
            f"{one.done.month}月{one.done.day}日兑现" if one.done and one.state == DONE else PROMISE_WORDS[one.state]
        )
        text = _cut(known(one.text), most.text) + (f"（{_cut(known(one.result), 20)}）" if one.result else "")
        who = "、".join(part for part in (one.side, one.owner) if part)
        yield Cell(known(who), across=2, centred=True), Cell(text, across=6), Cell(due, across=2), Cell(state, across=2)
    yield from _more(len(brief.promises) - len(shown), "项承诺")


def _problems(brief: Brief, most: _Most) -> Iterator[Row]:
    late = sum(card.overdue for card in brief.problems)
    told = f"未办结 {len(brief.problems)} 个" + (f"，逾期 {late} 个" if late else "")
    yield _band(f"问题（{told}；已销号 {brief.closed} 个）")
    shown = brief.problems[: most.problems]
    if not shown:
        yield (Cell("没有未办结的问题", across=12),)
    for card in shown:
        due = f"，{card.due_word} {card.due_day.isoformat()}" if card.due_day is not None else ""
        why = f"{LABELS[card.light]}　{card.why}" if card.why else LABELS[card.light]
        yield (
            Cell(card.no, across=2, centred=True), Cell(_cut(known(card.text), most.text), across=5),
            Cell(f"{card.unit or '未明确单位'}{due}", across=2), Cell(_cut(why, most.text), across=3),
        )  # fmt: skip
    yield from _more(len(brief.problems) - len(shown), "个未办结问题")


def _output(brief: Brief) -> Iterator[Row]:
    year = brief.output
    if year is None:
        yield _band("产值（本年没有报数）")
    else:
        trend = growth(year.yoy_percent) if year.yoy_percent is not None else "没有同期数"
        yield _band(f"产值（截至{month(year.last)}累计{money(year.total_yuan)}，同比{trend}，现价）")
    if not brief.months:
        return
    empty = (Cell("", across=2),) * (MONTHS - len(brief.months))
    for word, texts in (
        ("月份", [month(one.month) for one in brief.months]),
        ("万元", ["" if one.yuan is None else wan(one.yuan) for one in brief.months]),
        ("同比", ["—" if one.yoy_percent is None else f"{one.yoy_percent:+}%" for one in brief.months]),
    ):
        yield (Cell(word, head=True, across=2), *(Cell(text, across=2, centred=True) for text in texts), *empty)


def _loans(brief: Brief, most: _Most) -> Iterator[Row]:
    yield _band("贷款（意向、授信、放款各算各的，不能相加）")
    if not brief.loans:
        yield (Cell("没有银企对接记录", across=12),)
        return
    for one in brief.loans[: most.loans]:
        steps = (("意向", one.intent_yuan), ("授信", one.granted_yuan), ("放款", one.drawn_yuan))
        told = "，".join(f"{word}{money(yuan)}" for word, yuan in steps if yuan is not None)
        yield _row(
            known(one.bank),
            "；".join(part for part in (told, _cut(known_or_none(one.note), 40)) if part) or "已对接，没有金额",
        )
    yield from _more(len(brief.loans) - most.loans, "笔")


def _projects(brief: Brief, most: _Most) -> Iterator[Row]:
    yield _band("项目")
    if not brief.projects:
        yield (Cell("没有登记项目", across=12),)
        return
    for one in brief.projects[: most.projects]:
        told = [one.stage, f"总投资{money(one.total_yuan)}" if one.total_yuan is not None else ""]
        told.append(f"年度计划{money(one.plan_yuan)}" if one.plan_yuan is not None else "")
        told.append(f"本年完成{money(one.done_yuan)}" if one.done_yuan is not None else "")
        told.append(_cut(known_or_none(one.progress), 24))
        yield Cell(_cut(known(one.name), 30), across=5), Cell("，".join(part for part in told if part), across=7)
    yield from _more(len(brief.projects) - most.projects, "个项目")


def _more(number: int, what: str) -> Iterator[Row]:
    if number > 0:
        yield (Cell(f"另有 {number} {what}，见台账", across=12),)


def _band(text: str) -> Row:
    return (Cell(text, head=True, across=12),)


def _row(label: str, text: str) -> Row:
    return Cell(label, head=True, across=2), Cell(text, across=10)


def _pair(left: tuple[str, str], right: tuple[str, str]) -> Row:
    (first, text), (second, other) = left, right
    return (
        Cell(first, head=True, across=2),
        Cell(text, across=4),
        Cell(second, head=True, across=2),
        Cell(other, across=4),
    )


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 2]}……"
