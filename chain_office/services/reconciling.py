"""Every identity the figures must satisfy, as data in one place: `check` proves them on every date on which one of them could
change, and no pack is made while one fails. Each holds two readings of the ledger against each other that are made apart:
a count against its rows, a total against its parts, SQL against Python. What holds by construction is not listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.domain.workflow import STATES
from chain_office.queries import figure_rows, finance, output, problems, projects
from chain_office.queries.dates import LOANS, OUTPUT, PROBLEMS, PROJECTS, REGISTER, VISITS
from chain_office.queries.finance_desk import rows_behind as rows_behind_loans
from chain_office.queries.finance_desk import standing
from chain_office.queries.problem_desk import rows_behind, scorecard
from chain_office.queries.problem_views import problem_views
from chain_office.queries.register_flow import balances
from chain_office.services import figures
from chain_office.services.calendar import work_calendar
from chain_office.services.explaining import headlines
from chain_office.services.output.identities import bridged, months, parts
from chain_office.services.projects.identities import stages_agree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from chain_office.db.ledger import Ledger

    Pair = tuple[str, int, int]
    """What is compared, in words, and its two sides."""
    Sides = Callable[[Ledger, date], Iterator[Pair]]


@dataclass(frozen=True, slots=True)
class Identity:
    """``words``: what must hold, as `check` lists it. ``figure``: whose rows are to be looked at where it does not.
    ``moved_by``: what its sides are read from; on no other date than theirs can it come to fail. ``slow``: it reads every
    record; of very many dates some are then chosen."""

    words: str
    figure: str
    sides: Sides
    moved_by: tuple[str, ...]
    slow: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """An identity that does not hold at a day: which, what is unequal, and the figure whose rows are to be looked at."""

    words: str
    left: int
    right: int
    figure: str

    @property
    def text(self) -> str:
        """交办 = 各单位之和（58 与 57）."""
        return f"{self.words}（{self.left} 与 {self.right}）"

    @property
    def reference(self) -> str:
        """As the window opens the rows."""
        return f"figure:{self.figure}"


def broken(ledger: Ledger, day: date, *, slow: bool = True) -> tuple[Broken, ...]:
    """Every identity that fails at ``day``; without the slow ones, those a paper can wait for."""
    return tuple(
        one for identity in IDENTITIES if slow or not identity.slow for one in failing(identity, ledger, day)
    )  # fmt: skip


def failing(identity: Identity, ledger: Ledger, day: date) -> tuple[Broken, ...]:
    """What of an identity fails at ``day``."""
    return tuple(
        Broken(words, left, right, identity.figure)
        for words, left, right in identity.sides(ledger, day)
        if left != right
    )


def _values(ledger: Ledger, day: date) -> dict[str, int]:
    return {key: value for key, value in figures.problem_values(ledger, day).items() if isinstance(value, int)}


def _every_problem_has_a_state(ledger: Ledger, day: date) -> Iterator[Pair]:
    """The tally by state against the problems themselves: one in no state, or in two, shows."""
    standing_now = problems.count_standing(ledger, day)
    yield "收集 = 台账里到截止日已有的问题", _values(ledger, day)["problems.collected"], standing_now


def _problem_rows(ledger: Ledger, day: date) -> Iterator[Pair]:
    values, counted = _values(ledger, day), figure_rows.count_by_bucket(ledger, day)
    for bucket in dict.fromkeys(state.bucket for state in STATES.values()):
        key = f"problems.{bucket}"
        yield f"{figures.label_of(key)} = 逐行数出的", values[key], counted.get(bucket, 0)
    yield "逾期 = 逐行数出的", values["problems.overdue"], len(figure_rows.problems_overdue(ledger, day))


def _units(ledger: Ledger, day: date) -> Iterator[Pair]:
    values, rows = _values(ledger, day), problems.by_unit(ledger, day)
    for name in ("assigned", "closed", "reported", "open", "parked", "overdue"):
        key = f"problems.{name}"
        yield f"{figures.label_of(key)} = 各牵头单位之和", values[key], sum(getattr(row, name) for row in rows)


def _scorecard(ledger: Ledger, day: date) -> Iterator[Pair]:
    """The scorecard is worked out from rounds and steps, the totals from the states alone."""
    values, card = _values(ledger, day), scorecard(ledger, day, work_calendar(ledger))
    sums = {key: sum(unit.counts[key] for unit in card.units) for key in card.total.counts}
    for name in ("assigned", "closed", "reported", "open", "parked", "overdue"):
        key = f"problems.{name}"
        yield f"{figures.label_of(key)} = 单位考核表之和", values[key], sums[name]
    rated = sums["satisfied"] + sums["fairly"] + sums["dissatisfied"]
    yield "已评价 = 满意 + 基本满意 + 不满意", sum(unit.rates["satisfaction"].whole for unit in card.units), rated
    over = sum(unit.rates[key].part > unit.rates[key].whole for unit in card.units for key in unit.rates)
    yield "分子大于分母的比率 = 0", over, 0
    yield "核实销号超出已销号的 = 0", max(0, sums["verified"] - sums["closed"]), 0


def _problem_views(ledger: Ledger, day: date) -> Iterator[Pair]:
    """The rows a figure opens are as many as it says; the overdue are among the open and the reported."""
    found = {view.key: view.ids for view in problem_views(ledger, day)}
    values = _values(ledger, day)
    for key, ids in found.items():
        if key in values and key != "problems.units":
            yield f"{figures.label_of(key)} = 打开的行数", values[key], len(ids)
    unfinished = found["problems.open"] | found["problems.reported"]
    judged, late, kept, overdue = (
        rows_behind(ledger, day, "", one) for one in ("judged", "late", "on_time", "overdue")
    )
    yield "逾期清单与考核表不同的 = 0", len(found["problems.overdue"] ^ overdue), 0
    yield "逾期而不在办理中、待核实的 = 0", len(found["problems.overdue"] - unfinished), 0
    yield "应判件数与按时、逾时之和不同的 = 0", len(judged ^ (late | kept)) + len(late & kept), 0


def _rows_of(*desks: str) -> Sides:
    """What is counted or added up on some desks against its rows, read apart."""

    def sides(ledger: Ledger, day: date) -> Iterator[Pair]:
        for desk in desks:
            for key, value in figures.VALUES[desk](ledger, day).items():
                found = headlines.rows_of(ledger, day, key)
                if found is not None:
                    said = "各行之和" if figures.unit_of(key) == "元" else "逐行数出的"
                    known = value if isinstance(value, int) else 0
                    yield f"{figures.label_of(key)} = {said}", known, sum(row.value or 0 for row in found)

    return sides


def _loans(ledger: Ledger, day: date) -> Iterator[Pair]:
    ladder, banks, kinds = finance.ladder(ledger, day), finance.by_bank(ledger, day), finance.drawn_by_kind(ledger, day)
    yield "放款 = 各银行放款之和", ladder.drawn_yuan or 0, sum(row.drawn_yuan for row in banks)
    yield "授信 = 各银行授信之和", ladder.granted_yuan or 0, sum(row.granted_yuan for row in banks)
    yield "放款 = 新增 + 续贷 + 未注明", ladder.drawn_yuan or 0, sum(kinds.values())


def _rungs(ledger: Ledger, day: date) -> Iterator[Pair]:
    """Every rung by bank, by borrower, match by match and as the headline says; 新增, 续贷 and the rest make up 放款."""
    headline, made = finance.ladder(ledger, day), standing(ledger, day).ladder
    whole = {"intent": headline.intent_yuan, "granted": headline.granted_yuan, "drawn": headline.drawn_yuan}
    for key, word in (("intent", "意向"), ("granted", "授信"), ("drawn", "放款")):
        for said, rows in (("各银行", made.banks), ("各主体", made.borrowers), ("各笔对接", (made.total,))):
            yield f"{word} = {said}之和", whole[key] or 0, sum(row.rung(key).yuan or 0 for row in rows)
    for row in (made.total, *made.banks, *made.borrowers):
        yield (
            f"{row.name or '全部'}：放款 = 新增 + 续贷 + 未注明",
            row.drawn.yuan or 0,
            row.new_yuan + row.renewed_yuan + row.unsaid_yuan,
        )


def _parties(ledger: Ledger, day: date) -> Iterator[Pair]:
    """Borrowers and banks of the ladder are those of the headline; the rows a number opens are as many as it says."""
    headline, found = finance.ladder(ledger, day), standing(ledger, day)
    total = found.ladder.total
    yield "对接企业 = 阶梯里的企业", headline.enterprises, total.enterprises
    yield "对接园区 = 阶梯里的园区", headline.parks, total.parks
    yield "对接银行 = 阶梯里的银行", headline.banks, total.banks
    yield "意向笔数 = 打开的行数", total.intent.count, len(rows_behind_loans(found, "intent"))
    yield "未达成笔数 = 打开的行数", total.refused, len(rows_behind_loans(found, "refused"))


def _stages(ledger: Ledger, day: date) -> Iterator[Pair]:
    total = figures.project_values(ledger, day)["projects.total"]
    yield "项目合计 = 纳入统计的项目", int(str(total)), projects.count_counted(ledger, day)


def _board(ledger: Ledger, day: date) -> Iterator[Pair]:
    yield "项目看板各列与统计不符的 = 0", int(not stages_agree(ledger, day)), 0


def _output(ledger: Ledger, day: date) -> Iterator[Pair]:
    grown = output.growth(ledger, day)
    yield "本年产值 = 各企业之和", grown.published_yuan or 0, output.total_in_sql(ledger, day) or 0
    if grown.sample.base_yuan is not None and grown.published_yuan is not None:
        left_out = sum(firm.total_yuan for firm in grown.firms if firm.base_yuan is None)
        yield (
            "本年产值 = 同口径产值 + 没有同期数的企业",
            grown.published_yuan,
            (grown.sample.total_yuan or 0) + left_out,
        )


_OUTPUT_DAYS: Final = (OUTPUT, REGISTER)
IDENTITIES: Final = (
    Identity("规上名册收支平衡：期初 + 进规 - 退规 = 期末，逐月逐年", "enterprises.total", balances, (REGISTER,), slow=True),
    Identity(
        "企业、走访的家数与逐行数出的相符", "enterprises.total", _rows_of("enterprises", "visits"), (REGISTER, VISITS), slow=True
    ),
    Identity(
        "问题收支平衡：每个问题恰在一个状态，收集 = 各状态之和", "problems.collected", _every_problem_has_a_state, (PROBLEMS,)
    ),
    Identity("问题各数与逐行数出的相符", "problems.assigned", _problem_rows, (PROBLEMS,), slow=True),
    Identity("问题按单位相加等于总数", "problems.assigned", _units, (PROBLEMS,)),
    Identity("单位考核表相加等于总数，分子不大于分母", "problems.assigned", _scorecard, (PROBLEMS,), slow=True),
    Identity(
        "问题数字与打开的行相符，逾期在办理中和待核实之内，按时与逾时合为应判件数",
        "problems.overdue", _problem_views, (PROBLEMS,), slow=True,
    ),
    Identity("对接家数和授信、放款金额与各自的行相符", "finance.drawn_yuan", _rows_of("finance"), (LOANS,), slow=True),
    Identity("授信、放款按银行相加等于总数", "finance.drawn_yuan", _loans, (LOANS,)),
    Identity(
        "意向、授信、放款逐级按银行、按主体相加都等于总数，新增与续贷合为放款", "finance.drawn_yuan", _rungs, (LOANS,), slow=True
    ),
    Identity(
        "对接企业、园区、银行数与阶梯相符，数字与打开的行相符", "finance.enterprises", _parties, (LOANS,), slow=True
    ),
    Identity("项目各数与逐行数出的相符", "projects.total", _rows_of("projects"), (PROJECTS,), slow=True),
    Identity("项目按阶段相加等于总数", "projects.total", _stages, (PROJECTS,)),
    Identity("项目看板各列与统计相符", "projects.total", _board, (PROJECTS,), slow=True),
    Identity("产值、同期与各企业的行相加相符", "output.total_yuan", _rows_of("output"), _OUTPUT_DAYS, slow=True),
    Identity("产值按企业相加等于总数，同口径之外只有没有同期数的企业", "output.total_yuan", _output, _OUTPUT_DAYS),
    Identity(
        "产值按环节、县市区、园区、企业相加都等于总数，累计和当月", "output.total_yuan", parts, _OUTPUT_DAYS, slow=True
    ),
    Identity("名义与同口径的差别逐户算清，一元不差", "output.base_yuan", bridged, _OUTPUT_DAYS, slow=True),
    Identity("各月之和加调整数等于累计", "output.total_yuan", months, _OUTPUT_DAYS, slow=True),
)  # fmt: skip
"""Every identity, desk by desk. (A paper checks its own tables too: services.packing.balances.)"""
