"""重点问题清单: what was handed over and is not closed, as it stands at a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain import five_lists
from chain_office.domain.contacts import mask_phones_in_text
from chain_office.domain.five_lists import ListColumn, ListGroup, ListRow, OneList
from chain_office.domain.lights import LABELS
from chain_office.domain.workflow import STATES
from chain_office.queries import paper_rows, problems
from chain_office.queries.five_lists import UNSOLVED, unsolved
from chain_office.queries.problem_desk.cards import Cards
from chain_office.queries.records import COLOURS
from chain_office.services.calendar import work_calendar

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.queries.paper_rows import PaperProblem
    from chain_office.queries.problem_desk.shape import Card

_COLUMNS: Final = (
    ListColumn("编号", width=4.5), ListColumn("企业名称", "long", 9), ListColumn("县市区", width=4),
    ListColumn("问题类别", width=5), ListColumn("存在问题", "long", 16), ListColumn("企业诉求", "long", 11, rank=2),
    ListColumn("牵头单位", width=6), ListColumn("配合单位", "long", 7, rank=3), ListColumn("交办时间", "day", 6, rank=4),
    ListColumn("办结时限", "day", 6), ListColumn("办理进展", "long", 13), ListColumn("状态", width=6),
    ListColumn("亮灯", width=3.5),
)  # fmt: skip
_LIGHT: Final = 12
_WORDS: Final = {"open": "办理中", "reported": "已报结待核实", "parked": "长期推进"}


def problem_list(ledger: Ledger, day: date, most: int | None = None) -> OneList:
    """Those under way and those the unit reported done first, what is pursued in the long run last; the ``most`` pressing
    of them (None: all), with the numbers of all."""
    every = unsolved(ledger, day)
    ids = every[:most]
    papers = paper_rows.standing(ledger, ids, day)
    cards = Cards(ledger, day, work_calendar(ledger)).by_id(ids)
    states = problems.counts_by_state(ledger, day)
    buckets = {
        bucket: sum(number for state, number in states.items() if STATES[state].bucket == bucket) for bucket in UNSOLVED
    }
    late = problems.count_overdue(ledger, day)
    found = []
    for one in ids:
        paper, card = papers.get(one), cards.get(one)
        if paper is not None and card is not None:
            found.append(_row(paper, card))
    told = "，".join(f"{_WORDS[bucket]}{number}个" for bucket, number in buckets.items() if number)
    said = f"交办后没有销号的问题{len(every)}个" + (f"：{told}，逾期{late}个" if found else "")
    if len(every) > len(ids):
        said += f"（这里列出最急的{len(ids)}个）"
    notes = ("列入已交办、没有销号的问题：办理中、已报结待核实、长期推进。办结时限为当前时限，延期的已计入。",)
    return OneList(five_lists.PROBLEMS, _COLUMNS, (ListGroup("", tuple(found)),), said, notes=notes)


def _row(paper: PaperProblem, card: Card) -> ListRow:
    colour = COLOURS.get(card.light, card.light)
    deadline = paper.deadline if paper.deadline is not None else _said(paper.deadline_text)
    told = _said(paper.told)
    if told and paper.told_day is not None:
        told = f"{told}（{paper.told_day.isoformat()}）"
    cells = (
        paper.no, paper.enterprise, paper.district, paper.category, _said(paper.text), _said(paper.demand),
        paper.lead.short if paper.lead else "", "、".join(one.short for one in paper.co), paper.handed_day, deadline, told,
        STATES[paper.state].label, "逾期" if card.overdue else LABELS[card.light],
    )  # fmt: skip
    return ListRow(f"problem:{paper.id}", cells, {_LIGHT: "red" if card.overdue else colour}, card.why)


def _said(text: str) -> str:
    return mask_phones_in_text(" ".join(text.split()))
