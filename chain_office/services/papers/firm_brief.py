"""企业简况: one page a firm, from its dossier: who it is, its numbers, its output by month with the curve, what is open, lent and
built, whom to call. Where there is too much for a page, lists and texts are cut and say so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.models import record_number
from chain_office.domain.codes import code_name
from chain_office.domain.errors import KnownError
from chain_office.domain.lights import LABELS
from chain_office.domain.results import MonthOutput
from chain_office.queries.dossier import dossier
from chain_office.queries.register_detail import on_register
from chain_office.reports.content import Chart, chinese_date
from chain_office.reports.papers import Cell, Grid, Paper
from chain_office.services.calendar import work_calendar
from chain_office.services.figures import shown
from chain_office.services.firm_dossier import UNFINISHED, figures_of
from chain_office.services.packing.wording import growth, money, month, span, wan
from chain_office.services.papers.handing import BOTH
from chain_office.services.papers.naming import clean, joined
from chain_office.services.papers.order import PaperFile
from chain_office.services.papers.page_form import COLUMNS, Row, band, cut, height, line, more, pair, spread
from chain_office.services.papers.wording import known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Saved
    from chain_office.queries.dossier import Dossier, Stay
    from chain_office.queries.output import MonthPoint
    from chain_office.services.papers.letterhead import Letterhead

TITLE: Final = "企业简况"
_CURVE_MM: Final = 36.0
_ROOM: Final = 662.0
"""Points a page has for the forms and the curve."""
_CURVE: Final = _CURVE_MM * 72 / 25.4 + 14.0
_LATEST: Final = 5
"""Months of the table: what is left beside a column of labels."""


@dataclass(frozen=True, slots=True)
class _Most:
    """How much of each a page takes: people, characters of a fact, of a problem and of why it stands as it does, how many
    problems, loans and projects, and whether the latest months stand in a table above the curve that shows them all."""

    people: int
    fact: int
    text: int
    why: int
    problems: int
    loans: int
    projects: int
    months: bool = True


_LEVELS: Final = (
    _Most(4, 40, 70, 20, 8, 6, 6), _Most(3, 40, 50, 14, 6, 4, 4), _Most(3, 26, 36, 14, 5, 3, 3),
    _Most(2, 26, 32, 8, 4, 3, 2), _Most(2, 13, 16, 0, 4, 2, 2), _Most(2, 26, 16, 0, 4, 3, 2, months=False),
    _Most(1, 13, 16, 0, 3, 2, 1, months=False), _Most(1, 13, 16, 0, 2, 1, 1, months=False),
)  # fmt: skip


def firm_briefs(
    ledger: Ledger, day: date, head: Letterhead
) -> tuple[tuple[PaperFile, ...], tuple[str, ...], Saved | None]:
    """A file a firm on the register, in folders by district."""
    listed = on_register(ledger, day)
    if not listed:
        return (), (f"截至{day.isoformat()}没有在册企业，没有写任何文件。",), None
    places = {one.id: one.district for one in listed}
    calendar = work_calendar(ledger)
    found = [one for firm in listed if (one := dossier(ledger, firm.id, day, calendar)) is not None]
    files = [PaperFile(clean(places[one.id] or "未登记县市区"), brief_paper(one, head), BOTH) for one in found]
    return tuple(files), (f"截至{day.isoformat()}在册企业 {len(files)} 家，一家一页。",), None


def briefs_of(ledger: Ledger, firms: Sequence[str], day: date, head: Letterhead) -> tuple[Paper, ...]:
    """The pages of some firms, in the order given. Raises :class:`KnownError` where none of them is there any more."""
    calendar = work_calendar(ledger)
    found = [one for firm in firms if (one := dossier(ledger, firm, day, calendar)) is not None]
    if not found:
        raise KnownError("这些企业已不在台账里，请刷新后再试。")
    return tuple(brief_paper(one, head) for one in found)


def brief_paper(found: Dossier, head: Letterhead) -> Paper:
    """One firm's page. Telephone numbers stand in full: a paper is masked when it is let out."""
    upper: tuple[Row, ...] = ()
    lower: tuple[Row, ...] = ()
    curve = _curve(found)
    room = _ROOM - (_CURVE if curve else 0.0)
    for most in _LEVELS:
        upper = (*_facts(found, most), *_numbers(found), *_output(found, most))
        lower = (*_problems(found, most), *_loans(found, most), *_projects(found, most))
        if height(upper) + height(lower) <= room:
            break
    parts: tuple[Chart | Grid, ...] = (Grid(COLUMNS, upper, compact=True), Grid(COLUMNS, lower, compact=True))
    if curve is not None:
        parts = (parts[0], curve, parts[1])
    return Paper(
        name=clean(joined(found.no, known(found.name), TITLE), 120), title=TITLE, parts=parts, office=head.office,
        issued=found.day, sample=head.sample, note=f"{head.office}　数据截至{chinese_date(found.day)}　内部参阅",
    )  # fmt: skip


