"""督办通报: how the units handle what they were given, in neutral words; a red and a black list only where a leader asks."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Final

from chain_office.queries import paper_bulletin, paper_rows
from chain_office.queries.paper_rows import LEAD
from chain_office.queries.problem_desk import rows_behind, scorecard
from chain_office.reports.content import Column, Heading, Table, chinese_date
from chain_office.reports.papers import Paper
from chain_office.services.calendar import work_calendar
from chain_office.services.packing.wording import rate
from chain_office.services.papers.chasing import lateness, limit
from chain_office.services.papers.handing import BOTH
from chain_office.services.papers.naming import clean, joined
from chain_office.services.papers.numbering import Leaving, numbered
from chain_office.services.papers.order import PaperFile
from chain_office.services.papers.slices import require_equal
from chain_office.services.papers.wording import known, state, unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.paper_rows import PaperProblem
    from chain_office.queries.problem_desk import Scorecard, UnitScore
    from chain_office.reports.content import Block
    from chain_office.services.papers.letterhead import Letterhead

KIND = "督办通报"
_FEW: Final = 3
_LISTED: Final = 5
_CLOSING: Final = (
    "请各有关单位对照上述情况，抓紧办理逾期和临近到期的问题，按时反馈进展；数字有出入的，请及时与推进办核对。"
)


def bulletin(
    ledger: Ledger, day: date, head: Letterhead, actor: str, *, lists: bool = False
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """The bulletin of a day. ``lists``: with the red and the black list."""
    calendar = work_calendar(ledger)
    card = scorecard(ledger, day, calendar)
    if not card.total.counts["assigned"]:
        return (), (f"截至 {day.isoformat()} 没有交办过问题，没有什么可通报，没有写任何文件。",), None
    late = rows_behind(ledger, day, "", "overdue")
    _prove(card, len(rows_behind(ledger, day, "", "assigned")), late)
    first, last = _next_month(day)
    coming, extended = paper_bulletin.due_between(ledger, day, first, last), paper_bulletin.put_off(ledger, day)
    problems = paper_rows.standing(ledger, late | coming | extended, day)
    named = sorted((problems[one] for one in late | coming), key=lambda one: (one.number, one.id))
    leaving = Leaving(
        KIND, f"{KIND}:{day.isoformat()}{':榜' if lists else ''}", day, tuple((one, LEAD) for one in named)
    )
    numbers, saved = numbered(ledger, (leaving,), head, actor)
    number = numbers[leaving.key].text
    returned = paper_bulletin.returned(ledger, day)
    due = sorted((problems[one] for one in coming), key=lambda one: (one.deadline or day, one.number))
    parts: list[Block | Table] = [
        Heading("一、总体情况", 1), _overall(card, day),
        Heading("二、各单位办理情况", 1), _ranking(card),
        Heading("三、逾期问题", 1), *_overdue([problems[one] for one in late], day, calendar),
        Heading("四、下月到期问题", 1), *_due(due, first),
        Heading("五、退回、核实不过和销号反弹", 1), *_returned(returned),
        Heading("六、延期情况", 1), _extended(sorted((problems[one] for one in extended), key=lambda one: one.number)),
    ]  # fmt: skip
    if lists:
        parts += [Heading("七、红黑榜", 1), *_lists(card)]
    parts.append(_CLOSING)
    paper = Paper(
        name=clean(joined(KIND, day.isoformat(), number), 120),
        title=f"关于{head.chain}企业问题\n办理情况的通报",
        parts=(f"现将截至{chinese_date(day)}的企业问题办理情况通报如下。", *parts),
        office=head.office, issued=day, masthead=head.office, number=number, recipients="各有关单位：", signed=True,
        sample=head.sample,
    )  # fmt: skip
    said = f"截至 {day.isoformat()}：交办 {card.total.counts['assigned']} 个，逾期 {len(late)} 个，下月到期 {len(due)} 个。"
    return (PaperFile("", paper, BOTH),), (said,), saved


def _prove(card: Scorecard, assigned: int, late: Iterable[str]) -> None:
    total = card.total.counts
    parts = {
        "各单位": sum(one.counts["assigned"] for one in card.units),
        "清单": assigned,
        "各状态": sum(total[key] for key in ("closed", "reported", "open", "parked")),
    }
    require_equal(total["assigned"], parts)
    require_equal(total["overdue"], {"逾期清单": len(tuple(late))})


def _next_month(day: date) -> tuple[date, date]:
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _overall(card: Scorecard, day: date) -> str:
    one = card.total.counts
    units = sum(1 for unit in card.units if unit.unit_id is not None and unit.counts["assigned"])
    rated = card.total.rates["satisfaction"]
    text = (
        f"截至{chinese_date(day)}，共交办企业问题{one['assigned']}个，由{units}个单位牵头办理，其中已销号{one['closed']}个、"
        f"已报结待核实{one['reported']}个、办理中{one['open']}个、长期推进{one['parked']}个；"
        f"办结率{rate(one['closed'], one['assigned'])}，逾期{one['overdue']}个。"
    )
    if rated.whole:
        text += f"企业作出评价的{rated.whole}个，满意和基本满意{rated.part}个，满意率{rate(rated.part, rated.whole)}。"
    return text


def _order(one: UnitScore) -> tuple[bool, float, float, int, str]:
    """By 办结率, then 按时率, then how much; units with few problems after the others."""
    closed, on_time = (one.rates[key].percent for key in ("closed_rate", "on_time"))
    return (
        one.counts["assigned"] < _FEW,
        -float(closed if closed is not None else 0),
        -float(on_time if on_time is not None else 0),
        -one.counts["assigned"],
        one.unit,
    )


def _ranking(card: Scorecard) -> Table:
    columns = (
        Column("名次", 4, "center"), Column("单位", 12), Column("交办", 4.5, "right"), Column("已销号", 5, "right"),
        Column("待核实", 5, "right"), Column("办理中", 5, "right"), Column("长期推进", 5, "right"), Column("逾期", 4.5, "right"),
        Column("延期（次）", 6, "right"), Column("办结率", 6.5, "right"), Column("按时率", 6.5, "right"),
        Column("满意率", 6.5, "right"),
    )  # fmt: skip
    led = sorted((one for one in card.units if one.counts["assigned"]), key=_order)
    rows: list[tuple[str, ...]] = []
    places: dict[tuple[object, ...], int] = {}
    for row, one in enumerate(led, start=1):
        place = places.setdefault(_order(one)[:3], row)
        rows.append((str(place) if one.counts["assigned"] >= _FEW else "—", *_row(one)))
    rows.append(("", *_row(card.total)))
    notes = (
        f"名次按办结率、按时率从高到低，并列同名次；交办不足{_FEW}个的单位不排名次，列在后面。名次只反映数字，不作评价。",
        "办结率 = 已销号 ÷ 交办；按时率 = 在当时时限内报结的 ÷ 有时限、已报结或时限已过的；满意率只算企业已评价的；"
        "没有分母的写“—”。逾期包含在办理中、待核实之内；长期推进不计逾期。",
    )
    return Table("", columns, tuple(rows), notes=notes, strong=frozenset({len(rows) - 1}), density="compact")


def _row(one: UnitScore) -> tuple[str, ...]:
    counts = (one.counts[key] for key in ("assigned", "closed", "reported", "open", "parked", "overdue", "extended"))
    rates = (one.rates[key] for key in ("closed_rate", "on_time", "satisfaction"))
    return (one.unit, *map(str, counts), *(rate(each.part, each.whole) for each in rates))


def _overdue(problems: Sequence[PaperProblem], day: date, calendar: WorkCalendar) -> tuple[Block | Table, ...]:
    if not problems:
        return ("没有逾期问题。",)
    ordered = sorted(problems, key=lambda one: (one.deadline or day, one.number))
    columns = (
        Column("序号", 3.5, "center"), Column("记录号", 6, "center"), Column("牵头单位", 9), Column("企业及问题", 22),
        Column("办结时限", 11), Column("逾期情况", 9), Column("状态", 6),
    )  # fmt: skip
    rows = [
        (
            str(place), one.no, unit(one.lead), f"{known(one.enterprise)}：{known(one.text)}", limit(one),
            lateness(one, day, calendar), state(one),
        )
        for place, one in enumerate(ordered, start=1)
    ]  # fmt: skip
    return (f"逾期问题{len(rows)}个，时限最早的列在前面。", Table("", columns, tuple(rows), density="compact"))


def _due(problems: Sequence[PaperProblem], first: date) -> tuple[Block | Table, ...]:
    if not problems:
        return (f"{first.year}年{first.month}月没有到期的问题。",)
    columns = (
        Column("序号", 3.5, "center"), Column("办结时限", 8, "center"), Column("记录号", 6, "center"), Column("牵头单位", 9),
        Column("企业及问题", 26), Column("状态", 6),
    )  # fmt: skip
    rows = [
        (
            str(place), one.deadline.isoformat() if one.deadline else "", one.no, unit(one.lead),
            f"{known(one.enterprise)}：{known(one.text)}", state(one),
        )
        for place, one in enumerate(problems, start=1)
    ]  # fmt: skip
    return (
        f"{first.year}年{first.month}月到期的办理中问题{len(rows)}个。",
        Table("", columns, tuple(rows), density="compact"),
    )


def _returned(found: Sequence[paper_bulletin.Turned]) -> tuple[Block | Table, ...]:
    if not found:
        return ("没有单位退回、核实不过或销号后反弹的记录。",)
    columns = (
        Column("序号", 3.5, "center"), Column("记录号", 6, "center"), Column("单位", 9), Column("企业", 14), Column("情形", 7),
        Column("日期", 8, "center"), Column("原因", 18),
    )  # fmt: skip
    rows = [
        (
            str(place), one.no, known(one.unit), known(one.enterprise), one.what, one.day.isoformat() if one.day else "未登记",
            known(one.reason),
        )
        for place, one in enumerate(found, start=1)
    ]  # fmt: skip
    return (f"共{len(rows)}次。", Table("", columns, tuple(rows), density="compact"))


def _extended(problems: Iterable[PaperProblem]) -> str:
    put_off = [one for one in problems if one.extensions]
    if not put_off:
        return "没有批准过延期。"
    often = [one for one in put_off if one.extensions > 1]
    told = "、".join(f"{one.no}（{unit(one.lead)}，{one.extensions}次）" for one in often)
    more = f"其中延期两次以上的{len(often)}个：{told}。"
    return f"批准延期{sum(one.extensions for one in put_off)}次，涉及{len(put_off)}个问题。{more if often else ''}"


def _lists(card: Scorecard) -> tuple[str, ...]:
    ranked = sorted((one for one in card.units if one.unit_id and one.counts["assigned"] >= _FEW), key=_order)
    red = [one for one in ranked if not one.counts["overdue"]][:_LISTED]
    black = sorted((one for one in ranked if one.counts["overdue"]), key=lambda one: (-one.counts["overdue"], one.unit))
    return (
        f"红榜（办结率、按时率靠前且没有逾期）：{'、'.join(one.unit for one in red) or '无'}。",
        f"黑榜（逾期最多）：{_named(black[:_LISTED])}。",
    )


def _named(late: Iterable[UnitScore]) -> str:
    return "、".join(f"{one.unit}（逾期{one.counts['overdue']}个）" for one in late) or "无"
