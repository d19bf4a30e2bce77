"""看板: projects in columns by stage, with what each column comes to. A card carried to another column opens the form of the
stage change, which asks the day and the reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from chain_office.domain.money import show_money
from chain_office.domain.percents import show_percent
from chain_office.domain.project_lights import MOVING
from chain_office.domain.project_months import known_sum
from chain_office.domain.stages import MOVES, PROJECT_STAGE, why_not
from chain_office.queries.projects_desk.standing import standings
from chain_office.services.explaining import project_sums, selections
from chain_office.services.figures import described
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.board import Board
from chain_office.ui.kit.board_cards import BoardCard
from chain_office.ui.kit.board_column import BoardPile
from chain_office.ui.kit.board_list import Cards
from chain_office.ui.kit.figure_line import FigureLine, Told
from chain_office.ui.kit.figure_menu import rows_place
from chain_office.ui.kit.labels import label
from chain_office.ui.pages.project_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from chain_office.domain.figures import Figure
    from chain_office.queries.projects_desk.standing import Standing
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office
    from chain_office.ui.pages.project_parts.part import Host

MOST: Final = 1000
"""So many cards a column; the rest is opened in the list."""
_EMPTY: Final[Mapping[str, str]] = {
    "planned": "还没有开工、在跑前期手续的项目在这里。",
    "under_construction": "开了工的项目在这里。",
    "completed": "截止日当年竣工的项目在这里；往年竣工的不再列出。",
    "stopped": "停工、缓建的项目在这里。",
}
_BADNESS: Final = ("red", "amber", "", "green", "blue", "grey")


class BoardPart(Part):
    """看板."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "project", "stage_change", "project_plan", "project_month", "project_node", "project_cause", "problem",
        "problem_span", "district", "park", "unit", "category", "light_rule", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self._cards: dict[str, Standing] = {}
        self._at = ""
        self.menu: QMenu | None = None
        self.bar = ActionsBar(office.palette)
        self.bar.add("打开", "list", lambda: self._open(self._at), needs=1)
        self._next = self.bar.add(
            "变更阶段……", "arrow-left-right", self.offer_stages, shortcut=keys.key("fitting_step").keys[0], needs=1
        )
        self.addAction(self._next)
        self.bar.add("在清单里打开这一列", "list-filter", self._open_lane, needs=1)
        self.count = FigureLine("quiet")
        self.count.opened.connect(self._open_figure)
        self.bar.add_right(self.count)
        self.board = Board(office.palette, self._why_not)
        self.board.opened.connect(self._open)
        self.board.entered_card.connect(self._entered)
        self.board.menu_wanted.connect(lambda _id: self.offer_stages())
        self.board.dropped.connect(self.drop)
        self.board.figure_opened.connect(self._open_figure)
        self.nothing = label(
            "还没有项目。\n拟开工、在建、竣工、停缓建，每个项目走到哪一步、合计多少投资，在这里一列一列地看。",
            "quiet",
            wrap=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.board, 1)
        self.column.addWidget(self.nothing, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """The columns, and what is done with a card."""
        return (self.board.first(), self.bar)

    def refresh(self) -> None:
        """The columns at the cut-off date."""
        day = self.office.as_of

        def read(ledger: Ledger) -> tuple[tuple[Standing, ...], tuple[BoardPile, ...]]:
            counted = tuple(one for one in standings(ledger, day).values() if one.counted)
            piles = tuple(
                _pile(stage.id, stage.label, [one for one in counted if one.stage == stage.id], day)
                for stage in PROJECT_STAGE.choices
            )
            return counted, piles

        self.ask(read, lambda found: self._show(*found, day))

    def _show(self, counted: Sequence[Standing], piles: Sequence[BoardPile], day: date) -> None:
        self._cards = {one.id: one for one in counted}
        self.board.show_piles(piles)
        lagging = sum(one.lag is not None for one in counted)
        total, late = _counted("", len(counted), day), selections.figure(day, "projects.lagging", lagging)
        sums = [project_sums.figure(day, "", name, counted) for name in project_sums.NAMES] if counted else []
        words = _sums(counted).replace("\n", "　").split("　")
        told = [one for pair in zip(words, sums, strict=False) for one in (Told(*pair), "　")]
        self.count.tell(
            Told(f"{len(counted)} 个项目", total), "，", Told(f"滞后 {lagging} 个", late), "　", *told,
            f"截至 {day.isoformat()}",
        )  # fmt: skip
        self.board.setVisible(bool(counted))
        self.nothing.setVisible(not counted)
        self._entered(self._at if self._at in self._cards else "")

    def _entered(self, card_id: str) -> None:
        self._at = card_id
        self.bar.show_selected(1 if card_id else 0)
        self._next.setVisible(not self.read_only)

    def _open_figure(self, figure: Figure) -> None:
        self.page.show_record(rows_place(figure)[1])

    # Where one is.

    def go_to(self, reference: str) -> None:
        """Put the cursor on a project's card."""
        self.board.go_to(reference)

    def where(self) -> str:
        """The card the cursor is on."""
        return self._at

    def _open(self, card_id: str) -> None:
        if card_id:
            self.page.show_record(f"project:{card_id}")

    def _open_lane(self) -> None:
        """Every project of the column in the list, those the column has no room for too."""
        card = self._cards.get(self._at)
        if card is not None:
            same = [one.id for one in self._cards.values() if one.stage == card.stage]
            self.page.show_rows(frozenset(same), PROJECT_STAGE.label(card.stage))

    # Stages.

    def offer_stages(self) -> None:
        """The stages the project under the cursor may enter, in a menu beside it."""
        card = self._cards.get(self._at)
        if card is None or self.read_only:
            return
        self.menu = QMenu(self)
        self.menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for stage in MOVES.get(card.stage, ()):
            word = f"登记为{PROJECT_STAGE.label(stage)}……"
            self.menu.addAction(word).triggered.connect(partial(self._take, stage, card.id))
        if not self.menu.actions():
            self.menu.addAction(why_not(card.stage, "under_construction")).setEnabled(False)
        focus = self.focusWidget()
        cursor = focus if isinstance(focus, Cards) else None
        at = cursor.visualRect(cursor.currentIndex()).bottomLeft() if cursor is not None else QPoint(40, 40)
        self.menu.popup((cursor.viewport() if cursor is not None else self).mapToGlobal(at))

    def drop(self, stage: str, ids: Sequence[str]) -> None:
        """A card was carried to a column: the form of the stage change."""
        if not self._why_not(stage, ids):
            self._take(stage, ids[0])

    def _why_not(self, stage: str, ids: Sequence[str]) -> str:
        """Why cards cannot be let go over a column; "" where they can."""
        if self.read_only:
            return "台账以只读方式打开，不能变更阶段。"
        if len(ids) != 1 or ids[0] not in self._cards:
            return "阶段变更各有日期和原因，一次移一个项目。"
        return why_not(self._cards[ids[0]].stage, stage)

    def _take(self, stage: str, project: str, _checked: bool = False) -> None:
        self.page.open_form("stage_change", project, {"stage": stage, "day": self.office.as_of})


def _pile(stage: str, word: str, projects: Sequence[Standing], day: date) -> BoardPile:
    """A column's cards, the most pressing first."""
    found = sorted(
        projects, key=lambda one: (_BADNESS.index(one.light), -(one.lag.days if one.lag is not None else 0), one.number)
    )
    return BoardPile(
        stage,
        word,
        len(found),
        0,
        tuple(_card(one, day) for one in found[:MOST]),
        folded=stage == "stopped" and not found,
        empty=_EMPTY[stage],
        sums=_sums(found),
        figures=(_counted(stage, len(found), day),),
        sum_figures=tuple(project_sums.figure(day, stage, name, found) for name in project_sums.NAMES),
    )


def _counted(stage: str, number: int, day: date) -> Figure:
    """How many projects stand in a stage; "" for all."""
    key = f"projects.{stage or 'total'}"
    return next(replace(one, value=number, row_count=number) for one in described(day) if one.key == key)


def _sums(projects: Sequence[Standing]) -> str:
    """总投资, below it 年度计划 and 本年完成: what is recorded, added up."""
    if not projects:
        return ""
    total, plan, done = (
        f"{word} {'未登记' if yuan is None else show_money(yuan)}"
        for word, yuan in (
            ("总投资", known_sum(one.total_yuan for one in projects)),
            ("年度计划", known_sum(one.plan_yuan for one in projects)),
            ("本年完成", known_sum(one.done_yuan for one in projects)),
        )
    )
    return f"{total}\n{plan}　{done}"


def _card(one: Standing, day: date) -> BoardCard:
    word = one.label or "无灯"
    total = f"总投资 {show_money(one.total_yuan)}" if one.total_yuan is not None else ""
    done = f"完成 {_pace(one)}" if one.pace is not None else ""
    behind = f"滞后 {one.lag.days} 天" if one.lag is not None else ""
    told = "，".join(part for part in (behind, one.because) if part) or "　".join(
        part for part in (total, done) if part
    )
    node = one.node if one.stage in MOVING else None
    foot = f"{node.name}{node.when(day)}" if node is not None else one.place or "未登记属地"
    tip = (
        f"{one.no} {one.name}", "　".join(part for part in (one.place, one.owner) if part),
        "　".join(part for part in (total, done) if part), f"{word}：{one.why}" if one.why else word,
        f"下一节点 {node.name}，{node.when(day)}{'，' + node.owner if node.owner else ''}" if node is not None else "",
    )  # fmt: skip
    return BoardCard(
        one.id, one.no, one.name, told or "没有登记投资和进度", foot, word, one.light, word,
        "\n".join(part for part in tip if part),
    )  # fmt: skip


def _pace(one: Standing) -> str:
    """72.3%（欠 2.7 点）."""
    assert one.pace is not None
    size = abs(one.pace.ahead).quantize(Decimal("0.1"), ROUND_HALF_UP)
    way = f"{'超' if one.pace.ahead > 0 else '欠'} {size} 点" if size else "与序时持平"
    return f"{show_percent(one.pace.percent)}（{way}）"