def _facts(found: Dossier, most: _Most) -> Iterator[Row]:
    also = f"　又名：{cut('、'.join(map(known, found.other_names)), 40)}" if found.other_names else ""
    yield line("企业名称", f"{known(found.name)}（{found.no}）{also}")
    yield pair((code_name(found.code), known(found.code)), ("法定代表人", known(found.legal_person)))
    place = "、".join(part for part in (found.district, found.park) if part)
    yield pair(("县市区、园区", known(place)), ("产业链环节", known(found.segment)))
    yield pair(("主要产品", cut(known(found.products), most.fact)), ("地址", cut(known(found.address), most.fact)))
    staff = "未登记" if found.employees is None else f"{found.employees:,}人"
    yield pair(("从业人员", staff), ("联系领导", known(found.chain_leader)))
    yield line("规上名册", f"{found.status}；{_stays(found.stays)}" if found.stays else "不在规上名册")
    people = [
        " ".join(part for part in (known(one.name), f"（{one.post}）" if one.post else "", one.phone) if part)
        for one in found.people
        if one.name or one.phone
    ]
    left = f"；另有 {len(people) - most.people} 人" if len(people) > most.people else ""
    yield line("联系人", "；".join(people[: most.people]) + left if people else "没有登记联系人")


def _stays(stays: Sequence[Stay]) -> str:
    """2015年12月入规（规下转规上）至2020年3月退规（停产）；…"""
    said = []
    for one in stays[-2:]:
        begun = f"{one.entered.year}年{one.entered.month}月入规" if one.entered else "入规时间未登记"
        begun += f"（{one.kind}）" if one.kind else ""
        end = f"，{one.left.year}年{one.left.month}月退规" if one.left else ""
        said.append(begun + end + (f"（{known(one.reason)}）" if one.left and one.reason else ""))
    return "；".join(said)


def _numbers(found: Dossier) -> Iterator[Row]:
    figures = figures_of(found)
    yield band(f"主要数据（截至{chinese_date(found.day)}）")
    yield spread([(one.label, 2) for one in figures], head=True)
    yield spread([("—" if one.value is None else shown(one).replace(" ", ""), 2) for one in figures])


def _output(found: Dossier, most: _Most) -> Iterator[Row]:
    year = found.year
    if year is None:
        yield band("产值（本年没有报数）")
        return
    trend = f"同比{growth(year.yoy_percent)}" if year.yoy_percent is not None else "没有增速"
    base = f"，上年同期{money(year.base_yuan)}" if year.base_yuan else ""
    yield band(f"产值（{span(year.first, year.last)}累计{money(year.total_yuan)}{base}，{trend}，现价，企业报送）")
    told = [one for one in found.months if one.output_yuan is not None][-_LATEST:]
    if told and most.months:
        empty = [("", 2)] * (_LATEST - len(told))
        yield _by_month("月份", [month(one.month) for one in told], empty)
        yield _by_month("当月（万元）", [wan(one.output_yuan or 0) for one in told], empty)
        yield _by_month("上年同月", ["—" if one.base_yuan is None else wan(one.base_yuan) for one in told], empty)
        rates = ["—" if one.yoy_percent is None else f"{one.yoy_percent:+}%" for one in told]
        yield _by_month("同比", rates, empty)


def _by_month(label: str, texts: list[str], empty: list[tuple[str, int]]) -> Row:
    return (Cell(label, head=True, across=2), *spread([*((text, 2) for text in texts), *empty]))


def _curve(found: Dossier) -> Chart | None:
    """This year's months beside the last; None where nothing was reported in either."""
    if not any(one.output_yuan is not None or one.base_yuan is not None for one in found.months):
        return None
    return Chart("", partial(_draw, tuple(map(_drawn, found.months))), _CURVE_MM)


def _drawn(one: MonthPoint) -> MonthOutput:
    return MonthOutput(one.month, one.output_yuan, one.base_yuan, one.yoy_percent)


def _draw(months: tuple[MonthOutput, ...], width: float, height: float) -> Any:
    from chain_office.charts.firm_output import draw  # brings matplotlib

    return draw(months, width, height)


def _problems(found: Dossier, most: _Most) -> Iterator[Row]:
    open_ones = [card for card in found.problems if card.state in UNFINISHED]
    late, waiting = sum(card.overdue for card in open_ones), len(found.problems) - len(open_ones)
    told = f"未办结 {len(open_ones)} 个" + (f"，其中逾期 {late} 个" if late else "")
    told += f"；待筛选、待交办、长期推进 {waiting} 个" if waiting else ""
    yield band(f"问题（{told}；已销号 {found.closed} 个）")
    if not found.problems:
        yield (Cell("没有未办结的问题", across=12),)
    for card in found.problems[: most.problems]:
        due = f"，{card.due_word} {card.due_day.isoformat()}" if card.due_day is not None else ""
        light = LABELS[card.light] if card.light else ""
        reason = cut(known(card.why), most.why) if card.why and most.why else ""
        why = "，".join(part for part in (card.label, light, reason) if part)
        yield (
            Cell(record_number("problem", card.number), across=2, centred=True),
            Cell(cut(known(card.text), most.text), across=5),
            Cell(f"{card.unit or '未明确单位'}{due}", across=2), Cell(why, across=3),
        )  # fmt: skip
    yield from more(len(found.problems) - most.problems, "个问题")


def _loans(found: Dossier, most: _Most) -> Iterator[Row]:
    yield band("贷款（意向、授信、放款各算各的，不能相加）" if found.loans else "贷款（没有银企对接记录）")
    if found.loans:
        yield spread([("银行", 3), ("意向", 2), ("授信", 2), ("放款", 2), ("到哪一步", 3)], head=True)
    for one in found.loans[: most.loans]:
        amounts = [
            ("—" if yuan is None else money(yuan), 2) for yuan in (one.intent_yuan, one.granted_yuan, one.drawn_yuan)
        ]
        yield spread([(known(one.bank), 3), *amounts, (cut(known(one.stage), 24), 3)])
    yield from more(len(found.loans) - most.loans, "笔对接")


def _projects(found: Dossier, most: _Most) -> Iterator[Row]:
    yield band("项目" if found.projects else "项目（没有登记项目）")
    for one in found.projects[: most.projects]:
        told = [one.stage, f"总投资{money(one.total_yuan)}" if one.total_yuan is not None else ""]
        told.append(f"年度计划{money(one.plan_yuan)}" if one.plan_yuan is not None else "")
        told.append(f"本年完成{money(one.done_yuan)}" if one.done_yuan is not None else "")
        told.append(cut(known(one.progress), 20) if one.progress else "")
        yield Cell(cut(known(one.name), 30), across=5), Cell("，".join(part for part in told if part), across=7)
    yield from more(len(found.projects) - most.projects, "个项目")
